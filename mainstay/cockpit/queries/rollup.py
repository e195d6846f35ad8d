"""What portfolios add up to: value, people and fit of the work in each, in a handful of queries for all of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import numpy as np
from django.db.models import Count, Q, Sum

from mainstay.cockpit.queries.sums import ALIVE, TROUBLED
from mainstay.engine.basics.periods import month_after
from mainstay.engine.capacity import Horizon
from mainstay.portfolio.dashboard import Sight
from mainstay.portfolio.models import Phase
from mainstay.resources.queries.load import needs_in
from mainstay.resources.queries.pieces import widened
from mainstay.strategy.dashboard import work_of

MONTHS_AHEAD = 6
Sums = dict[str, Decimal]


@dataclass
class Rolled:
    """What lies in and below a portfolio; money by currency, hours in the months ahead that have nobody.

    cost, benefit: of committed work that gives both. committed: its cost, aligned: the part of it that serves a goal.
    """

    count: int = 0
    running: int = 0
    troubled: int = 0
    cost: Sums = field(default_factory=lambda: defaultdict(Decimal))
    benefit: Sums = field(default_factory=lambda: defaultdict(Decimal))
    committed: Sums = field(default_factory=lambda: defaultdict(Decimal))
    aligned: Sums = field(default_factory=lambda: defaultdict(Decimal))
    hours_short: float = 0.0


def places_below(sight: Sight) -> list[Any]:
    """The portfolios directly below the one looked at; the outermost ones where none is named."""
    seen = sight.reading.portfolios
    if sight.portfolio is None:
        return [row for row in seen.values() if row.parent_id not in seen]
    return [row for row in seen.values() if row.parent_id == sight.portfolio.row_id]


def rolled_up(sight: Sight) -> list[tuple[Any, Rolled]]:
    """The portfolios directly below, each with what lies in and below it."""
    tops = places_below(sight)
    home = {pk: number for number, top in enumerate(tops) for pk in sight.reading.below(top.row_id)}
    found = [Rolled() for _ in tops]
    if tops:
        _add_work(sight, home, found)
        _add_fit(sight, home, found)
        _add_people(sight, home, found)
    return list(zip(tops, found, strict=True))


def _add_work(sight: Sight, home: dict[int, int], found: list[Rolled]) -> None:
    committed = Q(stage__phase=Phase.COMMITTED)
    both = committed & Q(cost_seen__isnull=False, benefit_seen__isnull=False)
    rows = sight.projects().in_phase(*ALIVE).order_by().values_list("portfolio_id", "currency")
    rows = rows.annotate(
        rows=Count("*"),
        running=Count("code", filter=committed),
        troubled=Count("code", filter=committed & Q(health__in=TROUBLED)),
        costs=Sum("cost_seen", filter=both),
        benefits=Sum("benefit_seen", filter=both),
        committed=Sum("cost_seen", filter=committed),
    )
    for place, currency, count, running, troubled, *money in rows:
        if place not in home:
            continue
        into = found[home[place]]
        into.count, into.running, into.troubled = into.count + count, into.running + running, into.troubled + troubled
        for sums, amount in zip((into.cost, into.benefit, into.committed), money, strict=True):
            sums[currency] += amount or 0


def _add_fit(sight: Sight, home: dict[int, int], found: list[Rolled]) -> None:
    work = work_of(sight)
    rows = work.projects().filter(work.is_mapped()).order_by().values_list("portfolio_id", "currency")
    for place, currency, cost in rows.annotate(costs=Sum("cost_seen")):
        if place in home:
            found[home[place]].aligned[currency] += cost or 0


def _add_people(sight: Sight, home: dict[int, int], found: list[Rolled]) -> None:
    first, last = widened(sight.day, month_after(sight.day.replace(day=1), MONTHS_AHEAD - 1), "month")
    committed = sight.projects().in_phase(Phase.COMMITTED)
    needs = needs_in(committed, Horizon(first, last, "month"), sight.as_of)
    if not len(needs.project):
        return
    ids = np.unique(needs.project).tolist()
    place_of = dict(_placed(sight, ids))
    for project, hours in zip(needs.project.tolist(), needs.hours.sum(axis=1).tolist(), strict=True):
        if (number := home.get(place_of.get(project, 0))) is not None:
            found[number].hours_short += hours


def _placed(sight: Sight, ids: list[int]) -> Iterable[tuple[int, int]]:
    rows = sight.projects().order_by().values_list(sight.reading.key, "portfolio_id")
    return rows if len(ids) > 900 else rows.filter(**{f"{sight.reading.key}__in": ids})
