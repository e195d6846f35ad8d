"""Whether several people put the same things first: Kendall's coefficient of concordance."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Concordance:
    """How alike the rankings of people are.

    w: 0 no agreement, 1 the same ranking by all; None where it does not exist. chi_square, p_value: of the hypothesis
    that rankings have nothing in common (rough below 8 items). people, items: how many were counted.
    """

    w: float | None
    chi_square: float | None
    p_value: float | None
    people: int
    items: int


def kendalls_w(scores: ArrayLike) -> Concordance:
    """Kendall's W with ties: 12 S / (m^2 (n^3 - n) - m T) for m people who rank n items.

    scores: (people, items) any numbers, equal ones tie; NaN for not scored or recused. Counted are the people who
    scored anything and the items that all of these scored. S is the sum of squared deviations of the rank sums, T the
    sum of t^3 - t over the groups of t ties. Chi-square m (n - 1) W has n - 1 degrees of freedom. W does not exist
    for fewer than 2 people or items, or where everybody ties everything.

    Raises ValueError for another shape or infinite scores. Source: Kendall and Babington Smith (1939); formulae 2.4.

    >>> kendalls_w([[1, 2, 3], [1, 3, 2], [1, 2, 3]]).w
    0.7777777777777778
    """
    given = scores_of(scores, 2)
    active = given[~np.isnan(given).all(axis=1)]
    counted = active[:, ~np.isnan(active).any(axis=0)]
    people, items = counted.shape
    if people < 2 or items < 2:
        return Concordance(None, None, None, people, items)
    ranks = np.array([tied_ranks(row) for row in counted])
    squares = float(((ranks.sum(axis=0) - people * (items + 1) / 2) ** 2).sum())
    ties = sum(_tie_excess(row) for row in counted)
    most = people**2 * (items**3 - items) - people * ties
    if most == 0:
        return Concordance(None, None, None, people, items)
    w = 12 * squares / most
    chi_square = people * (items - 1) * w
    return Concordance(w, chi_square, chi_square_tail(chi_square, items - 1), people, items)


def tied_ranks(values: Floats) -> Floats:
    """Ranks from 1 for the smallest, (n,); equal values share the mean of their ranks.

    >>> tied_ranks(np.array([10.0, 30.0, 10.0])).tolist()
    [1.5, 3.0, 1.5]
    """
    _, inverse, count = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(count)
    return np.asarray((ends - (count - 1) / 2)[inverse])


def chi_square_tail(value: float, freedom: int) -> float:
    """The chance that a chi-square variable with whole degrees of freedom exceeds a value, from its finite sums.

    Raises ValueError for less than one degree of freedom. Source: Abramowitz and Stegun 26.4.4 and 26.4.5.

    >>> round(chi_square_tail(3.841459, 1), 6), round(chi_square_tail(5.991465, 2), 6)
    (0.05, 0.05)
    """
    if freedom < 1:
        raise ValueError("There is at least one degree of freedom.")
    half = max(value, 0.0) / 2
    if half == 0:
        return 1.0
    start = 0.5 if freedom % 2 else 0.0
    total = math.erfc(math.sqrt(half)) if freedom % 2 else 0.0
    for step in range(freedom // 2):
        power = start + step
        total += math.exp(power * math.log(half) - half - math.lgamma(power + 1))
    return min(total, 1.0)


def scores_of(scores: ArrayLike, axes: int) -> Floats:
    """Scores as an array with this many axes; raises ValueError for others and for infinite scores."""
    given = np.asarray(scores, dtype=np.float64)
    if given.ndim != axes or not given.size:
        raise ValueError(f"Scores have {axes} axes, people first.")
    if np.isinf(given).any():
        raise ValueError("A score is a finite number, or NaN where there is none.")
    return given


def _tie_excess(values: Floats) -> int:
    count = np.unique(values, return_counts=True)[1].astype(np.int64)
    return int((count**3 - count).sum())
