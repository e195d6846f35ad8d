"""Money used, days kept, plans changed, work in progress."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainstay.engine.health import adherence, churn, flow, money_used

NAN = float("nan")


def test_money_that_is_committed_is_no_longer_available() -> None:
    found = money_used([100, 50, 0], [60, 20, 5], [25, 40, 0])
    assert found.used[:2].tolist() == [0.6, 0.4]
    assert np.isnan(found.used[2])
    assert found.available.tolist() == [15.0, -10.0, -5.0]


def test_a_milestone_met_late_or_not_at_all_is_not_kept() -> None:
    assert adherence([10, 20, 30, 40, 90], [10, 25, NAN, 12, 40], today=50) == 0.5
    assert np.isnan(adherence([90], [NAN], today=50))


def test_what_enters_and_what_leaves_a_plan_both_change_it() -> None:
    assert churn([True] * 10 + [False] * 2, [True] * 9 + [False, True, False]) == 0.2
    assert np.isnan(churn([False], [True]))


def test_work_that_is_still_there_counts_as_in_progress() -> None:
    found = flow([0, 5], [NAN, 15], start=10, end=20)
    assert found.throughput == 0.1
    assert found.cycle_time == 10.0
    assert found.in_progress == 1.5
    assert found.expected == 1.0


def test_where_nothing_was_finished_there_is_no_cycle_time() -> None:
    found = flow([0], [NAN], 0, 10)
    assert (found.throughput, found.in_progress) == (0.0, 1.0)
    assert np.isnan(found.cycle_time)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 30)), min_size=1, max_size=20))
def test_little_holds_over_a_window_in_which_all_work_begins_and_ends(items: list[tuple[int, int]]) -> None:
    entered, lasting = np.array(items).T
    found = flow(entered, entered + lasting, 0, 100)
    assert round(found.in_progress - found.expected, 9) == 0


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="not below zero"):
        money_used([-1], [0], [0])
    for entered, left, start, end in (([0], [1], 5, 5), ([2], [1], 0, 5), ([NAN], [1], 0, 5)):
        with pytest.raises(ValueError, match="window"):
            flow(entered, left, start, end)
