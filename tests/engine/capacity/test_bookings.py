"""Bookings spread over working hours: no hour vanishes, none is counted twice."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainstay.engine.capacity import Bookings, Horizon, spread

FORTNIGHT = Horizon(date(2027, 3, 1), date(2027, 3, 14), "week")
WEEK = [8, 8, 8, 8, 8, 0, 0]


def test_a_week_with_a_holiday_gets_less_of_a_booking() -> None:
    working = [[0, *WEEK[1:], *WEEK]]
    assert spread(Bookings.of([36], [0], [13], [0]), working, FORTNIGHT).tolist() == [[16.0, 20.0]]


def test_hours_over_a_weekend_on_which_nobody_works_do_not_vanish() -> None:
    booked = Bookings.of([6, 3], [5, 6], [6, 7], [0, 0])
    assert spread(booked, [[*WEEK, *WEEK]], FORTNIGHT).tolist() == [[6.0, 3.0]]
    nobody = spread(Bookings.of([9], [5], [7], [0]), [[0] * 14], FORTNIGHT)
    assert nobody.tolist() == [[6.0, 3.0]]


def test_only_the_part_inside_the_horizon_counts() -> None:
    booked = Bookings.of([30, 8, 8], [-7, -9, 14], [13, -1, 20], [0, 0, 0])
    assert spread(booked, [[*WEEK, *WEEK]], FORTNIGHT).tolist() == [[10.0, 10.0]]


def test_bookings_of_people_are_added_up_by_project() -> None:
    booked = Bookings.of([10, 20, -5], [0, 0, 7], [4, 11, 7], [0, 1, 1])
    found = spread(booked, [[*WEEK, *WEEK], [*WEEK, *([0] * 7)]], FORTNIGHT, group=[2, 0, 2], groups=4)
    assert found.tolist() == [[20.0, 0.0], [0.0, 0.0], [10.0, -5.0], [0.0, 0.0]]


def test_no_bookings_make_empty_cells() -> None:
    nothing = spread(Bookings.of([], [], [], []), [[*WEEK, *WEEK]], FORTNIGHT)
    assert nothing.tolist() == [[0.0, 0.0]]


@st.composite
def _plans(draw):
    days = draw(st.integers(1, 45))
    rows = draw(st.integers(1, 3))
    hours = st.lists(st.sampled_from([0.0, 4.0, 7.5, 8.0]), min_size=days, max_size=days)
    working = draw(st.lists(hours, min_size=rows, max_size=rows))
    day = st.integers(0, days - 1)
    one = st.tuples(st.integers(0, 80), day, day, st.integers(0, rows - 1))
    booked = [(h, min(a, b), max(a, b), row) for h, a, b, row in draw(st.lists(one, min_size=1, max_size=12))]
    return days, working, booked, draw(st.sampled_from(["day", "week", "month"]))


@given(_plans())
def test_spreading_equals_going_day_by_day(plan) -> None:
    days, working, booked, unit = plan
    first = date(2024, 2, 14)
    horizon = Horizon(first, date.fromordinal(first.toordinal() + days - 1), unit)
    expected = np.zeros((len(working), horizon.periods))
    for hours, begin, end, row in booked:
        weights = np.array(working[row][begin : end + 1])
        weights = weights if weights.sum() else np.ones(end - begin + 1)
        for day, weight in enumerate(weights, begin):
            period = np.searchsorted(horizon.edges, day, side="right") - 1
            expected[row, period] += hours * weight / weights.sum()
    found = spread(Bookings.of(*zip(*booked, strict=True)), working, horizon)
    assert found == pytest.approx(expected, abs=1e-9)
    assert found.sum() == pytest.approx(sum(each[0] for each in booked), abs=1e-9)


def test_many_bookings_are_taken_in_parts_and_all_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mainstay.engine.capacity.bookings.AT_ONCE", 2)
    booked = Bookings.of([1, 2, 3, 4, 5], [0] * 5, [6] * 5, [0, 0, 1, 1, 0])
    assert spread(booked, [[*WEEK, *WEEK]] * 2, FORTNIGHT).tolist() == [[8.0, 0.0], [7.0, 0.0]]


@pytest.mark.parametrize(
    ("booked", "sentence"),
    [
        (([1, 2], [0], [0], [0]), "equally many"),
        (([float("nan")], [0], [0], [0]), "are known"),
        (([1], [3], [2], [0]), "before it begins"),
        (([1], [0.5], [2], [0]), "whole numbers"),
    ],
)
def test_bookings_that_make_no_sense_are_refused(booked: tuple, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        Bookings.of(*booked)


@pytest.mark.parametrize(
    ("working", "options", "sentence"),
    [
        ([WEEK], {}, "each day of the horizon"),
        ([[-1] * 14], {}, "none below zero"),
        ([[8] * 14], {"group": [1], "groups": 1}, "group that does not exist"),
        ([[8] * 14], {"group": [0, 1]}, "one group"),
        (np.empty((0, 14)), {}, "row of working hours that does not exist"),
    ],
)
def test_shapes_that_do_not_fit_are_refused(working, options: dict, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        spread(Bookings.of([1], [0], [0], [0]), working, FORTNIGHT, **options)
