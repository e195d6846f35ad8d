"""How far scores of the same thing lie apart, by item and by criterion, and what needs talking about."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mainstay.engine.agreement.concordance import scores_of

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]

TARGET = 0.20


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """How scores scatter; all arrays have one shape.

    count: how many scored. mean, deviation (sample standard deviation): in points. variation: deviation / mean, a
    fraction. range: greatest less least. within_target: variation of at most the target; False where there is none.
    NaN where nobody scored, for deviation and variation where fewer than two did, for variation also at a mean of 0.
    """

    count: Integers
    mean: Floats
    deviation: Floats
    variation: Floats
    range: Floats
    within_target: Booleans


def spread(scores: ArrayLike, target: float = TARGET) -> Spread:
    """The scatter of people's scores of each item.

    scores: (people, items) or (people, projects, criteria) points, NaN for not scored or recused. target: the
    greatest coefficient of variation that counts as agreement, a fraction. Returns arrays without the axis of people.

    Raises ValueError for another shape or infinite scores. Source: formulae 2.4 (target of at most 20 %).

    >>> found = spread([[4, 2], [6, 2]])
    >>> found.mean.tolist(), found.variation.round(4).tolist()
    ([5.0, 2.0], [0.2828, 0.0])
    """
    given = scores_of(scores, max(2, np.ndim(scores)))
    known = ~np.isnan(given)
    count = known.sum(axis=0).astype(np.int64)
    mean = mean_known(given, axis=0)
    squares = np.where(known, (given - mean) ** 2, 0).sum(axis=0)
    deviation = np.where(count > 1, np.sqrt(squares / np.maximum(count - 1, 1)), np.nan)
    variation = _over(deviation, mean)
    high = np.where(known, given, -np.inf).max(axis=0)
    low = np.where(known, given, np.inf).min(axis=0)
    wide = np.where(count > 0, high - low, np.nan)
    return Spread(count, mean, deviation, variation, wide, variation <= target)


def criterion_spread(scores: ArrayLike, target: float = TARGET) -> Spread:
    """The scatter of people's scores by criterion, pooled over projects; differences between projects do not count.

    scores: (people, projects, criteria) points, NaN for not scored or recused. deviation is the root of the pooled
    variance within projects, mean the mean of all scores, range the mean range of a project, count the scores.
    Arrays of (criteria,). Raises ValueError for another shape or infinite scores. Source: formulae 2.4.

    >>> criterion_spread([[[4.0], [8.0]], [[6.0], [8.0]]]).deviation.tolist()
    [1.0]
    """
    given = scores_of(scores, 3)
    each = spread(given, target)
    freedom = np.maximum(each.count - 1, 0)
    variance = np.where(freedom > 0, np.nan_to_num(each.deviation) ** 2 * freedom, 0).sum(axis=0)
    total = freedom.sum(axis=0)
    deviation = np.where(total > 0, np.sqrt(variance / np.maximum(total, 1)), np.nan)
    mean = mean_known(given.reshape(-1, given.shape[2]), axis=0)
    variation = _over(deviation, mean)
    wide = mean_known(np.where(each.count > 1, each.range, np.nan), axis=0)
    return Spread(each.count.sum(axis=0), mean, deviation, variation, wide, variation <= target)


def outside_tolerance(scores: ArrayLike, tolerance: ArrayLike) -> Booleans:
    """Which items people should talk about: those whose greatest and least score differ by more than the tolerance.

    scores: (people, items) or (people, projects, criteria) points; tolerance: points, one or one for each criterion.
    Returns booleans without the axis of people; False where fewer than two scored.

    Raises ValueError for scores that make no sense or a negative tolerance. Source: formulae 2.4.

    >>> outside_tolerance([[1, 4], [3, 5]], 1).tolist()
    [True, False]
    """
    limit = np.asarray(tolerance, dtype=np.float64)
    if not (limit >= 0).all():
        raise ValueError("A tolerance is not negative.")
    return np.asarray(spread(scores).range > limit)


def mean_known(values: Floats, axis: int) -> Floats:
    """The mean over an axis of what is not NaN; NaN where nothing is."""
    known = ~np.isnan(values)
    count = known.sum(axis=axis)
    total = np.where(known, values, 0).sum(axis=axis)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _over(deviation: Floats, mean: Floats) -> Floats:
    """deviation / |mean|, NaN where the mean is zero or missing."""
    return np.asarray(np.divide(deviation, np.abs(mean), out=np.full(mean.shape, np.nan), where=mean != 0))
