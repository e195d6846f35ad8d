"""How much to set aside: from three-point estimates, from simulated costs, from what happened to similar work."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

LEVEL = 0.80


@dataclass(frozen=True, slots=True)
class Contingency:
    """A cost and what is set aside for it, in its money.

    mean, median: of the cost. deviation: standard deviation. level: the chance of staying within `quantile`.
    above_mean: quantile - mean. above_median: quantile - median.
    """

    mean: float
    median: float
    deviation: float
    level: float
    quantile: float

    @property
    def above_mean(self) -> float:
        """What is set aside on top of the expected cost."""
        return self.quantile - self.mean

    @property
    def above_median(self) -> float:
        """What is set aside on top of the cost that is as likely passed as not."""
        return self.quantile - self.median


def pert(optimistic: ArrayLike, likely: ArrayLike, pessimistic: ArrayLike) -> tuple[Floats, Floats]:
    """Mean (O + 4 M + P) / 6 and standard deviation (P - O) / 6 of three-point estimates, in their unit, one shape.

    Raises ValueError unless optimistic <= likely <= pessimistic. Source: PERT; formulae 2.6.

    >>> [round(float(number), 2) for number in pert(80, 100, 150)]
    [105.0, 11.67]
    """
    low, middle, high = (np.asarray(each, dtype=np.float64) for each in (optimistic, likely, pessimistic))
    if not ((low <= middle) & (middle <= high)).all():
        raise ValueError("Estimates rise from optimistic to likely to pessimistic.")
    return np.asarray((low + 4 * middle + high) / 6), np.asarray((high - low) / 6)


def contingency(
    means: ArrayLike, deviations: ArrayLike, correlation: float = 0.0, level: float = LEVEL
) -> Contingency:
    """What a sum of costs needs when they share a common factor, as for normal costs.

    means, deviations: (items,) money. correlation: rho from 0 to 1 between any two items; with 0 a sum of many items
    looks much too safe. Variance: (1 - rho) sum s_i^2 + rho (sum s_i)^2. Median and mean are the same here.

    Raises ValueError for negative deviations, rho outside 0..1, a level outside 0..1. Source: formulae 2.6.

    >>> round(contingency([100, 100], [30, 40], correlation=1.0).above_mean, 3)
    58.913
    """
    centres, spreads = np.asarray(means, dtype=np.float64), np.asarray(deviations, dtype=np.float64)
    if centres.shape != spreads.shape or not (spreads >= 0).all():
        raise ValueError("There is one deviation, not negative, for each mean.")
    if not 0 <= correlation <= 1:
        raise ValueError("A correlation lies between 0 and 1.")
    variance = (1 - correlation) * (spreads**2).sum() + correlation * spreads.sum() ** 2
    mean, deviation = float(centres.sum()), float(np.sqrt(variance))
    return Contingency(mean, mean, deviation, level, mean + deviation * NormalDist().inv_cdf(_inside(level)))


def contingency_of_samples(costs: ArrayLike, level: float = LEVEL) -> Contingency:
    """What simulated costs need: their quantile at a level beside mean and median, interpolated.

    costs: (draws,) money. Raises ValueError for fewer than two draws or a level outside 0..1. Source: formulae 2.6.

    >>> contingency_of_samples([100, 110, 120, 130, 140]).above_median
    12.0
    """
    draws = np.asarray(costs, dtype=np.float64)
    if draws.ndim != 1 or len(draws) < 2 or not np.isfinite(draws).all():
        raise ValueError("There are at least two simulated costs.")
    mean, deviation = float(draws.mean()), float(draws.std(ddof=1))
    return Contingency(mean, float(np.median(draws)), deviation, level, float(np.quantile(draws, _inside(level))))


def reference_class_uplift(actual: ArrayLike, estimate: ArrayLike, level: float = LEVEL) -> float:
    """By what fraction to raise an estimate: the quantile of actual / estimate over similar work, less 1.

    actual, estimate: (cases,) positive, one unit. Raises ValueError for others or a level outside 0..1.
    Source: Flyvbjerg, reference class forecasting; formulae 2.6.

    >>> round(reference_class_uplift([100, 120, 150], [100, 100, 100], level=0.5), 9)
    0.2
    """
    done, said = np.asarray(actual, dtype=np.float64), np.asarray(estimate, dtype=np.float64)
    if done.shape != said.shape or done.ndim != 1 or not len(done) or not ((done > 0) & (said > 0)).all():
        raise ValueError("Each case has an actual and an estimate, both positive.")
    return float(np.quantile(done / said, _inside(level))) - 1


def _inside(level: float) -> float:
    if not 0 < level < 1:
        raise ValueError("A level lies between 0 and 1.")
    return level
