"""The exact solver and the search side by side, each telling the other what it found."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from threading import Event, Thread

from mainstay.engine.selection.highs import HighsSolver
from mainstay.engine.selection.program import Floats, Program
from mainstay.engine.selection.search.incumbent import Incumbent
from mainstay.engine.selection.search.relaxation import relax
from mainstay.engine.selection.search.search import Search
from mainstay.engine.selection.solver import Effort, Ended

WORTH_SEARCHING = 300  # columns; the exact solver needs no help with fewer
_SECONDS_ALONE = 1.0
_SHARE_FOR_SEARCH = 0.5
_PATIENCE = 40  # neighbourhoods without a better plan


class HybridSolver:
    """HiGHS for the proof, a search in large neighbourhoods beside it for the plan.

    With one thread they work one after the other; with more the search has a thread of its own.
    """

    def __init__(self) -> None:
        self._exact = HighsSolver()

    @cached_property
    def name(self) -> str:
        """Name and version, as the answer states them."""
        return f"{self._exact.name} with neighbourhood search"

    def maximise(self, program: Program, effort: Effort, first: Floats | None = None) -> Ended:
        """The best numbers for the program within the effort, with a proven bound."""
        has_candidates = bool((program.whole & (program.group >= 0)).any())
        if len(program.gain) < WORTH_SEARCHING or not has_candidates or effort.left < _SECONDS_ALONE:
            return self._exact.maximise(program, effort, first)
        incumbent = Incumbent(program)
        if first is not None:
            incumbent.offer(first)
        if effort.threads > 1:
            return self._beside(program, effort, incumbent)
        return self._in_turn(program, effort, incumbent)

    def _beside(self, program: Program, effort: Effort, incumbent: Incumbent) -> Ended:
        done = Event()
        mine = replace(effort.quietly(), cancelled=lambda: done.is_set() or effort.cancelled())
        search = Thread(target=_search, args=(program, mine, incumbent), daemon=True)
        search.start()
        try:
            ended = self._exact.maximise(program, replace(effort, threads=effort.threads - 1), None, incumbent)
        finally:
            done.set()
            search.join()
        return _better(ended, incumbent, program)

    def _in_turn(self, program: Program, effort: Effort, incumbent: Incumbent) -> Ended:
        search = _begun(program, effort.quietly(), incumbent)
        ended = self._exact.maximise(program, effort.at_most(_SECONDS_ALONE), incumbent.numbers)
        if ended.status in ("optimal", "infeasible") or search is None:
            return ended
        if ended.numbers is not None:
            incumbent.offer(ended.numbers)
        some = effort.quietly().at_most(effort.left * _SHARE_FOR_SEARCH)
        search.settle(some)
        search.run(some, _PATIENCE)
        return _better(self._exact.maximise(program, effort, incumbent.numbers), incumbent, program)


def _search(program: Program, effort: Effort, incumbent: Incumbent) -> None:
    search = _begun(program, effort, incumbent)
    if search is not None:
        search.settle(effort)
        search.run(effort)


def _begun(program: Program, effort: Effort, incumbent: Incumbent) -> Search | None:
    """A search with a first plan near the relaxation, None where the relaxation has no answer in time."""
    relaxation = relax(program, effort)
    if relaxation is None:
        return None
    search = Search(program, relaxation, incumbent, effort.seed)
    search.begin(effort)
    return search


def _better(ended: Ended, incumbent: Incumbent, program: Program) -> Ended:
    """What the exact solver ended with, or the incumbent where that is worth more."""
    if incumbent.numbers is None or ended.status in ("optimal", "infeasible"):
        return ended
    worth = incumbent.worth * program.unit
    if ended.objective is not None and ended.objective >= worth:
        return ended
    return Ended("feasible", incumbent.numbers, worth, ended.bound)
