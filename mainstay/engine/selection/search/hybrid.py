"""The exact solver and the search side by side, each telling the other what it found."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from math import isfinite
from threading import Event

import numpy as np

from mainstay.engine.selection.highs import HighsSolver
from mainstay.engine.selection.program import Floats, Program
from mainstay.engine.selection.search.crew import Crew
from mainstay.engine.selection.search.greedy import Greedy
from mainstay.engine.selection.search.incumbent import Incumbent
from mainstay.engine.selection.search.prices import bound_with, find_prices
from mainstay.engine.selection.search.prover import Prover
from mainstay.engine.selection.search.relaxation import Relaxation, relax, tightened
from mainstay.engine.selection.search.search import Search
from mainstay.engine.selection.solver import Effort, Ended, Ending

WORTH_SEARCHING = 80  # columns; the exact solver needs no help with fewer
_SMALL = 400  # columns; up to so many a few branches may settle it before another process has begun
_NODES_ALONE = 100
_SHARE_FOR_SEARCH = 0.4  # of the seconds, as reckoned from the work done and as told by the clock
_LARGEST_SHARE = 0.6
_PATIENCE = 60  # neighbourhoods without a better plan
_LOOK = 0.02  # seconds
_THREADS_OF_OURS = 2  # the search, and the proof by our branching


class HybridSolver:
    """HiGHS for the proof, a search in large neighbourhoods beside it for the plan.

    With one thread they work one after the other, in steps that are counted and so the same on every machine; with
    more the search has a thread of its own.
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
        if len(program.gain) < WORTH_SEARCHING or not has_candidates:
            holds = first is not None and Incumbent(program).holds(first)
            return self._exact.maximise(program, effort, first if holds else None)
        return _Team(program, effort, self._exact, first).maximised()


