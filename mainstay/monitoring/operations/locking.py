"""Locked weeks stay as they are: whatever writes hours or timesheets, through whichever channel, passes here."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from mainstay.core import history
from mainstay.core.errors import Impossible
from mainstay.core.history import Touched
from mainstay.monitoring.models import HoursEntry, LockedWeek, Timesheet, monday_of
from mainstay.resources.models import Resource

Place = tuple[int, date]
ONLY_LOCKS = frozenset({"is_locked", "version"})


def locked_weeks(path: str, weeks: Iterable[date]) -> set[date]:
    """Those of the weeks that are locked for people of the portfolio at this path."""
    rows = LockedWeek.objects.filter(week__in=set(weeks)).values_list("week", "portfolio__path")
    return {week for week, at in rows if path.startswith(at)}


def is_locked(resource: Any, week: date) -> bool:
    """Whether the week of a person stands for good."""
    if locked_weeks(resource.team.portfolio.path, [week]):
        return True
    return Timesheet.objects.filter(resource_id=resource.row_id, week=week, is_locked=True).exists()


def locked_places(places: Iterable[Place]) -> set[Place]:
    """Those of some weeks of people that are locked; the same few queries for however many."""
    places = set(places)
    people, weeks = {pk for pk, _ in places}, {week for _, week in places}
    paths = dict(Resource.objects.filter(pk__in=people).values_list("pk", "team__portfolio__path"))
    locks: dict[date, list[str]] = {}
    for week, path in LockedWeek.objects.filter(week__in=weeks).values_list("week", "portfolio__path"):
        locks.setdefault(week, []).append(path)
    sheets = Timesheet.objects.filter(is_locked=True, week__in=weeks, resource__in=people)
    by_path = {
        (pk, week) for pk, week in places if any(paths.get(pk, "").startswith(one) for one in locks.get(week, ()))
    }
    return by_path | (places & set(sheets.values_list("resource_id", "week")))


@history.follows(LockedWeek, Timesheet, HoursEntry)
def refuse_changes(written: list[Touched]) -> None:
    """Refuse whatever would change a locked week, as the last act of every operation that writes hours."""
    if any(isinstance(one.row, LockedWeek) and one.before is not None for one in written):
        raise Impossible("A locked week stays locked. Correct an entry instead: old and new stand beside each other.")
    places = {place for one in written for place in _places(one)}
    if locked := locked_places(places):
        week = min(week for _, week in locked)
        raise Impossible(
            f"The week of {week:%-d %B %Y} is locked. Nothing was changed; ask a manager to correct an entry instead."
        )


def _places(one: Touched) -> Iterator[Place]:
    """Whose weeks a written row lies in, before and after; locking a week is no change of it."""
    now = history.values_of(one.row)
    if isinstance(one.row, Timesheet):
        if one.before and _only_locks(one.before, now):
            return
        yield from ((row["resource_id"], row["week"]) for row in (one.before, now) if row)
    if isinstance(one.row, HoursEntry):
        yield from ((row["resource_id"], monday_of(row["date"])) for row in (one.before, now) if row)


def _only_locks(before: dict[str, Any], now: dict[str, Any]) -> bool:
    changed = {name for name, value in now.items() if before[name] != value}
    return changed <= ONLY_LOCKS and not before["is_locked"]
