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
from mainstay.engine.selection.search.pool import Pool
from mainstay.engine.selection.search.relaxation import Relaxation
from mainstay.engine.selection.search.swaps import Swaps, swaps_for
from mainstay.engine.selection.solver import Effort, Ended

_NODES, _NODES_TO_SETTLE = 500, 1000
_SECONDS, _SECONDS_ALONE = 2.0, 20.0
_SMALLEST, _FIRST = 8, 40
_GROW, _SHRINK = 1.15, 0.88
_FIRST_KERNEL, _GAP_TO_SETTLE = 100, 1e-5
_SHARE_TO_SETTLE, _SHARE_WITH_CUTS = 0.15, 0.04  # of the seconds left; where there are cuts the proof soon leads on
_QUICK, _SLOW = 0.06, 0.2  # seconds, as reckoned from the steps
_IDLE, _DEEPER, _DEEPEST = 8, 1.5, 20.0  # after so many neighbourhoods without a better plan more is spent on each
_PER_PART, _PER_STEP, _PER_ENTRY = 2e-3, 8e-5, 1.5e-8  # seconds a usual machine takes
_LARGEST_SHARE = 0.05  # of all seconds, for one neighbourhood
_SHARE_AROUND, _PATIENCE_ELSEWHERE = 0.1, 5
_FRACTION, _HALF = 1e-6, 0.5
_SHARE_FOR_SWAPS = 0.5


