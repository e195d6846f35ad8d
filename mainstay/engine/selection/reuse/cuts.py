"""Cutting planes of a program, found once and used for every question about it.

The root of branch and cut knows rows that every whole solution keeps and the relaxation does not (Gomory 1958;
Crowder, Johnson and Padberg 1983). A row that holds for a program holds for every narrower one, too: with a candidate
forced in or out, with less of a limit. But a solver that knows a solution cuts off what is worse, and worse solutions
are wanted here. So a riddle is added that has a known answer and is hard to hit by rounding: no solution is found
at the root, and the answer is put into the cuts afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from mainstay.engine.selection.highs import instance, pass_program
from mainstay.engine.selection.program import STRUCTURE, Floats, Integers, Program
from mainstay.engine.selection.solver import Effort

_OFF = (
    "mip_heuristic_run_rins",
    "mip_heuristic_run_rens",
    "mip_heuristic_run_root_reduced_cost",
    "mip_heuristic_run_feasibility_jump",
    "mip_detect_symmetry",
)
# Half of these add up to the same sum in one way only.
_RIDDLE = np.array([5083, 9127, 7331, 8513, 6299, 9871, 5557, 7907, 6661, 8837, 9473, 7019], dtype=np.float64)
_SOLVED = np.array([1, 0, 0, 1, 1, 0, 1, 0, 0, 1, 0, 1], dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Cuts:
    """Rows in compressed form: starts (k + 1,), columns and entries (entries,), lower and upper (k,).

    They hold for every solution worth more than `floor`, in the scaled gain of the program; as a rule for all.
    """

    starts: Integers
    columns: Integers
    entries: Floats
    lower: Floats
    upper: Floats
    floor: float

    def added_to(self, program: Program) -> Program:
        """The program with the cuts among its rows."""
        return replace(
            program,
            row_starts=np.concatenate([program.row_starts, program.row_starts[-1] + self.starts[1:]]),
            columns=np.concatenate([program.columns, self.columns]),
            entries=np.concatenate([program.entries, self.entries]),
            row_lower=np.concatenate([program.row_lower, self.lower]),
            row_upper=np.concatenate([program.row_upper, self.upper]),
            owner=np.concatenate([program.owner, np.full(len(self.lower), STRUCTURE)]),
        )


def root_cuts(program: Program, effort: Effort) -> Cuts | None:
    """The cuts at the root of a program, None where there are none or time was out before."""
    found: list[Cuts] = []
    highs = instance(effort)
    highs.setOptionValue("presolve", "off")  # so that the columns of the cuts are those of the program
    highs.setOptionValue("mip_heuristic_effort", 0.0)
    highs.setOptionValue("mip_max_nodes", 1)
    for option in _OFF:
        highs.setOptionValue(option, False)
    highs.cbMipGetCutPool.subscribe(lambda event: found.append(_cuts(event.data_out)))
    highs.cbMipInterrupt.subscribe(lambda event: event.interrupt(bool(found) or effort.cancelled()))
    pass_program(highs, _with_riddle(program))
    highs.run()
    return _answered(found[0], len(program.gain)) if found and len(found[0].lower) else None


def _with_riddle(program: Program) -> Program:
    count, width = len(_RIDDLE), len(program.gain)
    answer = float(_RIDDLE @ _SOLVED)
    return replace(
        program,
        gain=np.append(program.gain, np.zeros(count)),
        lower=np.append(program.lower, np.zeros(count)),
        upper=np.append(program.upper, np.ones(count)),
        whole=np.append(program.whole, np.ones(count, dtype=np.bool_)),
        group=np.append(program.group, np.full(count, -1)),
        row_starts=np.append(program.row_starts, program.row_starts[-1] + count),
        columns=np.append(program.columns, width + np.arange(count)),
        entries=np.append(program.entries, _RIDDLE),
        row_lower=np.append(program.row_lower, answer),
        row_upper=np.append(program.row_upper, answer),
        owner=np.append(program.owner, STRUCTURE),
    )


def _cuts(data: object) -> Cuts:
    starts, index, value, lower, upper = (
        np.array(getattr(data, f"cutpool_{name}")) for name in ("start", "index", "value", "lower", "upper")
    )
    best = float(data.mip_primal_bound)  # type: ignore[attr-defined]
    return Cuts(starts.astype(np.int64), index.astype(np.int64), value, lower, upper, best)


def _answered(cuts: Cuts, width: int) -> Cuts:
    """The cuts with the answer of the riddle put in, so that they speak of the `width` columns of the program."""
    height = len(cuts.lower)
    rows = np.repeat(np.arange(height), np.diff(cuts.starts))
    riddle = cuts.columns >= width
    given = np.bincount(rows[riddle], cuts.entries[riddle] * _SOLVED[cuts.columns[riddle] - width], minlength=height)
    lengths = np.bincount(rows[~riddle], minlength=height)
    return Cuts(
        np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths)]),
        cuts.columns[~riddle],
        cuts.entries[~riddle],
        cuts.lower - given,
        cuts.upper - given,
        cuts.floor,
    )
