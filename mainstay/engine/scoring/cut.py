"""The line under a ranking: what stands above it is in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mainstay.engine.scoring.table import ScoreTable

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

NOISE = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """Where the line is drawn: under so many places, or where a budget ends.

    top: how many places. costs: (n,) money of each project, not negative, and budget: the money there is; going down
    the ranking each project that still fits is taken, and one that does not is passed over.

    Raises ValueError unless either a number of places from 0 or costs and a budget are given.
    """

    top: int | None = None
    costs: Floats | None = None
    budget: float | None = None

    def __post_init__(self) -> None:
        if (self.top is None) == (self.budget is None) or (self.costs is None) != (self.budget is None):
            raise ValueError("A line is drawn under a number of places, or by costs and a budget.")
        if self.top is not None and self.top < 0:
            raise ValueError("A number of places is not negative.")
        if self.costs is not None:
            costs = np.asarray(self.costs, dtype=np.float64)
            if costs.ndim != 1 or not np.isfinite(costs).all() or (costs < 0).any():
                raise ValueError("A cost is not negative.")
            object.__setattr__(self, "costs", costs)


def top(places: int) -> Cut:
    """The line under so many places."""
    return Cut(top=places)


def within_budget(costs: ArrayLike, budget: float) -> Cut:
    """The line where a budget ends; costs (n,) in the money of the budget."""
    return Cut(costs=np.asarray(costs, dtype=np.float64), budget=budget)


def above_the_line(table: ScoreTable, cut: Cut) -> Booleans:
    """Which projects are in, (n,): mandatory ones in any case, then from the best down; nothing without a total.

    Mandatory projects take places and money first, even more than there is. Raises ValueError for costs of another
    number of projects.

    >>> from mainstay.engine.scoring.table import score_table
    >>> above_the_line(score_table([[90], [80], [70]], [1]), within_budget([60, 50, 40], 100)).tolist()
    [True, False, True]
    """
    chosen = table.mandatory.copy()
    ranked = [int(place) for place in table.order if table.rank[place] and not chosen[place]]
    if cut.top is not None:
        chosen[ranked[: max(0, cut.top - int(chosen.sum()))]] = True
        return chosen
    costs, left = costs_and_rest(table, cut)
    for place in ranked:
        if costs[place] <= left + slack(cut):
            chosen[place] = True
            left -= costs[place]
    return chosen


def costs_and_rest(table: ScoreTable, cut: Cut) -> tuple[Floats, float]:
    """The costs (n,), and the budget less what mandatory projects take."""
    if cut.costs is None or cut.budget is None or len(cut.costs) != len(table.total):
        raise ValueError("There is one cost for each project.")
    return cut.costs, cut.budget - float(cut.costs[table.mandatory].sum())


def slack(cut: Cut) -> float:
    """By how much a sum of costs may pass the budget through rounding."""
    return NOISE * max(1.0, abs(cut.budget or 0.0))
