"""Simple ways to put things in order: value against effort, and MoSCoW."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

Integers = NDArray[np.int64]


class Quadrant(StrEnum):
    """The four fields of value against effort."""

    QUICK_WIN = "quick win"
    MAJOR_PROJECT = "major project"
    FILL_IN = "fill-in"
    MONEY_PIT = "money pit"


class Moscow(StrEnum):
    """The four classes of MoSCoW, the most urgent first."""

    MUST = "must"
    SHOULD = "should"
    COULD = "could"
    WONT = "won't"


def quadrants(
    value: ArrayLike, effort: ArrayLike, value_line: float = 50.0, effort_line: float = 50.0
) -> list[Quadrant | None]:
    """The field of each project: much value from the value line on, much effort from the effort line on.

    value, effort: (n,) any units, NaN for unknown, which has no field (None).
    Raises ValueError for different lengths.

    >>> [field.value for field in quadrants([80, 80, 20, 20], [20, 80, 20, 80])]
    ['quick win', 'major project', 'fill-in', 'money pit']
    """
    values, efforts = np.asarray(value, dtype=np.float64), np.asarray(effort, dtype=np.float64)
    if values.shape != efforts.shape or values.ndim != 1:
        raise ValueError("There is one value and one effort for each project.")
    fields = {
        (True, False): Quadrant.QUICK_WIN,
        (True, True): Quadrant.MAJOR_PROJECT,
        (False, False): Quadrant.FILL_IN,
        (False, True): Quadrant.MONEY_PIT,
    }
    return [
        None if np.isnan(worth) or np.isnan(work) else fields[bool(worth >= value_line), bool(work >= effort_line)]
        for worth, work in zip(values, efforts, strict=True)
    ]


def moscow_order(classes: Sequence[Moscow | None], total: ArrayLike | None = None) -> Integers:
    """Project numbers in order of MoSCoW: must, should, could, won't, then those in no class.

    classes: (n,). total: (n,) points to order each class, the greatest first, NaN last; equal ones as given.
    Raises ValueError for different lengths. Source: DSDM.

    >>> moscow_order([Moscow.COULD, Moscow.MUST, Moscow.MUST], [90, 40, 60]).tolist()
    [2, 1, 0]
    """
    points = np.zeros(len(classes)) if total is None else np.asarray(total, dtype=np.float64)
    if points.shape != (len(classes),):
        raise ValueError("There is one total for each project.")
    steps = {each: step for step, each in enumerate(Moscow)}
    step_of = np.array([len(steps) if each is None else steps[each] for each in classes])
    order = np.lexsort((-np.nan_to_num(points, nan=-np.inf, neginf=-np.inf), step_of))
    return np.asarray(order, dtype=np.int64)
