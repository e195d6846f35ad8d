"""What going on is worth; what was spent is not even asked for."""

import numpy as np
import pytest

from mainstay.engine.control import Advice, Work, forward


def test_going_on_and_stopping_are_worth_the_same_at_a_ratio_of_one() -> None:
    # Going on: 500 - 400 = 100. Stopping: 130 - 30 = 100.
    found = forward(Work.of([500], [400], [30], [130], [0]))
    assert (found.value[0], found.net[0], found.per_cost[0]) == (400, 0, 1.0)
    assert found.advice[0] == Advice.CONTINUE


@pytest.mark.parametrize("benefit", [0.0, 399.0, 401.0, 900.0])
def test_the_ratio_lies_below_one_exactly_where_stopping_is_worth_more(benefit: float) -> None:
    cost, stop_cost, salvage = 400.0, 30.0, 40.0
    found = forward(Work.of([benefit], [cost], [stop_cost], [salvage], [0]))
    is_better_stopped = salvage - stop_cost > benefit - cost
    assert (found.per_cost[0] < 1) == is_better_stopped == (found.advice[0] == Advice.STOP)


def test_scarce_hours_that_bring_more_elsewhere_advise_to_rest() -> None:
    found = forward(Work.of([300, 300, 300], [100] * 3, [0] * 3, [0] * 3, [100, 20, 0]), hour_elsewhere=5)
    assert found.per_hour[:2].tolist() == [2.0, 10.0]
    assert np.isnan(found.per_hour[2])
    assert found.advice.tolist() == [Advice.PAUSE, Advice.CONTINUE, Advice.CONTINUE]


def test_nothing_left_to_spend_is_no_division_by_zero() -> None:
    found = forward(Work.of([10, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 5], [0, 0, 0]))
    assert found.per_cost[0] == np.inf
    assert np.isnan(found.per_cost[1])
    assert found.per_cost[2] == -np.inf
    assert found.advice.tolist() == [Advice.CONTINUE, Advice.CONTINUE, Advice.STOP]


def test_what_is_not_known_is_not_advised_on() -> None:
    found = forward(Work.of([np.nan, 10], [5, np.nan], [0, 0], [0, 0], [0, 0]))
    assert np.isnan(found.per_cost).all()
    assert found.advice.tolist() == [Advice.UNKNOWN, Advice.UNKNOWN]


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="one figure of each kind"):
        Work.of([1, 2], [1], [0], [0], [0])
    with pytest.raises(ValueError, match="not below zero"):
        Work.of([1], [-1], [0], [0], [0])
