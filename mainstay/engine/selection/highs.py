"""HiGHS as the solver: an exact branch-and-cut code, called on one program at a time."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from math import inf, isfinite
from typing import TYPE_CHECKING, Protocol

import numpy as np

from mainstay.engine.selection.program import Floats, Program
from mainstay.engine.selection.solver import Effort, Ended, Ending

if TYPE_CHECKING:
    from highspy import Highs
    from highspy.highs import HighsCallbackEvent

_ROW_WISE = 2
_MAXIMISE, _MINIMISE = -1, 1
_SEED_RANGE = 2**31
_SOLVER_INFINITY = 1e20
# For small programs with a plan in hand the solver's own search for plans takes longer than the proof.
_PLAIN: tuple[tuple[str, bool | float], ...] = (
    ("mip_heuristic_effort", 0.0),
    ("mip_heuristic_run_rins", False),
    ("mip_heuristic_run_rens", False),
    ("mip_heuristic_run_root_reduced_cost", False),
    ("mip_heuristic_run_feasibility_jump", False),
    ("mip_detect_symmetry", False),
    ("mip_allow_restart", False),
)


class Helper(Protocol):
    """Somebody who looks for good numbers at the same time."""

    @property
    def numbers(self) -> Floats | None:
        """The best numbers (n,) so far."""
        ...

    @property
    def worth(self) -> float:
        """What they are worth in scaled gain."""
        ...

    def offer(self, numbers: Floats) -> bool:
        """Hear of numbers (n,); whether they are the best so far."""
        ...

    def prove(self, bound: float) -> None:
        """Hear of a bound in scaled gain that no numbers can pass."""
        ...

    def lead(self, numbers: Floats) -> None:
        """Hear of numbers (n,), some broken, that are worth looking around."""
        ...


class HighsSolver:
    """Solves programs with HiGHS; the library is loaded at the first use.

    >>> HighsSolver().name.split(".")[0]
    'HiGHS 1'
    """

    @cached_property
    def name(self) -> str:
        """Name and version, as the answer states them."""
        from highspy import Highs

        return f"HiGHS {Highs().version()}"  # type: ignore[no-untyped-call]

    def maximise(
        self,
        program: Program,
        effort: Effort,
        first: Floats | None = None,
        helper: Helper | None = None,
        nodes: int | None = None,
    ) -> Ended:
        """The best numbers for the program within the effort, with the bound HiGHS has proven.

        `helper` may bring better numbers while HiGHS works, and is told what HiGHS finds and proves. With `nodes`
        HiGHS stops after so many branches, which takes the same steps on every machine.
        """
        highs = instance(effort)
        if nodes is not None:
            highs.setOptionValue("mip_max_nodes", nodes)
        _pass_both(highs, program, first)
        listener = _Listener(program.unit, effort, helper)
        listener.listen(highs)
        run(highs)
        listener.raise_what_happened()
        return _ended(highs, program)


def best_of(program: Program, effort: Effort, first: Floats | None, nodes: int) -> Ended:
    """The best numbers for a small program within so many nodes, beginning from `first` (n,)."""
    highs = instance(effort)
    highs.setOptionValue("mip_max_nodes", nodes)
    for option, setting in _PLAIN:
        highs.setOptionValue(option, setting)
    _pass_both(highs, program, first)
    highs.cbMipInterrupt.subscribe(lambda event: event.interrupt(effort.is_over))
    highs.cbSimplexInterrupt.subscribe(lambda event: event.interrupt(effort.is_over))
    run(highs)
    return _ended(highs, program)


class _Listener:
    """Passes on progress while HiGHS works, and stops it when it is cancelled or a callback fails."""

    def __init__(self, unit: float, effort: Effort, helper: Helper | None) -> None:
        self._unit = unit
        self._effort = effort
        self._helper = helper
        self._passed = -inf
        self._failure: BaseException | None = None

    def listen(self, highs: Highs) -> None:
        """Subscribe to what HiGHS can tell."""
        highs.cbMipInterrupt.subscribe(self._ask)
        highs.cbSimplexInterrupt.subscribe(self._ask)
        highs.cbIpmInterrupt.subscribe(self._ask)
        if self._effort.progress is not None:
            highs.cbMipImprovingSolution.subscribe(self._tell)
            highs.cbMipLogging.subscribe(self._tell)
        if self._helper is not None:
            highs.cbMipUserSolution.subscribe(self._help)
            highs.cbMipImprovingSolution.subscribe(self._share)
            highs.cbMipInterrupt.subscribe(self._prove)

    def raise_what_happened(self) -> None:
        """Raise what a callback raised while HiGHS, which knows no exceptions of ours, was working."""
        if self._failure is not None:
            raise self._failure

    def _ask(self, event: HighsCallbackEvent) -> None:
        event.interrupt(self._failure is not None or self._guarded(lambda: self._effort.is_over))

    def _help(self, event: HighsCallbackEvent) -> None:
        helper, place = self._helper, event.data_in
        if helper is None or place is None or helper.numbers is None or helper.worth <= self._passed:
            return
        self._passed = helper.worth
        place.setSolution(helper.numbers)

    def _share(self, event: HighsCallbackEvent) -> None:
        if self._helper is not None:
            self._helper.offer(np.array(event.data_out.mip_solution))

    def _prove(self, event: HighsCallbackEvent) -> None:
        bound = event.data_out.mip_dual_bound
        if self._helper is not None and abs(bound) < _SOLVER_INFINITY:
            self._helper.prove(bound)

    def _tell(self, event: HighsCallbackEvent) -> None:
        data = event.data_out
        incumbent = _known(data.mip_primal_bound, self._unit)
        bound = _known(data.mip_dual_bound, self._unit)
        gap = data.mip_gap if isfinite(data.mip_gap) else None
        self._guarded(lambda: self._report(incumbent, bound, gap))

    def _report(self, incumbent: float | None, bound: float | None, gap: float | None) -> bool:
        if self._effort.progress is not None:
            self._effort.progress(incumbent, bound, gap, self._effort.elapsed)
        return False

    def _guarded(self, call: Callable[[], bool]) -> bool:
        try:
            return call()
        except BaseException as failure:
            self._failure = failure
            return True


def instance(effort: Effort) -> Highs:
    """HiGHS set up for an effort: seconds, gap, seed and threads."""
    from highspy import Highs

    highs = Highs()  # type: ignore[no-untyped-call]
    highs.silent()
    for option, setting in (
        ("time_limit", max(effort.left, 1e-3)),
        ("mip_rel_gap", effort.gap),
        ("mip_abs_gap", 1e-9),
        ("random_seed", effort.seed % _SEED_RANGE),
        ("threads", effort.threads),
    ):
        highs.setOptionValue(option, setting)
    return highs


def pass_program(highs: Highs, program: Program, *, is_maximised: bool = True) -> None:
    """Give HiGHS a program to maximise, or to minimise."""
    highs.passModel(
        len(program.gain),
        len(program.row_lower),
        len(program.entries),
        _ROW_WISE,
        _MAXIMISE if is_maximised else _MINIMISE,
        0.0,
        program.gain,
        program.lower,
        program.upper,
        program.row_lower,
        program.row_upper,
        program.row_starts.astype(np.int32),
        program.columns.astype(np.int32),
        program.entries,
        program.whole.astype(np.int32),
    )


def _pass_both(highs: Highs, program: Program, first: Floats | None) -> None:
    """Give HiGHS a program, and the numbers to begin from where there are some."""
    pass_program(highs, program)
    if first is not None:
        highs.setSolution(len(first), np.arange(len(first), dtype=np.int32), first)


def run(highs: Highs) -> None:
    """Run; this thread's workers are made anew when they were made for another number of threads."""
    from highspy import HighsStatus

    if highs.run() == HighsStatus.kError:
        highs.resetGlobalScheduler(True)
        highs.run()


def _ended(highs: Highs, program: Program) -> Ended:
    from highspy import HighsModelStatus, SolutionStatus

    status, info = highs.getModelStatus(), highs.getInfo()
    steps = int(info.simplex_iteration_count)
    if status == HighsModelStatus.kModelEmpty:
        return Ended("optimal", np.zeros(0), 0.0, 0.0)
    if status in (HighsModelStatus.kInfeasible, HighsModelStatus.kUnboundedOrInfeasible):
        return Ended("infeasible", None, None, None, steps)
    bound = _known(info.mip_dual_bound, program.unit)
    if info.primal_solution_status != SolutionStatus.kSolutionStatusFeasible:
        return Ended("unknown", None, None, bound, steps)
    numbers = np.array(highs.getSolution().col_value)
    ending: Ending = "optimal" if status == HighsModelStatus.kOptimal else "feasible"
    return Ended(ending, numbers, info.objective_function_value * program.unit, bound, steps)


def _known(figure: float, unit: float) -> float | None:
    return figure * unit if isfinite(figure) and abs(figure) < _SOLVER_INFINITY else None
