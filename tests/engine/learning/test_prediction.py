"""Rank correlation between scores and results."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainstay.engine.agreement import tied_ranks
from mainstay.engine.learning import by_criterion, prediction
from mainstay.engine.learning.ranks import spearman

NAN = float("nan")
VALUES = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=2, max_size=12)


def test_a_small_example_known_by_hand() -> None:
    found = prediction([1, 2, 3, 4, 5], [10, 30, 20, 40, 50], seed=3)
    assert round(found.spearman.value, 12) == 0.9
    assert round(found.kendall.value, 12) == 0.8
    assert (found.cases, found.enough) == (5, True)


def test_ties_share_their_mean_rank() -> None:
    found = prediction([1, 1, 2, 3], [5, 6, 6, 9], seed=3)
    assert round(found.spearman.value, 12) == round(float(np.corrcoef([1.5, 1.5, 3, 4], [1, 2.5, 2.5, 4])[0, 1]), 12)
    assert round(found.kendall.value, 12) == round(4 / 5, 12)
    assert not found.enough
    assert np.isnan([found.spearman.low, found.spearman.high]).all()


@given(VALUES)
@settings(max_examples=80, deadline=None)
def test_both_are_what_their_definitions_say(pairs: list[tuple[int, int]]) -> None:
    x, y = np.array(pairs, dtype=np.float64).T
    found = prediction(x, y, seed=1, draws=100)
    if len(set(x)) == 1 or len(set(y)) == 1:
        assert np.isnan([found.spearman.value, found.kendall.value]).all()
        return
    assert round(found.spearman.value - float(np.corrcoef(tied_ranks(x), tied_ranks(y))[0, 1]), 9) == 0
    signs = [(np.sign(x[i] - x[j]), np.sign(y[i] - y[j])) for i, j in combinations(range(len(x)), 2)]
    together = sum(a * b for a, b in signs)
    untied = sum(a != 0 for a, _ in signs) * sum(b != 0 for _, b in signs)
    assert round(found.kendall.value - together / float(untied) ** 0.5, 9) == 0


@given(VALUES, st.integers(0, 2**32 - 1))
@settings(max_examples=40, deadline=None)
def test_counting_a_case_twice_is_having_it_twice(pairs: list[tuple[int, int]], seed: int) -> None:
    x, y = np.array(pairs, dtype=np.float64).T
    counts = np.random.default_rng(seed).integers(0, 3, len(x))
    if len(set(x[counts > 0])) < 2 or len(set(y[counts > 0])) < 2:
        return
    again = np.repeat(x, counts), np.repeat(y, counts)
    expected = np.corrcoef(tied_ranks(again[0]), tied_ranks(again[1]))[0, 1]
    assert round(float(spearman(x, y, counts[None, :].astype(np.float64))[0] - expected), 9) == 0


@given(VALUES)
@settings(max_examples=40, deadline=None)
def test_only_the_order_matters(pairs: list[tuple[int, int]]) -> None:
    x, y = np.array(pairs, dtype=np.float64).T
    one, other = prediction(x, y, 1, draws=100), prediction(np.exp(x), 7 * y - 3, 1, draws=100)
    assert np.array_equal(
        [one.spearman.value, one.kendall.value], [other.spearman.value, other.kendall.value], equal_nan=True
    )


def test_the_interval_holds_the_value_and_tells_noise_from_signal() -> None:
    random = np.random.default_rng(2)
    score = random.normal(size=80)
    good = prediction(score, score + random.normal(size=80), seed=5)
    none = prediction(score, random.normal(size=80), seed=5)
    assert good.spearman.low < good.spearman.value < good.spearman.high
    assert good.spearman.is_shown
    assert good.kendall.is_shown
    assert not none.spearman.is_shown
    assert prediction(score, score, seed=5) == prediction(score, score, seed=5)


def test_cases_without_score_or_result_are_left_out() -> None:
    found = prediction([1, 2, NAN, 3, 4], [1, 2, 3, NAN, 4], seed=1)
    assert (found.cases, round(found.spearman.value, 12)) == (3, 1.0)
    assert np.isnan(prediction([], [], seed=1).spearman.value)


def test_each_criterion_is_looked_at_alone() -> None:
    scores = np.array([[1, 9, 5], [2, 7, 5], [3, 8, 5], [4, 3, 5], [5, 1, 5]])
    found = by_criterion(scores, [1, 2, 3, 4, 5], seed=1)
    assert [round(each.spearman.value, 9) for each in found[:2]] == [1.0, -0.9]
    assert np.isnan(found[2].spearman.value)


def test_nonsense_is_refused() -> None:
    for score, level, draws in (([1], 0.9, 100), ([1, 2], 1.0, 100), ([1, 2], 0.9, 10)):
        with pytest.raises(ValueError, match="Each case"):
            prediction(score, [1, 2], 1, level, draws)
    with pytest.raises(ValueError, match="one column"):
        by_criterion([1, 2], [1, 2], 1)
