"""Sums over a portfolio and everything below it, in a handful of grouped queries whatever its size."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Count, F, Q, Sum
from django.db.models.functions import Cast, Substr

from mainstay.portfolio.models import Phase
from mainstay.portfolio.queries import Reading

MOST_BUBBLES = 200
TROUBLED, DOUBTFUL = ("amber", "red"), ("amber_red", "red")
ALIVE = (Phase.PIPELINE, Phase.COMMITTED, Phase.FINISHED)
OPEN = (Phase.PIPELINE, Phase.COMMITTED)


@dataclass(frozen=True)
class Cell:
    """The projects that share stage, currency, health and delivery confidence."""

    stage: int
    currency: str
    health: str
    confidence: str
    count: int
    cost: Decimal
    with_cost: int
    benefit: Decimal
    with_benefit: int
    weighed_cost: Decimal
    weighed_benefit: Decimal
    weighed: int


@dataclass(frozen=True)
class Past:
    """The projects that shared stage, currency and health on an earlier day."""

    stage: int
    currency: str
    health: str
    count: int
    cost: Decimal
    benefit: Decimal


@dataclass(frozen=True)
class Part:
    """The projects that share a theme, or a place in the tree, and a currency."""

    key: Any
    currency: str
    count: int
    cost: Decimal
    with_cost: int
    troubled: int = 0


@dataclass(frozen=True)
class Bubble:
    """One project that can be drawn."""

    pk: int
    code: str
    name: str
    theme: str
    risk: int | None
    currency: str
    cost: Decimal | None
    benefit: Decimal | None


def cells(projects: Any) -> list[Cell]:
    """Counts and sums by stage, currency, health and delivery confidence; one query.

    The weighed sums are over projects that give both cost and benefit: only those can be compared.
    """
    both = Q(cost_seen__isnull=False, benefit_seen__isnull=False)
    rows = (
        projects.order_by()
        .values_list("stage_id", "currency", "health", "confidence")
        .annotate(
            rows=Count("*"),
            costs=Sum("cost_seen"),
            with_cost=Count("cost_seen"),
            benefits=Sum("benefit_seen"),
            with_benefit=Count("benefit_seen"),
            weighed_costs=Sum("cost_seen", filter=both),
            weighed_benefits=Sum("benefit_seen", filter=both),
            weighed=Count("cost_seen", filter=both),
        )
    )
    return [Cell(*(Decimal(0) if value is None else value for value in row)) for row in rows]


def past(projects: Any) -> list[Past]:
    """Counts and sums by stage, currency and health, for comparing with today; one query."""
    rows = projects.order_by().values_list("stage_id", "currency", "health")
    rows = rows.annotate(rows=Count("*"), costs=Sum("cost_seen"), benefits=Sum("benefit_seen"))
    return [Past(*(Decimal(0) if value is None else value for value in row)) for row in rows]


def themes(projects: Any) -> list[Part]:
    """Counts and costs by theme and currency of what is not dropped; one query."""
    return _parts(projects, ["theme"], lambda row: row[0], troubled=False)


def places(projects: Any) -> list[Part]:
    """Counts, costs and troubled work by portfolio and programme; one query."""
    return _parts(projects, ["portfolio_id", "programme_id"], lambda row: (row[0], row[1]), troubled=True)


def _parts(projects: Any, by: list[str], key: Callable[[Any], Any], *, troubled: bool) -> list[Part]:
    sums = {"rows": Count("*"), "costs": Sum("cost_seen"), "given": Count("cost_seen")}
    if troubled:
        sums["troubled"] = Count("code", filter=Q(health__in=TROUBLED, stage__phase=Phase.COMMITTED))
    rows = projects.in_phase(*ALIVE).order_by().values_list(*by, "currency").annotate(**sums)
    return [_part(key(row), *row[len(by) :]) for row in rows]


def _part(key: Any, currency: str, count: int, cost: Decimal | None, given: int, troubled: int = 0) -> Part:
    return Part(key, currency, count, cost or Decimal(0), given, troubled)


def ends(projects: Any) -> dict[date | None, int]:
    """How many projects that are not dropped end in which month (by its first day); one query."""
    month = Substr(Cast("end_date", CharField(max_length=10)), 1, 7)
    rows = projects.in_phase(*ALIVE).order_by().annotate(month=month).values_list("month").annotate(rows=Count("*"))
    return {date.fromisoformat(f"{text}-01") if text else None: count for text, count in rows}


def bubbles(reading: Reading, projects: Any) -> list[Bubble]:
    """The largest projects that can still be decided on and give cost and risk; one query."""
    wanted = projects.in_phase(*OPEN).filter(risk__isnull=False, cost_seen__isnull=False)
    wanted = wanted.order_by(F("cost_seen").desc(), reading.key)
    names = (reading.key, "code", "name", "theme", "risk", "currency", "cost_seen", "benefit_seen")
    return [Bubble(*row) for row in wanted.values_list(*names)[:MOST_BUBBLES]]


def by_currency(parts: Iterable[Any], amount: str = "cost") -> dict[str, Decimal]:
    """Sums of an amount of cells or parts by currency."""
    sums: dict[str, Decimal] = {}
    for part in parts:
        sums[part.currency] = sums.get(part.currency, Decimal(0)) + getattr(part, amount)
    return sums
