"""A linear relaxation kept warm: bounds of rows and columns change, the basis stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mainstay.engine.selection.highs import instance, pass_program
from mainstay.engine.selection.program import Floats, Program
from mainstay.engine.selection.reuse.cuts import Cuts
from mainstay.engine.selection.solver import Effort

if TYPE_CHECKING:
    from highspy import Highs

_ROUNDING = 1e-9  # relative, on the safe side of the simplex method's tolerance
_WHOLE = 1e-5


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A solved relaxation: its numbers and reduced costs (n,), and the most any plan is worth.

    `worth` is in the scaled gain of the program; minus infinity when there is no plan at all.
    """

    numbers: Floats
    costs: Floats
    worth: float

    @property
    def is_impossible(self) -> bool:
        """Whether no plan exists."""
        return self.worth == -np.inf


class WarmRelaxation:
    """Solves the relaxation of programs that differ from the first only in their bounds (dual simplex).

    Cuts must come from a program that allows whatever the later ones allow.
    """

    def __init__(self, program: Program, effort: Effort) -> None:
        self._effort = effort
        self._height = len(program.row_lower)
        self._program = program
        self._floor = -np.inf
        self._whole_gain = _is_whole(program)
        self._highs = self._begun(program)

    def add(self, cuts: Cuts | None) -> None:
        """Keep these cuts from now on."""
        if cuts is None:
            return
        starts, columns = cuts.starts[:-1].astype(np.int32), cuts.columns.astype(np.int32)
        self._highs.addRows(len(cuts.lower), cuts.lower, cuts.upper, len(columns), starts, columns, cuts.entries)
        self._floor = max(self._floor, cuts.floor)

    def solve(self, program: Program) -> Relaxed | None:
        """The relaxation of the program with the cuts, None when the effort is over before."""
        from highspy import HighsModelStatus

        self._change(program)
        self._highs.run()
        status, nothing = self._highs.getModelStatus(), np.zeros(0)
        if status == HighsModelStatus.kModelEmpty:
            return Relaxed(nothing, nothing, 0.0)
        if status == HighsModelStatus.kInfeasible:
            return Relaxed(nothing, nothing, self._floor)
        if status != HighsModelStatus.kOptimal:
            return None
        found = self._highs.getSolution()
        worth = self._bound(float(self._highs.getInfo().objective_function_value))
        return Relaxed(np.array(found.col_value), np.array(found.col_dual), worth)

    def _begun(self, program: Program) -> Highs:
        highs = instance(self._effort)
        highs.setOptionValue("time_limit", np.inf)  # it would count all runs together
        highs.cbSimplexInterrupt.subscribe(lambda event: event.interrupt(self._effort.is_over))
        pass_program(highs, program.relaxed())
        return highs

    def _change(self, program: Program) -> None:
        old = self._program
        rows = np.flatnonzero((old.row_lower != program.row_lower) | (old.row_upper != program.row_upper))
        if len(rows):
            lower, upper = program.row_lower[rows], program.row_upper[rows]
            self._highs.changeRowsBounds(len(rows), rows.astype(np.int32), lower, upper)  # type: ignore[attr-defined]
        columns = np.flatnonzero((old.lower != program.lower) | (old.upper != program.upper))
        if len(columns):
            lower, upper = program.lower[columns], program.upper[columns]
            self._highs.changeColsBounds(len(columns), columns.astype(np.int32), lower, upper)
        self._program = program

    def _bound(self, worth: float) -> float:
        """The most a whole solution can be worth: rounded up safely, then down where gains are whole numbers."""
        safe = max(worth + _ROUNDING * max(1.0, abs(worth)), self._floor)
        return float(np.floor(safe + _WHOLE)) if self._whole_gain else safe


def _is_whole(program: Program) -> bool:
    """Whether every solution is worth a whole number in the scaled gain."""
    counted = program.gain != 0
    return bool(program.whole[counted].all() and np.all(program.gain[counted] == np.rint(program.gain[counted])))
