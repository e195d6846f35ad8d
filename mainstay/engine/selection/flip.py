"""The smallest increase of one limit that brings a candidate into a best plan.

With more of a limit both the best plan with the candidate and the best plan without it become better, in
steps and not evenly, so halving an interval could miss the first flip. Instead a mark is raised: whatever
is known to be reachable without the candidate has to be reached with it. The least increase at which that
is possible is a lower bound of the flip; with that increase the plan without the candidate may have become
better, which raises the mark; when it has not, the flip is found. The linear relaxation and plans found
for other candidates raise the mark cheaply before the exact program is solved.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, inf

import numpy as np

from mainstay.engine.selection.answer import Flip
from mainstay.engine.selection.displaced import enters_and_leaves
from mainstay.engine.selection.limit import Limit
from mainstay.engine.selection.model import Model
from mainstay.engine.selection.optimum import find_optimum
from mainstay.engine.selection.plan import Plan, limit_uses
from mainstay.engine.selection.problem import Problem
from mainstay.engine.selection.program import Program
from mainstay.engine.selection.rule import Saving
from mainstay.engine.selection.scaling import common_step
from mainstay.engine.selection.solver import Effort, Solver
from mainstay.engine.selection.tiebreak import SAME_WORTH

_ROUNDS = 2000


class UnsettledError(Exception):
    """Time ran out before the smallest increase was found or ruled out."""


@dataclass(frozen=True, slots=True)
class _Reached:
    """The best plan with an increase: the candidates in it and its objective."""

    change: float
    chosen: frozenset[str]
    objective: float


class Flips:
    """Finds smallest increases of one limit for one candidate after another, and remembers what it has seen.

    `base` is the best plan of the problem and `objective` what it is worth.
    """

    def __init__(self, problem: Problem, base: Plan, objective: float, limit: Limit, solver: Solver) -> None:
        self._problem = problem
        self._base = base
        self._limit = limit
        self._solver = solver
        self._reached = [_Reached(0.0, base.ids(problem), objective)]
        self._step = None if limit.overload else _step(problem, limit)
        self._model = Model(problem, growing=limit.id)
        shrinking = np.zeros(len(self._model.gain))
        shrinking[self._model.growth_column] = -1.0
        self._program = self._model.program.with_gain(shrinking)

    def smallest(self, candidate: str, effort: Effort) -> Flip | None:
        """The smallest increase with which a best plan has the candidate, which the base plan has not.

        None when no increase of this limit alone does; raises `UnsettledError` when time runs out before
        either is known.
        """
        change = 0.0
        for _ in range(_ROUNDS):
            mark = self._mark(candidate, change)
            program = self._reaching(candidate, mark)
            for increase in (self._relaxed_increase, self._exact_increase):
                least = increase(program, effort)
                if least is None:
                    return None
                change = max(change, least)
                if self._rises(candidate, mark, change, effort):
                    break
            else:
                return self._flip(candidate, change, effort)
        raise UnsettledError

    def _rises(self, candidate: str, mark: float, change: float, effort: Effort) -> bool:
        """Whether with this increase more than the mark can be reached, and best without the candidate."""
        higher = mark + _rounding(mark)
        if self._mark(candidate, change) > higher:
            return True
        if min((each.objective for each in self._reached if each.change >= change), default=inf) <= higher:
            return False
        best = self._best(change, effort)
        return best.objective > higher and candidate not in best.chosen

    def _mark(self, candidate: str, change: float) -> float:
        """The best that is known to be reachable without the candidate."""
        known = [each for each in self._reached if each.change <= change and candidate not in each.chosen]
        return max(each.objective for each in known)

    def _relaxed_increase(self, program: Program, effort: Effort) -> float | None:
        """A lower bound of the least increase, None when no increase suffices."""
        ended = self._solver.maximise(program.relaxed(), effort)
        if ended.status == "infeasible":
            return None
        if ended.status != "optimal" or ended.numbers is None:
            raise UnsettledError
        return self._next_step(float(ended.numbers[self._model.growth_column]) * (1 - 1e-9))

    def _next_step(self, change: float) -> float:
        """The first increase from `change` on that can make a difference."""
        return change if self._step is None else ceil(change / self._step - 1e-6) * self._step

    def _exact_increase(self, program: Program, effort: Effort) -> float | None:
        """The least increase, None when none suffices."""
        ended = self._solver.maximise(program, effort)
        if ended.status == "infeasible":
            return None
        if ended.status != "optimal" or ended.numbers is None:
            raise UnsettledError
        if self._limit.overload_share > 0:
            return max(0.0, float(ended.numbers[self._model.growth_column]))
        return self._exceeded_by(self._model.columns.plan(ended.numbers))

    def _reaching(self, candidate: str, mark: float) -> Program:
        """The least increase for plans with the candidate that are worth at least `mark`."""
        own = self._model.columns.of(candidate)
        worth = np.flatnonzero(self._model.gain)
        with_it = self._program.with_row(own, np.ones(len(own)), 1.0, np.inf)
        return with_it.with_row(worth, self._model.gain[worth], mark - _rounding(mark), np.inf)

    def _exceeded_by(self, plan: Plan) -> float:
        """By how much the plan exceeds the limit, reckoned from the plan and free of the solver's rounding."""
        use = next(each for each in limit_uses(self._problem, plan) if each.id == self._limit.id)
        return max(0.0, -use.slack)

    def _best(self, change: float, effort: Effort) -> _Reached:
        """The best plan with this increase, remembered for other candidates."""
        found = find_optimum(self._problem.with_more({self._limit.id: change}), self._solver, effort, ties=False)
        if found.status != "optimal" or found.plan is None or found.objective is None:
            raise UnsettledError
        self._reached.append(_Reached(change, found.plan.ids(self._problem), found.objective))
        return self._reached[-1]

    def _flip(self, candidate: str, change: float, effort: Effort) -> Flip:
        inside = self._problem.with_forced(candidate, "in").with_more({self._limit.id: change})
        found = find_optimum(inside, self._solver, effort)
        if found.status != "optimal" or found.plan is None or found.objective is None:
            raise UnsettledError
        if self._limit.overload is None:
            change = self._exceeded_by(found.plan)
        enters, leaves = enters_and_leaves(self._problem, self._base, found.plan)
        return Flip(self._limit.id, change, enters, leaves, found.objective, proven=True)


def _step(problem: Problem, limit: Limit) -> float | None:
    """The step in which what is used of the limit, and so a useful increase, can grow; None when there is none."""
    uses = [amount for option in problem.options() for amount in option.use.get(limit.id, ())]
    savings = [rule.amount for rule in problem.rules if isinstance(rule, Saving) and rule.limit == limit.id]
    return common_step(np.array([*limit.amounts(), *uses, *savings], dtype=np.float64))


def _rounding(mark: float) -> float:
    return SAME_WORTH * max(1.0, abs(mark))
