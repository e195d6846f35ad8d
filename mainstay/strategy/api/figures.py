"""The figures of strategy in the REST API: alignment, coverage, contribution, and the mix against its target."""

from decimal import Decimal
from typing import Any, Literal

from django.http import HttpRequest

from mainstay.core.api.finding import found
from mainstay.core.api.routes import Routes
from mainstay.core.api.types import PortfolioCode, Told
from mainstay.core.verbs import Verb
from mainstay.portfolio.api.finding import named_portfolio
from mainstay.portfolio.api.reading import reading_of
from mainstay.strategy.api.shared import KindCode
from mainstay.strategy.models import Classification
from mainstay.strategy.queries import Alignment, Mix, Strategy
from mainstay.strategy.queries.definitions import DEFINITIONS
from mainstay.strategy.queries.work import COUNTED, USUAL, Work

routes = Routes("Strategy")
Counted = Literal[tuple(COUNTED)]


class Shares(Told):
    """The figures, as shares where 1 is the whole; null where there is nothing to judge by."""

    counted: str
    currency: str
    alignment: float | None
    alignment_in_other_currencies: dict[str, float | None]
    coverage: float | None
    covered_weight: float | None
    planned: float
    achieved: float | None
    unassigned: float
    projects: int
    orphans: int
    objectives_without_work: list[str]
    definitions: dict[str, str]


class BucketShare(Told):
    """What lies in a bucket, against its target."""

    bucket: str | None
    projects: int
    share: float | None
    target: float | None
    deviation_points: float | None
    is_off: bool


class MixTold(Told):
    """The buckets of a classification; shares are of the money in one currency."""

    currency: str
    other_currencies: list[str]
    buckets: list[BucketShare]


def _float(number: Decimal | None) -> float | None:
    return None if number is None else float(number)


def _portfolio(request: HttpRequest, code: str | None) -> Any:
    if code is None:
        return None
    row = named_portfolio(request, "portfolio", code)
    return reading_of(request).portfolios.get(row.row_id)


@routes.reads("/strategy/figures", "strategy.figures", Shares)
def figures(request: HttpRequest, portfolio: PortfolioCode | None = None, counted: Counted = USUAL) -> Any:
    """Tell how well the work serves the strategy."""
    strategy = Strategy(reading_of(request), _portfolio(request, portfolio), counted)
    told = Alignment(strategy)
    return {
        "counted": counted,
        "currency": told.currency,
        "alignment": _float(told.share),
        "alignment_in_other_currencies": {code: _float(share) for code, share in told.others},
        "coverage": _float(told.coverage),
        "covered_weight": _float(told.covered),
        "planned": float(told.planned),
        "achieved": _float(told.achieved),
        "unassigned": float(told.gap) if strategy.open else 1.0,
        "projects": told.whole.count,
        "orphans": told.orphans.count,
        "objectives_without_work": [node.goal.code for node in strategy.unfunded],
        "definitions": {name: one.text for name, one in DEFINITIONS.items()},
    }


@routes.reads("/classifications/{code}/mix", "classification.mix", MixTold)
def mix(
    request: HttpRequest, code: KindCode, portfolio: PortfolioCode | None = None, counted: Counted = USUAL
) -> Any:
    """Tell how the money spreads over the buckets of a classification."""
    rows = Classification.objects.as_of(request.as_of).visible_to(request.user, Verb.SEE_REGISTER)
    place = _portfolio(request, portfolio)
    told = Mix(found(rows.filter(code=code)), Work(reading_of(request), place, counted))
    return {
        "currency": told.currency,
        "other_currencies": told.other_currencies,
        "buckets": [_told(line) for line in [*told.lines, told.unplaced]],
    }


def _told(line: Any) -> dict[str, Any]:
    return {
        "bucket": line.bucket.name if line.bucket else None,
        "projects": line.totals.count,
        "share": _float(line.share),
        "target": _float(line.target),
        "deviation_points": _float(line.deviation),
        "is_off": line.is_off,
    }
