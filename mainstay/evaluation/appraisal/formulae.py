"""Figures of business cases as criteria: what score models and selections can read of them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from mainstay.core.system import MAINSTAY
from mainstay.evaluation.appraisal.reading import CaseFigures, all_figures, figures_of
from mainstay.evaluation.corrections.queries import offered_to
from mainstay.evaluation.corrections.taking import Taking, taking
from mainstay.evaluation.sources import Source, add_formula
from mainstay.identification.models import BusinessCase

SIX = Decimal("0.000001")
Teller = Callable[[CaseFigures], Any]
FORMULAE: tuple[tuple[Source, Teller], ...] = (
    (Source("case.npv", "Net present value", is_money=True), lambda one: one.taken.npv),
    (Source("case.irr", "Internal rate of return", "%", adds_up=False), lambda one: _percent(one.taken.irr)),
    (Source("case.payback", "Payback", "years", adds_up=False), lambda one: one.taken.payback),
    (Source("case.bcr", "Benefit-cost ratio (discounted)", adds_up=False), lambda one: one.taken.bcr),
    (Source("case.exposure", "Risk exposure", is_money=True), lambda one: one.residual if one.risks else None),
    (Source("case.width", "Width of the cost range", "%", adds_up=False), lambda one: _percent(one.width)),
    (Source("case.demand", "Demand", "person-days"), lambda one: one.demand or None),
)


def offer() -> None:
    """Make them known to score models and selections."""
    for source, tell in FORMULAE:
        add_formula(source, _worked(source, tell))


def _worked(source: Source, tell: Teller) -> Any:
    def work_out(projects: Sequence[Any], as_of: datetime | None) -> Mapping[int, Decimal | None]:
        """Whoever asks has read the projects with their figures; money in another currency is none."""
        known = _planned(projects) if as_of is None and taking() != Taking.ON else all_figures(MAINSTAY, as_of)
        found = ((project, known.get(project.row_id)) for project in projects)
        return {
            project.row_id: _exact(tell(one))
            for project, one in found
            if one is not None and (not source.is_money or one.currency == project.currency)
        }

    return work_out


def _planned(projects: Sequence[Any]) -> Mapping[int, CaseFigures]:
    """Figures with none of the corrections, or with all that are offered, for comparing plans."""
    factors = offered_to(projects) if taking() == Taking.ALL else {}
    cases = BusinessCase.objects.filter(project__in=[project.row_id for project in projects])
    return figures_of(list(cases.defer("problem", "consequences")), None, factors)


def _percent(share: Any) -> Any:
    return None if share is None else share * 100


def _exact(number: Any) -> Decimal | None:
    return None if number is None else Decimal(number).quantize(SIX)