class Search:
    """Improves the incumbent of a program until time is out, somebody stops it or nothing is left to find.

    What it does next follows from the steps counted, never from the clock, so that it takes the same way every time.
    """

    def __init__(self, program: Program, relaxation: Relaxation, incumbent: Incumbent, effort: Effort) -> None:
        self._program = program
        self._relaxation = relaxation
        self._incumbent = incumbent
        self._rows = rows_of_entries(program)
        self._random = np.random.default_rng(effort.seed)
        self._pool = Pool(program, self._random)
        self._neighbourhoods = Neighbourhoods(program, relaxation, self._random, self._pool, incumbent.leads)
        self._sizes = np.full(self._neighbourhoods.ways, float(_FIRST))
        self._seconds = _SECONDS if effort.threads > 1 else _SECONDS_ALONE
        self._depth = 1.0
        self._swaps = swaps_for(program, relaxation, self._random)
        self._exchanging = 0.0
        self._gone_on_from = np.zeros(len(program.gain))

    def begin(self, effort: Effort) -> None:
        """Find a first plan: what the relaxation leaves whole stays, the rest is solved."""
        groups = self._broken_groups(self._relaxation.numbers)
        for share in (0.0, 0.02, 0.1, 0.3):
            if effort.is_over:
                return
            free = self._around(groups, share)
            base = np.where(free, 0.0, np.rint(self._relaxation.numbers))
            if self._solved(base, free, effort) is not None:
                return

    def settle(self, effort: Effort) -> None:
        """Solve growing kernels: the columns that cost least to turn, the rest as the relaxation rounds them.

        After Angelelli, Mansini and Speranza (2010). It ends with a kernel that is not solved to its end.
        """
        share = _SHARE_TO_SETTLE if self._relaxation.cuts is None else _SHARE_WITH_CUTS
        for_all = effort.at_most(effort.left * share) if effort.threads > 1 else effort
        size = _FIRST_KERNEL
        while not for_all.is_over and self._solve_kernel(size, for_all) and size < len(self._program.gain):
            size *= 2

    def _solve_kernel(self, size: int, effort: Effort) -> bool:
        """Solve one kernel for some time, or alone for so many branches; whether it was solved to its end."""
        free, base, best = (
            self._neighbourhoods.kernel(size),
            np.rint(self._relaxation.numbers),
            self._incumbent.numbers,
        )
        apart = np.zeros_like(free) if best is None else best != base
        within = best is not None and int(apart.sum()) <= size
        free |= apart & within
        part = part_of(self._program, np.where(free, 0.0, base), free, self._rows)
        small = replace(effort, threads=1, progress=None, gap=_GAP_TO_SETTLE)
        first = best[part.places] if within and best is not None else None
        nodes = None if effort.threads > 1 else _NODES_TO_SETTLE
        ended = HighsSolver().maximise(part.program, small, first, nodes=nodes)
        if ended.numbers is not None:
            self._incumbent.offer(part.whole(ended.numbers))
        return ended.status in ("optimal", "infeasible")

    def run(self, effort: Effort, *, patience: float = inf, work: float = inf) -> None:
        """Go on until the effort is over, the work done, or so many neighbourhoods in a row held nothing better."""
        idle, done = 0, 0.0
        if self._incumbent.numbers is not None:
            self._pool.add(self._incumbent.numbers)
        while self._incumbent.numbers is not None and idle < patience and done < work and not effort.is_over:
            best = self._incumbent.worth
            here = self._pool.some(self._incumbent.numbers, idle > _IDLE // 2)
            done += self._step(here, effort)[1]
            if self._swaps is not None and self._exchanging < done * _SHARE_FOR_SWAPS:
                done += self._exchange(self._swaps, self._pool.some(self._gone_on_from, wide=True))
            idle = 0 if self._incumbent.worth > best else idle + 1
            if idle and idle % _IDLE == 0:
                self._depth = min(_DEEPEST, self._depth * _DEEPER)
                self._shake(effort)
                self._begin_elsewhere(effort)

    def _step(self, here: Floats, effort: Effort) -> tuple[Floats, float]:
        """The best numbers (n,) in one neighbourhood of these, and the seconds a usual machine takes for it."""
        way = self._neighbourhoods.choose()
        free = self._neighbourhoods.free(way, here, int(self._sizes[way]))
        part = part_of(self._program, here, free, self._rows)
        ended = self._best_of(part.program, here[part.places], effort)
        taken, best = self._reckoned(ended), self._incumbent.worth
        there = here
        if ended.numbers is not None:
            there = part.whole(ended.numbers)
            self._pool.add(there)
            self._incumbent.offer(there)
        self._neighbourhoods.praise(way, self._incumbent.worth - best, taken)
        self._adapt(way, ended, taken)
        return there, taken

    def _exchange(self, swaps: Swaps, here: Floats) -> float:
        """Exchange single columns of the numbers (n,) for a while; the seconds a usual machine takes for it."""
        best, self._gone_on_from = swaps.burst(here)
        self._incumbent.offer(best)
        self._pool.add(best)
        self._exchanging += swaps.seconds
        return swaps.seconds

    def _shake(self, effort: Effort) -> None:
        """Put into the pool what would be best near the best plan if the gains were a little different."""
        best = self._incumbent.numbers
        if best is None:
            return
        free = self._neighbourhoods.free(0, best, int(self._sizes.mean()))
        part = part_of(self._program, best, free, self._rows)
        noise = self._random.normal(0.0, self._neighbourhoods.spread(free), len(part.places))
        noisy = replace(part.program, gain=part.program.gain + noise * part.program.whole)
        ended = self._best_of(noisy, best[part.places], effort)
        if ended.numbers is not None:
            self._pool.add(part.whole(ended.numbers))

    def _begin_elsewhere(self, effort: Effort) -> None:
        """Begin from an open case of the proof, better that plan for a while, and join it with the best one."""
        lead = self._neighbourhoods.lead()
        if lead is None:
            return
        free = self._around(self._broken_groups(lead), _SHARE_AROUND)
        here, best = self._solved(np.where(free, 0.0, np.rint(lead)), free, effort), self._incumbent.numbers
        idle = 0
        while here is not None and idle < _PATIENCE_ELSEWHERE and not effort.is_over:
            there, _ = self._step(here, effort)
            idle = 0 if self._program.gain @ (there - here) > 0 else idle + 1
            here = there
        if here is not None and best is not None:
            apart = self._program.group[np.abs(here - best) > _HALF]
            self._solved(best, self._around(np.unique(apart[apart >= 0]), 0.0), effort)

    def _broken_groups(self, numbers: Floats) -> Integers:
        """The candidates of which the numbers (n,) take a part only."""
        broken = np.abs(numbers - np.rint(numbers)) > _FRACTION
        return np.unique(self._program.group[broken & (self._program.group >= 0)])

    def _best_of(self, program: Program, first: Floats | None, effort: Effort) -> Ended:
        seconds = min(self._seconds * self._depth, effort.seconds * _LARGEST_SHARE)
        small = replace(effort.at_most(seconds), threads=1, progress=None, gap=1e-6)
        return best_of(program, small, first, int(_NODES * self._depth))

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

    def _solved(self, base: Floats, free: Booleans, effort: Effort) -> Floats | None:
        """The best numbers (n,) with only these columns (n,) free, offered as the incumbent; None without any."""
        part = part_of(self._program, base, free, self._rows)
        ended = self._best_of(part.program, None, effort)
        if ended.numbers is None:
            return None
        numbers = part.whole(ended.numbers)
        self._incumbent.offer(numbers)
        return numbers
