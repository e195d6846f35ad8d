"""How well the process runs: money used, days kept, plans changed, work in progress."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Money:
    """Authorised money and what became of it, arrays of one shape. used: actual / authorised, NaN without money.

    available: authorised - actual - committed, below zero where too much is bound.
    """

    used: Floats
    available: Floats


@dataclass(frozen=True, slots=True)
class Flow:
    """Work that went through a stage in a window of time; NaN where nothing did.

    throughput: finished a day. cycle_time: mean days from entry to exit of what was finished in the window.
    in_progress: mean number at work over the window. expected: throughput x cycle time; far from `in_progress`, the
    stage is filling or emptying (Little's law holds for steady flow).
    """

    throughput: float
    cycle_time: float
    in_progress: float
    expected: float


def money_used(authorised: ArrayLike, actual: ArrayLike, committed: ArrayLike) -> Money:
    """Budget utilisation and what is still available; money of one shape. Source: formulae 2.9.

    Raises ValueError for authorised or committed money below zero.

    >>> found = money_used([100], [60], [25])
    >>> found.used.tolist(), found.available.tolist()
    ([0.6], [15.0])
    """
    given, spent, bound = (np.asarray(each, dtype=np.float64) for each in (authorised, actual, committed))
    if not (given >= 0).all() or not (bound >= 0).all():
        raise ValueError("Authorised and committed money is known and not below zero.")
    return Money(np.divide(spent, given, out=np.full(given.shape, np.nan), where=given > 0), given - spent - bound)


def adherence(baseline: ArrayLike, met: ArrayLike, today: float) -> float:
    """Milestones met by their baseline day / milestones due by today, 0 to 1; NaN where none is due.

    baseline: (milestones,) days. met: (milestones,) days, NaN where not met. Source: formulae 2.9.

    >>> adherence([10, 20, 30, 90], [9, 25, np.nan, 40], today=50)
    0.3333333333333333
    """
    planned, done = np.asarray(baseline, dtype=np.float64), np.asarray(met, dtype=np.float64)
    due = planned <= today
    in_time = due & (done <= planned)
    return float(in_time.sum() / due.sum()) if due.any() else float("nan")


def churn(before: ArrayLike, after: ArrayLike) -> float:
    """Projects that entered or left an approved plan / projects in it; NaN for an empty plan.

    before, after: (projects,) whether each is in the plan. Source: formulae 2.9 (15 % at most by the handbook).

    >>> churn([True, True, True, True, False], [True, True, True, False, True])
    0.5
    """
    was, is_now = np.asarray(before, dtype=np.bool_), np.asarray(after, dtype=np.bool_)
    return float((was != is_now).sum() / was.sum()) if was.any() else float("nan")


def flow(entered: ArrayLike, left: ArrayLike, start: float, end: float) -> Flow:
    """Throughput, cycle time and work in progress of a stage between two days.

    entered, left: (items,) days; NaN in `left` for what is still there. Raises ValueError for a window that is
    empty or for items that leave before they enter. Source: Little (1961); formulae 2.9.

    >>> found = flow([0, 0, 10, 10], [10, 10, 20, 20], 0, 20)
    >>> found.throughput, found.cycle_time, found.in_progress, found.expected
    (0.2, 10.0, 2.0, 2.0)
    """
    came, went = np.asarray(entered, dtype=np.float64), np.asarray(left, dtype=np.float64)
    if not start < end or (went < came).any() or np.isnan(came).any():
        raise ValueError("A window has days, and items leave after they enter.")
    finished = (went > start) & (went <= end)
    until = np.minimum(np.where(np.isnan(went), end, went), end)
    present = np.maximum(until - np.maximum(came, start), 0).sum() / (end - start)
    throughput = float(finished.sum() / (end - start))
    cycle = float((went - came)[finished].mean()) if finished.any() else float("nan")
    return Flow(throughput, cycle, float(present), throughput * cycle)
