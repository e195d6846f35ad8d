"""Which written rows move load, capacity and need: called at the end of every operation that wrote such rows."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from mainstay.core.history import Touched, follows, values_of
from mainstay.portfolio.models import Portfolio, Project, Stage
from mainstay.resources.models import (
    Absence,
    Booking,
    Calendar,
    CalendarDay,
    Demand,
    Proficiency,
    Resource,
    Role,
    Site,
    Skill,
    Team,
)
from mainstay.resources.operations import load

OF_RESOURCE = ("calendar_id", "site_id", "kind", "headcount", "working_share", "run_share", "starts_on", "leaves_on")
OF_CALENDAR = ("week", "country", "region")
OF_PROJECT = ("path", "seal", "stage_id")
ALSO = (Portfolio, Stage, Team, Role, Skill, Proficiency)


@follows(Booking, Absence, Resource, Calendar, CalendarDay, Site, Demand, Project, *ALSO)
def keep(written: list[Touched]) -> None:
    """Keep what follows from these rows; whatever they are, remembered figures hold no longer."""
    of: dict[type, list[Touched]] = {}
    for one in written:
        of.setdefault(type(one.row), []).append(one)
    in_time = [*_in_time(of.get(Booking, [])), *_in_time(of.get(Absence, []))]
    demands = [values for one in of.get(Demand, []) for values in _both(one)]
    whole = set(_whole(of))
    if in_time or demands:
        days = [day for _, first, last in in_time for day in (first, last)] + [each["month"] for each in demands]
        projects = {each["project_id"] for each in demands}
        projects |= {each["project_id"] for one in of.get(Booking, []) for each in _both(one)}
        load.touched({who for who, _, _ in in_time}, min(days), max(days), projects=projects)
    if whole:
        load.touched(whole)
    if not (in_time or demands or whole) and _shows(of):
        load.stamp()


def _both(one: Touched) -> Iterator[dict[str, Any]]:
    """A row as it was and as it is now."""
    if one.before is not None:
        yield one.before
    if not one.removed:
        yield values_of(one.row)


def _in_time(rows: Iterable[Touched]) -> Iterator[tuple[int, date, date]]:
    for one in rows:
        for values in _both(one):
            yield values["resource_id"], values["starts_on"], values["ends_on"]


def _whole(of: dict[type, list[Touched]]) -> Iterator[int]:
    """The people whose every year has to be computed anew."""
    yield from (one.row.pk for one in of.get(Resource, []) if not one.removed and _changed(one, OF_RESOURCE))
    calendars = {one.row.pk for one in of.get(Calendar, []) if one.before and _changed(one, OF_CALENDAR)}
    calendars |= {one.row.calendar_id for one in of.get(CalendarDay, [])}
    sites = {one.row.pk for one in of.get(Site, []) if one.before and _changed(one, ("calendar_id",))}
    if calendars or sites:
        rows = Resource.objects.filter(calendar__in=calendars) | Resource.objects.filter(site__in=sites)
        at_site = Resource.objects.filter(calendar=None, site__calendar__in=calendars)
        yield from (rows | at_site).order_by().values_list("pk", flat=True).distinct()


def _changed(one: Touched, names: Iterable[str]) -> bool:
    now = values_of(one.row)
    return one.removed or one.before is None or any(one.before[name] != now[name] for name in names)


def _shows(of: dict[type, list[Touched]]) -> bool:
    """Whether anything else moved that the figures show: of projects place and stage."""
    others = any(kind is not Project for kind in of)
    return others or any(one.before is None or _changed(one, OF_PROJECT) for one in of.get(Project, []))
