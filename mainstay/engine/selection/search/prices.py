"""Prices of the rows of a program and the bound they prove, without any solver.

Lagrangian relaxation after Held, Wolfe and Crowder (1974): every row is given up for a price, each candidate then
takes its best column by itself, and a step along what the rows are passed by improves the prices. The bound holds
for any prices.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mainstay.engine.selection.program import Floats, Integers, Program
from mainstay.engine.selection.search.part import rows_of_entries

_FEWEST, _MOST = 5, 25  # rounds
_ENTRIES = 5_000_000  # looked at in all rounds together
_STEP = 1.5
_SHRINK = 0.7
_HOPE = 0.9  # of the bound; what is aimed at while no plan is known


@dataclass(frozen=True, slots=True)
class Prices:
    """The price of each row (m,), the gain of each column less what it pays (n,), and the bound, in scaled gain."""

    rows: Floats
    reduced: Floats
    bound: float


def find_prices(program: Program) -> Prices:
    """The prices with the least bound found within some rounds, fewer for a large program."""
    rounds = min(_MOST, max(_FEWEST, _ENTRIES // (len(program.entries) + 1)))
    pricing = _Pricing(program)
    best = pricing.at(np.zeros(len(program.row_lower)))
    prices, step = best.rows, _STEP
    for _ in range(rounds):
        prices = pricing.moved(prices, best.bound, step)
        found = pricing.at(prices)
        step = step if found.bound < best.bound else step * _SHRINK
        best = found if found.bound < best.bound else best
    return best


def bound_with(program: Program, prices: Floats) -> float:
    """The bound that any prices (m,) of rows prove, in scaled gain."""
    pricing = _Pricing(program)
    return pricing.at(pricing.allowed(prices, prices)).bound


class _Pricing:
    """The relaxation of one program, for any prices."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._rows = rows_of_entries(program)
        self._members: Integers = np.flatnonzero(program.group >= 0)
        names, self._group = np.unique(program.group[self._members], return_inverse=True)
        self._groups = len(names)
        self._first = np.searchsorted(self._group, np.arange(self._groups))
        self._scale = self._scales()

    def at(self, prices: Floats) -> Prices:
        """The bound with these prices."""
        program = self._program
        paid = np.bincount(program.columns, program.entries * prices[self._rows], minlength=len(program.gain))
        reduced = program.gain - paid
        sides = np.where(prices > 0, program.row_upper, program.row_lower)
        rows = float(prices[prices != 0] @ sides[prices != 0])
        return Prices(prices, reduced, rows + float(np.nan_to_num(reduced * self._taken(reduced), nan=0.0).sum()))

    def moved(self, prices: Floats, bound: float, step: float) -> Floats:
        """The prices a step further: dearer where the rows are passed, cheaper where there is room."""
        program = self._program
        paid = np.bincount(program.columns, program.entries * prices[self._rows], minlength=len(program.gain))
        taken = self._taken(program.gain - paid)
        used = np.bincount(self._rows, program.entries * taken[program.columns], minlength=len(prices))
        above = np.where(np.isfinite(program.row_upper), used - program.row_upper, -np.inf)
        below = np.where(np.isfinite(program.row_lower), program.row_lower - used, -np.inf)
        dearer, cheaper = np.maximum(above, -1e30), np.maximum(below, -1e30)
        direction = np.where(prices > 0, dearer, np.where(prices < 0, -cheaper, 0.0))
        direction += np.where(prices == 0, np.maximum(above, 0.0) - np.maximum(below, 0.0), 0.0)
        norm = float((direction**2) @ self._scale)
        if norm == 0:
            return prices
        length = step * (1 - _HOPE) * max(abs(bound), 1.0) / norm
        return self.allowed(prices, prices + length * self._scale * direction)

    def allowed(self, before: Floats, prices: Floats) -> Floats:
        """The prices without those whose side has no bound, and none that changes sides at once."""
        crossed = before * prices < 0
        free = ((prices > 0) & np.isinf(self._program.row_upper)) | ((prices < 0) & np.isinf(self._program.row_lower))
        return np.where(crossed | free, 0.0, prices)

    def _taken(self, reduced: Floats) -> Floats:
        """What each column takes (n,): each candidate its best where that pays, others the better of their bounds."""
        program = self._program
        taken = np.where(reduced > 0, program.upper, program.lower)
        if not self._groups:
            return taken
        group, lower = self._group, program.lower[self._members]
        own = np.where(program.upper[self._members] > 0, reduced[self._members], -np.inf)
        best = np.maximum.reduceat(own, self._first)
        forced = np.bincount(group, lower, minlength=self._groups) > 0
        wins = np.flatnonzero((own == best[group]) & (own > 0) & ~forced[group])
        _, first = np.unique(group[wins], return_index=True)
        taken[self._members] = np.where(forced[group], lower, 0.0)
        taken[self._members[wins[first]]] = 1.0
        return taken

    def _scales(self) -> Floats:
        """One over the square of the size of each row (m,), so that a step means as much in all of them."""
        program = self._program
        bounds = np.maximum(
            np.where(np.isfinite(program.row_upper), np.abs(program.row_upper), 0.0),
            np.where(np.isfinite(program.row_lower), np.abs(program.row_lower), 0.0),
        )
        largest = np.zeros(len(bounds))
        np.maximum.at(largest, self._rows, np.abs(program.entries))
        return 1.0 / np.maximum(np.maximum(bounds, largest), 1e-9) ** 2
