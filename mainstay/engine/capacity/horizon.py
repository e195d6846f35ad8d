"""The time a question is about: whole days from a first to a last, cut into periods."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mainstay.engine.basics.periods import month_after

Integers = NDArray[np.int64]
Unit = Literal["day", "week", "month", "quarter"]

UNITS: tuple[Unit, ...] = ("day", "week", "month", "quarter")
MONDAY = 1


@dataclass(frozen=True)
class Horizon:
    """Days from `first` to `last`, both included, numbered from 0, and the periods they fall into.

    unit: "day", "week" (ISO, from Monday), "month" or "quarter". A period that begins before `first` or ends after
    `last` counts with the days inside only. year_begins: the month (1 to 12) in which the fiscal year begins, for
    quarters. Days are dates, not moments, so a change of the clock makes no day shorter.

    Raises ValueError when `last` lies before `first`, or for another unit or month.

    >>> Horizon(date(2026, 12, 21), date(2027, 1, 10), "week").names
    ('2026-W52', '2026-W53', '2027-W01')
    """

    first: date
    last: date
    unit: Unit = "month"
    year_begins: int = 1

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("The last day lies before the first.")
        if self.unit not in UNITS:
            raise ValueError('The unit is "day", "week", "month" or "quarter".')
        if not 1 <= self.year_begins <= 12:
            raise ValueError("A year begins in a month from 1 to 12.")

    @property
    def days(self) -> int:
        """How many days there are."""
        return (self.last - self.first).days + 1

    @property
    def periods(self) -> int:
        """How many periods there are."""
        return len(self.starts)

    @cached_property
    def starts(self) -> tuple[date, ...]:
        """The first day of each period, that of the first period not before the first day of all."""
        starts = [self.first]
        while (following := self._after(starts[-1])) <= self.last:
            starts.append(following)
        return tuple(starts)

    @cached_property
    def edges(self) -> Integers:
        """(periods + 1,) the number of the first day of each period, and behind the last the number of days."""
        return np.array([*((day - self.first).days for day in self.starts), self.days], dtype=np.int64)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What each period is called: 2026-11-22, 2026-W47, 2026-11, 2026 Q4, or 2026/27 Q3 in a fiscal year."""
        return tuple(self._name(day) for day in self.starts)

    def day_numbers(self, dates: ArrayLike) -> Integers:
        """(dates,) the number of each date, below 0 before the first day and `days` or more after the last.

        dates: dates, ISO strings or datetime64.

        >>> Horizon(date(2024, 2, 28), date(2024, 3, 31)).day_numbers(["2024-03-01"]).tolist()
        [2]
        """
        days = np.asarray(dates, dtype="datetime64[D]") - np.datetime64(self.first, "D")
        return days.astype(np.int64)

    def _after(self, day: date) -> date:
        """The first day of the period after the one `day` lies in."""
        match self.unit:
            case "day":
                return day + timedelta(days=1)
            case "week":
                return day + timedelta(days=7 + MONDAY - day.isoweekday())
            case "month":
                return month_after(day, 1)
            case "quarter":
                return month_after(day, 3 - (day.month - self.year_begins) % 3)

    def _name(self, day: date) -> str:
        match self.unit:
            case "day":
                return day.isoformat()
            case "week":
                year, week, _ = day.isocalendar()
                return f"{year}-W{week:02}"
            case "month":
                return f"{day.year}-{day.month:02}"
            case "quarter":
                return self._quarter(day)

    def _quarter(self, day: date) -> str:
        begun = day.year if day.month >= self.year_begins else day.year - 1
        year = f"{begun}" if self.year_begins == 1 else f"{begun}/{(begun + 1) % 100:02}"
        return f"{year} Q{(day.month - self.year_begins) % 12 // 3 + 1}"
