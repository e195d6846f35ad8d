"""Strategic Goal Contribution: how much of the strategy projects were to bring, and how much they brought."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Contribution:
    """Shares of the whole strategy, 0 to 1; a house definition.

    planned, achieved: (projects, goals) weight x share, and that x delivery. gap: (goals,) weight that nobody was
    assigned. Sum rows for a project, columns for a goal, all for the portfolio.
    """

    planned: Floats
    achieved: Floats
    gap: Floats

    @property
    def planned_total(self) -> float:
        """The share of the strategy that the portfolio was to bring."""
        return float(self.planned.sum())

    @property
    def achieved_total(self) -> float:
        """The share of the strategy that the portfolio has brought."""
        return float(self.achieved.sum())


def goal_contribution(weight: ArrayLike, share: ArrayLike, delivery: ArrayLike) -> Contribution:
    """Planned: sum of W_g a_pg. Achieved: sum of W_g a_pg d_p.

    weight: (goals,) of each goal, adding up to 1. share: (projects, goals) of a goal that a project is to bring, at
    most 1 over all projects. delivery: (projects,) or (projects, goals), 0 to 1, how much is delivered.

    Raises ValueError for weights that do not add up to 1, shares of a goal over 1, or numbers outside 0..1.
    Source: formulae 2.8 (house definition).

    >>> found = goal_contribution([0.6, 0.4], [[0.5, 0.25]], [0.4])
    >>> round(found.planned_total, 9), round(found.achieved_total, 9)
    (0.4, 0.16)
    """
    weights, shares = np.asarray(weight, dtype=np.float64), np.asarray(share, dtype=np.float64)
    given = np.asarray(delivery, dtype=np.float64)
    delivered = given[:, None] if given.ndim == 1 else given
    if not (weights >= 0).all() or abs(float(weights.sum()) - 1) > ROUNDING:
        raise ValueError("The weights of the goals add up to 1.")
    if not (shares >= 0).all() or (shares.sum(axis=0) > 1 + ROUNDING).any():
        raise ValueError("The shares of all projects in a goal add up to 1 at most.")
    if not ((delivered >= 0) & (delivered <= 1)).all():
        raise ValueError("Delivery lies between 0 and 1.")
    planned = weights * shares
    return Contribution(planned, planned * delivered, weights * (1 - shares.sum(axis=0)))
