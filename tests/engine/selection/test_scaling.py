"""Figures brought to whole numbers where they are decimal."""

import numpy as np
import pytest

from mainstay.engine.selection.scaling import common_step, scaled_gain, scaled_row


@pytest.mark.parametrize(
    ("figures", "step"),
    [
        ([50_000_000.0, 120_000_000.0], 10_000_000),
        ([0.1, 0.2, 0.7], 0.1),
        ([2.5, 0.0, -7.5], 2.5),
        ([123_456_789.12, 0.01], 0.01),
        ([1 / 3, 2.0], None),
        ([0.0, 0.0], None),
        ([1e15, 1e-6], None),
    ],
)
def test_the_common_step_of_decimal_figures(figures: list[float], step: float | None):
    assert common_step(np.array(figures)) == step


def test_a_row_of_money_becomes_small_whole_numbers_with_its_bound_rounded_inwards():
    entries, low, high = scaled_row(np.array([80e6, 13e6, 120e6]), -np.inf, 1_000_500_000, all_whole=True)
    assert entries.tolist() == [80, 13, 120]
    assert (low, high) == (-np.inf, 1000)


def test_a_row_with_broken_columns_keeps_its_bound():
    entries, _, high = scaled_row(np.array([2.0, -2.0]), -np.inf, 3.0, all_whole=False)
    assert (entries.tolist(), high) == ([1, -1], 1.5)


def test_a_bound_is_not_lost_to_binary_rounding():
    _, low, high = scaled_row(np.array([0.1, 0.2]), 0.1 + 0.2, 0.1 + 0.2, all_whole=True)
    assert (low, high) == (3, 3)


def test_figures_with_many_decimals_are_scaled_by_a_power_of_two():
    gain, unit = scaled_gain(np.array([1 / 3, 1e9 / 7]))
    assert np.log2(unit) == np.round(np.log2(unit))
    assert (gain * unit).tolist() == [1 / 3, 1e9 / 7]
    assert 2**17 <= gain.max() < 2**18
