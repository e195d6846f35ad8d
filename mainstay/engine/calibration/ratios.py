"""How far estimates of each class were off, shrunk towards all classes where cases are few."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]

STRENGTH = 3.0
"""How many cases the mean of all classes counts for."""

LEAST = 5
"""Below this many cases there is too little to correct an estimate by."""


class Centre(StrEnum):
    """What stands for the cases of a class.

    MEAN: the mean of r, by which all cases together come out right. MEDIAN: the middle one, which a few cases far
    off do not move, so that the usual case comes out right.
    """

    MEAN = "mean"
    MEDIAN = "median"


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """What actual / estimate was, by class; r = ln(actual / estimate).

    cases: (classes,) how many. mean: (classes,) mean r, NaN without cases. shrunk: (classes,) mean r drawn towards
    that of all cases. deviation: (classes,) standard deviation of r, drawn in the same way; NaN below two cases in
    all. chosen_only: whether all cases are of projects that had been chosen.
    """

    cases: Integers
    mean: Floats
    shrunk: Floats
    deviation: Floats
    chosen_only: bool

    @property
    def factor(self) -> Floats:
        """(classes,) what an estimate is to be multiplied by."""
        return np.exp(self.shrunk)

    @property
    def enough(self) -> Booleans:
        """(classes,) whether there are cases enough to correct by: five at least."""
        return np.asarray(self.cases >= LEAST)

    def factor_at(self, level: float) -> Floats:
        """(classes,) the factor that is not passed with this chance, 0.80 for P80."""
        return quantile_factor(self.shrunk, self.deviation, level)


def calibrate(
    actual: ArrayLike,
    estimate: ArrayLike,
    group: ArrayLike,
    groups: int,
    strength: float = STRENGTH,
    chosen_only: bool = True,
    centre: Centre = Centre.MEAN,
) -> Calibration:
    """The calibration of each class from closed projects.

    actual, estimate: (cases,) above zero, one unit. group: (cases,) the class of each, from 0. groups: how many
    classes. strength: k, for how many cases the mean of all counts. Mean: (n r_class + k r_all) / (n + k).
    Variance: ((n - 1) s_class^2 + k s_all^2) / (n - 1 + k), where a class without cases has that of all.

    Raises ValueError for amounts not above zero, strange classes or a strength not above zero.
    Source: formulae 2.10 (house definition).

    >>> found = calibrate([110, 130, 125], [100, 100, 100], [0, 0, 0], 1)
    >>> found.factor.round(4).tolist(), found.enough.tolist()
    ([1.2136], [False])
    """
    logs, classes = log_ratios(actual, estimate), np.asarray(group, dtype=np.int64)
    if classes.shape != logs.shape or ((classes < 0) | (classes >= groups)).any() or not strength > 0:
        raise ValueError("Each case has a class that is there, and the strength is above zero.")
    count = np.bincount(classes, minlength=groups).astype(np.float64)
    sums, squares = (np.bincount(classes, weights=each, minlength=groups) for each in (logs, logs**2))
    whole = np.array([[len(logs)], [logs.sum()], [(logs**2).sum()]], dtype=np.float64)
    if centre == Centre.MEDIAN:
        mean = np.array([middle(logs[classes == number]) for number in range(groups)])
        overall = np.array([middle(logs)])
    else:
        mean, overall = means(count, sums), means(whole[0], whole[1])
    shrunk = shrunk_mean(np.nan_to_num(mean), count, np.nan_to_num(overall), strength)
    return Calibration(
        count.astype(np.int64), mean, shrunk, settled(count, sums, squares, whole, strength), chosen_only
    )


def settled(count: Floats, sums: Floats, squares: Floats, whole: Floats, strength: float) -> Floats:
    """Deviation (classes,) from number, sum and sum of squares of r, drawn towards that of all; whole: (3, ...)."""
    own, degrees = np.nan_to_num(_variance(count, sums, squares)), np.maximum(count - 1, 0)
    variance = _variance(whole[0], whole[1], whole[2])
    return np.asarray(np.sqrt((degrees * own + strength * variance) / (degrees + strength)))


def means(count: Floats, sums: Floats) -> Floats:
    """sums / count of one shape, NaN where there is no case."""
    return np.asarray(np.divide(sums, count, out=np.full(count.shape, np.nan), where=count > 0))


def middle(logs: Floats) -> float:
    """The median; NaN without cases."""
    return float(np.median(logs)) if len(logs) else float("nan")


def shrunk_mean(mean: ArrayLike, count: ArrayLike, overall: ArrayLike, strength: float = STRENGTH) -> Floats:
    """(n mean + k overall) / (n + k): the mean of few cases drawn towards that of all; arrays of one shape.

    Source: formulae 2.10.

    >>> round(float(shrunk_mean(np.log([1.10, 1.30, 1.25]).mean(), 3, 0.10, 3)), 5)
    0.1468
    """
    n = np.asarray(count, dtype=np.float64)
    centre, prior = np.asarray(mean, dtype=np.float64), np.asarray(overall, dtype=np.float64)
    return np.asarray((n * centre + strength * prior) / (n + strength))


def quantile_factor(mean: ArrayLike, deviation: ArrayLike, level: float) -> Floats:
    """e^(mean + z deviation): the factor not passed with chance `level`, z = 0.8416 for 0.80; arrays of one shape.

    Raises ValueError for a level outside 0..1. Source: formulae 2.10.

    >>> round(float(100 * quantile_factor(0.14680, 0.15, 0.80)), 2)
    131.4
    """
    if not 0 < level < 1:
        raise ValueError("A level lies between 0 and 1.")
    z = NormalDist().inv_cdf(level)
    return np.asarray(np.exp(np.asarray(mean, dtype=np.float64) + z * np.asarray(deviation, dtype=np.float64)))


def log_ratios(actual: ArrayLike, estimate: ArrayLike) -> Floats:
    """(cases,) ln(actual / estimate); raises ValueError for amounts not above zero."""
    done, said = np.asarray(actual, dtype=np.float64), np.asarray(estimate, dtype=np.float64)
    if done.ndim != 1 or done.shape != said.shape or not ((done > 0) & (said > 0) & np.isfinite(done / said)).all():
        raise ValueError("Each case has an actual and an estimate, both above zero.")
    return np.asarray(np.log(done / said))


def _variance(count: Floats, sums: Floats, squares: Floats) -> Floats:
    """Of a sample; NaN below two cases."""
    mean = np.divide(sums, count, out=np.zeros(count.shape), where=count > 0)
    spread = np.maximum(squares - count * mean**2, 0)
    return np.asarray(np.divide(spread, count - 1, out=np.full(count.shape, np.nan), where=count > 1))
