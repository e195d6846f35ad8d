"""The weighted sum with fixed anchors, so that adding a project never changes another one's score."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of a model.

    weight: any positive number; weights are scaled to add up to 1.
    worst, best: the values (in the criterion's own unit) that earn 0 and 100 points; `best` below `worst` means
    that less is better. Values beyond an anchor earn no more than the anchor.

    Raises ValueError for a weight that is not positive, anchors that are equal, or numbers that are not finite.
    """

    label: str
    weight: float
    worst: float
    best: float

    def __post_init__(self) -> None:
        if not all(math.isfinite(number) for number in (self.weight, self.worst, self.best)):
            raise ValueError(f"{self.label}: weight and anchors are finite numbers.")
        if self.weight <= 0:
            raise ValueError(f"{self.label}: a weight is positive.")
        if self.worst == self.best:
            raise ValueError(f"{self.label}: the worst and the best value differ.")


@dataclass(frozen=True, slots=True)
class Scores:
    """What weighted_score found for n projects and m criteria.

    total: (n,) points from 0 to 100 over the criteria that have a value; NaN where a project has none.
    points: (n, m) points from 0 to 100 by criterion; NaN where there is no value.
    parts: (n, m) what each criterion adds to the total; they sum to it, and a missing value adds 0.
    rated_share: (n,) share of the weight for which there was a value, from 0 to 1.
    """

    total: Floats
    points: Floats
    parts: Floats
    rated_share: Floats


def weighted_score(values: Floats, criteria: Sequence[Criterion]) -> Scores:
    """Score projects by criteria: S = sum of w_k n_k with n_k = (x - worst) / (best - worst), cut to 0..1.

    values: (n, m), one row a project, one column a criterion, NaN for "no rating". A missing value is neither zero
    nor the worst: the weights of the other criteria are scaled up, and `rated_share` says how much was rated.

    Raises ValueError when the columns do not match the criteria or a value is infinite.

    Source: formulae 2.4 (weighted sum, fixed anchors).

    >>> scores = weighted_score(np.array([[8.0, 200.0]]), [Criterion("fit", 3, 0, 10), Criterion("cost", 1, 400, 0)])
    >>> float(scores.total[0])
    72.5
    """
    values = np.ascontiguousarray(values, dtype=np.float64)  # so that each row is added up in the same order
    if values.ndim != 2 or values.shape[1] != len(criteria) or not criteria:
        raise ValueError("There is one column of values for each criterion.")
    if np.isinf(values).any():
        raise ValueError("A value is a finite number, or NaN where there is none.")
    worst = np.array([criterion.worst for criterion in criteria])
    best = np.array([criterion.best for criterion in criteria])
    weights = np.array([criterion.weight for criterion in criteria])
    points = 100 * np.clip((values - worst) / (best - worst), 0, 1)
    rated = ~np.isnan(values)
    weight_rated = (rated * weights).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        parts = np.where(rated, points, 0) * weights / weight_rated[:, None]
    total = np.where(weight_rated > 0, parts.sum(axis=1), np.nan)
    return Scores(total, points, np.nan_to_num(parts), weight_rated / weights.sum())
