"""When flows happen: at the end of a year, in its middle, or on a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

DAYS_IN_A_YEAR = 365


@dataclass(frozen=True, slots=True)
class Timing:
    """When the flows of periods 0, 1, 2, ... happen, and when the decision is taken.

    convention: "end" puts them at 0, 1, 2, ... years after the decision; "mid_year" leaves the first at the
    decision and puts the others in the middle of their year, at 0.5, 1.5, ...; with `dates` it is not used.
    dates: the day of each flow, rising; years are exact days / 365, as in XNPV.
    decision: the period (or, with `dates`, the day) of the decision. What was spent before it is sunk: it is left
    out, and years are counted from there. Without it the first flow is at the decision.

    Raises ValueError for another convention, dates that do not rise, or a decision of the wrong kind.

    >>> Timing(dates=(date(2026, 1, 1), date(2027, 1, 1))).years(2)[1].tolist()
    [0.0, 1.0]
    """

    convention: Literal["end", "mid_year"] = "end"
    dates: tuple[date, ...] | None = None
    decision: int | date | None = None

    def __post_init__(self) -> None:
        if self.convention not in ("end", "mid_year"):
            raise ValueError('The convention is "end" or "mid_year".')
        if self.dates is None:
            if isinstance(self.decision, date) or (self.decision is not None and self.decision < 0):
                raise ValueError("Without dates the decision is the number of a period, from 0.")
            return
        if not self.dates or any(a >= b for a, b in zip(self.dates, self.dates[1:], strict=False)):
            raise ValueError("Each date is after the one before; add up what happens on one day.")
        if isinstance(self.decision, int):
            raise ValueError("With dates the decision is a date.")

    def years(self, periods: int) -> tuple[Booleans, Floats, Floats]:
        """Which flows are sunk, when each happens and when its time ends, in years from the decision.

        All have the shape (periods,). Raises ValueError when the dates are not as many as the periods.
        """
        if self.dates is None:
            start = self.decision if isinstance(self.decision, int) else 0
            until = np.arange(periods, dtype=np.float64) - start
            at = np.where(until > 0, until - 0.5, until) if self.convention == "mid_year" else until
        else:
            at = until = self._years_by_date(self.dates, periods)
        sunk = until < 0
        return sunk, np.maximum(at, 0), np.maximum(until, 0)

    def _years_by_date(self, dates: tuple[date, ...], periods: int) -> Floats:
        if len(dates) != periods:
            raise ValueError("There is one date for each period.")
        start = self.decision if isinstance(self.decision, date) else dates[0]
        return np.array([(day - start).days / DAYS_IN_A_YEAR for day in dates])


END = Timing()
MID_YEAR = Timing("mid_year")
