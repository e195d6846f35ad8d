"""Who has not handed in a week that is over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from mainstay.monitoring.models import LockedWeek, Timesheet, TimesheetState
from mainstay.monitoring.models.timesheet import WEEK
from mainstay.resources.models import ResourceKind
from mainstay.resources.queries.working import availability

HANDED_IN = (TimesheetState.SUBMITTED, TimesheetState.APPROVED)


@dataclass(frozen=True)
class Late:
    """A person and a week that is still expected of them; whoever is new has never entered any hours."""

    resource: Any
    week: date
    hours: float
    is_new: bool


def late_in(resources: Any, weeks: Sequence[date]) -> list[Late]:
    """People with a log-in who had working hours in one of the weeks and have not handed it in, oldest week first.

    Weeks that are locked are not waited for any more. The number of queries does not grow with people or weeks.
    """
    if not weeks:
        return []
    people = resources.filter(kind=ResourceKind.NAMED, person__is_active=True)
    rows = {row.pk: row for row in people.select_related("person", "team__portfolio").order_by("name")}
    first, last = min(weeks), max(weeks) + WEEK - timedelta(days=1)
    known = availability(people.order_by("pk"), first, last, unit="week")
    hours, starts = known.gross("week"), list(known.horizon.starts)
    sheets = Timesheet.objects.filter(week__in=weeks, resource__in=people.order_by().values("pk"))
    settled = sheets.filter(Q(state__in=HANDED_IN) | Q(is_locked=True))
    done = set(settled.values_list("resource_id", "week"))
    locked = _locked(weeks)
    begun = set(
        Timesheet.objects.filter(resource__in=people.order_by().values("pk")).values_list("resource_id", flat=True)
    )
    return [
        Late(row, week, float(hours[known.number[pk], starts.index(week)]), pk not in begun)
        for week in sorted(weeks)
        for pk, row in rows.items()
        if (pk, week) not in done
        and hours[known.number[pk], starts.index(week)] > 0
        and not any(row.team.portfolio.path.startswith(path) for path in locked.get(week, ()))
    ]


def _locked(weeks: Sequence[date]) -> dict[date, list[str]]:
    found: dict[date, list[str]] = {}
    for week, path in LockedWeek.objects.filter(week__in=weeks).values_list("week", "portfolio__path"):
        found.setdefault(week, []).append(path)
    return found
