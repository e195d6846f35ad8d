"""Answers in numbers and in words."""

import pytest

from mainstay.engine.ahp import SAATY, STEPS, nearest_on_scale, ratio_of, step_of


def test_the_scale_has_seventeen_numbers_and_snaps_in_logarithms() -> None:
    assert len(SAATY) == 17
    assert [nearest_on_scale(ratio) for ratio in (1.4, 1.42, 20, 0.4, 0.42)] == [1.0, 2.0, 9.0, 1 / 3, 0.5]


def test_seven_steps_lead_from_words_to_ratios_and_back() -> None:
    assert [step.ratio for step in STEPS] == [1 / 9, 1 / 6, 1 / 3, 1.0, 3.0, 6.0, 9.0]
    for step in STEPS:
        assert ratio_of(step.words) == step.ratio
        assert step_of(step.ratio) == step
        assert step_of(1 / step.ratio).ratio == pytest.approx(1 / step.ratio, abs=1e-12)


def test_what_is_not_on_a_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="'is nicer than'"):
        ratio_of("is nicer than")
    for ratio in (0.0, -1.0, float("nan")):
        with pytest.raises(ValueError, match="positive"):
            nearest_on_scale(ratio)
