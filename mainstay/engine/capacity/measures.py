"""Demand against capacity, and how well capacity is used."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Balance:
    """Demand beside capacity; arrays of the shape of both.

    gap: capacity - demand in hours, below zero where people are short. shortage: max(0, demand - capacity).
    coverage: min(1, capacity / demand), 1 where nothing is demanded.
    """

    gap: Floats
    shortage: Floats
    coverage: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Use:
    """How capacity is used, as shares of it: one number each, or arrays; NaN where there is no capacity.

    utilisation: allocated / capacity. efficiency: sum of min(allocated, capacity) / capacity, the Resource
    Utilisation Efficiency. overload: sum of max(0, allocated - capacity) / capacity. idle: 1 - efficiency.
    """

    utilisation: Floats
    efficiency: Floats
    overload: Floats
    idle: Floats


def balance(demand: ArrayLike, capacity: ArrayLike) -> Balance:
    """What is missing or left over, cell by cell.

    demand, capacity: hours, of shapes that broadcast. Raises ValueError for hours below zero or unknown.
    Source: formulae 2.7.

    >>> found = balance([50, 20], [40, 40])
    >>> found.gap.tolist(), found.coverage.tolist()
    ([-10.0, 20.0], [0.8, 1.0])
    """
    wanted, there = _hours(demand, capacity)
    coverage = np.divide(there, wanted, out=np.ones_like(wanted), where=wanted > there)
    return Balance(there - wanted, np.maximum(wanted - there, 0), coverage)


def use_of(allocated: ArrayLike, capacity: ArrayLike, axis: int | None = None) -> Use:
    """Utilisation, efficiency, overload and idle share over all cells, or along one axis.

    allocated, capacity: (people, periods) hours. Full utilisation can hide one person overloaded and another
    idle, so the four belong side by side: utilisation = efficiency + overload. Hours allocated to somebody without
    capacity are overload of the whole. Raises ValueError for hours below zero or unknown. Source: formulae 2.7.

    >>> found = use_of([50, 20], [40, 40])
    >>> [float(each) for each in (found.utilisation, found.efficiency, found.overload, found.idle)]
    [0.875, 0.75, 0.125, 0.25]
    """
    given, there = _hours(allocated, capacity)
    whole = np.sum(there, axis=axis)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = [
            np.where(whole > 0, np.sum(part, axis=axis) / whole, np.nan)
            for part in (given, np.minimum(given, there), np.maximum(given - there, 0), np.maximum(there - given, 0))
        ]
    return Use(*shares)


def _hours(one: ArrayLike, other: ArrayLike) -> tuple[Floats, Floats]:
    first, second = np.broadcast_arrays(np.asarray(one, dtype=np.float64), np.asarray(other, dtype=np.float64))
    for each in (first, second):
        if not np.isfinite(each).all() or (each < 0).any():
            raise ValueError("Hours are known, and none is below zero.")
    return first, second
