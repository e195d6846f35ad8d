"""Satisfaction and recommendation with their intervals."""

from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainstay.engine import benefits


def test_satisfaction_is_the_share_of_fours_and_fives() -> None:
    found = benefits.csat([5, 4, 3, 2, 1, 4, 5, 5, 3, 4])
    assert (found.value, found.answers) == (0.6, 10)
    assert (round(found.low, 4), round(found.high, 4)) == (0.3127, 0.8318)


def test_recommendation_is_promoters_less_detractors() -> None:
    found = benefits.nps([10, 9, 8, 7, 6, 0, 9, 10, 10, 5])
    assert (round(found.value, 12), found.answers) == (0.2, 10)
    up, down = 6 / 12, 4 / 12
    reach = 1.959963984540054 * ((up + down - (up - down) ** 2) / 12) ** 0.5
    assert round(found.low, 9) == round(up - down - reach, 9)
    assert round(found.high, 9) == round(up - down + reach, 9)


def test_a_few_answers_that_agree_are_still_unsure() -> None:
    found = benefits.nps([10, 10, 10])
    assert found.value == 1.0
    assert found.low < 0.3
    assert found.high == 1.0


def test_without_answers_there_is_no_figure() -> None:
    for found in (benefits.csat([]), benefits.nps([]), benefits.nps_change([], [9])):
        assert np.isnan([found.value, found.low, found.high]).all()


def test_a_change_that_few_answers_show_may_be_none() -> None:
    few = benefits.nps_change([8, 8, 6, 9], [9, 9, 8, 8])
    many = benefits.nps_change([8, 8, 6, 9] * 100, [9, 9, 8, 8] * 100)
    assert (few.value, many.value) == (0.5, 0.5)
    assert few.low < 0 < few.high
    assert 0.4 < many.low < 0.5 < many.high < 0.6


def test_the_interval_holds_the_true_score_as_often_as_it_says() -> None:
    n, up, down, held = 30, 0.5, 0.2, 0.0
    for promoters in range(n + 1):
        for detractors in range(n + 1 - promoters):
            rest = n - promoters - detractors
            answers = [10] * promoters + [0] * detractors + [8] * rest
            chance = comb(n, promoters) * comb(n - promoters, detractors) * up**promoters * down**detractors
            found = benefits.nps(answers)
            held += chance * 0.3**rest * (found.low <= up - down <= found.high)
    assert 0.94 <= held <= 0.97


@given(st.lists(st.integers(0, 10), min_size=1, max_size=40))
def test_the_score_lies_in_its_interval_and_that_inside_its_limits(answers: list[int]) -> None:
    found = benefits.nps(answers)
    assert -1 <= found.low <= found.high <= 1
    assert found.low - 0.35 <= found.value <= found.high + 0.35
    share = benefits.csat([1 + answer // 3 for answer in answers if answer < 10] or [5])
    assert 0 <= share.low <= share.value + 1e-12
    assert share.value - 1e-12 <= share.high <= 1


def test_answers_off_the_scale_are_refused() -> None:
    for answers in ([0], [6], [2.5], [float("nan")]):
        with pytest.raises(ValueError, match="from 1 to 5"):
            benefits.csat(answers)
    for answers in ([-1], [11]):
        with pytest.raises(ValueError, match="from 0 to 10"):
            benefits.nps(answers)
    with pytest.raises(ValueError, match="level"):
        benefits.nps([9], level=1.0)
    with pytest.raises(ValueError, match="at least"):
        benefits.wilson(2, 1)
