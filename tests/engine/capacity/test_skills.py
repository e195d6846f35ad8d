"""People with several skills: hours are counted once, and the most that can be covered is found."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mainstay.engine.capacity import could_also, cover, supply_by_skill


@st.composite
def _teams(draw):
    people, skills, periods = draw(st.integers(1, 5)), draw(st.integers(1, 4)), draw(st.integers(1, 2))
    hours = draw(arrays(np.int64, (people, periods), elements=st.integers(0, 40)))
    demand = draw(arrays(np.int64, (skills, periods), elements=st.integers(0, 80)))
    return hours, demand, draw(arrays(np.bool_, (people, skills)))


@given(_teams())
def test_no_person_is_counted_twice_over_first_skills(team) -> None:
    hours, _, holds = team
    primary = np.where(holds.any(axis=1), holds.argmax(axis=1), -1)
    supply = supply_by_skill(hours, primary, holds.shape[1])
    assert supply.sum(axis=0).tolist() == hours[primary >= 0].sum(axis=0).tolist()
    assert (supply <= could_also(hours, holds)).all()


@settings(max_examples=60)
@given(_teams())
def test_no_person_gives_more_hours_than_there_are(team) -> None:
    hours, demand, holds = team
    found = cover(hours, demand, holds)
    given_hours = np.stack([found.of_person(person) for person in range(len(hours))])
    assert (given_hours.sum(axis=1) <= hours + 1e-6).all()
    assert (given_hours[~holds] == 0).all()
    assert given_hours.sum(axis=0) == pytest.approx(found.covered, abs=1e-6)
    assert found.covered + found.missing == pytest.approx(demand.astype(float))


@settings(max_examples=60)
@given(_teams())
def test_the_most_that_can_be_covered_is_the_smallest_cut(team) -> None:
    hours, demand, holds = team
    skills = range(len(demand))
    for period in range(demand.shape[1]):
        cuts = [
            demand[list(set(skills) - set(short)), period].sum() + hours[holds[:, short].any(axis=1), period].sum()
            for size in range(len(demand) + 1)
            for short in map(list, combinations(skills, size))
        ]
        assert cover(hours, demand, holds).covered[:, period].sum() == pytest.approx(min(cuts), abs=1e-6)


@settings(max_examples=60)
@given(_teams())
def test_skills_short_together_use_everybody_who_has_one_of_them(team) -> None:
    hours, demand, holds = team
    found = cover(hours, demand, holds)
    for period in range(demand.shape[1]):
        short = found.short_together[:, period]
        available = hours[holds[:, short].any(axis=1), period].sum()
        assert found.covered[short, period].sum() == pytest.approx(available, abs=1e-6)
        assert found.missing[~short, period].max(initial=0) <= 1e-6


def test_whoever_has_two_skills_covers_one_of_them() -> None:
    found = cover([[40]], [[40], [40]], [[True, True]], worth=[1, 3])
    assert found.covered.tolist() == [[0.0], [40.0]]
    assert found.short_together.tolist() == [[True], [True]]


def test_nothing_to_cover_and_nobody_there() -> None:
    assert cover([[40]], [[0]], [[True]]).missing.tolist() == [[0.0]]
    assert cover([[40]], [[10]], [[False]]).missing.tolist() == [[10.0]]


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="first skill that exists"):
        supply_by_skill([[40]], [2], 2)
    with pytest.raises(ValueError, match="told of each person"):
        could_also([[40]], [[True], [True]])
    with pytest.raises(ValueError, match="by skill and period"):
        cover([[40]], [[1, 2]], [[True]])
    with pytest.raises(ValueError, match="more than nothing"):
        cover([[40]], [[1]], [[True]], worth=[0])
