"""A good first plan for a large program, so that the exact search does not begin with nothing.

The linear relaxation says which columns a good plan likes; they are taken one by one while every row still
holds, first by how much the relaxation takes of them, then by gain for the share of the rows they use up.
"""

from __future__ import annotations

import numpy as np

from mainstay.engine.selection.program import Floats, Integers, Program
from mainstay.engine.selection.solver import Effort, Solver

WORTH_ROUNDING = 400  # columns; smaller programs are solved as quickly without
_PASSES = 3
_SHARE_FOR_RELAXATION = 0.25  # of the seconds left
_TOUCH = 1e-9


def first_numbers(program: Program, solver: Solver, effort: Effort) -> Floats | None:
    """Numbers (n,) of a feasible plan near the relaxation, None for a small program or when none is found.

    Where the relaxation takes too long the order is by gain alone.
    """
    if len(program.gain) < WORTH_ROUNDING:
        return None
    relaxed = solver.maximise(program.relaxed(), effort.part(_SHARE_FOR_RELAXATION))
    liked = np.zeros(len(program.gain)) if relaxed.numbers is None else relaxed.numbers
    rounding = _Rounding(program)
    rounding.take(_order(program, liked), effort)
    return rounding.numbers if rounding.holds() else None


class _Rounding:
    """Takes columns one by one; rows that do not hold yet may only come nearer to holding."""

    def __init__(self, program: Program) -> None:
        self._program = program
        order = np.argsort(program.columns, kind="stable")
        rows = np.repeat(np.arange(len(program.row_lower)), np.diff(program.row_starts))
        self._rows: Integers = rows[order]
        self._entries = program.entries[order]
        self._first = np.searchsorted(program.columns[order], np.arange(len(program.gain) + 1))
        self._activity = np.zeros(len(program.row_lower))
        self.numbers = np.zeros(len(program.gain))

    def take(self, order: Integers, effort: Effort) -> None:
        """Take what fits, in passes, since a column may wait for another it needs."""
        waiting = order
        for _ in range(_PASSES):
            taken = [column for column in waiting if not effort.is_over and self._take(int(column))]
            waiting = np.setdiff1d(waiting, taken, assume_unique=True)
            if not taken:
                break

    def holds(self) -> bool:
        """Whether every row holds."""
        low, high = self._program.row_lower - _TOUCH, self._program.row_upper + _TOUCH
        return bool(np.all((self._activity >= low) & (self._activity <= high)))

    def _take(self, column: int) -> bool:
        part = slice(self._first[column], self._first[column + 1])
        rows, entries = self._rows[part], self._entries[part]
        before = self._activity[rows]
        after = before + entries
        too_high = after > np.maximum(self._program.row_upper[rows], before) + _TOUCH
        too_low = after < np.minimum(self._program.row_lower[rows], before) - _TOUCH
        if too_high.any() or too_low.any():
            return False
        self._activity[rows] = after
        self.numbers[column] = 1.0
        return True


def _order(program: Program, relaxed: Floats) -> Integers:
    """The columns worth taking: whole ones with a gain, or liked by the relaxation for what they allow."""
    candidates = np.flatnonzero(program.whole & ((program.gain > 0) | (relaxed > _TOUCH)))
    rows = np.repeat(np.arange(len(program.row_lower)), np.diff(program.row_starts))
    room = np.maximum(np.where(np.isfinite(program.row_upper), program.row_upper, np.inf), 1.0)
    share = np.bincount(
        program.columns, weights=np.maximum(program.entries, 0) / room[rows], minlength=len(program.gain)
    )
    density = program.gain / np.maximum(share, _TOUCH)
    return candidates[np.lexsort((-density[candidates], -np.round(relaxed[candidates], 6)))]
