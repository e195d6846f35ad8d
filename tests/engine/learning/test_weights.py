"""Weights that would have foretold results."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainstay.engine.learning import Basis, suggest_weights
from mainstay.engine.learning.weights import fitted, non_negative

EQUAL = [1, 1, 1]


def reviews(cases: int, noise: float, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Scores by three criteria, of which the first counts three times as much as the second and the third nothing."""
    random = np.random.default_rng(seed)
    scores = random.random((cases, 3))
    return scores, 1000 + 400 * (scores @ [0.75, 0.25, 0.0]) + noise * random.normal(size=cases)


def test_weights_that_made_the_results_are_found_again() -> None:
    found = suggest_weights(*reviews(40, 0.0), EQUAL, seed=1)
    assert found.weight.round(6).tolist() == [0.75, 0.25, 0.0]
    assert (found.basis, found.cases) == (Basis.ENOUGH, 40)
    assert round(found.suggested, 9) == 1.0
    assert found.current < 0.9


def test_noise_makes_intervals_wide_and_they_hold_the_truth_in_most_cases() -> None:
    found = [suggest_weights(*reviews(60, 60.0, seed), EQUAL, seed=1, draws=100) for seed in range(50)]
    held = sum(((each.low <= [0.75, 0.25, 0.0]) & (each.high >= [0.75, 0.25, 0.0])).astype(int) for each in found)
    assert (held >= 36).all()
    assert min((each.high - each.low).max() for each in found) > 0.1
    assert all(each.suggested > each.current for each in found)
    assert sum(each.unused[2] > each.unused[0] for each in found) > 45


def test_few_cases_say_so() -> None:
    assert suggest_weights(*reviews(14, 10.0), EQUAL, seed=1, draws=100).basis == Basis.TOO_FEW


def test_results_that_go_against_every_criterion_suggest_nothing() -> None:
    scores = np.arange(20.0)[:, None] / 20
    found = suggest_weights(scores, -scores[:, 0], [1], seed=1)
    assert found.basis == Basis.NOTHING
    assert np.isnan(found.weight).all()
    assert round(found.current, 9) == -1.0


def test_weights_that_fit_noise_are_seen_to_foretell_nothing() -> None:
    random = np.random.default_rng(9)
    found = suggest_weights(random.random((40, 6)), random.normal(size=40), np.ones(6), seed=1, draws=100)
    assert found.suggested < 0.3


def test_cases_with_gaps_are_left_out_and_the_same_seed_gives_the_same() -> None:
    scores, results = reviews(30, 20.0)
    scores[3, 1] = results[7] = np.nan
    found = suggest_weights(scores, results, EQUAL, seed=4, draws=100)
    again = suggest_weights(scores, results, EQUAL, seed=4, draws=100)
    assert found.cases == 28
    assert found.low.tolist() == again.low.tolist()


@given(st.integers(0, 2**32 - 1), st.integers(1, 5))
@settings(max_examples=80, deadline=None)
def test_no_other_coefficients_above_zero_are_better(seed: int, size: int) -> None:
    random = np.random.default_rng(seed)
    table, aim = random.normal(size=(8, size)), random.normal(size=8)
    if seed % 3 == 0 and size > 1:
        table[:, -1] = table[:, 0]
    gram, moment = table.T @ table, table.T @ aim
    found = non_negative(gram, moment)
    slope = moment - gram @ found
    assert (found >= 0).all()
    assert (slope <= 1e-8).all()
    assert (np.abs(slope[found > 0]) <= 1e-8).all()


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=40, deadline=None)
def test_weights_add_up_to_one_and_no_unit_of_the_results_changes_them(seed: int) -> None:
    scores, results = reviews(20, 50.0, seed)
    weight = fitted(scores, results)
    assert (weight >= 0).all()
    assert round(float(weight.sum()), 9) == 1
    assert np.allclose(weight, fitted(scores, 16 * results - 5), rtol=0, atol=1e-7)


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="Each case"):
        suggest_weights([[1, 2]], [1, 2], [1, 1], seed=1)
    for weights in ([-1, 2], [0, 0]):
        with pytest.raises(ValueError, match="Weights"):
            suggest_weights([[1, 2]], [1], weights, seed=1)
