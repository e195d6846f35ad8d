"""What people can give: terms, absences, part time and run work together."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainstay.engine.capacity import Absences, Horizon, Terms, net_capacity

FORTNIGHT = Horizon(date(2027, 3, 1), date(2027, 3, 14), "week")
WORKING = [[8, 8, 8, 8, 8, 0, 0] * 2, [6, 6, 6, 6, 0, 0, 0] * 2]


def test_part_time_run_work_and_leave_are_taken_off() -> None:
    terms = Terms.of([0, 1], [0, 1], [0, 0], [13, 13], availability=[0.5, 1.0], run_work=[0.2, 0.25])
    away = Absences.of([0, 0, 1], [0, 3, 7], [1, 3, 10], [1.0, 0.5, 1.0])
    found = net_capacity(terms, away, WORKING, FORTNIGHT, 3)
    assert found == pytest.approx(np.array([[8.0, 16.0], [18.0, 0.0], [0.0, 0.0]]), abs=1e-12)


def test_people_count_between_start_and_leave_date() -> None:
    terms = Terms.of([0, 1], [0, 0], [2, -400], [900, 8])
    found = net_capacity(terms, Absences.none(), WORKING, FORTNIGHT, 2)
    assert found.tolist() == [[24.0, 40.0], [40.0, 16.0]]


def test_terms_change_on_their_day() -> None:
    terms = Terms.of([0, 0], [0, 1], [0, 7], [6, 13], availability=[1.0, 0.5])
    assert net_capacity(terms, Absences.none(), WORKING, FORTNIGHT, 1).tolist() == [[40.0, 12.0]]


def test_absences_that_overlap_take_no_hour_twice() -> None:
    terms = Terms.of([0], [0], [0], [13])
    away = Absences.of([0, 0, 0], [0, 2, 3], [3, 4, 3], [0.5, 1.0, 1.0])
    assert net_capacity(terms, away, WORKING, FORTNIGHT, 1).tolist() == [[8.0, 40.0]]


@st.composite
def _people(draw):
    day = st.integers(-3, 17)
    share = st.sampled_from([0.0, 0.1, 0.5, 0.8, 1.0])
    terms = []
    for person in range(draw(st.integers(1, 3))):
        edges = sorted(draw(st.lists(day, min_size=2, max_size=6, unique=True)))
        for first, after in zip(edges[::2], edges[1::2], strict=False):
            terms.append((person, draw(st.integers(0, 1)), first, after - 1, draw(share), draw(share)))
    away = draw(st.lists(st.tuples(st.integers(0, 2), day, st.integers(0, 6), share), max_size=6))
    return terms, [(person, first, first + more, part) for person, first, more, part in away]


@given(_people())
def test_net_capacity_equals_going_day_by_day(people) -> None:
    terms, away = people
    expected = np.zeros((3, 14))
    for person, calendar, first, last, available, run in terms:
        for day in range(max(first, 0), min(last, 13) + 1):
            gone = sum(part for who, begin, end, part in away if who == person and begin <= day <= end)
            expected[person, day] = WORKING[calendar][day] * available * (1 - run) * (1 - min(1, gone))
    named = Absences.of(*zip(*away, strict=True)) if away else Absences.none()
    arguments = Terms.of(*zip(*terms, strict=True)), named, WORKING
    by_day = net_capacity(*arguments, Horizon(FORTNIGHT.first, FORTNIGHT.last, "day"), 3)
    by_week = net_capacity(*arguments, FORTNIGHT, 3)
    assert by_day == pytest.approx(expected, abs=1e-7)
    assert by_week == pytest.approx(expected.reshape(3, 2, 7).sum(axis=2), abs=1e-7)


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        (([0, 0], [0, 0], [0, 5], [5, 9]), "overlap"),
        (([0], [0], [3], [2]), "before they begin"),
        (([0], [0], [0], [2], 1.1), "between 0 and 1"),
        (([0], [0], [0], [2], 1.0, float("nan")), "between 0 and 1"),
        (([0], [0, 1], [0], [2]), "equally long"),
    ],
)
def test_terms_that_make_no_sense_are_refused(terms: tuple, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        Terms.of(*terms)


def test_absences_that_make_no_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        Absences.of([0], [3], [2])
    with pytest.raises(ValueError, match="between 0 and 1"):
        Absences.of([0], [0], [2], 2)


def test_people_and_calendars_must_exist() -> None:
    terms = Terms.of([0], [2], [0], [13])
    with pytest.raises(ValueError, match="does not exist"):
        net_capacity(terms, Absences.none(), WORKING, FORTNIGHT, 1)
    with pytest.raises(ValueError, match="each day of the horizon"):
        net_capacity(terms, Absences.none(), [[8]], FORTNIGHT, 1)
