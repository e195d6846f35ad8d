"""What people can give: working hours less absence, part time and run work, between start and leave dates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mainstay.engine.capacity.horizon import Horizon
from mainstay.engine.capacity.pieces import RunningHours, cut, hours_table, whole_numbers

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

DIGITS = 9  # shares are kept to so many digits, so that sums of them come out even


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """On which terms people work, and from when to when; arrays of (terms,), one or several for each person.

    person, calendar: numbers of the person and of the calendar. first and last: the numbers of the first and last
    day, both included (start and leave date). availability: share of full time, 0 to 1. run_work: share of the time
    that goes to daily business, 0 to 1.

    Raises ValueError for lengths that differ, shares outside 0 to 1, terms that end before they begin, and terms
    of one person that overlap.
    """

    person: Integers
    calendar: Integers
    first: Integers
    last: Integers
    availability: Floats
    run_work: Floats

    def __post_init__(self) -> None:
        _refuse_other_lengths(self.person, self.calendar, self.first, self.last, self.availability, self.run_work)
        _refuse_other_shares(self.availability, self.run_work)
        if (self.last < self.first).any():
            raise ValueError("Terms end before they begin.")
        order = np.lexsort((self.first, self.person))
        person, first, last = self.person[order], self.first[order], self.last[order]
        if ((person[1:] == person[:-1]) & (first[1:] <= last[:-1])).any():
            raise ValueError("Terms of one person overlap.")

    @classmethod
    def of(
        cls,
        person: ArrayLike,
        calendar: ArrayLike,
        first: ArrayLike,
        last: ArrayLike,
        availability: ArrayLike = 1.0,
        run_work: ArrayLike = 0.0,
    ) -> Terms:
        """Terms of anything that makes arrays; one figure for a share holds for all."""
        people = whole_numbers(person, "People")
        calendars = whole_numbers(calendar, "Calendars")
        days = whole_numbers(first, "First days"), whole_numbers(last, "Last days")
        at_work, daily = (np.broadcast_to(np.asarray(each, float), people.shape) for each in (availability, run_work))
        return cls(people, calendars, *days, at_work, daily)


@dataclass(frozen=True, slots=True, eq=False)
class Absences:
    """Who is away from when to when; arrays of (absences,).

    first and last: the numbers of the first and last day, both included. share: of the day, 0 to 1. Absences of
    one person may overlap: nobody is away more than wholly.

    Raises ValueError for lengths that differ, shares outside 0 to 1, or an absence that ends before it begins.
    """

    person: Integers
    first: Integers
    last: Integers
    share: Floats

    def __post_init__(self) -> None:
        _refuse_other_lengths(self.person, self.first, self.last, self.share)
        _refuse_other_shares(self.share)
        if (self.last < self.first).any():
            raise ValueError("An absence ends before it begins.")

    @classmethod
    def of(cls, person: ArrayLike, first: ArrayLike, last: ArrayLike, share: ArrayLike = 1.0) -> Absences:
        """Absences of anything that makes arrays; one share holds for all."""
        people = whole_numbers(person, "People")
        days = whole_numbers(first, "First days"), whole_numbers(last, "Last days")
        return cls(people, *days, np.broadcast_to(np.asarray(share, float), people.shape))

    @classmethod
    def none(cls) -> Absences:
        """Nobody is away."""
        return cls.of([], [], [], [])


@dataclass(frozen=True, slots=True, eq=False)
class _Stretches:
    """Days on which the share a person can give is the same; arrays of (stretches,)."""

    person: Integers
    calendar: Integers
    first: Integers
    after: Integers
    share: Floats


def net_capacity(terms: Terms, absences: Absences, day_hours: ArrayLike, horizon: Horizon, people: int) -> Floats:
    """(people, periods) hours each person can give to projects.

    day_hours: (calendars, days) working hours, see `hours_by_day`. With the unit "day" the result serves as the
    working hours that bookings are spread over.

        net = working hours x (1 - absence) x availability x (1 - run work), from start to leave date

    Raises ValueError for shapes that do not fit, and people or calendars that do not exist. Source: formulae 2.7.

    >>> from datetime import date
    >>> november = Horizon(date(2026, 11, 2), date(2026, 11, 8))
    >>> half_time = Terms.of([0], [0], [0], [6], availability=0.5, run_work=0.2)
    >>> net_capacity(half_time, Absences.of([0], [4], [4]), [[8, 8, 8, 8, 8, 0, 0]], november, 1).tolist()
    [[12.8]]
    """
    working = hours_table(day_hours, "Working hours")
    if working.shape[1] != horizon.days:
        raise ValueError("There are working hours for each day of the horizon.")
    for numbers, end in ((terms.person, people), (absences.person, people), (terms.calendar, len(working))):
        if numbers.size and not 0 <= numbers.min() <= numbers.max() < end:
            raise ValueError("A person or a calendar that does not exist is named.")
    stretches = _stretches(terms, absences, horizon.days)
    if horizon.unit == "day":
        return _by_day(stretches, working, people)
    pieces = cut(stretches.first, stretches.after, horizon.edges)
    hours = RunningHours(working).between(stretches.calendar[pieces.span], pieces.first, pieces.after)
    cells = stretches.person[pieces.span] * horizon.periods + pieces.period
    given = np.bincount(cells, weights=hours * stretches.share[pieces.span], minlength=people * horizon.periods)
    return given.reshape(people, horizon.periods)


def _by_day(stretches: _Stretches, working: Floats, people: int) -> Floats:
    """(people, days) the hours of each day, without sums up to it."""
    days, lengths = working.shape[1], stretches.after - stretches.first
    within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    cells = np.repeat(stretches.person * days + stretches.first, lengths) + within
    source = np.repeat(stretches.calendar * days + stretches.first, lengths) + within
    given = np.zeros(people * days)
    given[cells] = working.ravel()[source] * np.repeat(stretches.share, lengths)
    return given.reshape(people, days)


def _stretches(terms: Terms, absences: Absences, days: int) -> _Stretches:
    """Cut the time of each person wherever terms or absences begin or end."""
    shares = np.round(terms.availability * (1 - terms.run_work), DIGITS)
    nothing = np.zeros(len(absences.person))
    person = np.concatenate([terms.person, absences.person] * 2)
    begins = np.concatenate([terms.first, absences.first])
    ends = np.concatenate([terms.last, absences.last]) + 1
    day = np.clip(np.concatenate([begins, ends]), 0, days)
    order = np.lexsort((day, person))
    person, day = person[order], day[order]

    def running(terms_add: Floats, absences_add: Floats) -> Floats:
        added = np.concatenate([terms_add, absences_add])
        return np.cumsum(np.concatenate([added, -added])[order])

    share = np.round(running(shares, nothing), DIGITS)
    absent = np.round(running(np.zeros(len(shares)), absences.share), DIGITS)
    calendar = running(terms.calendar.astype(np.float64), nothing)
    given = share * (1 - np.clip(absent, 0, 1))
    same = np.flatnonzero((person[1:] == person[:-1]) & (day[1:] > day[:-1]) & (given[:-1] > 0))
    chosen = calendar[same].astype(np.int64)
    return _Stretches(person[same], chosen, day[same], day[same + 1], given[same])


def _refuse_other_lengths(*columns: NDArray[np.generic]) -> None:
    if len({each.shape for each in columns}) != 1 or columns[0].ndim != 1:
        raise ValueError("All columns are equally long.")


def _refuse_other_shares(*shares: Floats) -> None:
    if not all(((each >= 0) & (each <= 1)).all() for each in shares):
        raise ValueError("A share lies between 0 and 1.")
