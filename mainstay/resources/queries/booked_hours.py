"""Booked hours of a few people as arrays, spread over their working time; for effects, strips and matches.

The number of queries is the same however many people and bookings there are.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.capacity import Bookings, Unit, spread
from mainstay.resources.models import Booking, Resource
from mainstay.resources.queries.working import Availability, availability

Floats = NDArray[np.float64]
Spanned = tuple[int, date, date, Any]


def hours_before(booking: Booking, on: date) -> tuple[float, float]:
    """The working hours of a booking's days before a day, and all of them; days, where nobody works in its time."""
    known = availability(
        Resource.objects.filter(pk=booking.resource_id), booking.starts_on, booking.ends_on, unit="day"
    )
    hours = known.day_hours[known.calendar[0]]
    if not hours.sum():
        hours = np.ones_like(hours)
    return round(float(hours[: (on - booking.starts_on).days].sum()), 6), round(float(hours.sum()), 6)


def spans_of(rows: Any) -> list[Spanned]:
    """Resource, first and last day, and hours of each booking of a query."""
    return list(rows.values_list("resource_id", "starts_on", "ends_on", "hours"))


def spread_over(
    known: Availability, spans: Iterable[Spanned], unit: Unit = "month", group: Iterable[int] | None = None,
    groups: int | None = None,
) -> Floats:  # fmt: skip
    """(people, periods) booked hours by resource, or (groups, periods) by the group given for each span."""
    spans = list(spans)
    horizon = known.horizon if known.horizon.unit == unit else replace(known.horizon, unit=unit)
    number = known.number
    rows = [number[resource] for resource, *_ in spans]
    hours, first, last = (
        [float(one[3]) for one in spans],
        horizon.day_numbers([one[1] for one in spans]),
        horizon.day_numbers([one[2] for one in spans]),
    )
    booked = Bookings.of(hours, first, last, known.calendar[rows] if rows else [])
    into = rows if group is None else list(group)
    return spread(booked, known.day_hours, horizon, group=into, groups=len(known.ids) if group is None else groups)


def whole_periods(first: date, last: date, unit: Unit) -> tuple[date, date]:
    """The days of the whole weeks or months that a time touches."""
    if unit == "week":
        return first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())
    return first.replace(day=1), (last.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
