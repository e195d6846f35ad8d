"""On how many projects somebody works at once."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainstay.engine.capacity import Bookings, Horizon, parallel_projects

WEEKS = Horizon(date(2026, 11, 2), date(2026, 11, 29), "week")
DAY = st.integers(0, WEEKS.days - 1)
ROWS = st.lists(st.tuples(st.integers(0, 3), DAY, DAY, st.integers(0, 2), st.integers(0, 4)), min_size=1, max_size=10)


@given(ROWS)
def test_projects_are_counted_once_a_period(rows) -> None:
    booked = [(hours, min(a, b), max(a, b), person) for hours, a, b, person, _ in rows]
    projects = [row[-1] for row in rows]
    working_on: dict = {}
    for (hours, first, last, person), project in zip(booked, projects, strict=True):
        for day in range(first, last + 1) if hours else ():
            working_on.setdefault((person, day // 7), set()).add(project)
    expected = np.zeros((3, 4))
    for cell, which in working_on.items():
        expected[cell] = len(which)
    found = parallel_projects(Bookings.of(*zip(*booked, strict=True)), projects, WEEKS, 3)
    assert found.tolist() == expected.tolist()


def test_work_outside_the_horizon_is_no_parallel_work() -> None:
    booked = Bookings.of([8, 8], [-5, 28], [-1, 30], [0, 0])
    assert parallel_projects(booked, [0, 1], WEEKS, 1).tolist() == [[0, 0, 0, 0]]
    assert WEEKS.first + timedelta(days=28) > WEEKS.last


def test_people_and_projects_must_exist() -> None:
    booked = Bookings.of([8], [0], [1], [3])
    with pytest.raises(ValueError, match="does not exist"):
        parallel_projects(booked, [0], WEEKS, 3)
    with pytest.raises(ValueError, match="a number from 0"):
        parallel_projects(booked, [-1], WEEKS, 4)
