"""Demand of work that is not decided yet, weighted by how likely it comes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Pipeline:
    """Demand still open; arrays of (skills, periods) hours.

    expected: the mean. deviation: the standard deviation around it, each project coming or not independently of the
    others. highest: what is demanded when all come.
    """

    expected: Floats
    deviation: Floats
    highest: Floats


def pipeline_demand(demand: ArrayLike, probability: ArrayLike) -> Pipeline:
    """Expected demand of projects that come with a probability each.

    demand: (projects, skills, periods) hours; probability: (projects,) from 0 to 1.
    expected = sum of p h, deviation = sqrt(sum of p (1 - p) h^2). A project comes wholly or not at all, so for a few
    large ones look at `highest` too. Raises ValueError for shapes that do not fit, or nonsense in them.

    >>> found = pipeline_demand([[[100, 0]], [[40, 40]]], [0.5, 1])
    >>> found.expected.tolist(), found.deviation.tolist(), found.highest.tolist()
    ([[90.0, 40.0]], [[50.0, 0.0]], [[140.0, 40.0]])
    """
    hours, chance = np.asarray(demand, dtype=np.float64), np.asarray(probability, dtype=np.float64)
    if hours.ndim != 3 or chance.shape != hours.shape[:1]:
        raise ValueError("Demand is by project, skill and period, with one probability for each project.")
    if not np.isfinite(hours).all() or (hours < 0).any() or not ((chance >= 0) & (chance <= 1)).all():
        raise ValueError("Hours are not below zero, and a probability lies between 0 and 1.")
    deviation = np.sqrt(np.einsum("p,pst->st", chance * (1 - chance), hours**2))
    return Pipeline(np.einsum("p,pst->st", chance, hours), deviation, hours.sum(axis=0))
