"""What information would change the decision: the value of knowing one number before choosing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from mainstay.engine.robust.plans import PlanTried
from mainstay.engine.robust.sampling import sample
from mainstay.engine.robust.solved import SolvedSample
from mainstay.engine.robust.uncertainty import Estimate, Uncertainty
from mainstay.engine.simulation.normal import Floats

_LEVELS = (np.arange(1000) + 0.5) / 1000


@dataclass(frozen=True, slots=True)
class Information:
    """What it is worth to know one estimate of a candidate before choosing.

    worth: by how much the expected value of the best choice would rise, in the unit of the objective; 0 where the
    estimate does not enter the value. when_high, when_low: how often the candidate is in the best plan when the
    estimate comes out in its upper and in its lower half; error: the standard error of their difference.
    """

    candidate: str
    name: str
    worth: float
    when_high: float
    when_low: float
    error: float


def information(
    uncertainty: Uncertainty, samples: Sequence[SolvedSample], tried: Sequence[PlanTried], *, seed: int = 0
) -> tuple[Information, ...]:
    """What knowing each estimate would be worth, the most worth knowing first.

    The expected value of partial perfect information: with M1 and M0 the best expected values of a plan with and
    without the candidate, among the plans tried, E[max(M1 + d, M0)] - max(M1, M0) over the deviations d of the
    estimate from its mean. Source: Raiffa and Schlaifer, Applied Statistical Decision Theory, 1961.
    """
    solved = [each for each in samples if each.objective is not None]
    factors = np.array([sample(uncertainty, seed, each.number).factors for each in solved])
    chosen = [{name for name, _, _ in each.chosen} for each in solved]
    means = [(plan.mean, {name for name, _, _ in plan.chosen}) for plan in tried]
    found = []
    for column, each in enumerate(uncertainty.estimates):
        is_in = np.array([each.candidate in names for names in chosen], dtype=np.float64)
        found.append(Information(each.candidate, each.name, _worth(each, means), *_halves(factors[:, column], is_in)))
    return tuple(sorted(found, key=lambda one: (-one.worth, -abs(one.when_high - one.when_low))))


def _worth(estimate: Estimate, means: Sequence[tuple[float, set[str]]]) -> float:
    with_it = [mean for mean, names in means if estimate.candidate in names]
    without = [mean for mean, names in means if estimate.candidate not in names]
    if not with_it or not without or not estimate.value:
        return 0.0
    first, second = max(with_it), max(without)
    amounts = estimate.factor.quantile(_LEVELS) * estimate.value
    return max(0.0, float(np.maximum(first + amounts - amounts.mean(), second).mean()) - max(first, second))


def _halves(factors: Floats, is_in: Floats) -> tuple[float, float, float]:
    """How often the candidate is in with the factor in its upper and its lower half, and the error between."""
    order = np.argsort(factors, kind="stable")
    half = len(order) // 2
    if half == 0:
        return float(is_in.mean()), float(is_in.mean()), 0.0
    low, high = is_in[order[:half]].mean(), is_in[order[-half:]].mean()
    error = sqrt((low * (1 - low) + high * (1 - high)) / half)
    return float(high), float(low), error
