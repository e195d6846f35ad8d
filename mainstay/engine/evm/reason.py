"""Why an earned value measure does not exist."""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.int8]


class Reason(IntEnum):
    """Why a measure is NaN; it is never infinite.

    EXISTS: it is a number. NOT_REPORTED: earned value or actual cost is not known. NO_ESTIMATE: no estimate of what
    remains was given. NOTHING_PLANNED, NOTHING_EARNED, NOTHING_SPENT: the ratio would divide by zero. NO_BUDGET: the
    budget at completion is zero. BUDGET_SPENT: actual cost reached the budget, which can no longer be kept.
    NOTHING_LEFT: the forecast leaves no money for what remains. NOT_BEGUN: no time has passed since the start.
    TIME_SPENT: the planned duration has passed, so that it can no longer be kept. PLAN_ENDS: more is earned than the
    plan shows, and the plan does not reach the budget.
    """

    EXISTS = 0
    NOT_REPORTED = 1
    NO_ESTIMATE = 2
    NOTHING_PLANNED = 3
    NOTHING_EARNED = 4
    NOTHING_SPENT = 5
    NO_BUDGET = 6
    BUDGET_SPENT = 7
    NOTHING_LEFT = 8
    NOT_BEGUN = 9
    TIME_SPENT = 10
    PLAN_ENDS = 11


def quotient(above: Floats, below: Floats, out: Floats | None = None) -> Floats:
    """above / below of shapes that fit where below is positive, NaN elsewhere; into `out` where that is given."""
    found = np.empty(np.broadcast_shapes(above.shape, below.shape)) if out is None else out
    found.fill(np.nan)
    np.divide(above, below, out=found, where=below > 0)
    return found


def first_of(measure: Floats, *reasons: tuple[Reason, NDArray[np.bool_]]) -> Codes:
    """The first reason that holds where a measure is NaN, EXISTS elsewhere; all of one shape."""
    missing = np.isnan(measure)
    codes = np.zeros(measure.shape, dtype=np.int8)
    for reason, holds in reversed(reasons):
        codes[missing & holds] = reason
    return codes
