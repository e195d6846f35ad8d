"""Working hours of each day: a week that repeats, and dates on which it does not hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.capacity.horizon import Horizon

Floats = NDArray[np.float64]

HOURS_IN_A_DAY = 24.0
DAYS_IN_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working hours of a full-time person.

    week: hours of Monday to Sunday, seven figures from 0 to 24. exceptions: dates with the hours that hold instead,
    0 for a public holiday, each date once.

    Raises ValueError for another number of days, hours outside a day, or a date named twice.

    >>> Calendar((8, 8, 8, 8, 6, 0, 0), ((date(2026, 12, 25), 0),)).week[4]
    6
    """

    week: tuple[float, ...] = (8.0, 8.0, 8.0, 8.0, 8.0, 0.0, 0.0)
    exceptions: tuple[tuple[date, float], ...] = ()

    def __post_init__(self) -> None:
        if len(self.week) != DAYS_IN_A_WEEK:
            raise ValueError("A week has seven days.")
        hours = [*self.week, *(hours for _, hours in self.exceptions)]
        if not all(isfinite(each) and 0 <= each <= HOURS_IN_A_DAY for each in hours):
            raise ValueError("A day has from 0 to 24 working hours.")
        if len({day for day, _ in self.exceptions}) < len(self.exceptions):
            raise ValueError("Each exceptional date is named once.")


def hours_by_day(calendars: Sequence[Calendar], horizon: Horizon) -> Floats:
    """(calendars, days) the working hours of each calendar on each day of the horizon.

    >>> hours_by_day([Calendar()], Horizon(date(2026, 11, 21), date(2026, 11, 24))).tolist()
    [[0.0, 0.0, 8.0, 8.0]]
    """
    weekdays = (np.arange(horizon.days) + horizon.first.weekday()) % DAYS_IN_A_WEEK
    weeks = np.array([calendar.week for calendar in calendars], dtype=np.float64).reshape(-1, DAYS_IN_A_WEEK)
    hours = weeks[:, weekdays]
    for row, calendar in enumerate(calendars):
        for day, exceptional in calendar.exceptions:
            if horizon.first <= day <= horizon.last:
                hours[row, (day - horizon.first).days] = exceptional
    return hours
