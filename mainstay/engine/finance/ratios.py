"""What comes back for what is spent."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mainstay.engine.finance.discounting import factors_of, net_present_value, weighed
from mainstay.engine.finance.table import Table, rate_column, table_of
from mainstay.engine.finance.timing import END, Timing

Floats = NDArray[np.float64]


def profitability_index(flows: ArrayLike, rate: ArrayLike, timing: Timing = END) -> Floats:
    """Present value for each unit invested at the decision: 1 + NPV / |CF_0|.

    flows: (periods,) or (projects, periods) money; rate: a fraction a year, one or (projects,). Returns one number,
    or (projects,); NaN where nothing is spent at the decision. Where the investment spreads over years, see `bcr`.

    Raises ValueError for a rate of -100 % or less and for flows that make no sense. Source: formulae 2.2.

    >>> round(float(profitability_index([-500, 120, 150, 180, 200, 160], 0.10)), 4)
    1.2085
    """
    table = table_of(flows, timing)
    return table.shaped(index_of(table, net_present_value(table, factors_of(table, rate))))


def index_of(table: Table, value: Floats) -> Floats:
    """1 + value / |what is spent at the decision|, (projects,)."""
    invested = -table.amounts[:, table.at == 0].sum(axis=1)
    return 1 + quotient(value, invested)


def roi(flows: ArrayLike, costs: ArrayLike | None = None, timing: Timing = END) -> Floats:
    """Return on investment, not discounted: (benefit - cost) / cost.

    flows: (periods,) or (projects, periods) net money. costs: what is spent, positive and of the same shape; without
    it the negative flows are the cost and the positive ones the benefit. Returns a fraction, or (projects,) of them;
    NaN where nothing is spent.

    Raises ValueError for flows or costs that make no sense. Source: formulae 2.2.

    >>> float(roi([-500, 120, 150, 180, 200, 160]))
    0.62
    """
    table = table_of(flows, timing)
    spent = costs_of(table, costs, timing).sum(axis=1)
    return table.shaped(quotient(table.amounts.sum(axis=1), spent))


def bcr(flows: ArrayLike, rate: ArrayLike, costs: ArrayLike | None = None, timing: Timing = END) -> Floats:
    """Benefit-cost ratio: the present value of the benefits / the present value of the costs.

    Parameters as for `roi`, with the discount rate as a fraction a year, one or (projects,). Returns one number, or
    (projects,); NaN where nothing is spent.

    Raises ValueError for a rate of -100 % or less and for flows or costs that make no sense. Source: formulae 2.2.

    >>> round(float(bcr([-500, 120, 150, 180, 200, 160], 0.10)), 4)
    1.2085
    """
    table = table_of(flows, timing)
    factors = factors_of(table, rate)
    return table.shaped(
        1 + quotient(weighed(table.amounts, factors), weighed(costs_of(table, costs, timing), factors))
    )


def costs_of(table: Table, costs: ArrayLike | None, timing: Timing) -> Floats:
    """What is spent in each period, positive: as given, or the negative flows."""
    if costs is None:
        return losses_of(table)
    given = table_of(costs, timing).amounts
    if given.shape != table.amounts.shape or (given < 0).any():
        raise ValueError("Costs are positive amounts, one for each flow.")
    return given


def losses_of(table: Table) -> Floats:
    """The negative flows, turned positive, (projects, periods)."""
    negative = np.minimum(table.amounts, 0)
    return np.asarray(np.negative(negative, out=negative))


def equivalent_annuity(flows: ArrayLike, rate: ArrayLike, timing: Timing = END) -> Floats:
    """The equal yearly amount over a project's life with the same net present value: NPV r / (1 - (1 + r)^-years).

    It compares projects of different length. Parameters as for `npv`; the life ends with the last flow, so mark the
    end of a shorter project with NaN. Returns money a year, or (projects,); NaN where no time passes.

    Raises ValueError for a rate of -100 % or less and for flows that make no sense. Source: formulae 2.2.

    >>> round(float(equivalent_annuity([-500, 120, 150, 180, 200, 160], 0.10)), 2)
    27.5
    """
    table = table_of(flows, timing)
    return table.shaped(annuity_of(table, net_present_value(table, factors_of(table, rate)), rate))


def annuity_of(table: Table, value: Floats, rate: ArrayLike) -> Floats:
    """The annuity of a net present value (projects,) over the life of each project."""
    yearly = rate_column(rate, len(value))[:, 0]
    years = np.where(table.years > 0, table.years, np.nan)
    with np.errstate(invalid="ignore", divide="ignore"):
        annuities = -np.expm1(-years * np.log1p(yearly)) / yearly
    return np.asarray(value / np.where(yearly == 0, years, annuities))


def quotient(above: Floats, below: Floats) -> Floats:
    """above / below where below is positive, NaN elsewhere."""
    return np.asarray(np.divide(above, below, out=np.full(np.shape(above), np.nan), where=below > 0))
