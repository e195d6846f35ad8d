"""What is done to flows before they are appraised: baseline, sunk cost, inflation, tax, perpetuity, delay."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mainstay.engine.finance.table import column, rate_column, table_of
from mainstay.engine.finance.timing import END

Floats = NDArray[np.float64]


def incremental(flows: ArrayLike, baseline: ArrayLike) -> Floats:
    """What a project changes against doing nothing: its flows less those of the baseline.

    flows: (periods,) or (projects, periods) money. baseline: (periods,) for all projects, or one row for each.
    A project or baseline that ends earlier (NaN) counts as 0 from there, until both have ended.

    Raises ValueError when the periods differ in number or an amount is infinite. Source: formulae 2.2.

    >>> incremental([-100, 80, 80], [-10, -20, -20]).tolist()
    [-90.0, 100.0, 100.0]
    """
    project, nothing = np.asarray(flows, dtype=np.float64), np.asarray(baseline, dtype=np.float64)
    own, other = table_of(project, END).amounts.shape, table_of(nothing, END).amounts.shape
    if other not in (own, (1, own[1])):
        raise ValueError("The baseline has the periods of the flows, in one row or in one for each project.")
    ended = np.isnan(project) & np.isnan(nothing)
    return np.where(ended, np.nan, np.nan_to_num(project) - np.nan_to_num(nothing))


def from_decision(flows: ArrayLike, decision: ArrayLike) -> Floats:
    """Flows (projects, periods) moved so that each begins at its own decision; what was spent before is sunk.

    decision: the number of the period of the decision, one or (projects,). Returns the same shape, NaN after the end.
    For one decision for all, `Timing(decision=...)` does the same.

    Raises ValueError for a decision outside the periods. Source: formulae 2.2.

    >>> from_decision([[-40, -500, 700]], [1]).tolist()
    [[-500.0, 700.0, nan]]
    """
    rows = np.atleast_2d(np.asarray(flows, dtype=np.float64))
    table_of(rows, END)
    periods = rows.shape[1]
    first = column(decision, len(rows), "A decision").astype(np.int64)
    if ((first < 0) | (first >= periods)).any():
        raise ValueError("A decision is taken in one of the periods.")
    places = np.broadcast_to(np.arange(periods) + first, rows.shape)
    moved = np.take_along_axis(rows, np.minimum(places, periods - 1), axis=1)
    return np.where(places < periods, moved, np.nan)


def at_prices_of_the_year(flows: ArrayLike, inflation: ArrayLike) -> Floats:
    """Flows in today's prices as money of their years: CF_t (1 + inflation)^t, to be discounted at a nominal rate.

    flows: (periods,) or (projects, periods); inflation: a fraction a year, one or (projects,). Same shape.
    Raises ValueError for inflation of -100 % or less.

    >>> at_prices_of_the_year([-100, 100], 0.03).round(9).tolist()
    [-100.0, 103.0]
    """
    given = np.asarray(flows, dtype=np.float64)
    table = table_of(given, END)
    return given * (1 + rate_column(inflation, len(table.amounts), "Inflation")).reshape(_beside(given)) ** (
        np.arange(given.shape[-1])
    )


def after_tax(flows: ArrayLike, tax_rate: ArrayLike, depreciation: ArrayLike = 0.0) -> Floats:
    """Flows less tax: from the period after the decision on, CF_t - tax (CF_t - depreciation_t).

    flows: (periods,) or (projects, periods) money. tax_rate: a fraction from 0 to 1, one or (projects,).
    depreciation: what may be deducted in each period, one number or the shape of the flows. A loss saves tax: it is
    set against other income. The first flow is the investment and is not taxed. Same shape.

    Raises ValueError for a tax rate outside 0..1.

    >>> after_tax([-100, 80, 80], 0.25, 50).tolist()
    [-100.0, 72.5, 72.5]
    """
    given = np.asarray(flows, dtype=np.float64)
    table = table_of(given, END)
    tax = column(tax_rate, len(table.amounts), "A tax rate").reshape(_beside(given))
    if ((tax < 0) | (tax > 1)).any():
        raise ValueError("A tax rate lies between 0 and 100 %.")
    taxed = given - tax * (given - np.asarray(depreciation, dtype=np.float64))
    return np.where(np.arange(given.shape[-1]) > 0, taxed, given)


def with_terminal_value(flows: ArrayLike, rate: ArrayLike, growth: ArrayLike = 0.0) -> Floats:
    """Flows with what comes for ever after added to the last one: CF_last (1 + growth) / (rate - growth).

    flows: (periods,) or (projects, periods) money; rate and growth: fractions a year, one or (projects,). Same shape.
    Raises ValueError when growth is not below the rate. Source: Gordon's perpetuity with growth.

    >>> with_terminal_value([-100, 10], 0.10, 0.05).round(9).tolist()
    [-100.0, 220.0]
    """
    given = np.asarray(flows, dtype=np.float64)
    table = table_of(given, END)
    size = len(table.amounts)
    yearly, growing = rate_column(rate, size), rate_column(growth, size, "Growth")
    if (growing >= yearly).any():
        raise ValueError("What grows for ever grows more slowly than the discount rate.")
    is_last = np.arange(given.shape[-1]) == table.last[:, None]
    more = np.where(is_last, table.amounts * (1 + growing) / (yearly - growing), 0)
    return given + more.reshape(given.shape)


def delayed(flows: ArrayLike, periods: int, window_closes: bool = False) -> Floats:
    """Flows that begin some whole periods later.

    flows: (periods,) or (projects, periods) money. window_closes: whether what would come after the last period is
    lost; then the shape stays, else there are that many periods more. Raises ValueError for a negative delay.

    >>> delayed([-100, 60, 60], 1, window_closes=True).tolist()
    [0.0, -100.0, 60.0]
    """
    if periods < 0:
        raise ValueError("A delay is not negative.")
    given = np.asarray(flows, dtype=np.float64)
    table_of(given, END)
    later = np.concatenate([np.zeros((*given.shape[:-1], periods)), given], axis=-1)
    return later[..., : given.shape[-1]] if window_closes else later


def _beside(flows: Floats) -> tuple[int, ...]:
    """The shape of one number for each row of flows."""
    return (-1, 1) if flows.ndim == 2 else (-1,)
