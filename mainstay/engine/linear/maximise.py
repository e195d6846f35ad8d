"""HiGHS, called on one program at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import isfinite
from time import monotonic
from typing import TYPE_CHECKING, Literal

import numpy as np

from mainstay.engine.linear.program import Floats, Program

if TYPE_CHECKING:
    from highspy import Highs

_ROW_WISE = 2
_MAXIMISE = -1
_SOLVER_INFINITY = 1e20
Ending = Literal["optimal", "feasible", "infeasible", "unknown"]


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to try: seconds from now on, relative gap that is good enough, seed, and who may cancel.

    Raises ValueError for no time, a gap outside 0 to below 1, or a negative seed.
    """

    seconds: float = 60.0
    gap: float = 0.0
    seed: int = 0
    cancelled: Callable[[], bool] = _never
    _began: float = field(default_factory=monotonic)

    def __post_init__(self) -> None:
        if not self.seconds > 0 or not 0 <= self.gap < 1 or self.seed < 0:
            raise ValueError("Seconds are above zero, a gap lies from 0 to below 1, a seed is not negative.")

    @property
    def elapsed(self) -> float:
        """The seconds since this effort began."""
        return monotonic() - self._began

    @property
    def left(self) -> float:
        """The seconds that are left, never below zero."""
        return max(0.0, self.seconds - self.elapsed)

    @property
    def is_over(self) -> bool:
        """Whether time is out or somebody has cancelled."""
        return self.left <= 0 or self.cancelled()

    def at_most(self, seconds: float, gap: float = 0.0) -> Effort:
        """An effort that begins now and ends with this one, or after so many seconds."""
        return Effort(max(min(self.left, seconds), 1e-3), gap, self.seed, self.cancelled)


@dataclass(frozen=True, slots=True, eq=False)
class Ended:
    """How a program ended.

    numbers: (columns,) the best found, None if none. objective: what they are worth. bound: what no numbers can pass,
    None if unknown. prices: (rows,) what one more of each limit is worth, None for programs with whole numbers.
    """

    status: Ending
    numbers: Floats | None = None
    objective: float | None = None
    bound: float | None = None
    prices: Floats | None = None


def maximise(program: Program, effort: Effort, first: Floats | None = None) -> Ended:
    """The best numbers for the program within the effort, beginning from `first` (columns,) when given.

    >>> from mainstay.engine.linear import Effort, Program, maximise
    >>> one = np.ones(2)
    >>> both = Program.continuous(np.array([3.0, 2.0]), one, np.array([0, 0]), np.array([0, 1]), one, np.array([1.5]))
    >>> found = maximise(both, Effort())
    >>> found.objective, found.numbers.tolist(), found.prices.tolist()
    (4.0, [1.0, 0.5], [2.0])
    """
    if not len(program.gain):
        return Ended("optimal", np.zeros(0), 0.0, 0.0, np.zeros(len(program.limit)))
    highs = _instance(effort)
    _pass(highs, program)
    if first is not None:
        highs.setSolution(len(first), np.arange(len(first), dtype=np.int32), first)
    _run(highs)
    return _ended(highs, program)


def _instance(effort: Effort) -> Highs:
    from highspy import Highs

    highs = Highs()  # type: ignore[no-untyped-call]
    highs.silent()
    for option, setting in (
        ("time_limit", max(effort.left, 1e-3)),
        ("mip_rel_gap", effort.gap),
        ("mip_abs_gap", 1e-9),
        ("random_seed", effort.seed % 2**31),
        ("threads", 1),
    ):
        highs.setOptionValue(option, setting)
    highs.cbMipInterrupt.subscribe(lambda event: event.interrupt(effort.cancelled()))
    highs.cbSimplexInterrupt.subscribe(lambda event: event.interrupt(effort.cancelled()))
    return highs


def _pass(highs: Highs, program: Program) -> None:
    order = np.argsort(program.row, kind="stable")
    rows = len(program.limit)
    starts = np.concatenate([[0], np.cumsum(np.bincount(program.row, minlength=rows))])
    highs.passModel(
        len(program.gain),
        rows,
        len(order),
        _ROW_WISE,
        _MAXIMISE,
        0.0,
        program.gain,
        program.lower,
        program.upper,
        np.full(rows, -np.inf),
        program.limit,
        starts.astype(np.int32),
        program.column[order].astype(np.int32),
        program.entry[order],
        program.whole.astype(np.int32),
    )


def _run(highs: Highs) -> None:
    """Run; this thread's workers are made anew when they were made for another number of threads."""
    from highspy import HighsStatus

    if highs.run() == HighsStatus.kError:
        highs.resetGlobalScheduler(True)
        highs.run()


def _ended(highs: Highs, program: Program) -> Ended:
    from highspy import HighsModelStatus, SolutionStatus

    status, info = highs.getModelStatus(), highs.getInfo()
    mixed = bool(program.whole.any())
    if status == HighsModelStatus.kInfeasible:
        return Ended("infeasible")
    optimal = status == HighsModelStatus.kOptimal
    bound = _known(info.mip_dual_bound) if mixed else info.objective_function_value if optimal else None
    if info.primal_solution_status != SolutionStatus.kSolutionStatusFeasible:
        return Ended("unknown", bound=bound)
    solution = highs.getSolution()
    prices = None if mixed else np.maximum(np.array(solution.row_dual), 0.0)
    ending: Ending = "optimal" if optimal else "feasible"
    return Ended(ending, np.array(solution.col_value), info.objective_function_value, bound, prices)


def _known(figure: float) -> float | None:
    return figure if isfinite(figure) and abs(figure) < _SOLVER_INFINITY else None
