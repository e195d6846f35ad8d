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
    from highspy import Highs, HighsBasis

Marks = NDArray[np.int8]

FREE = -1
"""In marks (n,): the column is not fixed; otherwise the mark is the number it is fixed at."""
_TOUCH = 1e-7
_DEVEX = 1
_MOST_JOININGS = 50


class Closed(Enum):
    """Why there are no numbers."""

    PRUNED = "pruned"  # nothing in it is worth as much as asked
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Point:
    """The best numbers (n,) of a relaxation, their reduced costs (n,), what they are worth in scaled gain, basis."""

    numbers: Floats
    costs: Floats
    worth: float
    basis: HighsBasis


class GrowingRelaxation:
    """The relaxation of a program, kept warm (dual simplex), with the rows that some numbers have broken so far.

    Of hundreds of rows of limits by period a few dozen matter; the others would make every step slower.
    """

    def __init__(self, program: Program, effort: Effort) -> None:
        self._program = program
        self._effort = effort
        self._rows = rows_of_entries(program)
        self._is_in = np.zeros(len(program.row_lower), dtype=np.bool_)
        self._asked = -np.inf
        self._highs = self._begun()
        self._places = np.arange(len(program.gain), dtype=np.int32)
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
        self._is_in = np.zeros_like(tight)
        self._highs = self._begun()
        self.ask_for(self._asked)
        self._add(tight)

    def solve(self, marks: Marks, basis: HighsBasis | None = None) -> Point | Closed:
        """The best numbers with these columns (n,) fixed, beginning from the basis of a case much like it."""
        lower = np.where(marks == FREE, self._program.lower, marks)
        upper = np.where(marks == FREE, self._program.upper, marks)
        self._highs.changeColsBounds(len(lower), self._places, lower, upper)
        if basis is not None:
            self._begin_from(basis)
        for _ in range(_MOST_JOININGS):
            point = self._run()
            if isinstance(point, Closed) or not self._join(point.numbers):
                return point
        return Closed.UNKNOWN

    def _begun(self) -> Highs:
        highs = instance(replace(self._effort, threads=1, progress=None))
        for option, setting in (
            ("time_limit", np.inf),  # it would count all runs together
            ("presolve", "off"),
            ("simplex_dual_edge_weight_strategy", _DEVEX),
        ):
            highs.setOptionValue(option, setting)
        highs.cbSimplexInterrupt.subscribe(lambda event: event.interrupt(self._effort.is_over))
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
            return Point(np.zeros(0), np.zeros(0), 0.0, highs.getBasis())
        if status in (HighsModelStatus.kInfeasible, HighsModelStatus.kObjectiveBound):
            return Closed.PRUNED
        if status != HighsModelStatus.kOptimal:
            highs.clearSolver()
            return Closed.UNKNOWN
        found = highs.getSolution()
        worth = -float(highs.getInfo().objective_function_value)
        return Point(np.array(found.col_value), -np.array(found.col_dual), worth, self._basis())

    def _basis(self) -> HighsBasis:
        """A copy of the basis; the solver's own changes with it."""
        from highspy import HighsBasis

        here, copy = self._highs.getBasis(), HighsBasis()
        copy.valid, copy.alien = True, False
        copy.col_status, copy.row_status = here.col_status, here.row_status
        return copy

    def _begin_from(self, basis: HighsBasis) -> None:
        """Take a basis; rows that have joined since have no say in it."""
        from highspy import HighsBasisStatus

        since = self._highs.getNumRow() - len(basis.row_status)
        if since:
            basis.row_status = [*basis.row_status, *[HighsBasisStatus.kBasic] * since]
        self._highs.setBasis(basis)

    def _join(self, numbers: Floats) -> bool:
        """Take in the rows that these numbers (n,) break; whether there were any."""
        program = self._program
        activity = self._activity(numbers)
        room = _TOUCH * np.maximum(1.0, np.abs(activity))
        broken = ~self._is_in & ((activity > program.row_upper + room) | (activity < program.row_lower - room))
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
