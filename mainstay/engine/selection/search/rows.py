"""A relaxation that is solved over and over with some of its 0-1 columns fixed; rows join when they are needed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.selection.highs import instance, pass_program
from mainstay.engine.selection.program import Booleans, Floats, Program
from mainstay.engine.selection.search.part import rows_of_entries
from mainstay.engine.selection.solver import Effort

if TYPE_CHECKING:
    from highspy import Highs

Marks = NDArray[np.int8]

FREE = -1
"""In marks (n,): the column is not fixed; otherwise the mark is the number it is fixed at."""
_TOUCH = 1e-7
_DEVEX = 1
_MOST_JOININGS = 50
_LOW, _HIGH, _BASIC = range(3)


class Closed(Enum):
    """Why there are no numbers."""

    PRUNED = "pruned"  # nothing in it is worth as much as asked
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Basis:
    """Where the columns (n,) and the rows (m,) known by then stand: `_LOW`, `_HIGH` or `_BASIC`."""

    columns: Marks
    rows: Marks


@dataclass(frozen=True, slots=True)
class Point:
    """The best numbers (n,) of a relaxation, their reduced costs (n,), what they are worth in scaled gain, basis."""

    numbers: Floats
    costs: Floats
    worth: float
    basis: Basis


class GrowingRelaxation:
    """The relaxation of a program, kept warm (dual simplex), with the rows that some numbers have broken so far.

    Of hundreds of rows of limits by period a few dozen matter; the others would make every step slower.
    """

    def __init__(self, program: Program, effort: Effort) -> None:
        self._program = program
        self._effort = effort
        self._rows = rows_of_entries(program)
        self._asked = -np.inf
        self._marks: Marks
        self._highs: Highs
        self._begin()
        self.solved = 0

    def ask_for(self, worth: float) -> None:
        """From now on what is worth no more than this, in scaled gain, need not be told apart."""
        self._asked = worth
        self._highs.setOptionValue("objective_bound", -worth)

    def leave_out_loose_rows(self, point: Point) -> None:
        """Begin anew with the rows alone that these numbers fill."""
        activity = self._activity(point.numbers)
        room = _TOUCH * np.maximum(1.0, np.abs(activity))
        program = self._program
        tight = (activity > program.row_upper - room) | (activity < program.row_lower + room)
        self._begin()
        self.ask_for(self._asked)
        self._add(tight)

    def solve(self, marks: Marks, basis: Basis | None = None) -> Point | Closed:
        """The best numbers with these columns (n,) fixed, beginning from the basis of a case much like it."""
        moved = np.flatnonzero(marks != self._marks).astype(np.int32)
        lower = np.where(marks == FREE, self._program.lower, marks)[moved]
        upper = np.where(marks == FREE, self._program.upper, marks)[moved]
        self._highs.changeColsBounds(len(moved), moved, lower, upper)
        self._marks = marks.copy()
        if basis is not None:
            self._begin_from(basis)
        for _ in range(_MOST_JOININGS):
            point = self._run()
            if isinstance(point, Closed) or not self._join(point.numbers):
                return point
        return Closed.UNKNOWN

    def _begin(self) -> None:
        """Without any row, and no column fixed."""
        self._is_in = np.zeros(len(self._program.row_lower), dtype=np.bool_)
        self._marks = np.full(len(self._program.gain), FREE, dtype=np.int8)
        self._highs = self._begun()
        self._in_order = np.zeros(0, dtype=np.int64)
        self._look_outside()

    def _begun(self) -> Highs:
        highs = instance(replace(self._effort, threads=1, progress=None))
        for option, setting in (
            ("time_limit", np.inf),  # it would count all runs together
            ("presolve", "off"),
            ("simplex_dual_edge_weight_strategy", _DEVEX),
        ):
            highs.setOptionValue(option, setting)
        nothing = np.zeros(0)
        program = self._program
        pass_program(
            highs,
            replace(
                program.relaxed(),
                gain=-program.gain,
                row_starts=np.zeros(1, dtype=np.int64),
                columns=np.zeros(0, dtype=np.int64),
                entries=nothing,
                row_lower=nothing,
                row_upper=nothing,
            ),
            is_maximised=False,
        )
        return highs

    def _run(self) -> Point | Closed:
        from highspy import HighsModelStatus

        highs = self._highs
        highs.run()
        self.solved += 1
        status = highs.getModelStatus()
        if status == HighsModelStatus.kModelEmpty:
            nothing = np.zeros(0)
            return Point(nothing, nothing, 0.0, Basis(np.zeros(0, dtype=np.int8), np.zeros(0, dtype=np.int8)))
        if status in (HighsModelStatus.kInfeasible, HighsModelStatus.kObjectiveBound):
            return Closed.PRUNED
        if status != HighsModelStatus.kOptimal:
            highs.clearSolver()
            return Closed.UNKNOWN
        found = highs.getSolution()
        numbers = np.array(found.col_value)
        worth = -float(highs.getInfo().objective_function_value)
        return Point(numbers, -np.array(found.col_dual), worth, self._basis(numbers, np.array(found.row_value)))

    def _basis(self, numbers: Floats, activity: Floats) -> Basis:
        """The basis behind numbers (n,) and what the rows in order (m,) come to.

        What is not basic is at the bound it is nearer to; to ask the solver for each takes longer than many a step.
        """
        program = self._program
        columns = np.where(2 * numbers > program.lower + program.upper, _HIGH, _LOW).astype(np.int8)
        to_upper = program.row_upper[self._in_order] - activity
        rows = np.where(to_upper <= activity - program.row_lower[self._in_order], _HIGH, _LOW).astype(np.int8)
        _, basic = self._highs.getBasicVariables()  # type: ignore[attr-defined]  # its stub forgets it
        columns[basic[basic >= 0]] = _BASIC
        rows[-1 - basic[basic < 0]] = _BASIC
        return Basis(columns, rows)

    def _begin_from(self, basis: Basis) -> None:
        """Take a basis; rows that have joined since have no say in it."""
        from highspy import HighsBasis, HighsBasisStatus

        names = np.array([HighsBasisStatus.kLower, HighsBasisStatus.kUpper, HighsBasisStatus.kBasic])
        taken = HighsBasis()
        taken.valid, taken.alien = True, False
        taken.col_status = names[basis.columns].tolist()
        since = len(self._in_order) - len(basis.rows)
        taken.row_status = [*names[basis.rows].tolist(), *[HighsBasisStatus.kBasic] * since]
        self._highs.setBasis(taken)

    def _join(self, numbers: Floats) -> bool:
        """Take in the rows that these numbers (n,) break; whether there were any."""
        rows, columns, entries = self._outside
        activity = np.bincount(rows, entries * numbers[columns], minlength=len(self._is_in))
        room = _TOUCH * np.maximum(1.0, np.abs(activity))
        broken = (activity > self._program.row_upper + room) | (activity < self._program.row_lower - room)
        broken &= ~self._is_in
        if broken.any():
            self._add(broken)
        return bool(broken.any())

    def _activity(self, numbers: Floats) -> Floats:
        """What the rows (m,) come to."""
        entries = self._program.entries * numbers[self._program.columns]
        return np.bincount(self._rows, entries, minlength=len(self._is_in))

    def _add(self, wanted: Booleans) -> None:
        program = self._program
        self._is_in |= wanted
        inside = wanted[self._rows]
        starts = np.concatenate([[0], np.cumsum(np.diff(program.row_starts)[wanted])[:-1]]).astype(np.int32)
        columns, entries = program.columns[inside].astype(np.int32), program.entries[inside]
        lower, upper = program.row_lower[wanted], program.row_upper[wanted]
        self._highs.addRows(len(lower), lower, upper, len(columns), starts, columns, entries)
        self._in_order = np.append(self._in_order, np.flatnonzero(wanted))
        self._look_outside()

    def _look_outside(self) -> None:
        """Keep the rows, columns and entries (k,) at hand of what has not joined."""
        outside = ~self._is_in[self._rows]
        self._outside = self._rows[outside], self._program.columns[outside], self._program.entries[outside]
