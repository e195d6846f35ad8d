"""Demand against capacity, and use: the example whose utilisation looks perfect and is not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainstay.engine.capacity import balance, use_of

HOURS = st.lists(st.tuples(st.integers(0, 90), st.integers(0, 60)), min_size=1, max_size=12)


def test_one_person_overloaded_and_one_idle() -> None:
    found = use_of([[50], [20]], [[40], [40]])
    figures = [float(each) for each in (found.utilisation, found.efficiency, found.overload, found.idle)]
    assert figures == [0.875, 0.75, 0.125, 0.25]


def test_use_goes_along_an_axis_too() -> None:
    found = use_of([[50, 10], [20, 0]], [[40, 40], [40, 0]], axis=0)
    assert found.utilisation.tolist() == [0.875, 0.25]
    assert found.efficiency.tolist() == [0.75, 0.25]


def test_without_capacity_no_share_exists() -> None:
    found = use_of([5], [0])
    assert np.isnan([found.utilisation, found.efficiency, found.overload, found.idle]).all()


@given(HOURS)
def test_the_four_shares_belong_together(cells) -> None:
    allocated, capacity = np.array(cells).T
    if capacity.sum():
        found = use_of(allocated, capacity)
        assert found.utilisation == pytest.approx(found.efficiency + found.overload)
        assert found.idle == pytest.approx(1 - found.efficiency)


def test_a_balance_says_gap_shortage_and_coverage() -> None:
    found = balance([[50, 20, 0, 5]], [[40, 40, 0, 0]])
    assert found.gap.tolist() == [[-10, 20, 0, -5]]
    assert found.shortage.tolist() == [[10, 0, 0, 5]]
    assert found.coverage.tolist() == [[0.8, 1.0, 1.0, 0.0]]


@pytest.mark.parametrize("function", [balance, use_of])
@pytest.mark.parametrize("hours", [[-1.0], [float("nan")]])
def test_hours_below_zero_or_unknown_are_refused(function, hours: list) -> None:
    with pytest.raises(ValueError, match="none is below zero"):
        function(hours, [40])
    with pytest.raises(ValueError, match="none is below zero"):
        function([40], hours)
