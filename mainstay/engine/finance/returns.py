"""Internal rates of return: all of them, or none."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mainstay.engine.finance import exponentials
from mainstay.engine.finance.table import Table, rate_column, table_of
from mainstay.engine.finance.timing import END, Timing

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def irr(flows: ArrayLike, timing: Timing = END) -> Floats:
    """All internal rates of return above -100 %: the rates at which the net present value is zero.

    flows: (periods,) or (projects, periods) money. Returns fractions a year, rising: (roots,) for one row, else
    (projects, most roots of a project) with NaN where a project has fewer. No root is an empty answer, never 0.
    A rate at which the net present value touches zero without crossing counts once; flows of nothing have none.

    Raises ValueError for flows that make no sense. Source: formulae 2.2; the method is told in `exponentials`.

    >>> irr([-1000, 2500, -1540]).round(9).tolist()
    [0.1, 0.4]
    """
    table = table_of(flows, timing)
    return table.shaped(rates_of_return(table))


def rates_of_return(table: Table) -> Floats:
    """The rates of a table that was checked before, (projects, most roots), NaN where there are fewer."""
    return np.expm1(-exponentials.zeros(table.amounts, table.at))


def sign_changes(flows: ArrayLike) -> Integers:
    """How often flows (periods,) or (projects, periods) change their sign; more than once warns of several IRR.

    Raises ValueError for flows that make no sense. Source: Descartes' rule of signs.

    >>> int(sign_changes([-1000, 2500, 0, -1540]))
    2
    """
    table = table_of(flows, END)
    changes = exponentials.sign_changes(table.amounts)
    return np.asarray(changes[0] if table.single else changes)


def mirr(flows: ArrayLike, finance_rate: ArrayLike, reinvest_rate: ArrayLike, timing: Timing = END) -> Floats:
    """Modified internal rate of return: (FV of what comes in / |PV of what goes out|)^(1 / years) - 1.

    What comes in is reinvested at `reinvest_rate` until the last flow, what goes out is financed at `finance_rate`;
    both are fractions a year, one or (projects,). Returns one fraction, or (projects,); NaN when nothing comes in,
    nothing goes out, or no time passes.

    Raises ValueError for a rate of -100 % or less and for flows that make no sense. Source: formulae 2.2.

    >>> round(float(mirr([-500, 120, 150, 180, 200, 160], 0.10, 0.08)), 5)
    0.13413
    """
    table = table_of(flows, timing)
    return table.shaped(modified_rate(table, finance_rate, reinvest_rate))


def modified_rate(table: Table, finance_rate: ArrayLike, reinvest_rate: ArrayLike) -> Floats:
    """The modified rate of return of a table that was checked before, (projects,)."""
    size = len(table.amounts)
    finance, reinvest = rate_column(finance_rate, size), rate_column(reinvest_rate, size)
    gains = np.maximum(table.amounts, 0)
    present_gains = np.vecdot(gains, np.exp(-np.log1p(reinvest) * table.at))
    present_losses = np.vecdot(gains - table.amounts, np.exp(-np.log1p(finance) * table.at))
    years = table.years
    exists = (present_gains > 0) & (present_losses > 0) & (years > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        growth = (np.log(present_gains) - np.log(present_losses)) / years + np.log1p(reinvest[:, 0])
    return np.where(exists, np.expm1(growth), np.nan)
