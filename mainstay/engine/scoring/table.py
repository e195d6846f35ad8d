"""Points of many projects by criterion, their totals and their ranking."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]

PLACES = 9


@dataclass(frozen=True, slots=True, eq=False)
class ScoreTable:
    """Projects scored by criteria; n projects, m criteria.

    points: (n, m) 0 to 100, NaN for no rating. weights: (m,) adding up to 1. mandatory: (n,) projects that stand
    above the ranking whatever they score. total: (n,) points from 0 to 100 over what was rated, NaN where nothing
    was. rated_share: (n,) share of the weight that was rated. order: (n,) project numbers, best first: mandatory
    ones, then by total, then those without one; equal ones as given. rank: (n,) place from 1 in that order, 0 for a
    project that has no total and is not mandatory.
    """

    points: Floats
    weights: Floats
    mandatory: Booleans
    total: Floats
    rated_share: Floats
    order: Integers
    rank: Integers


def score_table(points: ArrayLike, weights: ArrayLike, mandatory: ArrayLike | None = None) -> ScoreTable:
    """Totals and ranking of projects: total = sum of w_k n_k over the rated criteria / sum of their w_k.

    points: (n, m) from 0 to 100, NaN for no rating. weights: (m,), not negative, scaled to add up to 1.
    mandatory: (n,) booleans; none without it. A total depends on its own row only, so no project moves another's.

    Raises ValueError for shapes that do not fit, points outside 0..100, and weights that are negative or all 0.
    Source: formulae 2.4.

    >>> score_table([[50, 100], [80, np.nan]], [1, 1]).total.tolist()
    [75.0, 80.0]
    """
    given = np.ascontiguousarray(points, dtype=np.float64)  # so that each row is added up in the same order
    shares = shares_of(weights)
    if given.ndim != 2 or given.shape[1] != len(shares):
        raise ValueError("There is one column of points for each weight.")
    rated = ~np.isnan(given)
    if ((given < 0) | (given > 100)).any():
        raise ValueError("Points go from 0 to 100.")
    above = np.zeros(len(given), dtype=np.bool_) if mandatory is None else np.asarray(mandatory, dtype=np.bool_)
    if above.shape != (len(given),):
        raise ValueError("Each project is mandatory or not.")
    rated_share = np.asarray((rated * shares).sum(axis=1))
    total = totals((np.where(rated, given, 0) * shares).sum(axis=1), rated_share)
    order = order_of(total, above)
    return ScoreTable(given, shares, above, total, rated_share, order, ranks_of(order, total, above))


def shares_of(weights: ArrayLike) -> Floats:
    """Weights scaled to add up to 1; raises ValueError when one is negative or all are 0."""
    given = np.asarray(weights, dtype=np.float64)
    if given.ndim != 1 or not np.isfinite(given).all() or (given < 0).any() or given.sum() == 0:
        raise ValueError("Weights are not negative, and at least one is positive.")
    return np.asarray(given / given.sum())


def totals(weighted: Floats, rated_share: Floats) -> Floats:
    """Weighted points over the share that was rated; NaN where nothing was."""
    missing = np.full(weighted.shape, np.nan)
    return np.asarray(np.divide(weighted, rated_share, out=missing, where=rated_share > 0))


def order_of(total: Floats, mandatory: Booleans) -> Integers:
    """Project numbers, best first, for totals (n,): mandatory, by total, without one; equal ones as given."""
    rounded = np.round(np.nan_to_num(total, nan=-1.0), PLACES)
    rounded[mandatory] = np.inf
    return np.asarray(np.argsort(-rounded, kind="stable"), dtype=np.int64)


def ranks_of(order: Integers, total: Floats, mandatory: Booleans) -> Integers:
    """The place of each project in the order, from 1; 0 for those with no total that are not mandatory."""
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(1, len(order) + 1)
    return np.where(np.isnan(total) & ~mandatory, 0, rank)
