"""The linear relaxation of a program, with the reduced costs that tell which columns matter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf

import numpy as np

from mainstay.engine.selection.highs import instance, pass_program, run
from mainstay.engine.selection.program import Floats, Program
from mainstay.engine.selection.reuse.cuts import Cuts, root_cuts
from mainstay.engine.selection.reuse.warm import WarmRelaxation
from mainstay.engine.selection.solver import Effort

_TOUCH = 1e-9
_MOST_ENTRIES = 300_000  # of a program whose cuts are sought; of a larger one they come too late


@dataclass(frozen=True, slots=True)
class Relaxation:
    """Numbers (n,), reduced costs (n,) and row prices (m,); `worth`, in scaled gain, is a bound on any plan.

    `cuts` are the rows it was sharpened with, None for the plain one.
    """

    numbers: Floats
    costs: Floats
    prices: Floats
    worth: float = inf
    cuts: Cuts | None = None

    def narrowed(self, program: Program, numbers: Floats) -> Program:
        """The program with every column fixed that better numbers than these (n,) cannot have otherwise.

        Turning a column costs at least its reduced cost (Crowder, Johnson and Padberg 1983).
        """
        room = self.worth - float(program.gain @ numbers)
        fixed = np.flatnonzero(program.whole & (np.abs(self.costs) > room + _TOUCH * max(1.0, abs(self.worth))))
        return program.with_fixed(fixed, numbers[fixed])


def relax(program: Program, effort: Effort) -> Relaxation | None:
    """The best numbers with broken ones allowed, None when time is out before or there are none at all."""
    from highspy import HighsModelStatus

    highs = instance(replace(effort, threads=1))
    highs.cbSimplexInterrupt.subscribe(lambda event: event.interrupt(effort.is_over))
    pass_program(highs, program.relaxed())
    run(highs)
    if highs.getModelStatus() != HighsModelStatus.kOptimal:
        return None
    found = highs.getSolution()
    return Relaxation(np.array(found.col_value), np.array(found.col_dual), np.array(found.row_dual))


def tightened(program: Program, relaxation: Relaxation, effort: Effort) -> Relaxation:
    """The relaxation with the cuts at the root, a better guide; the plain one where there are none."""
    alone = replace(effort, threads=1, progress=None)
    cuts = root_cuts(program, alone) if len(program.entries) <= _MOST_ENTRIES else None
    if cuts is None:
        return relaxation
    warm = WarmRelaxation(program, alone)
    warm.add(cuts)
    found = warm.solve(program)
    if found is None or not len(found.numbers):
        return relaxation
    return replace(relaxation, numbers=found.numbers, costs=found.costs, worth=found.worth, cuts=cuts)
