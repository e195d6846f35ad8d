"""What earned value measures are made of: planned, earned and actual cost of projects by periods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """Cumulative money of projects at the end of each period, all in one currency.

    pv: (projects, periods) planned value, the whole baseline, never falling. ev, ac: (projects, periods) earned
    value and actual cost, NaN where nothing is reported. bac: (projects,) budget at completion.

    Raises ValueError for other shapes, for planned or earned value or budgets below zero, and for a plan that falls
    or is not known.
    """

    pv: Floats
    ev: Floats
    ac: Floats
    bac: Floats

    def __post_init__(self) -> None:
        if self.pv.ndim != 2 or self.ev.shape != self.pv.shape or self.ac.shape != self.pv.shape:
            raise ValueError(
                "Planned value, earned value and actual cost have one row a project, one column a period."
            )
        if self.bac.shape != self.pv.shape[:1] or not (np.isfinite(self.bac) & (self.bac >= 0)).all():
            raise ValueError("There is one budget, not below zero, for each project.")
        if not _rises(self.pv):
            raise ValueError("Cumulative planned value is known, begins at zero or above and never falls.")
        if (self.ev < 0).any() or np.isinf(self.ev).any() or np.isinf(self.ac).any():
            raise ValueError("Earned value is not below zero, and no figure is infinite.")

    @classmethod
    def of(cls, pv: ArrayLike, ev: ArrayLike, ac: ArrayLike, bac: ArrayLike | None = None) -> Self:
        """From rows of numbers; one project may come as (periods,). Without bac the end of the plan is the budget.

        >>> Figures.of([60, 160], [50, np.nan], [55, np.nan]).bac.tolist()
        [160.0]
        """
        planned, earned, actual = (np.atleast_2d(np.asarray(each, dtype=np.float64)) for each in (pv, ev, ac))
        if not planned.size:
            raise ValueError("There is at least one project and one period.")
        budgets = planned[:, -1] if bac is None else np.atleast_1d(np.asarray(bac, dtype=np.float64))
        return cls(planned, earned, actual, budgets)

    def last_reported(self) -> Integers:
        """(projects,) the number of the last column with earned value and actual cost, -1 where there is none."""
        known = ~np.isnan(self.ev) & ~np.isnan(self.ac)
        periods = known.shape[1]
        return np.where(known.any(axis=1), periods - 1 - known[:, ::-1].argmax(axis=1), -1)


def at_column(values: Floats, columns: Integers) -> Floats:
    """(projects,) what (projects, periods) values are in one column for each project; NaN for column -1.

    >>> at_column(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([1, -1])).tolist()
    [2.0, nan]
    """
    found = np.take_along_axis(values, np.maximum(columns, 0)[:, None], axis=1)[:, 0]
    return np.where(columns >= 0, found, np.nan)


def _rises(pv: Floats) -> bool:
    return bool(np.isfinite(pv).all() and (pv[:, :1] >= 0).all() and (pv[:, 1:] >= pv[:, :-1]).all())
