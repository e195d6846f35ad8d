"""How each evaluator differs from the others, and what moved between two rounds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mainstay.engine.agreement.concordance import scores_of
from mainstay.engine.agreement.spread import mean_known, spread

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Bias:
    """How each person scores beside the others; arrays of (people,).

    bias: mean difference to the mean of the others on the same items, in points; positive is more generous.
    scatter: sample standard deviation of these differences, how unlike the others beyond the bias.
    own_spread: sample standard deviation of the person's scores; near 0 is somebody who gives everything the same.
    usual_spread: the mean own spread of the others. compared: on how many items. NaN where too few items exist.
    """

    bias: Floats
    scatter: Floats
    own_spread: Floats
    usual_spread: Floats
    compared: Integers


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """What moved from a round to the next.

    mean, deviation: (items,) change of the mean and of the standard deviation; a negative deviation is agreement won.
    moved: (people,) mean absolute change of a person's scores. NaN where there is nothing to compare.
    """

    mean: Floats
    deviation: Floats
    moved: Floats


def evaluator_bias(scores: ArrayLike) -> Bias:
    """Each person against the mean of the others, over the items both scored.

    scores: (people, items) points of one scale, NaN for not scored or recused. To take several criteria together,
    lay them side by side as items. Raises ValueError for another shape or infinite scores. Source: formulae 2.4.

    >>> evaluator_bias([[5, 7], [4, 6], [3, 5]]).bias.tolist()
    [1.5, 0.0, -1.5]
    """
    given = scores_of(scores, 2)
    known = ~np.isnan(given)
    filled = np.where(known, given, 0)
    others = known.sum(axis=0) - known
    mean_of_others = np.where(others > 0, (filled.sum(axis=0) - filled) / np.maximum(others, 1), np.nan)
    difference = given - mean_of_others
    own = spread(given.T).deviation
    has_own = ~np.isnan(own)
    rest = has_own.sum() - has_own
    usual = np.where(rest > 0, (np.nansum(own) - np.nan_to_num(own)) / np.maximum(rest, 1), np.nan)
    compared = (~np.isnan(difference)).sum(axis=1).astype(np.int64)
    return Bias(mean_known(difference, axis=1), spread(difference.T).deviation, own, usual, compared)


def change_between_rounds(first: ArrayLike, second: ArrayLike) -> Change:
    """What moved between two rounds of scores by the same people of the same items.

    first, second: (people, items) points, NaN for not scored or recused. Means and deviations are taken over
    those who scored in each round. Raises ValueError for shapes that differ or infinite scores.

    >>> found = change_between_rounds([[2, 5], [6, 5]], [[3, 5], [5, 5]])
    >>> found.deviation.round(4).tolist(), found.moved.tolist()
    ([-1.4142, 0.0], [0.5, 0.5])
    """
    before, after = scores_of(first, 2), scores_of(second, 2)
    if before.shape != after.shape:
        raise ValueError("Both rounds have the same people and items.")
    old, new = spread(before), spread(after)
    return Change(new.mean - old.mean, new.deviation - old.deviation, mean_known(np.abs(after - before), axis=1))
