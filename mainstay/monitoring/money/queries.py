"""What is read of money: sums of projects, of portfolios and programmes, closed months.

Sums of many projects come from what is kept; as known on a past date they are added up from the lines of that date.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
from django.db.models import QuerySet
from django.utils import timezone

from mainstay.core.verbs import Verb
from mainstay.monitoring.models import KeptMoney
from mainstay.monitoring.money.adding import sums_of
from mainstay.monitoring.money.periods import Closed
from mainstay.monitoring.money.sums import Adding, Sums
from mainstay.portfolio.models import Portfolio, Project
from mainstay.portfolio.queries.reading import Reading
from mainstay.portfolio.queries.remember import remembered
from mainstay.value.queries import Converted, rates_on

AT_ONCE = 900
RATED = Decimal(10) ** 9  # so that a rate keeps its decimals where amounts keep two


def money_of(
    projects: Iterable[Any], *, months: tuple[date, date] | None = None, as_of: datetime | None = None
) -> dict[int, Sums]:
    """The money of projects by their number, `months` from first to last (None: all), as known at a moment.

    Projects are rows, numbers or a query of rows; whose figures the reader may see is for the caller to say. Every
    project asked for has an answer, and what has no money has no months.
    """
    ids = _ids(projects)
    found = _kept(ids) if as_of is None else sums_of(ids, as_of)
    if months is None:
        return found
    return {pk: sums.within(*months) for pk, sums in found.items()}


def _ids(projects: Iterable[Any]) -> list[int]:
    if isinstance(projects, QuerySet):
        key = "pk" if projects.model is Project else "row_id"
        return list(projects.order_by().values_list(key, flat=True))
    return [one if isinstance(one, int) else one.row_id for one in projects]


def _kept(ids: list[int]) -> dict[int, Sums]:
    nothing = Sums.nothing()
    found = dict.fromkeys(ids, nothing)
    for start in range(0, len(ids), AT_ONCE):
        rows = KeptMoney.objects.filter(pk__in=ids[start : start + AT_ONCE]).values_list("pk", "first", "cents")
        found |= {pk: Sums.kept(first, bytes(cents)) for pk, first, cents in rows}
    return found


def is_closed(portfolio: Any, month: date) -> bool:
    """Whether the money of a portfolio (or project) stands for good in a month."""
    return Closed().covers(portfolio, month)


@dataclass(frozen=True)
class Part:
    """The money of some projects in one currency: their number, their sums, and one row a project."""

    currency: str
    count: int
    sums: Sums


def with_figures(reading: Reading) -> Any:
    """The projects whose figures somebody may read, as known at the moment."""
    return Project.objects.as_of(reading.as_of).visible_to(reading.user, Verb.SEE_FIGURES).visible_to(reading.user)


def parts_below(reading: Reading, place: Any) -> list[Part]:
    """The money of everything below a portfolio or programme, by currency; remembered until anything changes."""
    name = f"money:{place._meta.model_name}:{place.row_id}"
    return remembered(reading, name, lambda: add_up(reading, projects_in(reading, place)))


def projects_in(reading: Reading, place: Any) -> Any:
    """The projects of a programme, or of a portfolio and everything below it, whose figures somebody may read."""
    rows = with_figures(reading)
    if isinstance(place, (Portfolio, Portfolio.Version)):
        return rows.filter(portfolio_id__in=reading.below(place.row_id))
    return rows.filter(programme_id=place.row_id)


def add_up(reading: Reading, projects: Any) -> list[Part]:
    """The sums of projects by currency."""
    adding: dict[str, Adding] = defaultdict(Adding)
    counts: dict[str, int] = defaultdict(int)
    for currency, first, cents in _stored(reading, projects):
        counts[currency] += 1
        adding[currency].add(first, cents)
    return [Part(code, counts[code], adding[code].sums) for code in sorted(adding)]


def _stored(reading: Reading, projects: Any) -> Iterable[tuple[str, date | None, Any]]:
    """Currency, first month and cents of each project with money."""
    if reading.as_of is None:
        rows = KeptMoney.objects.filter(project__in=projects.order_by().values("pk"), first__isnull=False)
        for currency, first, cents in rows.order_by().values_list("project__currency", "first", "cents"):
            yield currency, first, Sums.kept(first, bytes(cents)).cents
        return
    currencies = dict(projects.order_by().values_list("row_id", "currency"))
    for pk, sums in sums_of(currencies, reading.as_of).items():
        yield currencies[pk], sums.first, sums.cents


@dataclass(frozen=True)
class Whole:
    """The money of a place in one currency, at the rates of today or of the day that is read; what has no rate is
    named and left out."""

    currency: str
    budget: Decimal
    committed: Decimal
    actual: Decimal
    forecast: Decimal
    outlook: Decimal
    missing: tuple[str, ...] = ()

    @property
    def available(self) -> Decimal:
        """The budget less what was spent and what is committed."""
        return self.budget - self.actual - self.committed

    @property
    def ahead(self) -> Decimal:
        """How far the outlook lies above the budget; below zero where money is left."""
        return self.outlook - self.budget


def whole_of(parts: Iterable[Part], currency: str, day: date, as_of: datetime | None = None) -> Whole:
    """Parts in one currency at the rates of a day."""
    parts = list(parts)
    rates, month = rates_on(day, {part.currency for part in parts} | {currency}, as_of), day.replace(day=1)
    kinds = ("budget", "committed", "actual", "forecast")
    sums = {kind: {part.currency: part.sums.total(kind) for part in parts} for kind in kinds}
    sums["outlook"] = {part.currency: part.sums.outlook(month) for part in parts}
    converted: dict[str, Converted] = {name: rates.convert(amounts, currency) for name, amounts in sums.items()}
    missing = {code for one in converted.values() for code in one.missing}
    return Whole(currency, **{name: one.amount for name, one in converted.items()}, missing=tuple(sorted(missing)))


def in_one_currency(parts: Iterable[Part], currency: str, day: date, as_of: datetime | None = None) -> Sums:
    """The months of parts in one currency, each amount rounded to the cent; what has no rate is left out."""
    parts = list(parts)
    rates, adding = rates_on(day, {part.currency for part in parts} | {currency}, as_of), Adding()
    for part in parts:
        cents = part.sums.cents
        if part.currency != currency:
            one = rates.convert({part.currency: RATED}, currency)
            cents = np.rint(cents * float(one.amount / RATED)).astype(np.int64) if one.is_whole else cents * 0
        adding.add(part.sums.first, cents)
    return adding.sums


def day_of(as_of: datetime | None) -> date:
    """The day that is read."""
    return timezone.localdate(as_of) if as_of else timezone.localdate()
