"""Which skill is short, and which value waits for it."""

import numpy as np
import pytest

from mainstay.engine.capacity import Waiting, bottlenecks


def test_the_skill_most_value_waits_for_comes_first() -> None:
    demand = np.zeros((3, 3, 2))
    demand[0, 0], demand[1, 0], demand[2, 1] = [30, 30], [30, 10], [0, 100]
    capacity = np.array([[50, 40], [90, 90], [10, 10]], dtype=float)
    first, second = bottlenecks(demand, capacity, [1200, 400, 500])
    assert (first.skill, first.value_waiting, first.value_of_next_hour) == (0, 100.0, 10.0)
    assert (first.first_period, first.periods_short, first.short_hours) == (0, 1, 10.0)
    assert (first.worst_period, first.worst_hours, first.worst_coverage) == (0, 10.0, 50 / 60)
    assert first.waiting == (Waiting(1, 10.0, 100.0),)
    assert (second.skill, second.first_period, second.worst_coverage) == (1, 1, 0.9)
    assert second.waiting == (Waiting(2, 10.0, 50.0),)


def test_missing_hours_hit_the_project_worth_least_an_hour_first() -> None:
    demand = [[[40]], [[40]], [[40]]]
    (found,) = bottlenecks(demand, [[50]], [40, 80, 120])
    assert found.waiting == (Waiting(0, 40.0, 40.0), Waiting(1, 30.0, 60.0))[::-1]
    assert (found.short_hours, found.value_of_next_hour) == (70.0, 2.0)


def test_one_more_hour_brings_what_is_said() -> None:
    demand, value = np.array([[[40]], [[30]], [[20]]], dtype=float), [400, 60, 100]
    (before,) = bottlenecks(demand, [[55]], value)
    (after,) = bottlenecks(demand, [[56]], value)
    assert before.value_waiting - after.value_waiting == pytest.approx(before.value_of_next_hour)


def test_enough_people_make_no_bottleneck() -> None:
    assert bottlenecks([[[40]]], [[40]], [1]) == ()


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="by project, skill and period"):
        bottlenecks([[[40]]], [[40, 40]], [1])
    with pytest.raises(ValueError, match="none is below zero"):
        bottlenecks([[[40]]], [[40]], [-1])
