"""Booked hours the slow way, day by day in plain Python, to hold the kept ones against."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import Any

import numpy as np

from mainstay.engine.capacity import Horizon, Unit
from mainstay.resources.models import Booking, CalendarDay
from mainstay.resources.queries.keeping import KINDS
from mainstay.resources.queries.load import parts_of_load
from mainstay.resources.queries.public_holidays import holidays_between

Cell = tuple[int, str, int]
PLAIN_WEEK = [8, 8, 8, 8, 8, 0, 0]


def kept_hours(people: Any, first: date, last: date, unit: Unit = "month") -> dict[Cell, float]:
    """Person, kind and period with the hours that are kept."""
    ids = np.array(sorted(people.values_list("pk", flat=True)))
    found: dict[Cell, float] = defaultdict(float)
    for part in parts_of_load(people, ids, Horizon(first, last, unit)):
        for strand, kind, period in zip(*np.nonzero(part.hours), strict=True):
            cell = (int(ids[part.person[strand]]), KINDS[kind], int(period) + part.first)
            found[cell] += float(part.hours[strand, kind, period])
    return dict(found)


def day_by_day(people: Any, first: date, last: date, unit: Unit = "month") -> dict[Cell, float]:
    """The same from the bookings of today."""
    starts = Horizon(first, last, unit).starts
    found: dict[Cell, float] = defaultdict(float)
    working_day = _calendars()
    rows = Booking.objects.filter(resource__in=people)
    for booking in rows.select_related("resource__calendar", "resource__site__calendar"):
        hours = _hours(booking, working_day)
        for day, share in hours.items():
            if first <= day <= last:
                period = sum(1 for each in starts if each <= day) - 1
                found[booking.resource_id, booking.firmness, period] += float(booking.hours) * share
    return dict(found)


def _hours(booking: Booking, working_day: Callable[[Any, date], float]) -> dict[date, float]:
    """The share of a booking on each of its days."""
    days = [booking.starts_on + timedelta(days=n) for n in range((booking.ends_on - booking.starts_on).days + 1)]
    person = booking.resource
    calendar = person.calendar or (person.site.calendar if person.site else None)
    working = {day: working_day(calendar, day) for day in days}
    whole = sum(working.values())
    return {day: working[day] / whole if whole else 1 / len(days) for day in days}


def _calendars() -> Callable[[Any, date], float]:
    """The working hours of a calendar on a day; without one, of a plain week."""
    named = {(one.calendar_id, one.date): float(one.hours) for one in CalendarDay.objects.all()}

    @cache
    def working_day(calendar: Any, day: date) -> float:
        if calendar is None:
            return PLAIN_WEEK[day.weekday()]
        if (calendar.pk, day) in named:
            return named[calendar.pk, day]
        if holidays_between(calendar.country, calendar.region, day, day):
            return 0.0
        return float(calendar.week[day.weekday()])

    return working_day
