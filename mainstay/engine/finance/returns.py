"""Internal rates of return: all of them, or none."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mainstay.engine.finance import exponentials
from mainstay.engine.finance.discounting import factors_of, weighed
from mainstay.engine.finance.ratios import losses_of
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
    return table.shaped(rates_of_return(table, exponentials.sign_changes(table.amounts)))


def rates_of_return(table: Table, changes: Integers) -> Floats:
    """The rates of a table whose changes of sign are known, (projects, most roots), NaN where there are fewer."""
    return np.expm1(-exponentials.zeros(table.amounts, table.at, changes))


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
    return table.shaped(modified_rate(table, losses_of(table), finance_rate, reinvest_rate))


def modified_rate(table: Table, losses: Floats, finance_rate: ArrayLike, reinvest_rate: ArrayLike) -> Floats:
    """The modified rate of return of a table whose losses (the negative flows, turned positive) are known."""
    present_gains = weighed(table.amounts + losses, factors_of(table, reinvest_rate))
    present_losses = weighed(losses, factors_of(table, finance_rate))
    reinvest = rate_column(reinvest_rate, len(losses))
    years = table.years
    exists = (present_gains > 0) & (present_losses > 0) & (years > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        growth = (np.log(present_gains) - np.log(present_losses)) / years + np.log1p(reinvest[:, 0])
    return np.where(exists, np.expm1(growth), np.nan)