class _Team:
    """The jobs on one program: a quick plan, the search and the exact solver."""

    def __init__(self, program: Program, effort: Effort, exact: HighsSolver, first: Floats | None) -> None:
        self._program = program
        self._effort = effort
        self._exact = exact
        self._first = first
        self._incumbent = Incumbent(program)
        self._ended: Ended | None = None
        self._relaxation: Relaxation | None = None
        self._relaxed, self._sharpened = Event(), Event()
        if first is not None:
            self._incumbent.offer(first)

    def maximised(self) -> Ended:
        """The best of what all of them found and proved."""
        crew = Crew(self._effort, self._incumbent, self._program.unit)
        if self._effort.threads > 1:
            beside = (self._exact_beside,) if self._effort.threads > _THREADS_OF_OURS else ()
            crew.work(self._prove_beside, self._search, self._begin, *beside)
        else:
            crew.work(self._one_after_the_other)
        return self._result()

    def _begin(self, effort: Effort) -> bool:
        """A plan and a bound within moments."""
        prices = find_prices(self._program)
        self._incumbent.prove(prices.bound)
        base = np.zeros(len(self._program.gain)) if self._first is None else self._first
        numbers = Greedy(self._program).plan(base, prices.reduced, effort)
        if numbers is not None:
            self._incumbent.offer(numbers)
        return False

    def _prove(self, effort: Effort) -> None:
        """The exact solver, to the end."""
        first = self._incumbent.numbers
        self._keep(self._exact.maximise(self._narrowed(), effort, first, self._incumbent))

    def _narrowed(self) -> Program:
        """The program without what the relaxation rules out for any better plan."""
        numbers = self._incumbent.numbers
        return (
            self._program
            if self._relaxation is None or numbers is None
            else self._relaxation.narrowed(self._program, numbers)
        )

    def _keep(self, ended: Ended) -> None:
        if ended.numbers is not None:
            self._incumbent.offer(ended.numbers)
        if ended.bound is not None:
            self._incumbent.prove(ended.bound / self._program.unit)
        self._ended = ended

    def _exact_beside(self, effort: Effort) -> bool:
        """The exact solver in a process of its own, with all threads that nobody else needs."""
        alone = replace(effort, threads=effort.threads - _THREADS_OF_OURS)
        return self._is_proven(Prover(self._program, self._incumbent), alone)

    def _prove_beside(self, effort: Effort) -> bool:
        """Our branching in a process of its own as soon as the cuts are known; without any, the exact solver."""
        while not self._relaxed.wait(_LOOK):
            if effort.is_over:
                return False
        plain = self._relaxation
        tight = None if plain is None else tightened(self._program, plain, effort)
        if tight is not None and tight.cuts is not None:
            self._incumbent.prove(tight.worth)
            self._relaxation = tight
        self._sharpened.set()
        cuts = None if tight is None else tight.cuts
        return self._is_proven(Prover(self._narrowed(), self._incumbent, cuts), effort.one_thread_less())

    def _is_proven(self, prover: Prover, effort: Effort) -> bool:
        ended = prover.prove(effort)
        if ended is not None and self._ended is None:
            self._keep(ended)
        return ended is not None

    def _search(self, effort: Effort) -> bool:
        """The search, as long as somebody works at the proof: by the plain relaxation, then by the sharper one."""
        if len(self._program.gain) <= _SMALL and self._is_settled_soon(effort):
            return True
        self._relaxation = plain = self._relaxed_at_first(effort)
        self._relaxed.set()
        if plain is None:
            return False
        at_first = replace(effort, cancelled=lambda: effort.cancelled() or self._sharpened.is_set())
        search = Search(self._program, plain, self._incumbent, effort)
        search.begin(effort)
        search.run(at_first)
        if self._relaxation is not None and self._relaxation is not plain:
            search = Search(self._program, self._relaxation, self._incumbent, effort)
        search.settle(effort)
        search.run(effort)
        return False

    def _one_after_the_other(self, effort: Effort) -> bool:
        self._begin(effort)
        if self._is_settled_soon(effort):
            return True
        search = self._searching(effort)
        if search is not None:
            work = effort.seconds * _SHARE_FOR_SEARCH
            search.settle(effort.at_most(effort.left * _LARGEST_SHARE))
            search.run(effort.at_most(effort.left * _LARGEST_SHARE), patience=_PATIENCE, work=work)
        self._prove(effort)
        return True

    def _is_settled_soon(self, effort: Effort) -> bool:
        """Whether the exact solver is through within a few branches."""
        first, helper = self._incumbent.numbers, self._incumbent
        ended = self._exact.maximise(self._program, effort, first, helper, nodes=_NODES_ALONE)
        self._ended = ended if ended.status in ("optimal", "infeasible") else None
        return self._ended is not None

    def _relaxed_at_first(self, effort: Effort) -> Relaxation | None:
        """The plain relaxation, None where it has no answer in time."""
        relaxation = relax(self._program, effort)
        if relaxation is not None:
            self._incumbent.prove(bound_with(self._program, relaxation.prices))
        return relaxation

    def _searching(self, effort: Effort) -> Search | None:
        """A search with a first plan near the relaxation, None where the relaxation has no answer in time."""
        relaxation = self._relaxed_at_first(effort)
        if relaxation is None:
            return None
        Search(self._program, relaxation, self._incumbent, effort).begin(effort)
        self._relaxation = tightened(self._program, relaxation, effort)
        self._incumbent.prove(self._relaxation.worth)
        return Search(self._program, self._relaxation, self._incumbent, effort)

    def _result(self) -> Ended:
        """What the exact solver ended with where it came to an end, else the incumbent and the best bound."""
        ended, incumbent, unit = self._ended, self._incumbent, self._program.unit
        bound = incumbent.bound * unit if isfinite(incumbent.bound) else None
        worth = incumbent.worth * unit
        if ended is not None and ended.status in ("optimal", "infeasible"):
            is_best = ended.objective is None or ended.objective >= worth
            return ended if is_best else Ended("optimal", incumbent.numbers, worth, bound)
        if incumbent.numbers is not None:
            status: Ending = "optimal" if incumbent.is_within(self._effort.gap) else "feasible"
            return Ended(status, incumbent.numbers, worth, bound)
        if ended is None:
            return Ended("unknown", None, None, bound)
        return Ended(ended.status, ended.numbers, ended.objective, bound)
