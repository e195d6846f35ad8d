"""Cash flows as a table of projects by periods, checked once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mainstay.engine.finance.timing import Timing

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Flows with the times they happen at, ready to be discounted.

    amounts: (projects, periods) money, 0 after the end of a project.
    at: (periods,) years from the decision to each flow, for discounting.
    until: (periods,) years from the decision to the end of the time in which each flow accrues.
    last: (projects,) number of the last period that belongs to the project; -1 where it has none.
    single: whether one row of flows was given, so that answers are single numbers, too.
    """

    amounts: Floats
    at: Floats
    until: Floats
    last: Integers
    single: bool

    @property
    def years(self) -> Floats:
        """(projects,) years from the decision to the end of the last flow; NaN where a project has no flow."""
        return np.where(self.last >= 0, self.until[self.last], np.nan)

    def shaped(self, answer: Floats) -> Floats:
        """Drop the axis of projects when only one row was given."""
        return answer[0] if self.single else answer


def table_of(flows: ArrayLike, timing: Timing) -> Table:
    """Check flows of shape (periods,) or (projects, periods); NaN may stand after the end of a project only.

    Raises ValueError for another shape, for infinite amounts, and for a NaN before the end.
    """
    given = np.asarray(flows, dtype=np.float64)
    if given.ndim not in (1, 2) or given.shape[-1] == 0:
        raise ValueError("Flows are one row of periods, or one row for each project.")
    rows = np.atleast_2d(given)
    last = np.full(len(rows), rows.shape[1] - 1)
    if not np.isfinite(rows).all():
        rows, last = _without_gaps(rows)
    sunk, at, until = timing.years(rows.shape[1])
    if sunk.any():
        rows = np.where(sunk, 0.0, rows)
    return Table(rows, at, until, last, given.ndim == 1)


def _without_gaps(rows: Floats) -> tuple[Floats, Integers]:
    """The rows with 0 after the end of each project, and the place of its last flow."""
    missing = np.isnan(rows)
    if np.isinf(rows).any():
        raise ValueError("A flow is a finite amount.")
    if (missing[:, :-1] & ~missing[:, 1:]).any():
        raise ValueError("A gap (NaN) may only stand after the last flow of a project; write 0 for no flow.")
    last = rows.shape[1] - 1 - np.count_nonzero(missing, axis=1)
    return np.where(missing, 0.0, rows), np.asarray(last, dtype=np.int64)


def column(numbers: ArrayLike, projects: int, name: str) -> Floats:
    """One number for all projects or one for each, as a column of shape (1 or projects, 1)."""
    values = np.asarray(numbers, dtype=np.float64)
    if values.ndim > 1 or (values.ndim == 1 and len(values) not in (1, projects)):
        raise ValueError(f"{name} is one number, or one for each project.")
    if not np.isfinite(values).all():
        raise ValueError(f"{name} is a finite number.")
    return values.reshape(-1, 1)


def rate_column(rate: ArrayLike, projects: int, name: str = "A rate") -> Floats:
    """Like `column`, for a rate as a fraction above -1 (0.1 is 10 %)."""
    values = column(rate, projects, name)
    if (values <= -1).any():
        raise ValueError(f"{name} is above -100 %.")
    return values
