"""Demand that may come: against every way it can come."""

from itertools import product

import numpy as np
import pytest

from mainstay.engine.capacity import pipeline_demand


def test_mean_and_deviation_equal_those_over_all_outcomes() -> None:
    demand = np.array([[[100, 0], [20, 5]], [[40, 40], [0, 0]], [[0, 30], [10, 10]]], dtype=float)
    chance = np.array([0.5, 0.8, 0.1])
    mean, square = np.zeros((2, 2)), np.zeros((2, 2))
    for outcome in product([0, 1], repeat=3):
        comes = np.array(outcome)
        likely = np.prod(np.where(comes, chance, 1 - chance))
        hours = np.tensordot(comes, demand, axes=1)
        mean, square = mean + likely * hours, square + likely * hours**2
    found = pipeline_demand(demand, chance)
    assert found.expected == pytest.approx(mean)
    assert found.deviation == pytest.approx(np.sqrt(square - mean**2))
    assert found.highest.tolist() == [[140, 70], [30, 15]]


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="one probability for each"):
        pipeline_demand([[[1]]], [0.5, 0.5])
    with pytest.raises(ValueError, match="between 0 and 1"):
        pipeline_demand([[[1]]], [1.5])
    with pytest.raises(ValueError, match="not below zero"):
        pipeline_demand([[[-1]]], [0.5])
