"""Limits: budgets, role capacities and caps that the chosen work must stay within."""

from __future__ import annotations

from dataclasses import dataclass

from mainstay.engine.selection.checks import (
    refuse_blank,
    refuse_negative,
    refuse_negatives,
    refuse_nonsense,
)
from mainstay.engine.selection.error import ProblemError


@dataclass(frozen=True, slots=True)
class Overload:
    """How far a limit may be exceeded, as a share of it, and what each unit above it costs.

    `share` is a fraction (0.1 is ten per cent) of the period's capacity, or of the total; `price` is in
    the unit of the objective for each unit of the limit. Raises `ProblemError` when either is negative.
    """

    share: float
    price: float

    def __post_init__(self) -> None:
        refuse_negative("share", self.share)
        refuse_negative("price", self.price)


@dataclass(frozen=True, slots=True)
class Limit:
    """A budget, capacity or cap: one amount for each period, or one total.

    `by_period` has one amount for each period of the horizon; `total` counts all use, also beyond the
    horizon, unless `window` (first period, period after the last) says which periods count.
    Raises `ProblemError` for both or neither, for negative amounts and for an empty window.

    >>> Limit("money", total=320).total
    320
    """

    id: str
    by_period: tuple[float, ...] | None = None
    total: float | None = None
    window: tuple[int, int] | None = None
    overload: Overload | None = None
    unit: str = ""
    name: str = ""

    def __post_init__(self) -> None:
        refuse_blank("id", self.id)
        if (self.by_period is None) == (self.total is None):
            raise ProblemError("", f'the limit "{self.id}" needs either by_period or total, and not both')
        if self.by_period is not None:
            refuse_negatives("by_period", self.by_period)
        if self.total is not None:
            refuse_negative("total", self.total)
        if self.window is not None:
            self._refuse_empty_window(self.window)

    def _refuse_empty_window(self, window: tuple[int, int]) -> None:
        if self.by_period is not None:
            raise ProblemError("window", "only a total can have a window")
        first, end = window
        refuse_nonsense("window[1]", end)
        if first < 0:
            raise ProblemError("window[0]", f"{first} is before the first period 0")
        if end <= first:
            raise ProblemError("window", f"no period lies from {first} to before {end}")

    def amounts(self) -> tuple[float, ...]:
        """The capacity of every period, or the total alone."""
        return self.by_period if self.by_period is not None else (self.total or 0.0,)

    @property
    def overload_share(self) -> float:
        """The share of the limit that may be used on top of it, 0 when none may."""
        return self.overload.share if self.overload else 0.0

    @property
    def overload_price(self) -> float:
        """What one unit above the limit takes off the objective."""
        return self.overload.price if self.overload else 0.0
