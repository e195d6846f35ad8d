"""Benefits realisation: what came by a date against what was planned for the same date."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Realisation:
    """Benefits up to the end of a period, in their money or unit; disbenefits count below zero.

    rate: realised / planned over the periods that were read; NaN where nothing was planned in them. at_least: the
    same with nothing for what was not read. realised: attributed actuals. planned: for the periods read. unread:
    planned for the periods not read. by_benefit: (benefits,) the rate of each. unmeasured: (benefits,) planned by
    the date and never read, to be listed apart. came, due: (benefits,) what `realised` and `planned` add up.
    """

    rate: float
    at_least: float
    realised: float
    planned: float
    unread: float
    by_benefit: Floats
    unmeasured: Booleans
    came: Floats
    due: Floats


def realisation(planned: ArrayLike, actual: ArrayLike, period: int, attribution: ArrayLike = 1.0) -> Realisation:
    """Sum of actual x attribution to date / sum of planned to the same date, never against the plan of all years.

    planned: (benefits, periods) what comes in each period, disbenefits below zero; the part the project claims.
    actual: (benefits, periods) what was read, NaN where nothing was. period: the last one counted, from 0.
    attribution: (benefits,) or one, 0 to 1, how much of the actual is due to the project.

    Raises ValueError for a period that is not there, shares outside 0..1 or shapes that differ.
    Source: formulae 2.8.

    >>> realisation([[100, 100, 800]], [[80, 100, np.nan]], period=1).rate
    0.9
    """
    plan, read = np.asarray(planned, dtype=np.float64), np.asarray(actual, dtype=np.float64)
    if plan.ndim != 2 or plan.shape != read.shape or not 0 <= period < plan.shape[1]:
        raise ValueError("Planned and actual have one row a benefit, and the period is one of their columns.")
    share = np.broadcast_to(np.asarray(attribution, dtype=np.float64), plan.shape[:1])
    if not ((share >= 0) & (share <= 1)).all() or not np.isfinite(plan).all():
        raise ValueError("An attribution lies between 0 and 1, and every plan is known.")
    plan, read = plan[:, : period + 1], read[:, : period + 1]
    is_read = ~np.isnan(read)
    came = np.where(is_read, read * share[:, None], 0).sum(axis=1)
    due, whole = np.where(is_read, plan, 0).sum(axis=1), plan.sum(axis=1)
    return Realisation(
        rate=_ratio(came.sum(), due.sum()),
        at_least=_ratio(came.sum(), whole.sum()),
        realised=float(came.sum()),
        planned=float(due.sum()),
        unread=float((whole - due).sum()),
        by_benefit=np.divide(came, due, out=np.full(len(due), np.nan), where=due != 0),
        unmeasured=~is_read.any(axis=1) & (plan != 0).any(axis=1),
        came=came,
        due=due,
    )


def over_attributed(measure: ArrayLike, share: ArrayLike, measures: int) -> Booleans:
    """(measures,) whether more than all of a measure's change is claimed: the shares on it add up to more than 1.

    measure: (benefits,) the number of the measure each benefit is read on. share: (benefits,) claimed, 0 to 1.
    Raises ValueError for shares outside 0..1. Source: formulae 2.8.

    >>> over_attributed([0, 0, 1], [0.7, 0.4, 1.0], 2).tolist()
    [True, False]
    """
    shares = np.asarray(share, dtype=np.float64)
    if not ((shares >= 0) & (shares <= 1)).all():
        raise ValueError("An attribution lies between 0 and 1.")
    claimed = np.bincount(np.asarray(measure, dtype=np.int64), weights=shares, minlength=measures)
    return np.asarray(claimed > 1 + ROUNDING)


def _ratio(above: float, below: float) -> float:
    return float(above / below) if below > 0 else float("nan")
