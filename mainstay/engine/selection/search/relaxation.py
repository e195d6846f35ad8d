"""The linear relaxation of a program, with the reduced costs that tell which columns matter."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from mainstay.engine.selection.highs import instance, pass_program, run
from mainstay.engine.selection.program import Floats, Program
from mainstay.engine.selection.solver import Effort


@dataclass(frozen=True, slots=True)
class Relaxation:
    """Numbers (n,), reduced costs (n,) and row prices (m,)."""

    numbers: Floats
    costs: Floats
    prices: Floats


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
