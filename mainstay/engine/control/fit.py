"""When waiting work fits into free hours and free money, one after another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
NOISE = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """When work fits, (projects,) periods each, -1 where it does not fit within the periods.

    alone: the earliest start where it has everything that is free to itself. together: the same after all before it
    in the order have taken their part. free: (skills, periods) hours left after the last; money: left after the last.
    """

    alone: Integers
    together: Integers
    free: Floats
    money: float


def fits(demand: ArrayLike, free: ArrayLike, cost: ArrayLike, money: float, not_before: ArrayLike) -> Fit:
    """The earliest start of each project, in the order given, in which every period has the hours it needs.

    demand: (projects, skills, length) hours by period counted from the start. free: (skills, periods) hours. cost:
    (projects,) money; money: how much there is, infinity where it does not limit. not_before: (projects,) the first
    period allowed. Hours of work that would reach beyond the last period do not fit. What takes nothing fits at once.
    Raises ValueError for shapes that differ or amounts below zero.

    >>> found = fits([[[8, 8]], [[6, 0]]], [[4, 8, 8, 10]], [5, 5], 20, [0, 0])
    >>> found.alone.tolist(), found.together.tolist(), found.free.tolist(), found.money
    ([1, 1], [1, 3], [[4.0, 0.0, 0.0, 4.0]], 10.0)
    """
    wanted, there = np.asarray(demand, dtype=np.float64), np.asarray(free, dtype=np.float64)
    costs, first = np.asarray(cost, dtype=np.float64), np.asarray(not_before, dtype=np.int64)
    _refuse_nonsense(wanted, there, costs, first)
    left, purse = there.copy(), float(money)
    alone, together = np.full(len(wanted), -1), np.full(len(wanted), -1)
    for place, need in enumerate(wanted):
        if costs[place] <= money + NOISE:
            alone[place] = _earliest(need, there, int(first[place]))
        if alone[place] < 0 or costs[place] > purse + NOISE:
            continue
        together[place] = start = _earliest(need, left, int(first[place]))
        if start >= 0:
            part = _trimmed(need)
            left[:, start : start + part.shape[1]] -= part
            purse -= float(costs[place])
    return Fit(alone, together, left, purse)


def _refuse_nonsense(wanted: Floats, there: Floats, costs: Floats, first: Integers) -> None:
    if wanted.ndim != 3 or there.ndim != 2 or wanted.shape[1] != there.shape[0]:
        raise ValueError("Demand is by project, skill and period, what is free by skill and period.")
    if costs.shape != wanted.shape[:1] or first.shape != wanted.shape[:1]:
        raise ValueError("There is one cost and one first period for each project.")
    if any((each < 0).any() for each in (wanted, costs, first)):
        raise ValueError("Hours, costs and periods are not below zero.")


def _trimmed(need: Floats) -> Floats:
    """(skills, length) without the empty periods at its end."""
    used = np.flatnonzero(need.sum(axis=0))
    return need[:, : used[-1] + 1] if used.size else need[:, :0]


def _earliest(need: Floats, free: Floats, first: int) -> int:
    """The first start from `first` on at which the hours fit; -1 where there is none."""
    part = _trimmed(need)
    length, periods = part.shape[1], free.shape[1]
    if not length:
        return first if first < periods else -1
    if first + length > periods:
        return -1
    windows = np.lib.stride_tricks.sliding_window_view(free[:, first:], length, axis=1)
    # Where nothing of a skill is needed, it may be overbooked already.
    suits = ((windows + NOISE >= part[:, None, :]) | (part[:, None, :] == 0)).all(axis=(0, 2))
    found = np.flatnonzero(suits)
    return first + int(found[0]) if found.size else -1
