"""How the work came along month by month: what was known at the end of each, for as long as it stays so."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from mainstay.cockpit.operations.marks import PLACE
from mainstay.cockpit.queries import sums
from mainstay.cockpit.queries.remembering import Marks, kept
from mainstay.cockpit.queries.sums import by_currency
from mainstay.engine.basics.periods import month_after
from mainstay.portfolio.dashboard import Sight
from mainstay.portfolio.models import Health, Phase
from mainstay.value.queries import rates_on

MONTHS = 12
SETTLED = (PLACE, "stage", "transition")
"""What alone moves the figures of a past month: rows that lie elsewhere now, are gone, or were written late."""


@dataclass(frozen=True)
class Point:
    """Committed work at the end of a month, in the currency of what is looked at.

    health: number of projects by health. missing: currencies without a rate, left out of the sums.
    """

    moment: datetime
    health: dict[str, int]
    cost: float
    benefit: float
    missing: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many projects were committed."""
        return sum(self.health.values())


def course_of(sight: Sight, months: int = MONTHS) -> list[Point]:
    """The points of the last months, the present one last; months before the place was there are left out."""
    moments = [_end_of_month(sight, back) for back in range(months - 1, 0, -1)]
    state = Marks(sight, SETTLED).of(SETTLED)
    past = (kept(sight, f"month:{one:%Y-%m}", state, lambda one=one: _point(sight, sight.at(one))) for one in moments)
    return [point for point in (*past, _point(sight, sight)) if point is not None]


def _end_of_month(sight: Sight, back: int) -> datetime:
    """The last moment of a month that is over."""
    first = month_after(sight.day.replace(day=1), 1 - back)
    return timezone.make_aware(datetime.combine(first - timedelta(days=1), time.max))


def _point(sight: Sight, then: Sight | None) -> Point | None:
    if then is None:
        return None
    stages = {pk for pk, stage in sight.reading.stages.items() if stage.phase == Phase.COMMITTED}
    cells = sums.past(then.projects().filter(stage_id__in=stages))
    health = dict.fromkeys(Health.values, 0)
    for cell in cells:
        health[cell.health] += cell.count
    rates = rates_on(then.day, {cell.currency for cell in cells} | {sight.currency}, then.as_of)
    cost, benefit = (rates.convert(by_currency(cells, name), sight.currency) for name in ("cost", "benefit"))
    missing = tuple(sorted({*cost.missing, *benefit.missing}))
    return Point(then.moment, health, float(cost.amount), float(benefit.amount), missing)
