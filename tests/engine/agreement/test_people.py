"""Evaluators beside one another, and rounds beside one another."""

import math

import numpy as np
import pytest

from mainstay.engine.agreement import change_between_rounds, evaluator_bias

NAN = math.nan


def test_bias_is_against_the_others_only() -> None:
    found = evaluator_bias([[7, 9, 8], [5, 5, 6], [5, 7, 4]])
    assert found.bias.tolist() == pytest.approx([8 / 3, -4 / 3, -4 / 3], abs=1e-12)
    assert found.own_spread.tolist() == pytest.approx([1.0, math.sqrt(1 / 3), math.sqrt(7 / 3)], abs=1e-12)
    assert found.usual_spread[0] == pytest.approx((math.sqrt(1 / 3) + math.sqrt(7 / 3)) / 2, abs=1e-12)
    assert found.compared.tolist() == [3, 3, 3]
    assert found.scatter[1] == pytest.approx(np.std([-1, -3, 0], ddof=1), abs=1e-12)


def test_a_recused_person_is_compared_on_the_rest_only() -> None:
    found = evaluator_bias([[7, 9], [NAN, 5], [5, NAN]])
    assert found.bias.tolist() == [3.0, -4.0, -2.0]
    assert found.compared.tolist() == [2, 1, 1]
    assert np.isnan(found.own_spread[1:]).all()
    assert np.isnan(found.usual_spread[0])


def test_somebody_alone_has_no_bias() -> None:
    found = evaluator_bias([[3, 4]])
    assert np.isnan(found.bias[0])
    assert found.compared.tolist() == [0]


def test_what_moved_between_two_rounds() -> None:
    found = change_between_rounds([[2, 5, 1], [6, 5, NAN]], [[4, 5, 1], [5, 6, NAN]])
    assert found.mean.tolist() == [0.5, 0.5, 0.0]
    assert found.deviation[:2].tolist() == pytest.approx([-1.5 * math.sqrt(2), math.sqrt(0.5)], abs=1e-12)
    assert np.isnan(found.deviation[2])
    assert found.moved.tolist() == [2 / 3, 1.0]
    with pytest.raises(ValueError, match="same people"):
        change_between_rounds([[1, 2]], [[1]])
