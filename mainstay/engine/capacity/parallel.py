"""Context switches: on how many projects somebody works in the same period."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mainstay.engine.capacity.bookings import Bookings
from mainstay.engine.capacity.horizon import Horizon
from mainstay.engine.capacity.pieces import cut, whole_numbers

Integers = NDArray[np.int64]


def parallel_projects(bookings: Bookings, project: ArrayLike, horizon: Horizon, people: int) -> Integers:
    """(people, periods) the number of different projects a person is booked on.

    bookings: their row is the person; those without hours count for nothing. project: (bookings,) numbers from 0.
    Whoever works on n projects changes between them n - 1 times at least.

    Raises ValueError for people or projects that do not exist.

    >>> from datetime import date
    >>> booked = Bookings.of([8, 8, 8], [0, 5, 20], [1, 40, 20], [0, 0, 0])
    >>> parallel_projects(booked, [0, 1, 1], Horizon(date(2026, 3, 1), date(2026, 4, 30)), 1).tolist()
    [[2, 1]]
    """
    projects = whole_numbers(project, "Projects")
    if len(projects) != len(bookings.hours) or (projects < 0).any():
        raise ValueError("Each booking has one project, a number from 0.")
    if bookings.row.size and not 0 <= bookings.row.min() <= bookings.row.max() < people:
        raise ValueError("A booking names a person who does not exist.")
    real = np.flatnonzero(bookings.hours)
    pieces = cut(bookings.first[real], bookings.last[real] + 1, horizon.edges)
    chosen = real[pieces.span]
    cells = bookings.row[chosen] * horizon.periods + pieces.period
    number = int(projects.max(initial=0)) + 1
    distinct = np.unique(cells * number + projects[chosen])
    counts = np.bincount(distinct // number, minlength=people * horizon.periods)
    return counts.reshape(people, horizon.periods)
