"""Rank correlation by reordering."""

import numpy as np
import pytest

from mainstay.engine.simulation import iman_conover, rank_correlation

WANTED = np.array([[1, 0.7, -0.3], [0.7, 1, 0.2], [-0.3, 0.2, 1]])


def _samples(draws: int = 4000) -> np.ndarray:
    random = np.random.default_rng(2)
    return np.column_stack([random.lognormal(size=draws), random.random(draws), random.exponential(size=draws)])


def test_columns_take_the_rank_correlation_asked_for() -> None:
    moved = iman_conover(_samples(), WANTED)
    # Ranks of normal scores correlate a little less than the scores: 6 / pi asin(r / 2).
    assert rank_correlation(moved) == pytest.approx(6 / np.pi * np.arcsin(WANTED / 2), abs=0.02)


def test_every_column_keeps_its_own_values() -> None:
    given = _samples()
    assert (np.sort(iman_conover(given, WANTED), axis=0) == np.sort(given, axis=0)).all()


def test_the_same_seed_gives_the_same_order() -> None:
    given = _samples(100)
    assert (iman_conover(given, WANTED, 7) == iman_conover(given, WANTED, 7)).all()
    assert (iman_conover(given, WANTED, 7) != iman_conover(given, WANTED, 8)).any()


@pytest.mark.parametrize(
    ("draws", "matrix", "sentence"),
    [(5, WANTED, "too few"), (100, np.eye(2), "one column of samples"), (100, np.ones((3, 3)), "positive definite")],
)
def test_what_cannot_be_correlated_is_refused(draws, matrix, sentence) -> None:
    with pytest.raises(ValueError, match=sentence):
        iman_conover(_samples(draws), matrix)
