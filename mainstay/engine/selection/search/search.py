"""The search itself: set some candidates free, solve what is left, keep what is better."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import numpy as np

from mainstay.engine.selection.highs import HighsSolver, best_of
from mainstay.engine.selection.program import Booleans, Floats, Integers, Program
from mainstay.engine.selection.search.incumbent import Incumbent
from mainstay.engine.selection.search.neighbourhoods import Neighbourhoods
from mainstay.engine.selection.search.part import part_of, rows_of_entries
from mainstay.engine.selection.search.relaxation import Relaxation
from mainstay.engine.selection.solver import Effort, Ended

_NODES, _NODES_TO_SETTLE = 500, 100
_SECONDS, _SECONDS_ALONE = 2.0, 20.0
_SMALLEST, _FIRST = 8, 20
_GROW, _SHRINK = 1.07, 0.88
_SECONDS_TO_SETTLE, _SHARE_TO_SETTLE = 8.0, 0.1
_QUICK, _SLOW = 0.15, 0.5  # seconds, as reckoned from the steps
_IDLE, _DEEPER, _DEEPEST = 20, 1.4, 20.0  # after so many neighbourhoods without a better plan more is spent on each
_PER_PART, _PER_STEP, _PER_ENTRY = 2e-3, 5e-5, 1.5e-8  # seconds a usual machine takes
_FRACTION = 1e-6


class Search:
    """Improves the incumbent of a program until time is out, somebody stops it or nothing is left to find.

    What it does next follows from the steps counted, never from the clock, so that it takes the same way every time.
    """

    def __init__(self, program: Program, relaxation: Relaxation, incumbent: Incumbent, effort: Effort) -> None:
        self._program = program
        self._relaxation = relaxation
        self._incumbent = incumbent
        self._rows = rows_of_entries(program)
        self._neighbourhoods = Neighbourhoods(program, relaxation, np.random.default_rng(effort.seed))
        self._sizes = np.full(self._neighbourhoods.ways, float(_FIRST))
        self._seconds = _SECONDS if effort.threads > 1 else _SECONDS_ALONE
        self._depth = 1.0

    def begin(self, effort: Effort) -> None:
        """Find a first plan: what the relaxation leaves whole stays, the rest is solved."""
        broken = np.abs(self._relaxation.numbers - np.rint(self._relaxation.numbers)) > _FRACTION
        groups = np.unique(self._program.group[broken & (self._program.group >= 0)])
        for share in (0.0, 0.02, 0.1, 0.3):
            if effort.is_over:
                return
            free = self._around(groups, share)
            base = np.where(free, 0.0, np.rint(self._relaxation.numbers))
            if self._solve(base, free, effort).numbers is not None:
                return

    def settle(self, effort: Effort) -> None:
        """Solve what the relaxation takes anything of: for a share of the time, or alone for so many branches."""
        free = self._neighbourhoods.kernel()
        base = np.zeros(len(free)) if self._incumbent.numbers is None else self._incumbent.numbers
        part = part_of(self._program, np.where(free, base, 0.0), free, self._rows)
        some = effort.at_most(min(_SECONDS_TO_SETTLE, effort.left * _SHARE_TO_SETTLE))
        small = replace(some if effort.threads > 1 else effort, threads=1, progress=None, gap=1e-4)
        nodes = None if effort.threads > 1 else _NODES_TO_SETTLE
        ended = HighsSolver().maximise(part.program, small, nodes=nodes)
        if ended.numbers is not None:
            self._incumbent.offer(part.whole(ended.numbers))

    def run(self, effort: Effort, *, patience: float = inf, work: float = inf) -> None:
        """Go on until the effort is over, the work done, or so many neighbourhoods in a row held nothing better."""
        idle, done = 0, 0.0
        while idle < patience and done < work and not effort.is_over:
            numbers, before = self._incumbent.numbers, self._incumbent.worth
            if numbers is None:
                return
            way = self._neighbourhoods.choose()
            ended = self._solve(numbers, self._neighbourhoods.free(way, numbers, int(self._sizes[way])), effort)
            gained, taken = self._incumbent.worth - before, self._reckoned(ended)
            self._neighbourhoods.praise(way, gained, taken)
            self._adapt(way, ended, taken)
            idle, done = 0 if gained > 0 else idle + 1, done + taken
            if idle and idle % _IDLE == 0:
                self._depth = min(_DEEPEST, self._depth * _DEEPER)

    def _reckoned(self, ended: Ended) -> float:
        """The seconds a usual machine takes for a neighbourhood."""
        return _PER_PART + _PER_STEP * ended.steps + _PER_ENTRY * len(self._program.entries)

    def _adapt(self, way: int, ended: Ended, taken: float) -> None:
        """Larger neighbourhoods while they are solved at once, smaller ones when they are not."""
        if ended.status not in ("optimal", "infeasible") or taken > _SLOW * self._depth:
            self._sizes[way] = max(_SMALLEST, self._sizes[way] * _SHRINK)
        elif taken < _QUICK * self._depth:
            self._sizes[way] = min(self._neighbourhoods.groups, self._sizes[way] * _GROW)

    def _around(self, groups: Integers, share: float) -> Booleans:
        """The columns of these candidates, of a share of all more, and of no candidate."""
        wanted = np.zeros(self._neighbourhoods.groups + 1, dtype=np.bool_)
        wanted[groups] = True
        free = wanted[self._program.group] | (self._program.group < 0)
        more = int(share * self._neighbourhoods.groups)
        return free | self._neighbourhoods.free(0, self._relaxation.numbers, more) if more else free

    def _solve(self, base: Floats, free: Booleans, effort: Effort) -> Ended:
        """The best with only these columns (n,) free, offered as the incumbent."""
        part = part_of(self._program, base, free, self._rows)
        first = base[part.places] if self._incumbent.numbers is base else None
        small = replace(effort.at_most(self._seconds * self._depth), threads=1, progress=None, gap=1e-6)
        ended = best_of(part.program, small, first, int(_NODES * self._depth))
        if ended.numbers is not None:
            self._incumbent.offer(part.whole(ended.numbers))
        return ended
