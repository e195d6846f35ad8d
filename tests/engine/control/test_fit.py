"""When waiting work fits: compared with trying every start."""

import numpy as np
import pytest

from mainstay.engine.control import fits


def tried(need: np.ndarray, free: np.ndarray, first: int) -> int:
    """The earliest start by trying each one."""
    used = np.flatnonzero(need.sum(axis=0))
    length = int(used[-1]) + 1 if used.size else 0
    for start in range(first, free.shape[1] - length + 1):
        part, there = need[:, :length], free[:, start : start + length]
        if ((part <= there) | (part == 0)).all():
            return start
    return -1


def test_random_work_fits_where_trying_every_start_says() -> None:
    draw = np.random.default_rng(5)
    free = draw.integers(0, 10, (3, 12)).astype(float)
    demand = draw.integers(0, 6, (40, 3, 4)) * draw.integers(0, 2, (40, 3, 4)).astype(float)
    first = draw.integers(0, 6, 40)
    found = fits(demand, free, np.zeros(40), np.inf, first)
    assert found.alone.tolist() == [tried(need, free, at) for need, at in zip(demand, first.tolist(), strict=True)]
    left = free.copy()
    for need, at in zip(demand, found.together.tolist(), strict=True):
        length = min(4, 12 - at)
        left[:, at : at + length] -= need[:, :length] if at >= 0 else 0
    assert found.free.tolist() == left.tolist()
    assert (found.free >= np.minimum(free, 0)).all()


def test_money_goes_to_whoever_comes_first() -> None:
    found = fits(np.zeros((3, 1, 1)), [[0, 0]], [60, 50, 40], 100, [0, 1, 0])
    assert (found.alone.tolist(), found.together.tolist(), found.money) == ([0, 1, 0], [0, -1, 0], 0.0)


def test_what_costs_more_than_there_is_fits_nowhere() -> None:
    found = fits(np.zeros((1, 1, 1)), [[5]], [101], 100, [0])
    assert (found.alone.tolist(), found.together.tolist(), found.money) == ([-1], [-1], 100.0)


def test_a_skill_that_is_not_needed_may_be_overbooked() -> None:
    found = fits([[[0, 0], [3, 0]]], [[-4, -4], [3, 0]], [0], 0, [0])
    assert found.together.tolist() == [0]
    assert found.free.tolist() == [[-4, -4], [0, 0]]


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="by project, skill and period"):
        fits([[1]], [[1]], [1], 1, [0])
    with pytest.raises(ValueError, match="one cost and one first period"):
        fits([[[1]]], [[1]], [1, 2], 1, [0])
    with pytest.raises(ValueError, match="not below zero"):
        fits([[[-1]]], [[1]], [1], 1, [0])
