"""The judgement that hurts most, and what would fit."""

import math

import numpy as np
import pytest

from mainstay.engine.ahp import Judgements, judgements, judgements_from_upper, weigh, worst_misfit


def test_of_three_items_every_pair_is_as_much_at_odds_and_the_first_is_named() -> None:
    found = worst_misfit(judgements_from_upper([2, 1 / 5, 2]))
    assert found is not None
    assert (found.first, found.second, found.given) == (0, 1, 2.0)
    assert found.deviation == pytest.approx(math.log(20) / 3, abs=1e-9)
    assert found.fitting == pytest.approx(0.1, abs=1e-12)
    assert found.on_scale == 1 / 9
    assert found.ratio_now == weigh(judgements_from_upper([2, 1 / 5, 2])).consistency_ratio
    assert found.ratio_then == weigh(judgements_from_upper([1 / 9, 1 / 5, 2])).consistency_ratio


def test_a_planted_contradiction_among_seven_items_is_found_and_its_value_with_it() -> None:
    true = np.array([9.0, 8, 6, 5, 4, 2, 1])
    judged = Judgements(true[:, None] / true[None, :]).changed(1, 4, 1 / 6)
    found = worst_misfit(judged)
    assert found is not None
    assert (found.first, found.second) == (4, 1)
    assert found.given == pytest.approx(6, abs=1e-12)
    assert found.fitting == pytest.approx(0.5, abs=1e-9)
    assert found.ratio_then == pytest.approx(0, abs=1e-9)
    assert judged.ratios[1, 4] == 1 / 6


def test_judgements_that_agree_have_no_misfit() -> None:
    assert worst_misfit(judgements_from_upper([2, 8, 4])) is None
    assert worst_misfit(judgements(3, {(0, 1): 7, (1, 2): 0.2})) is None
    assert worst_misfit(judgements(1, {})) is None


def test_a_judgement_that_alone_connects_an_item_is_never_the_misfit() -> None:
    judged = judgements(4, {(0, 1): 2, (1, 2): 2, (0, 2): 1 / 2, (2, 3): 9})
    found = worst_misfit(judged)
    assert found is not None
    assert {found.first, found.second} != {2, 3}
