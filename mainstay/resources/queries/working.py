"""What rows say about working time, as arrays for `engine.capacity`.

A person works by their own calendar, else by that of their site, else from Monday to Friday, eight hours a day. The
number of queries is always the same, however many people are asked for.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mainstay.core.models.row import RowVersion
from mainstay.engine.capacity import Absences, Horizon, Terms, Unit, hours_by_day, net_capacity
from mainstay.engine.capacity import Calendar as WorkingCalendar
from mainstay.resources.models import Absence, Calendar, CalendarDay, ResourceKind, Site
from mainstay.resources.queries.public_holidays import holidays_between

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
PLAIN_WEEK = WorkingCalendar((8.0, 8.0, 8.0, 8.0, 8.0, 0.0, 0.0))
FEW = 500  # as many are named one by one in a query; more are asked for by the query that found them
PERSON_COLUMNS = (
    "kind",
    "headcount",
    "site_id",
    "calendar_id",
    "working_share",
    "run_share",
    "starts_on",
    "leaves_on",
)


@dataclass(frozen=True, eq=False)
class Availability:
    """Working time of some resources from a first to a last day.

    ids: (people,) the id of each resource. heads: (people,) how many work behind it, 0 for a placeholder, who gives
    no hours. calendar: (people,) the row of `day_hours` the resource works by. day_hours: (calendars, days) working
    hours of full time. terms, absences: as `engine.capacity` takes them.
    """

    horizon: Horizon
    ids: Integers
    heads: Floats
    calendar: Integers
    day_hours: Floats
    terms: Terms
    absences: Absences

    @cached_property
    def number(self) -> dict[int, int]:
        """The number of each resource by its id."""
        return {int(pk): number for number, pk in enumerate(self.ids)}

    def net(self, unit: Unit | None = None, year_begins: int = 1) -> Floats:
        """(people, periods) hours each resource can give to projects, by day, week, month or quarter."""
        horizon = replace(self.horizon, unit=unit, year_begins=year_begins) if unit else self.horizon
        hours = net_capacity(self.terms, self.absences, self.day_hours, horizon, len(self.ids))
        return hours * self.heads[:, None]

    def gross(self, unit: Unit | None = None, year_begins: int = 1) -> Floats:
        """(people, periods) working hours before absence and run work, by calendar, share, start and leave date."""
        horizon = replace(self.horizon, unit=unit, year_begins=year_begins) if unit else self.horizon
        terms = replace(self.terms, run_work=np.zeros_like(self.terms.run_work))
        hours = net_capacity(terms, Absences.none(), self.day_hours, horizon, len(self.ids))
        return hours * self.heads[:, None]


def availability(
    resources: Any,
    first: date,
    last: date,
    *,
    unit: Unit = "month",
    year_begins: int = 1,
    as_of: datetime | None = None,
) -> Availability:
    """Working time of the resources of a query (today's, or as known at a moment) from one day to another."""
    horizon = Horizon(first, last, unit, year_begins)
    rows = list(resources.values_list(id_of(resources), *PERSON_COLUMNS))
    calendars = list(Calendar.objects.as_of(as_of))
    row_of = {calendar.row_id: place for place, calendar in enumerate(calendars, 1)}
    at_site = dict(Site.objects.as_of(as_of).values_list(id_of(Site.objects.as_of(as_of)), "calendar_id"))
    hours = day_hours(calendars, first, last, as_of)
    by = [row_of.get(own or at_site.get(site), 0) for _, _, _, site, own, *_ in rows]
    ids = np.array([row[0] for row in rows], dtype=np.int64)
    heads = np.array([0 if row[1] == ResourceKind.GENERIC else row[2] for row in rows], dtype=np.float64)
    calendar = np.array(by, dtype=np.int64)
    absences = _absences(resources, ids, horizon, as_of)
    return Availability(horizon, ids, heads, calendar, hours, _terms(rows, calendar, horizon), absences)


def day_hours(calendars: Iterable[Calendar], first: date, last: date, as_of: datetime | None = None) -> Floats:
    """(calendars + 1, days) working hours: row 0 is the plain week, then a row for each calendar in its order.

    A public holiday has no hours; a day named in the calendar has the hours named there, holiday or not.
    """
    named: dict[int, dict[date, float]] = defaultdict(dict)
    days = CalendarDay.objects.as_of(as_of).filter(date__range=(first, last))
    for calendar_id, day, hours in days.values_list("calendar_id", "date", "hours"):
        named[calendar_id][day] = float(hours)
    working = [PLAIN_WEEK, *(_working(one, named[one.row_id], first, last) for one in calendars)]
    return hours_by_day(working, Horizon(first, last))


def _working(calendar: Calendar, named: dict[date, float], first: date, last: date) -> WorkingCalendar:
    free = {day: 0.0 for day, _ in holidays_between(calendar.country, calendar.region, first, last)}
    return WorkingCalendar(tuple(float(hours) for hours in calendar.week), tuple((free | named).items()))


def _terms(rows: list[tuple[Any, ...]], calendar: Integers, horizon: Horizon) -> Terms:
    """One term a person, whose last day never lies before the first: who is not there yet has none inside."""
    starts = horizon.day_numbers([row[7] or date.min for row in rows])
    leaves = horizon.day_numbers([row[8] or date.max for row in rows])
    shares = [np.array([float(row[place]) for row in rows]) for place in (5, 6)]
    return Terms(np.arange(len(rows), dtype=np.int64), calendar, starts, leaves, *shares)


def _absences(resources: Any, ids: Integers, horizon: Horizon, as_of: datetime | None) -> Absences:
    inside = Absence.objects.as_of(as_of).filter(starts_on__lte=horizon.last, ends_on__gte=horizon.first)
    few = len(ids) <= FEW
    wanted = inside.filter(resource_id__in=ids.tolist() if few else resources.order_by().values(id_of(resources)))
    found = list(wanted.values_list("resource_id", "starts_on", "ends_on", "share"))
    number = {int(pk): place for place, pk in enumerate(ids)}
    found = [row for row in found if row[0] in number]
    if not found:
        return Absences.none()
    who, starts, ends, shares = zip(*found, strict=True)
    days = horizon.day_numbers(list(starts)), horizon.day_numbers(list(ends))
    return Absences.of([number[pk] for pk in who], *days, [float(share) for share in shares])


def id_of(rows: Any) -> str:
    """The name of the row's number; kept versions have a primary key of their own."""
    return "row_id" if issubclass(rows.model, RowVersion) else "pk"
