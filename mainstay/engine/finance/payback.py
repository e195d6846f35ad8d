"""How long it takes until what was spent has come back."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mainstay.engine.finance.discounting import factors_of
from mainstay.engine.finance.table import Table, table_of
from mainstay.engine.finance.timing import END, Timing

Floats = NDArray[np.float64]

NOISE = 1e-12


def payback(flows: ArrayLike, timing: Timing = END) -> Floats:
    """Years from the decision until the running total of the flows is first back at zero.

    flows: (periods,) or (projects, periods) money. Within a period money comes evenly, so years are interpolated.
    Returns one number, or (projects,); 0 where nothing is ever outstanding, NaN where it never comes back. A later
    fall below zero (dismantling, say) is not seen: look at the net present value beside it.

    Raises ValueError for flows that make no sense. Source: formulae 2.2.

    >>> float(payback([-500, 120, 150, 180, 200, 160]))
    3.25
    """
    table = table_of(flows, timing)
    return table.shaped(years_to_recover(table))


def discounted_payback(flows: ArrayLike, rate: ArrayLike, timing: Timing = END) -> Floats:
    """Years from the decision until the running total of the discounted flows is first back at zero.

    Like `payback`, with each flow at its present value for `rate`, a fraction a year, one or (projects,).
    Raises ValueError for a rate of -100 % or less and for flows that make no sense. Source: formulae 2.2.

    >>> round(float(discounted_payback([-500, 120, 150, 180, 200, 160], 0.10)), 3)
    3.964
    """
    table = table_of(flows, timing)
    return table.shaped(years_to_recover(table, factors_of(table, rate)))


def years_to_recover(table: Table, factors: Floats | None = None) -> Floats:
    """When the running total of the flows, discounted by factors if any, comes back to zero, in the table's years."""
    values = table.amounts if factors is None else table.amounts * factors
    near_zero = NOISE * np.sqrt(np.vecdot(values, values))
    total = np.cumsum(values, axis=1)
    owed = total < -near_zero[:, None]
    rows, began = np.arange(len(values)), np.argmax(owed, axis=1)
    ever_owed = owed[rows, began]
    if began.any():
        owed |= np.arange(values.shape[1]) < began[:, None]
    place = np.argmin(owed, axis=1)
    before = np.maximum(place - 1, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.minimum(-total[rows, before] / values[rows, place], 1)
    years = table.until[before] + share * (table.until[place] - table.until[before])
    back = ever_owed & ~owed[rows, place]
    never_owed = ~ever_owed & (table.last >= 0)
    return np.where(back, years, np.where(never_owed, 0.0, np.nan))
