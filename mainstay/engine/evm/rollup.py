"""Earned value of programmes and portfolios: sums first, then ratios; never the mean of ratios."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mainstay.engine.evm.figures import Figures

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class RollUp:
    """Sums of projects in groups by periods; measure `figures` as those of a project.

    figures: (groups, periods) PV, EV and AC, each project as of its own last report, so that the three are of the
    same work; NaN before the first and after the last report of a group. Budgets are those of all. plan: (groups,
    periods) planned value of all. fresh: (groups, periods) how many report in the very period. coverage: (groups,
    periods) the share of the budget of those that have reported by then; NaN without budget.
    """

    figures: Figures
    plan: Floats
    fresh: Integers
    coverage: Floats


def roll_up(figures: Figures, member: ArrayLike, group: ArrayLike, groups: int) -> RollUp:
    """The sums of groups, from which their indices follow.

    member, group: (pairs,) the number of a project and of a group it belongs to; a project may be in several, once
    in each. groups: how many there are. All money in one currency, see `in_base_currency`.

    Raises ValueError for numbers outside the projects or groups, and for a project twice in a group.
    Source: formulae 2.1.

    >>> two = Figures.of([[100], [300]], [[100], [150]], [[50], [300]], [100, 300])
    >>> found = roll_up(two, [0, 1], [0, 0], 1).figures
    >>> round(float(found.ev[0, 0] / found.ac[0, 0]), 4)
    0.7143
    """
    projects, into = np.asarray(member, dtype=np.int64), np.asarray(group, dtype=np.int64)
    _refuse_strangers(projects, into, len(figures.bac), groups)
    known = ~np.isnan(figures.ev) & ~np.isnan(figures.ac)
    last = np.maximum.accumulate(np.where(known, np.arange(known.shape[1]), -1), axis=1)

    def summed(values: Floats) -> Floats:
        return _sums(values[projects], into, groups)

    pv, ev, ac = (summed(_carried(values, last)) for values in (figures.pv, figures.ev, figures.ac))
    budgets = np.broadcast_to(figures.bac[:, None], known.shape)
    fresh, bac = summed(known.astype(np.float64)), summed(budgets)
    covered = summed(np.where(last >= 0, budgets, 0.0))
    silent = ~(_since_first(fresh) & _since_first(fresh[:, ::-1])[:, ::-1])
    ev[silent] = ac[silent] = np.nan
    coverage = np.divide(covered, bac, out=np.full(bac.shape, np.nan), where=bac > 0)
    return RollUp(Figures(pv, ev, ac, bac[:, 0]), summed(figures.pv), fresh.astype(np.int64), coverage)


def _carried(values: Floats, last: Integers) -> Floats:
    """Each value as of its project's last report, 0 before the first."""
    return np.where(last >= 0, np.take_along_axis(values, np.maximum(last, 0), axis=1), 0.0)


def _sums(rows: Floats, into: Integers, groups: int) -> Floats:
    columns = [np.bincount(into, weights=column, minlength=groups) for column in rows.T]
    return np.stack(columns, axis=1).astype(np.float64)


def _since_first(fresh: Floats) -> NDArray[np.bool_]:
    return np.asarray(np.maximum.accumulate(fresh > 0, axis=1))


def _refuse_strangers(projects: Integers, into: Integers, many: int, groups: int) -> None:
    if projects.shape != into.shape or ((projects < 0) | (projects >= many)).any():
        raise ValueError("Each pair names a project that is there.")
    if ((into < 0) | (into >= groups)).any():
        raise ValueError("Each pair names a group that is there.")
    if len(np.unique(projects * groups + into)) < len(projects):
        raise ValueError("A project is once in a group.")
