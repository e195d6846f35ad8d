"""What risks may cost, and how urgent they are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

STEPS = 5


@dataclass(frozen=True, slots=True, eq=False)
class Exposure:
    """Expected cost of n risks before and after their responses, in money; opportunities are negative.

    inherent, residual: (n,) probability x impact without and with the response. reduction: (n,) their difference.
    worth_it: (n,) reduction less the cost of the response. Sums over risks add up; the scores of a matrix do not.
    """

    inherent: Floats
    residual: Floats
    reduction: Floats
    worth_it: Floats


def expected_monetary_value(probability: ArrayLike, impact: ArrayLike) -> Floats:
    """Expected cost of each risk, probability x impact: threats positive, opportunities negative; it adds up.

    probability: 0 to 1; impact: money with its sign; both (n,) or numbers. Add it up for a project.
    Raises ValueError for a probability outside 0..1. Source: formulae 2.6.

    >>> float(expected_monetary_value([0.30, 0.20], [200_000, -50_000]).sum())
    50000.0
    """
    return np.asarray(_chance(probability) * np.asarray(impact, dtype=np.float64))


def exposure(
    probability: ArrayLike,
    impact: ArrayLike,
    residual_probability: ArrayLike,
    residual_impact: ArrayLike,
    response_cost: ArrayLike = 0.0,
) -> Exposure:
    """Exposure before and after responses, and what the responses bring.

    Probabilities 0 to 1, impacts in money with their sign (threats positive), response costs in money; all (n,).
    Raises ValueError for a probability outside 0..1. Source: formulae 2.6.

    >>> found = exposure([0.3], [200_000], [0.1], [100_000], [20_000])
    >>> found.reduction.tolist(), found.worth_it.tolist()
    ([50000.0], [30000.0])
    """
    inherent = expected_monetary_value(probability, impact)
    residual = expected_monetary_value(residual_probability, residual_impact)
    reduction = inherent - residual
    return Exposure(inherent, residual, reduction, reduction - np.asarray(response_cost, dtype=np.float64))


def matrix_score(likelihood: ArrayLike, severity: ArrayLike) -> Integers:
    """The score of a 5 x 5 matrix, likelihood x severity, 1 to 25: for triage only, never to be added up.

    likelihood, severity: (n,) whole steps from 1 to 5. Raises ValueError for others. Source: formulae 2.6.

    >>> matrix_score([4, 5], [5, 1]).tolist()
    [20, 5]
    """
    return np.asarray(_step(likelihood) * _step(severity), dtype=np.int64)


def triage(likelihood: ArrayLike, severity: ArrayLike, middle: int = 5, high: int = 15) -> list[str]:
    """The zone of each risk: "low" below `middle`, "high" from `high` on, "medium" between; scores of the matrix.

    Raises ValueError for steps outside 1..5 or limits that do not rise. The limits are a house convention.

    >>> triage([1, 3, 5], [2, 3, 4])
    ['low', 'medium', 'high']
    """
    if not middle < high:
        raise ValueError("The limits of a matrix rise.")
    scores = np.atleast_1d(matrix_score(likelihood, severity))
    return ["high" if score >= high else "medium" if score >= middle else "low" for score in scores]


def _chance(probability: ArrayLike) -> Floats:
    values = np.asarray(probability, dtype=np.float64)
    if not ((values >= 0) & (values <= 1)).all():
        raise ValueError("A probability lies between 0 and 1.")
    return values


def _step(values: ArrayLike) -> Integers:
    given = np.asarray(values, dtype=np.float64)
    if not ((given == np.round(given)) & (given >= 1) & (given <= STEPS)).all():
        raise ValueError("A step of the matrix is a whole number from 1 to 5.")
    return given.astype(np.int64)
