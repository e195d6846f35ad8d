"""Working out a frontier: bounds for all points at once, then plans that neighbours share, then proofs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np

from mainstay.engine.selection.frontier.axis import Axis
from mainstay.engine.selection.frontier.block import Block
from mainstay.engine.selection.frontier.line import Line
from mainstay.engine.selection.frontier.point import Frontier, FrontierPoint
from mainstay.engine.selection.highs import HighsSolver
from mainstay.engine.selection.optimum import find_optimum
from mainstay.engine.selection.problem import Problem
from mainstay.engine.selection.program import Floats, Integers
from mainstay.engine.selection.reuse.known import Circumstances
from mainstay.engine.selection.reuse.moves import WORTH_MOVING
from mainstay.engine.selection.reuse.warm import Relaxed
from mainstay.engine.selection.reuse.watched import watched
from mainstay.engine.selection.search.hybrid import HybridSolver
from mainstay.engine.selection.solver import Effort, Solver

FrontierProgress = Callable[[int, int, float | None], None]

_BLOCK = 7  # neighbouring points that share cuts and cases
_TURNS = 4  # moves at each point between two attempts at the bounds
_KERNEL = 70  # columns
_SECONDS_A_MOVE = 2.0
_SHARE_FOR_SHARING = 0.8
_PATIENCE = 24  # moves in a row without a better plan
_SMALLEST, _FIRST = 16.0, 18.0
_GROW, _SHRINK = 1.3, 0.85
_WAYS = 3
_NEAR = 3


def frontier(
    problem: Problem,
    axis: str,
    points: int | Sequence[float] = 25,
    *,
    effort: Effort | None = None,
    known: Iterable[FrontierPoint] = (),
    progress: FrontierProgress | None = None,
    solver: Solver | None = None,
) -> Frontier:
    """The best plans for many amounts of one limit or of the cap of one measure, each with its proof.

    `axis` is the id of a limit or the name of a measure, `points` how many amounts or the amounts themselves
    (see `Axis`). `effort.gap` is good enough for each point, `effort.seconds` are shared by all; `known` are points
    worked out before, with these amounts or others. `progress` is told how many points are settled, of how
    many, and the widest gap (None while some point has no plan). Points may be worked out in pieces, each with what
    is known from the others, and then be `joined`. Raises what `Axis` raises.

    >>> from mainstay.engine.selection.reader import read_problem
    >>> money = {"id": "money", "total": 4}
    >>> option = {"id": "full", "duration": 1, "starts": [0], "value": 7, "use": {"money": [3]}}
    >>> asked = {"format": "mainstay-plan/1", "periods": 1, "limits": [money]}
    >>> problem = read_problem(asked | {"candidates": [{"id": "A", "options": [option]}]})
    >>> [(each.amount, each.answer.objective) for each in frontier(problem, "money", (2, 3)).points]
    [(2.0, 0.0), (3.0, 7.0)]
    """
    effort, line = effort or Effort(), Axis(problem, axis)
    amounts = line.amounts(points) if isinstance(points, int) else line.checked(points)
    places = Line(line, amounts)
    places.learn(known)
    work = _Work(places, effort, solver)
    watched(effort, work.run, _Teller(places, effort.gap, progress).tell)
    return Frontier(axis, line.present, work.points(), effort.elapsed)


class _Teller:
    """Tells how many points are settled and the widest gap, when that has changed."""

    def __init__(self, line: Line, gap: float, progress: FrontierProgress | None) -> None:
        self._line = line
        self._gap = gap
        self._progress = progress
        self._told: tuple[int, float | None] | None = None

    def tell(self) -> None:
        """Tell it now."""
        places = self._line.places
        widest = max(each.gap for each in places)
        now = (sum(each.is_settled(self._gap) for each in places), None if widest == np.inf else widest)
        if self._progress is not None and now != self._told:
            self._told = now
            self._progress(now[0], len(places), now[1])


class _Work:
    """The stages of the work on one line."""

    def __init__(self, line: Line, effort: Effort, solver: Solver | None) -> None:
        self.line = line
        self._effort = effort
        self._is_large = len(line.places[0].program.gain) >= WORTH_MOVING
        self._solver = solver or (HybridSolver() if self._is_large else HighsSolver())
        self._sizes = np.full((len(line.places), _WAYS), _FIRST)
        self._idle = np.zeros(len(line.places), dtype=np.int64)

    def points(self) -> tuple[FrontierPoint, ...]:
        """What is known of every point."""
        told = Circumstances(self._effort.gap, self._effort.elapsed, self._effort.seed, self._solver.name)
        return self.line.points(told)

    def run(self, effort: Effort) -> None:
        """All stages, each for what the earlier ones have left."""
        self._effort = effort
        with ThreadPoolExecutor(effort.threads) as pool:
            blocks = [Block(self.line, places, self._alone()) for places in self._blocks()]
            list(pool.map(lambda block: block.relax(with_cuts=self._is_large), blocks))
            if self._is_large:
                list(pool.map(self._begin, range(len(self.line.places))))
                self._share(pool, blocks)
            self.line.verify()
            list(pool.map(self._prove, _by_halves(len(self.line.places))))
        self.line.verify()

    def _blocks(self) -> list[list[int]]:
        """Neighbouring places, the largest amount of each block first."""
        places = list(reversed(range(len(self.line.places))))
        return [places[first : first + _BLOCK] for first in range(0, len(places), _BLOCK)]

    def _alone(self) -> Effort:
        return replace(self._effort, threads=1)

    def _open(self) -> list[int]:
        """The places that are not settled."""
        return [nth for nth, each in enumerate(self.line.places) if not each.is_settled(self._effort.gap)]

    def _begin(self, nth: int) -> None:
        """A first plan near the relaxation."""
        place = self.line.places[nth]
        if place.is_settled(self._effort.gap) or place.relaxed is None or self._effort.is_over:
            return
        numbers = self.line.moves.from_relaxation(place.program, place.relaxed, _KERNEL, self._move())
        if numbers is not None:
            self.line.offer(nth, numbers)

    def _share(self, pool: ThreadPoolExecutor, blocks: list[Block]) -> None:
        """Moves at every open place in turn and now and then the bounds, until nothing comes any more."""
        some = self._effort.part(_SHARE_FOR_SHARING)
        for turn in range(1, 10**6):
            todo = [nth for nth in self._open() if self._idle[nth] < _PATIENCE and self._has_plan(nth)]
            if not todo or some.is_over:
                return
            list(pool.map(lambda nth, way=turn: self._improve_at(nth, way, some), todo[:: 1 if turn % 2 else -1]))
            if turn % _TURNS == 0 and self._effort.gap > 0:
                list(pool.map(lambda block: block.tighten(self._effort.gap, some), blocks))

    def _has_plan(self, nth: int) -> bool:
        return self.line.places[nth].numbers is not None

    def _improve_at(self, nth: int, turn: int, some: Effort) -> None:
        """One move: set free what neighbours do otherwise, or what is cheap to change."""
        place = self.line.places[nth]
        if some.is_over or place.numbers is None or place.relaxed is None or place.is_settled(self._effort.gap):
            return
        random, way = np.random.default_rng([self._effort.seed, nth, turn]), turn % _WAYS
        groups = self._wanted(nth, place.relaxed, place.numbers, way, random)
        numbers, is_settled = self.line.moves.around(place.program, place.numbers, groups, self._move())
        better = numbers is not None and self.line.offer(nth, numbers)
        self._idle[nth] = 0 if better else self._idle[nth] + 1
        if not is_settled or not better:
            self._sizes[nth, way] = max(_SMALLEST, self._sizes[nth, way] * (_GROW if is_settled else _SHRINK))

    def _wanted(self, nth: int, relaxed: Relaxed, numbers: Floats, way: int, random: np.random.Generator) -> Integers:
        """Candidates that cost little to change; or on which the relaxation, or neighbours, differ, and such."""
        size, moves = int(self._sizes[nth, way]), self.line.moves
        if way == 0:
            return moves.cheapest(relaxed, size * 3 // 2, random)
        others = [] if way == 1 else self._other_plans(nth, numbers)
        groups = random.permutation(moves.differing(relaxed, numbers, others))[:size]
        return np.union1d(groups, moves.cheapest(relaxed, size - len(groups), random))

    def _other_plans(self, nth: int, numbers: Floats) -> list[Floats]:
        """Plans of the places near by that are not the same."""
        near = [self.line.places[other].numbers for other in self._neighbours(nth)]
        return [each for each in near if each is not None and not np.array_equal(each, numbers)][:_NEAR]

    def _neighbours(self, nth: int) -> list[int]:
        reach = [nth + sign * step for step in range(1, _NEAR + 2) for sign in (-1, 1)]
        return [each for each in reach if 0 <= each < len(self.line.places)]

    def _move(self) -> Effort:
        return replace(self._effort.at_most(_SECONDS_A_MOVE), threads=1, gap=1e-4)

    def _prove(self, nth: int) -> None:
        """The exact solver for a place that is still open, with its part of the time left."""
        place = self.line.places[nth]
        if place.is_settled(self._effort.gap) or self._effort.is_over:
            return
        share = self._effort.threads / max(1, len(self._open()))
        own = replace(self._effort.part(min(1.0, share)), gap=self._effort.gap, threads=1)
        first = None if place.numbers is None else place.model.columns.plan(place.numbers)
        self.line.settle(nth, find_optimum(place.problem, self._solver, own, first, ties=False))


def _by_halves(count: int) -> list[int]:
    """The largest place, the smallest, then the middle of every gap that is left: neighbours know most early."""
    order, gaps = [count - 1, 0], [(0, count - 1)]
    for low, high in gaps:
        middle = (low + high) // 2
        if low < middle < high:
            order.append(middle)
            gaps += [(low, middle), (middle, high)]
    return list(dict.fromkeys(order))
