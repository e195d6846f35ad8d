"""A first plan within moments: what pays most for what it takes goes in as long as everything holds.

What is begun from may break rows (an earlier plan after a cut of the budget): then what mends most for the least
goes first. A candidate whose rows ask for another one brings that one in with it.
"""

from __future__ import annotations

import numpy as np

from mainstay.engine.selection.program import Booleans, Floats, Integers, Program
from mainstay.engine.selection.search.part import rows_of_entries
from mainstay.engine.selection.solver import Effort

_TOUCH = 1e-7
_PASSES = 3
_TOGETHER = 8  # columns that come in for the sake of one
_MENDING = 200  # rounds
_AT_ONCE = 0.1  # of what is broken, mended in one round
_ASKING = 256  # columns between two looks at the clock


class Greedy:
    """Puts plans together column by column for one program."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._entry_rows = rows_of_entries(program)
        order = np.argsort(program.columns, kind="stable")
        self._rows: Integers = self._entry_rows[order]
        self._entries = program.entries[order]
        self._starts = np.searchsorted(program.columns[order], np.arange(len(program.gain) + 1))
        self._lower = program.row_lower - _TOUCH
        self._upper = program.row_upper + _TOUCH
        self._groups = int(program.group.max(initial=-1)) + 1
        self._numbers = np.zeros(0)
        self._used = np.zeros(0)
        self._taken: Booleans = np.zeros(0, dtype=np.bool_)

    def plan(self, base: Floats, reduced: Floats, effort: Effort) -> Floats | None:
        """Numbers (n,) that hold, grown from `base` (n,); None where the rows cannot be mended.

        `reduced` (n,) is the gain of each column less the prices of what it takes.
        """
        self._begin(base)
        if not self._mend(reduced, effort):
            return None
        self._fill(reduced, effort)
        return self._numbers

    def _begin(self, base: Floats) -> None:
        program = self._program
        numbers = np.where(program.whole, np.rint(base), 0.0)
        self._numbers = np.clip(numbers, program.lower, np.where(np.isfinite(program.upper), program.upper, 1.0))
        entries = program.entries * self._numbers[program.columns]
        self._used = np.bincount(self._entry_rows, entries, minlength=len(program.row_lower))
        self._taken = np.zeros(self._groups + 1, dtype=np.bool_)
        self._taken[program.group[self._numbers > 0]] = True
        self._taken[self._groups] = False

    # mending

    def _mend(self, reduced: Floats, effort: Effort) -> bool:
        """Take out or put in what mends most for the least, until everything holds; whether it does."""
        for _ in range(_MENDING):
            broken = self._broken(self._used)
            if broken.sum() == 0:
                return True
            if effort.is_over or not self._mend_once(reduced, float(broken.sum())):
                return False
        return False

    def _mend_once(self, reduced: Floats, broken: float) -> bool:
        """Some of the moves that mend, the cheapest first; whether there was one."""
        moves = self._moves()
        mends = self._mended_by(moves)
        useful = np.flatnonzero(mends > _TOUCH)
        if not len(useful):
            return False
        cost = np.maximum(-moves * reduced, 0.0)[useful] + 1e-9
        mended = 0.0
        for column in useful[np.argsort(cost / mends[useful], kind="stable")]:
            before = self._broken_around(column, 0.0)
            after = self._broken_around(column, moves[column])
            if before - after > _TOUCH and (moves[column] < 0 or not self._is_taken(column)):
                self._move(column, moves[column])
                mended += before - after
            if mended >= _AT_ONCE * broken:
                break
        return mended > 0

    def _moves(self) -> Floats:
        """What can be done with each column (n,): out, in, or nothing where its candidate is in already."""
        program = self._program
        can_leave = (self._numbers > 0.5) & (program.lower < 0.5)
        can_enter = (self._numbers < 0.5) & (program.upper > 0.5) & ~self._taken[program.group]
        return np.where(program.whole, np.where(can_leave, -1.0, np.where(can_enter, 1.0, 0.0)), 0.0)

    def _mended_by(self, moves: Floats) -> Floats:
        """How much less would be broken after each move (n,)."""
        program = self._program
        before = self._broken(self._used)[self._entry_rows]
        moved = self._used[self._entry_rows] + program.entries * moves[program.columns]
        after = np.maximum(program.row_lower[self._entry_rows] - moved, 0.0)
        after += np.maximum(moved - program.row_upper[self._entry_rows], 0.0)
        return np.bincount(program.columns, before - after, minlength=len(moves))

    def _broken(self, used: Floats) -> Floats:
        """By how much each row (m,) is passed."""
        below, above = self._program.row_lower - used, used - self._program.row_upper
        passed = np.maximum(np.maximum(below, above), 0.0)
        return np.where(passed > _TOUCH, passed, 0.0)

    def _broken_around(self, column: int, move: float) -> float:
        """By how much the rows of a column are passed after a move."""
        rows, entries = self._column(column)
        used = self._used[rows] + move * entries
        below, above = self._program.row_lower[rows] - used, used - self._program.row_upper[rows]
        return float(np.maximum(np.maximum(below, above), 0.0).sum())

    # filling

    def _fill(self, reduced: Floats, effort: Effort) -> None:
        """Put in whatever fits, what pays most for what it takes first, some times over."""
        gain = self._program.gain
        price = np.maximum(gain - reduced, 1e-9 * np.abs(gain) + 1e-12)
        order = np.argsort(-gain / price, kind="stable")
        order = order[(gain[order] > 0) & self._program.whole[order]]
        for _ in range(_PASSES):
            if not self._fill_once(order, effort):
                return

    def _fill_once(self, order: Integers, effort: Effort) -> bool:
        """One pass over the columns; whether any came in and there is time for another."""
        came = False
        for nth, column in enumerate(order):
            if nth % _ASKING == 0 and effort.is_over:
                return False
            if self._numbers[column] < 0.5 and self._program.upper[column] > 0.5 and not self._is_taken(column):
                came |= self._enter(int(column))
        return came

    def _enter(self, column: int) -> bool:
        """Put a column in, with those its rows ask for; whether everything holds with them."""
        entered: list[int] = []
        worth = 0.0
        wanted: int | None = column
        while wanted is not None:
            self._move(wanted, 1.0)
            entered.append(wanted)
            worth += float(self._program.gain[wanted])
            broken = self._first_broken(entered)
            if broken is None and worth > 0:
                return True
            wanted = None if broken is None or len(entered) >= _TOGETHER else self._remedy(*broken)
        for each in reversed(entered):
            self._move(each, -1.0)
        return False

    def _first_broken(self, entered: list[int]) -> tuple[int, float] | None:
        """A row the newest columns break and by how much (above zero: too much used), None when all hold."""
        for column in reversed(entered):
            rows, _ = self._column(column)
            used = self._used[rows]
            wrong = np.flatnonzero((used > self._upper[rows]) | (used < self._lower[rows]))
            if len(wrong):
                row = int(rows[wrong[0]])
                return row, float(self._used[row] - self._program.row_upper[row])
        return None

    def _remedy(self, row: int, above: float) -> int | None:
        """The most valuable column that brings a broken row back by itself, None when there is none."""
        program = self._program
        span = slice(int(program.row_starts[row]), int(program.row_starts[row + 1]))
        columns, entries = program.columns[span], program.entries[span]
        helps = entries <= -above + _TOUCH if above > 0 else entries > _TOUCH
        helps &= (self._numbers[columns] < 0.5) & (program.upper[columns] > 0.5) & program.whole[columns]
        helps &= ~self._taken[program.group[columns]]
        fitting = columns[helps]
        return int(fitting[np.argmax(program.gain[fitting])]) if len(fitting) else None

    # columns

    def _column(self, column: int) -> tuple[Integers, Floats]:
        span = slice(self._starts[column], self._starts[column + 1])
        return self._rows[span], self._entries[span]

    def _is_taken(self, column: int) -> bool:
        return bool(self._taken[self._program.group[column]])

    def _move(self, column: int, move: float) -> None:
        rows, entries = self._column(column)
        self._used[rows] += move * entries
        self._numbers[column] += move
        group = self._program.group[column]
        if group >= 0:
            self._taken[group] = move > 0
