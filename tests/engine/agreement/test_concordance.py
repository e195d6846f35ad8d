"""Kendall's W and its chance, against examples worked out by hand and against counting."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainstay.engine.agreement import chi_square_tail, kendalls_w, tied_ranks

NAN = math.nan


def test_people_who_rank_alike_agree_wholly() -> None:
    found = kendalls_w([[1, 2, 3, 4], [10, 20, 30, 40], [0.1, 0.2, 0.3, 0.4]])
    assert (found.w, found.chi_square, found.people, found.items) == (1.0, 9.0, 3, 4)
    assert found.p_value == pytest.approx(0.0292909, abs=1e-7)


def test_two_opposite_rankings_agree_in_nothing() -> None:
    found = kendalls_w([[1, 2, 3], [3, 2, 1]])
    assert (found.w, found.chi_square, found.p_value) == (0.0, 0.0, 1.0)


def test_ties_are_allowed_for() -> None:
    # Rank sums 4, 5, 9 and 12 around 7.5; two people tie two items each, so T = 6 + 6.
    found = kendalls_w([[1, 1, 3, 4], [1, 2, 3, 4], [1, 1, 3, 4]])
    assert tied_ranks(np.array([1.0, 1.0, 3.0, 4.0])).tolist() == [1.5, 1.5, 3.0, 4.0]
    assert found.w == 12 * ((4 - 7.5) ** 2 + (5 - 7.5) ** 2 + (9 - 7.5) ** 2 + (12 - 7.5) ** 2) / (9 * 60 - 3 * 12)


def test_who_scored_nothing_and_what_somebody_left_out_are_not_counted() -> None:
    found = kendalls_w([[1, 2, 3, 9], [NAN, NAN, NAN, NAN], [1, 2, 3, NAN]])
    assert (found.w, found.people, found.items) == (1.0, 2, 3)


@pytest.mark.parametrize("scores", [[[1, 2, 3]], [[1, NAN], [1, NAN]], [[5, 5, 5], [2, 2, 2]]])
def test_without_a_ranking_there_is_no_figure(scores: list[list[float]]) -> None:
    found = kendalls_w(scores)
    assert (found.w, found.chi_square, found.p_value) == (None, None, None)


@settings(deadline=None)
@given(st.permutations(range(5)), st.permutations(range(5)))
def test_for_two_people_it_follows_from_spearmans_correlation(one: list[int], other: list[int]) -> None:
    spearman = np.corrcoef(one, other)[0, 1]
    assert kendalls_w([one, other]).w == pytest.approx((1 + spearman) / 2, abs=1e-12)


def test_the_tail_of_chi_square_has_its_tabulated_values() -> None:
    table = {
        (3.841459, 1): 0.05,
        (9.210340, 2): 0.01,
        (7.814728, 3): 0.05,
        (18.307038, 10): 0.05,
        (30.143527, 19): 0.05,
    }
    for (value, freedom), chance in table.items():
        assert chi_square_tail(value, freedom) == pytest.approx(chance, abs=1e-7)
    assert [chi_square_tail(0.0, freedom) for freedom in (1, 2, 7)] == [1.0, 1.0, 1.0]
    with pytest.raises(ValueError, match="freedom"):
        chi_square_tail(1.0, 0)


def test_the_mean_over_all_rankings_is_one_over_the_number_of_people() -> None:
    rankings = list(itertools.permutations(range(4)))
    mean = math.fsum(kendalls_w([rankings[0], other]).w or 0.0 for other in rankings) / len(rankings)
    assert mean == pytest.approx(0.5, abs=1e-12)


@pytest.mark.parametrize("scores", [[1, 2], [[1, math.inf]], [[]]])
def test_scores_that_make_no_sense_are_refused(scores: list[object]) -> None:
    with pytest.raises(ValueError, match=r"[Ss]core"):
        kendalls_w(scores)
