"""Every measure of a business case at once, for one project or thousands."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mainstay.engine.finance import exponentials
from mainstay.engine.finance.adjustments import incremental
from mainstay.engine.finance.discounting import factors_of, net_present_value, weighed
from mainstay.engine.finance.payback import years_to_recover
from mainstay.engine.finance.ratios import annuity_of, costs_of, index_of, losses_of, quotient
from mainstay.engine.finance.returns import modified_rate, rates_of_return
from mainstay.engine.finance.table import table_of
from mainstay.engine.finance.timing import END, Timing

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Appraisal:
    """The measures of projects; each has shape (projects,) and NaN says that a measure does not exist.

    npv, equivalent_annuity: money. irr, mirr, roi: fractions. payback, discounted_payback: years from the decision.
    profitability_index, bcr: present value for each unit spent. irr exists only where it is the only one;
    irr_roots: (projects, most roots) has all of them rising, irr_count how many, sign_changes how many are possible.
    """

    npv: Floats
    irr: Floats
    irr_roots: Floats
    irr_count: Integers
    sign_changes: Integers
    mirr: Floats
    payback: Floats
    discounted_payback: Floats
    profitability_index: Floats
    roi: Floats
    bcr: Floats
    equivalent_annuity: Floats


@dataclass(frozen=True, slots=True)
class OneAppraisal:
    """The measures of one project as in `Appraisal`; None says that a measure does not exist."""

    npv: float | None
    irr: float | None
    irr_roots: tuple[float, ...]
    irr_count: int
    sign_changes: int
    mirr: float | None
    payback: float | None
    discounted_payback: float | None
    profitability_index: float | None
    roi: float | None
    bcr: float | None
    equivalent_annuity: float | None


def appraise(
    flows: ArrayLike,
    rate: ArrayLike,
    *,
    timing: Timing = END,
    finance_rate: ArrayLike | None = None,
    reinvest_rate: ArrayLike | None = None,
    costs: ArrayLike | None = None,
    baseline: ArrayLike | None = None,
) -> Appraisal:
    """All measures of many projects.

    flows: (projects, periods) net money, NaN after a project's end. rate: discount rate as a fraction a year, one or
    (projects,); finance_rate and reinvest_rate (for MIRR) are the same unless given. timing: when flows happen and
    what is sunk. costs: what is spent, positive, of the shape of the flows; else the negative flows. baseline: the
    flows of doing nothing, taken off first (not off the costs, which are then those of the change).

    Raises ValueError for rates of -100 % or less and for arrays that make no sense. Source: formulae 2.2.

    >>> appraise([[-500, 120, 150, 180, 200, 160]], 0.10).irr.round(5).tolist()
    [0.17344]
    """
    change = flows if baseline is None else incremental(flows, baseline)
    table = table_of(np.atleast_2d(np.asarray(change, dtype=np.float64)), timing)
    factors = factors_of(table, rate)
    value = net_present_value(table, factors)
    losses = losses_of(table)
    spent = losses if costs is None else costs_of(table, costs, timing)
    changes = exponentials.sign_changes(table.amounts)
    roots = rates_of_return(table, changes)
    count = np.asarray((~np.isnan(roots)).sum(axis=1), dtype=np.int64)
    return Appraisal(
        npv=value,
        irr=np.where(count == 1, roots[:, 0] if roots.shape[1] else np.nan, np.nan),
        irr_roots=roots,
        irr_count=count,
        sign_changes=changes,
        mirr=modified_rate(
            table,
            losses,
            rate if finance_rate is None else finance_rate,
            rate if reinvest_rate is None else reinvest_rate,
        ),
        payback=years_to_recover(table),
        discounted_payback=years_to_recover(table, factors),
        profitability_index=index_of(table, value),
        roi=quotient(table.amounts.sum(axis=1), spent.sum(axis=1)),
        bcr=1 + quotient(weighed(table.amounts, factors), weighed(spent, factors)),
        equivalent_annuity=annuity_of(table, value, rate),
    )


def appraise_one(
    flows: ArrayLike,
    rate: float,
    *,
    timing: Timing = END,
    finance_rate: float | None = None,
    reinvest_rate: float | None = None,
    costs: ArrayLike | None = None,
    baseline: ArrayLike | None = None,
) -> OneAppraisal:
    """All measures of one project with flows (periods,), as plain numbers; parameters and errors as for `appraise`.

    >>> appraise_one([-100, -50], 0.10).irr is None
    True
    """
    many = appraise(
        [list(np.asarray(flows, dtype=np.float64))],
        rate,
        timing=timing,
        finance_rate=finance_rate,
        reinvest_rate=reinvest_rate,
        costs=costs,
        baseline=baseline,
    )
    plain = {each.name: _plain(getattr(many, each.name)[0]) for each in fields(many) if each.name not in _COUNTED}
    return OneAppraisal(
        **plain,
        irr_roots=tuple(many.irr_roots[0].tolist()),
        irr_count=int(many.irr_count[0]),
        sign_changes=int(many.sign_changes[0]),
    )


_COUNTED = ("irr_roots", "irr_count", "sign_changes")


def _plain(number: np.float64) -> float | None:
    return None if np.isnan(number) else float(number)
