"""A figure that swings around its limit raises one alarm."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainstay.engine.control import Watch, watch


def course(limit: Watch, values: list[float]) -> list[str]:
    """What happens to one project day by day: up, down or nothing."""
    is_open, told = False, []
    for value in values:
        found = watch(limit, [value], [is_open])
        told.append("up" if found.raised[0] else "down" if found.cleared[0] else "")
        is_open = (is_open or bool(found.raised[0])) and not found.cleared[0]
    return told


def test_a_value_between_the_two_limits_changes_nothing() -> None:
    assert course(Watch(90, 80), [89, 90, 85, 95, 81, 80, 89, 90]) == ["", "up", "", "", "", "down", "", "up"]


def test_below_its_limit_it_works_the_other_way_round() -> None:
    assert course(Watch(0.9, 0.95, above=False), [1.0, 0.9, 0.94, 0.95]) == ["", "up", "", "down"]


def test_without_a_second_limit_the_first_one_clears() -> None:
    assert course(Watch(30), [29, 30, 29]) == ["", "up", "down"]


def test_what_is_not_known_changes_nothing() -> None:
    found = watch(Watch(1), [np.nan, np.nan], [True, False])
    assert (found.raised.tolist(), found.cleared.tolist()) == ([False, False], [False, False])


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(80.01, 200), min_size=1, max_size=40))
def test_a_value_that_never_comes_back_into_order_raises_at_most_once(values: list[float]) -> None:
    told = course(Watch(90, 80), values)
    assert told.count("up") == (1 if max(values) >= 90 else 0)
    assert "down" not in told


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="on the good side"):
        Watch(90, 95)
    with pytest.raises(ValueError, match="on the good side"):
        Watch(0.9, 0.8, above=False)
    with pytest.raises(ValueError, match="finite"):
        Watch(float("nan"))
    with pytest.raises(ValueError, match="one value and one state"):
        watch(Watch(1), [1, 2], [True])
