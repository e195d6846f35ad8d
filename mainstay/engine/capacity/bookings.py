"""Bookings spread evenly over the working hours of their range, and added up by period."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mainstay.engine.capacity.horizon import Horizon
from mainstay.engine.capacity.pieces import RunningHours, cut, hours_table, whole_numbers

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

AT_ONCE = 65_536  # bookings whose intermediate arrays stay in the cache of the processor
EVERY_DAY = -1  # the row behind the last, with one hour on every day


@dataclass(frozen=True, slots=True, eq=False)
class Bookings:
    """Hours booked over ranges of days; arrays of (bookings,).

    hours: the hours of each; a correction may be below zero. first and last: the numbers of its first and last day,
    both included. row: the row of the day hours it is spread over (the calendar, or the person).

    Raises ValueError for lengths that differ, unknown hours, or a range that ends before it begins.
    """

    hours: Floats
    first: Integers
    last: Integers
    row: Integers

    def __post_init__(self) -> None:
        if not len(self.hours) == len(self.first) == len(self.last) == len(self.row):
            raise ValueError("Hours, first and last days and rows are equally many.")
        if not np.isfinite(self.hours).all():
            raise ValueError("The hours of each booking are known.")
        if (self.last < self.first).any():
            raise ValueError("A booking ends before it begins.")

    @classmethod
    def of(cls, hours: ArrayLike, first: ArrayLike, last: ArrayLike, row: ArrayLike) -> Bookings:
        """Bookings of anything that makes arrays; `first`, `last` and `row` must be whole numbers."""
        amounts = np.atleast_1d(np.asarray(hours, dtype=np.float64))
        days = whole_numbers(first, "First days"), whole_numbers(last, "Last days")
        return cls(amounts, *days, whole_numbers(row, "Rows"))


def spread(
    bookings: Bookings,
    day_hours: ArrayLike,
    horizon: Horizon,
    *,
    group: ArrayLike | None = None,
    groups: int | None = None,
) -> Floats:
    """(groups, periods) the booked hours of each group in each period.

    day_hours: (rows, days) working hours of each calendar or person on each day of the horizon. group: (bookings,)
    what each booking is added to (person, skill, project, ...), numbers below `groups`; without it, its row.
    A booking of h hours over W working hours puts h / W on each of them. One over days on which nobody works is
    spread evenly over its days, so that no hour vanishes. Of a booking that reaches beyond the horizon only the part
    inside counts; the days outside are taken at the mean of the row.

    Raises ValueError for shapes that do not fit, and rows or groups that do not exist. Source: formulae 2.7.

    >>> from datetime import date
    >>> booked = Bookings.of([40], [2], [13], [0])  # 3 to 14 March 2027, ten working days
    >>> spread(booked, [[8, 8, 8, 8, 8, 0, 0] * 2], Horizon(date(2027, 3, 1), date(2027, 3, 14), "week")).tolist()
    [[15.0, 25.0]]
    """
    working = hours_table(day_hours, "Working hours")
    if working.shape[1] != horizon.days:
        raise ValueError("There are working hours for each day of the horizon.")
    _refuse_others(bookings.row, len(working), "row of working hours")
    into = bookings.row if group is None else whole_numbers(group, "Groups")
    number = groups if groups is not None else len(working) if group is None else int(into.max(initial=-1)) + 1
    if len(into) != len(bookings.hours):
        raise ValueError("Each booking has one group.")
    _refuse_others(into, number, "group")
    sums = np.zeros(number * horizon.periods)
    running = RunningHours(np.vstack([working, np.ones((1, horizon.days))]))
    for begin in range(0, len(into), AT_ONCE):
        part = slice(begin, begin + AT_ONCE)
        _add(sums, _part(bookings, part), running, horizon, into[part] * horizon.periods)
    return sums.reshape(number, horizon.periods)


def _refuse_others(numbers: Integers, end: int, what: str) -> None:
    if numbers.size and not 0 <= numbers.min() <= numbers.max() < end:
        raise ValueError(f"A booking names a {what} that does not exist.")


def _part(bookings: Bookings, part: slice) -> Bookings:
    return Bookings(bookings.hours[part], bookings.first[part], bookings.last[part], bookings.row[part])


def _add(sums: Floats, bookings: Bookings, running: RunningHours, horizon: Horizon, base: Integers) -> None:
    """Add bookings to sums (groups x periods,), of which each begins at its base (bookings,)."""
    edges, after = horizon.edges, bookings.last + 1
    pieces = cut(bookings.first, after, edges)
    hours = bookings.hours[pieces.span]
    cut_short = pieces.after - pieces.first < (after - bookings.first)[pieces.span]
    broken = np.flatnonzero(cut_short)
    span, first, end = pieces.span[broken], pieces.first[broken], pieces.after[broken]
    row = bookings.row[span]
    total = running.between(row, bookings.first[span], after[span])
    row[total == 0] = EVERY_DAY
    total = np.where(total > 0, total, after[span] - bookings.first[span])
    hours[broken] *= running.between(row, first, end) / total
    sums += np.bincount(base[pieces.span] + pieces.period, weights=hours, minlength=len(sums))
