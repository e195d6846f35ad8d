"""Present values, and rates with and without inflation."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mainstay.engine.finance.table import Table, rate_column, table_of
from mainstay.engine.finance.timing import END, Timing

Floats = NDArray[np.float64]


def npv(flows: ArrayLike, rate: ArrayLike, timing: Timing = END) -> Floats:
    """Net present value: the sum of CF_t / (1 + r)^t.

    flows: (periods,) or (projects, periods) money, received positive and paid negative; NaN after a project's end.
    rate: discount rate for a year as a fraction, one or (projects,). timing: when the flows happen.
    Returns one number, or (projects,), in the money of the flows; NaN for a project without any flow.

    Raises ValueError for a rate of -100 % or less and for flows that make no sense. Source: formulae 2.2.

    >>> round(float(npv([-500, 120, 150, 180, 200, 160], 0.10)), 2)
    104.24
    """
    table = table_of(flows, timing)
    return table.shaped(net_present_value(table, factors_of(table, rate)))


def factors_of(table: Table, rate: ArrayLike) -> Floats:
    """What one unit of money at each flow's time is worth at the decision, (1 or projects, periods)."""
    exponents = -np.log1p(rate_column(rate, len(table.amounts))) * table.at
    return np.exp(exponents, out=exponents)


def net_present_value(table: Table, factors: Floats) -> Floats:
    """The flows times their factors, added up for each project."""
    return np.where(table.last >= 0, weighed(table.amounts, factors), np.nan)


def weighed(amounts: Floats, factors: Floats) -> Floats:
    """Sum of amounts x factors over the periods, row by row, so that other rows change not even the last digit."""
    return np.asarray(np.vecdot(amounts, factors))


def real_rate(nominal: ArrayLike, inflation: ArrayLike) -> Floats:
    """The rate without inflation, (1 + nominal) / (1 + inflation) - 1; fractions of one shape.

    Use it for flows in today's prices. Raises ValueError for -100 % or less. Source: Fisher.

    >>> round(float(real_rate(0.0815, 0.03)), 4)
    0.05
    """
    return (1 + _above_minus_one(nominal)) / (1 + _above_minus_one(inflation)) - 1


def nominal_rate(real: ArrayLike, inflation: ArrayLike) -> Floats:
    """The rate with inflation, (1 + real)(1 + inflation) - 1; the way back from `real_rate`.

    Use it for flows in the prices of their years. Raises ValueError for -100 % or less. Source: Fisher.

    >>> round(float(nominal_rate(0.05, 0.03)), 4)
    0.0815
    """
    return (1 + _above_minus_one(real)) * (1 + _above_minus_one(inflation)) - 1


def _above_minus_one(rate: ArrayLike) -> Floats:
    values = np.asarray(rate, dtype=np.float64)
    if not (values > -1).all() or np.isinf(values).any():
        raise ValueError("A rate is a finite number above -100 %.")
    return values
