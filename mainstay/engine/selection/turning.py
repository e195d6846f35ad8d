"""Plans with one candidate turned round: bounds in milliseconds, good plans soon, the proof where there is time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf

import numpy as np

from mainstay.engine.selection.answer import Member
from mainstay.engine.selection.feasibility import broken
from mainstay.engine.selection.model import Model
from mainstay.engine.selection.optimum import find_optimum
from mainstay.engine.selection.plan import Plan, objective
from mainstay.engine.selection.problem import Problem
from mainstay.engine.selection.program import Floats, Integers, Program
from mainstay.engine.selection.reuse.cuts import root_cuts
from mainstay.engine.selection.reuse.moves import WORTH_MOVING, Moves
from mainstay.engine.selection.reuse.tree import Tree
from mainstay.engine.selection.reuse.warm import Relaxed, WarmRelaxation
from mainstay.engine.selection.solver import Effort, Solver

_KERNEL = 60  # columns
_CASES = 60  # of the plan at hand, told apart for every candidate
_APART, _CHEAP = 15, 15  # candidates set free at a time
_MOST_MOVES, _PATIENCE = 8, 2
_SECONDS_A_MOVE = 1.0
_SECONDS_UNPROVEN = 1.5  # for the exact solver where the plan to be explained is itself not proven
_LEAST_SECONDS = 0.3  # the exact solver is not begun for less


@dataclass(frozen=True, slots=True)
class Turned:
    """The best plan found with a candidate turned round, what it is worth, and the most one can be worth.

    `bound` is minus infinity when there is none at all; `is_settled` says that plan and bound are known exactly.
    """

    plan: Plan | None
    worth: float
    bound: float
    is_settled: bool


class Turning:
    """Turns one candidate after the other round and remembers every plan it has seen.

    `base` is the plan to begin from, `is_proven` whether it is known to be the best; `known` is where plans (n,) are
    kept, for others who turn candidates round at the same time, too.
    """

    def __init__(
        self, problem: Problem, base: Plan, solver: Solver, effort: Effort, known: list[Floats], *, is_proven: bool
    ) -> None:
        self._problem = problem
        self._solver = solver
        self._is_proven = is_proven
        self._model = Model(problem)
        self._is_large = len(self._model.gain) >= WORTH_MOVING
        self._moves = Moves(self._model.program)
        self._base = self._model.numbers(base)
        self._known = known
        known.append(self._base)
        alone = replace(effort.quietly(), threads=1)
        self._plain = WarmRelaxation(self._model.program, alone)
        self._sharp = WarmRelaxation(self._model.program, alone)
        self._tree = Tree(self._sharp)
        if self._is_large:
            some = alone.at_most(alone.left / 4)
            self._sharp.add(root_cuts(self._model.program, some))
            self._tree.bound(self._model.program, float(self._model.program.gain @ self._base), _CASES, some)

    def turn(self, candidate: str, wanted: bool, effort: Effort) -> Turned:
        """The best plan with the candidate in, or out, that the effort allows."""
        problem = self._problem.with_forced(candidate, "in" if wanted else "out")
        program = self._program(candidate, wanted)
        relaxed = self._relaxed(program, is_free=self._problem.candidate(candidate).forced is None)
        if relaxed is not None and relaxed.is_impossible:
            return Turned(None, -inf, -inf, is_settled=True)
        bound = inf if relaxed is None else relaxed.worth * program.unit
        numbers = self._best_known(program)
        if self._is_large and relaxed is not None:
            own = int(self._model.columns.candidate[self._model.columns.of(candidate)[0]])
            bound = min(bound, self._sharper(candidate, program, numbers, effort))
            numbers = self._improved(program, relaxed, numbers, own, effort)
        plan = None if numbers is None else self._model.columns.plan(numbers)
        found = Turned(plan, -inf if plan is None else objective(problem, plan), bound, is_settled=False)
        return self._proven(problem, found, effort)

    def reconsidered(self, candidate: str, wanted: bool, found: Turned) -> Turned:
        """What was found before, or a better plan that has been seen since for another candidate."""
        numbers = self._best_known(self._program(candidate, wanted))
        if found.is_settled or numbers is None:
            return found
        plan = self._model.columns.plan(numbers)
        turned = self._problem.with_forced(candidate, "in" if wanted else "out")
        worth = objective(turned, plan)
        if worth <= found.worth or broken(turned, plan):
            return found
        return replace(found, plan=plan, worth=worth, bound=max(found.bound, worth))

    def _program(self, candidate: str, wanted: bool) -> Program:
        """The program with the candidate in or out, whatever it is forced to."""
        return turned_round(self._model, candidate, wanted=wanted)

    def _relaxed(self, program: Program, *, is_free: bool) -> Relaxed | None:
        """The sharper of both relaxations: cuts may hold for good plans only, and not without a forcing."""
        plain = self._plain.solve(program)
        if plain is None or plain.is_impossible or not self._is_large or not is_free:
            return plain
        sharp = self._sharp.solve(program)
        return plain if sharp is None or not len(sharp.numbers) or sharp.worth >= plain.worth else sharp

    def _sharper(self, candidate: str, program: Program, numbers: Floats | None, effort: Effort) -> float:
        """The bound by the cases that were worth telling apart for the plan at hand."""
        if self._problem.candidate(candidate).forced is not None:
            return inf
        target = -inf if numbers is None else float(program.gain @ numbers)
        return self._tree.bound(program, target, 0, effort) * program.unit

    def _best_known(self, program: Program) -> Floats | None:
        """The best plan seen before that has the candidate turned round."""
        holding = [each for each in tuple(self._known) if self._moves.holds(program, each)]
        return max(holding, key=lambda each: float(program.gain @ each), default=None)

    def _improved(
        self, program: Program, relaxed: Relaxed, numbers: Floats | None, own: int, effort: Effort
    ) -> Floats | None:
        """A plan near the relaxation and near the base, improved by a few moves; candidate `own` is always free."""
        random, idle = np.random.default_rng(effort.seed), 0
        first = self._moves.from_relaxation(program, relaxed, _KERNEL, _move(effort))
        numbers = _better(program, numbers, first)
        for turn in range(_MOST_MOVES):
            start = self._base if turn % 2 == 0 or numbers is None else numbers
            if idle >= _PATIENCE or effort.is_over or _is_best(program, relaxed, numbers):
                break
            groups = self._free(relaxed, start, numbers, own, random)
            found, _ = self._moves.around(program, start, groups, _move(effort))
            better = _better(program, numbers, found)
            idle, numbers = 0 if better is not numbers else idle + 1, better
        return numbers

    def _free(
        self, relaxed: Relaxed, start: Floats, numbers: Floats | None, own: int, random: np.random.Generator
    ) -> Integers:
        """The candidate itself, some on which plan and relaxation differ, some that cost little to change."""
        apart = random.permutation(self._moves.differing(relaxed, start, [] if numbers is None else [numbers]))
        cheap = self._moves.cheapest(relaxed, _CHEAP, random)
        return np.unique(np.concatenate([apart[:_APART], cheap, np.array([own])]))

    def _proven(self, problem: Problem, found: Turned, effort: Effort) -> Turned:
        """The answer of the exact solver where there is time for it, else what was found."""
        if not self._is_proven and (self._is_large or found.plan is not None):
            effort = effort.at_most(_SECONDS_UNPROVEN)
        if not self._is_large or effort.left >= _LEAST_SECONDS:
            return self._solved(problem, found, effort)
        return self._remembered(found)

    def _solved(self, problem: Problem, found: Turned, effort: Effort) -> Turned:
        optimum = find_optimum(problem, self._solver, effort, found.plan, ties=self._is_proven)
        if optimum.status == "infeasible":
            return Turned(None, -inf, -inf, is_settled=True)
        if optimum.plan is None or optimum.objective is None:
            return self._remembered(found)
        bound = min(found.bound, inf if optimum.bound is None else optimum.bound)
        settled = optimum.status == "optimal"
        worth = optimum.objective
        return self._remembered(Turned(optimum.plan, worth, worth if settled else max(bound, worth), settled))

    def _remembered(self, found: Turned) -> Turned:
        if found.plan is None or broken(self._problem, found.plan):
            return found
        self._known.append(self._model.numbers(found.plan))
        return found


def turned_round(model: Model, candidate: str, *, wanted: bool, program: Program | None = None) -> Program:
    """The program of the model, or another one with the same rows first, with a candidate in or out."""
    program = model.program if program is None else program
    # The first rows of a model say that each candidate is chosen once at most, in the order of the problem.
    own, forcing = model.columns.of(candidate), Member("forcing", candidate)
    if forcing in model.members:
        program = program.with_only(np.array([each != forcing for each in model.members]))
    if not wanted:
        return program.with_fixed(own, np.zeros(len(own)))
    row_lower = program.row_lower.copy()
    row_lower[int(model.columns.candidate[own[0]])] = 1.0
    return replace(program, row_lower=row_lower)


def _move(effort: Effort) -> Effort:
    return replace(effort.quietly().at_most(_SECONDS_A_MOVE), threads=1, gap=1e-6)


def _better(program: Program, one: Floats | None, other: Floats | None) -> Floats | None:
    if one is None or other is None:
        return other if one is None else one
    return one if float(program.gain @ one) >= float(program.gain @ other) else other


def _is_best(program: Program, relaxed: Relaxed, numbers: Floats | None) -> bool:
    """Whether nothing better can exist."""
    return numbers is not None and float(program.gain @ numbers) >= relaxed.worth * (1 - 1e-12)
