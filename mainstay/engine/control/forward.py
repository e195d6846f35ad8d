"""What going on is worth from here: what is spent is shown elsewhere and counts nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.int8]


class Advice(IntEnum):
    """What the figures say: go on, rest because scarce hours are worth more elsewhere, or stop; or nothing."""

    UNKNOWN = 0
    CONTINUE = 1
    PAUSE = 2
    STOP = 3


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """Running work, (projects,) each, money of one currency. NaN where a figure is not known.

    benefit: still to come if it goes on. cost: still to be spent if it goes on, not below zero. stop_cost, salvage:
    what stopping costs, and what would be left of it, not below zero. hours: of the scarce skill still needed, not
    below zero. Raises ValueError for shapes that differ or amounts below zero.
    """

    benefit: Floats
    cost: Floats
    stop_cost: Floats
    salvage: Floats
    hours: Floats

    @classmethod
    def of(
        cls, benefit: ArrayLike, cost: ArrayLike, stop_cost: ArrayLike, salvage: ArrayLike, hours: ArrayLike
    ) -> Work:
        """From anything NumPy takes for arrays of one shape."""
        return cls(*(np.asarray(each, dtype=np.float64) for each in (benefit, cost, stop_cost, salvage, hours)))

    def __post_init__(self) -> None:
        if len({each.shape for each in (self.benefit, self.cost, self.stop_cost, self.salvage, self.hours)}) > 1:
            raise ValueError("There is one figure of each kind for each project.")
        if any((each < 0).any() for each in (self.cost, self.stop_cost, self.salvage, self.hours)):
            raise ValueError("Costs still to come, salvage and hours are not below zero.")


@dataclass(frozen=True, slots=True, eq=False)
class Forward:
    """What going on is worth, (projects,) each; NaN where it is not known.

    value: benefit to come + stop cost saved - salvage given up, money. per_cost: value / cost to come; 1 is exactly
    where going on and stopping are worth the same; infinity where nothing is left to spend and the value is above
    zero. net: value - cost to come, money: by how much going on is better than stopping. per_hour: net / hours of the
    scarce skill, NaN where none are needed. advice: codes of `Advice`.
    """

    value: Floats
    per_cost: Floats
    net: Floats
    per_hour: Floats
    advice: Codes


def forward(work: Work, hour_elsewhere: float = 0.0) -> Forward:
    """Value, value for each unit of remaining cost and for each scarce hour, and what to do.

    hour_elsewhere: what an hour of the scarce skill brings in work that waits for it, money an hour. Stopping is
    advised where net is below zero, resting where an hour brings less here than elsewhere. House definition; that
    spent money does not count: Arkes and Blumer (1985), "The psychology of sunk cost".

    >>> found = forward(Work.of([300, 80, 200], [100, 100, 100], [0, 10, 0], [0, 0, 20], [10, 10, 90]), 5)
    >>> found.per_cost.tolist(), [Advice(each).name for each in found.advice]
    ([3.0, 0.9, 1.8], ['CONTINUE', 'STOP', 'PAUSE'])
    """
    value = work.benefit + work.stop_cost - work.salvage
    net = value - work.cost
    nothing_left = np.where(value > 0, np.inf, np.where(value < 0, -np.inf, np.nan))
    per_cost = np.divide(value, work.cost, out=nothing_left, where=work.cost > 0)
    per_cost[np.isnan(work.cost)] = np.nan
    per_hour = np.divide(net, work.hours, out=np.full(net.shape, np.nan), where=work.hours > 0)
    is_better_elsewhere = (per_hour < hour_elsewhere) & (work.hours > 0)
    advice = np.select(
        [np.isnan(net), net < 0, is_better_elsewhere], [Advice.UNKNOWN, Advice.STOP, Advice.PAUSE], Advice.CONTINUE
    )
    return Forward(value, per_cost, net, per_hour, advice.astype(np.int8))
