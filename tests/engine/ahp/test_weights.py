"""Weights from complete and incomplete judgements, and the figures of consistency."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainstay.engine.ahp import (
    RANDOM_INDEX,
    Judgements,
    consistency_limit,
    judgements,
    judgements_from_upper,
    like_project_online,
    order_of_questions,
    random_index,
    weigh,
)

TRUE = st.lists(st.floats(0.05, 1), min_size=2, max_size=9)


def _consistent(true: list[float]) -> Judgements:
    return Judgements(np.array(true)[:, None] / np.array(true)[None, :])


@settings(deadline=None)
@given(TRUE, st.sampled_from(["eigenvector", "geometric_mean"]))
def test_consistent_judgements_give_their_weights_and_a_ratio_of_zero(true: list[float], method: str) -> None:
    found = weigh(_consistent(true), "eigenvector" if method == "eigenvector" else "geometric_mean")
    assert np.allclose(found.weights, np.array(true) / sum(true), rtol=0, atol=1e-9)
    assert found.lambda_max == pytest.approx(len(true), abs=1e-9)
    assert abs(found.consistency_index) < 1e-9
    assert abs(found.consistency_ratio) < 1e-8
    assert found.is_consistent(stricter=True)


@settings(deadline=None)
@given(st.lists(st.floats(0.05, 1), min_size=3, max_size=8), st.randoms(use_true_random=False))
def test_consistent_judgements_with_gaps_give_the_same_weights(true: list[float], random: st.DataObject) -> None:
    whole, size = _consistent(true), len(true)
    pairs = order_of_questions(size)
    asked = pairs[: random.randint(size - 1, len(pairs))]  # type: ignore[attr-defined]
    some = judgements(size, {pair: float(whole.ratios[pair]) for pair in asked})
    for found in (weigh(some), weigh(some, "geometric_mean")):
        assert np.allclose(found.weights, np.array(true) / sum(true), rtol=0, atol=1e-7)
        assert abs(found.consistency_ratio) < 1e-5
        assert found.missing == len(pairs) - len(asked)


def test_the_geometric_mean_of_complete_judgements_is_that_of_the_rows() -> None:
    found = weigh(judgements_from_upper([3, 1 / 2, 1 / 7]), "geometric_mean")
    rows = np.array([1.5, 1 / 21, 14]) ** (1 / 3)
    assert np.allclose(found.weights, rows / rows.sum(), rtol=0, atol=1e-12)


def test_a_gap_counts_as_the_ratio_of_the_weights() -> None:
    some = judgements(4, {(0, 1): 3, (0, 2): 5, (1, 2): 3, (1, 3): 0.5, (2, 3): 0.25})
    found = weigh(some)
    filled = weigh(some.changed(0, 3, float(found.weights[0] / found.weights[3])))
    assert np.allclose(found.weights, filled.weights, rtol=0, atol=1e-9)
    assert found.lambda_max == pytest.approx(filled.lambda_max, abs=1e-9)
    assert found.consistency_ratio == pytest.approx(filled.consistency_index / 0.6, abs=1e-9)


def test_unconnected_items_are_refused_and_a_pair_to_judge_is_named() -> None:
    with pytest.raises(ValueError, match="Growth and Safety"):
        weigh(judgements(("Growth", "Quality", "Safety", "Cost"), {(0, 1): 2, (2, 3): 2}))


def test_one_item_has_all_the_weight_and_two_never_contradict() -> None:
    one = weigh(judgements(1, {}))
    assert (one.weights.tolist(), one.consistency_ratio, one.missing) == ([1.0], 0.0, 0)
    two = weigh(judgements(2, {(0, 1): 9}))
    assert (two.weights.round(12).tolist(), two.consistency_ratio) == ([0.9, 0.1], 0.0)


def test_the_random_index_is_the_stored_table() -> None:
    assert [RANDOM_INDEX[size] for size in range(3, 11)] == [0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49]
    assert math.isnan(random_index(16))
    assert random_index(4, missing=3) == 0.0
    assert random_index(5, missing=2) == pytest.approx(1.12 * 2 / 3, abs=1e-12)


def test_above_the_table_there_is_no_ratio_and_nothing_is_accepted() -> None:
    contradicting = _consistent([1.0] * 16).changed(0, 1, 9)
    found = weigh(contradicting)
    assert math.isnan(found.consistency_ratio)
    assert not found.is_consistent()
    assert math.isnan(found.like_project_online)


def test_limits_may_be_stricter_for_few_items() -> None:
    assert [consistency_limit(size) for size in (3, 4, 5)] == [0.10, 0.10, 0.10]
    assert [consistency_limit(size, stricter=True) for size in (3, 4, 5)] == [0.05, 0.08, 0.10]


def test_read_like_project_online_higher_is_better_and_the_limit_is_the_same() -> None:
    assert [like_project_online(ratio) for ratio in (0.0, 0.10, 0.5, 2.0)] == pytest.approx([1, 0.8, 0, 0], abs=1e-12)
    assert like_project_online(0.05, limit=0.05) == pytest.approx(0.8, abs=1e-12)


@pytest.mark.parametrize(
    ("ratios", "names", "said"),
    [
        ([[1, 2]], (), "square"),
        ([], (), "square"),
        ([[1, 2], [0.4, 1]], (), "inverse"),
        ([[1, -2], [-0.5, 1]], (), "positive"),
        ([[1, np.inf], [0, 1]], (), "positive"),
        ([[1, 2], [np.nan, 1]], (), "together"),
        ([[np.nan]], (), "together"),
        ([[2]], (), "inverse"),
        ([[1, 2], [0.5, 1]], ("one",), "one name"),
    ],
)
def test_judgements_that_make_no_sense_are_refused(
    ratios: list[list[float]], names: tuple[str, ...], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        Judgements(np.array(ratios, dtype=float), names)


def test_answers_that_make_no_sense_are_refused() -> None:
    for pairs, said in (({(0, 0): 1.0}, "different"), ({(0, 3): 1.0}, "different"), ({(0, 1): 0.0}, "positive")):
        with pytest.raises(ValueError, match=said):
            judgements(3, pairs)
    with pytest.raises(ValueError, match="upper triangle"):
        judgements_from_upper([1, 2])


def test_judgements_cannot_be_changed_in_place() -> None:
    given = np.array([[1, 2], [0.5, 1]])
    judged = Judgements(given)
    given[0, 1] = 9
    assert judged.ratios[0, 1] == 2
    with pytest.raises(ValueError, match="read-only"):
        judged.ratios[0, 1] = 3
    assert judged.changed(0, 1, 4).ratios.tolist() == [[1, 4], [0.25, 1]]
    assert judged.without(0, 1).missing == 1
    assert judged.ratios.tolist() == [[1, 2], [0.5, 1]]


@pytest.mark.parametrize("size", [1, 2, 3, 6, 7])
def test_every_pair_is_asked_once_and_the_first_connect_all(size: int) -> None:
    order = order_of_questions(size)
    assert sorted(order) == [(first, second) for first in range(size) for second in range(first + 1, size)]
    weigh(judgements(size, dict.fromkeys(order[: size - 1], 1.0)))
