"""The smallest increase of one limit that brings a candidate into a best plan.

With more of a limit both the best plan with the candidate and the best plan without it become better, in
steps and not evenly, so halving an interval could miss the first flip. Instead a mark is raised: whatever
is known to be reachable without the candidate has to be reached with it. The least increase at which that
is possible is a lower bound of the flip; with that increase the plan without the candidate may have become
better, which raises the mark; when it has not, the flip is found. The linear relaxation and plans found
for other candidates raise the mark cheaply before the exact program is solved.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil, inf

import numpy as np

from mainstay.engine.selection.answer import Flip
from mainstay.engine.selection.displaced import enters_and_leaves
from mainstay.engine.selection.feasibility import broken
from mainstay.engine.selection.limit import Limit
from mainstay.engine.selection.model import Model
from mainstay.engine.selection.optimum import find_optimum
from mainstay.engine.selection.plan import Plan, limit_uses, objective
from mainstay.engine.selection.problem import Problem
from mainstay.engine.selection.program import Floats, Program
from mainstay.engine.selection.reuse.moves import Moves
from mainstay.engine.selection.reuse.warm import Relaxed, WarmRelaxation
from mainstay.engine.selection.rule import Saving
from mainstay.engine.selection.scaling import common_step
from mainstay.engine.selection.solver import Effort, Solver
from mainstay.engine.selection.tiebreak import SAME_WORTH
from mainstay.engine.selection.turning import turned_round

_ROUNDS = 2000
_MOST_DIFFERING, _CHEAPEST = 16, 12
_SECONDS_TO_CONSTRUCT = 0.3
_SHARE_FOR_THE_PROOF = 0.7


class UnsettledError(Exception):
    """Time ran out before the smallest increase was found or ruled out."""


@dataclass(frozen=True, slots=True)
class _Reached:
    """The best plan with an increase: the candidates in it and its objective."""

    change: float
    chosen: frozenset[str]
    objective: float


@dataclass(slots=True)
class _Bracket:
    """What is known of one smallest increase: none below `change`, or none at all; a plan (n,) with some increase."""

    change: float = 0.0
    is_impossible: bool = False
    relaxed: Relaxed | None = None
    numbers: Floats | None = None


class Flips:
    """Finds smallest increases of one limit for one candidate after another, and remembers what it has seen.

    `base` is the plan to be explained and `objective` what it is worth, `is_proven` whether it is the best.
    """

    def __init__(
        self,
        problem: Problem,
        base: Plan,
        objective: float,
        limit: Limit,
        solver: Solver,
        effort: Effort,
        *,
        is_proven: bool,
    ) -> None:
        self._problem = problem
        self._base = base
        self._limit = limit
        self._solver = solver
        self._is_proven = is_proven
        self._reached = [_Reached(0.0, base.ids(problem), objective)]
        self._step = None if limit.overload else _step(problem, limit)
        self._model = Model(problem, growing=limit.id)
        shrinking = np.zeros(len(self._model.gain))
        shrinking[self._model.growth_column] = -1.0
        self._program = self._model.program.with_gain(shrinking)
        self._moves = Moves(self._reaching(objective))
        self._relaxation = WarmRelaxation(self._reaching(objective), effort)

    def smallest(self, candidate: str, effort: Effort) -> Flip | None:
        """The smallest increase with which a best plan has the candidate, which the base plan has not.

        None when no increase of this limit alone does; an interval when time runs out or the base plan is not
        proven; raises `UnsettledError` when then no plan with the candidate is known either.
        """
        search = _Bracket()
        try:
            if self._is_proven:
                return self._exactly(candidate, search, effort.first_part(_SHARE_FOR_THE_PROOF))
            program = self._with(candidate, self._reached[0].objective)
            search.change = self._relaxed_increase(program, search, effort) or 0.0
        except UnsettledError:
            pass
        return None if search.is_impossible else self._within(candidate, search, effort)

    def _exactly(self, candidate: str, search: _Bracket, effort: Effort) -> Flip | None:
        for _ in range(_ROUNDS):
            mark = self._mark(candidate, search.change)
            program = self._with(candidate, mark)
            for increase in (self._relaxed_increase, self._exact_increase):
                least = increase(program, search, effort)
                if least is None:
                    return None
                search.change = max(search.change, least)
                if self._rises(candidate, mark, search.change, effort):
                    break
            else:
                return self._flip(candidate, search.change, effort)
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

    def _relaxed_increase(self, program: Program, search: _Bracket, effort: Effort) -> float | None:
        """A lower bound of the least increase, None when no increase suffices."""
        relaxed = None if effort.is_over else self._relaxation.solve(program)
        if relaxed is None:
            raise UnsettledError
        search.relaxed, search.is_impossible = relaxed, relaxed.is_impossible
        return None if relaxed.is_impossible else self._next_step(max(0.0, -relaxed.worth) * (1 - 1e-9))

    def _next_step(self, change: float) -> float:
        """The first increase from `change` on that can make a difference."""
        return change if self._step is None else ceil(change / self._step - 1e-6) * self._step

    def _exact_increase(self, program: Program, search: _Bracket, effort: Effort) -> float | None:
        """The least increase, None when none suffices."""
        search.numbers = self._constructed(program, search, effort)
        ended = self._solver.maximise(program, effort, search.numbers)
        if ended.status == "infeasible":
            search.is_impossible = True
            return None
        if ended.bound is not None:
            search.change = max(search.change, self._next_step(-ended.bound * (1 - 1e-9)))
        if ended.status != "optimal" or ended.numbers is None:
            raise UnsettledError
        if self._limit.overload_share > 0:
            return max(0.0, float(ended.numbers[self._model.growth_column]))
        return self._exceeded_by(self._model.columns.plan(ended.numbers))

    def _constructed(self, program: Program, search: _Bracket, effort: Effort) -> Floats | None:
        """A plan with the candidate near the base plan or near the relaxation, with little more of the limit."""
        relaxed = search.relaxed
        if relaxed is None or relaxed.is_impossible:
            return None
        base = self._model.numbers(self._base)
        groups = np.union1d(
            self._moves.differing(relaxed, base, [])[:_MOST_DIFFERING],
            self._moves.cheapest(relaxed, _CHEAPEST, np.random.default_rng(effort.seed)),
        )
        some = replace(effort.quietly().at_most(_SECONDS_TO_CONSTRUCT), threads=1)
        return self._moves.around(program, base, groups, some)[0]

    def _with(self, candidate: str, mark: float) -> Program:
        """The least increase for plans with the candidate that are worth at least `mark`."""
        return turned_round(self._model, candidate, wanted=True, program=self._reaching(mark))

    def _reaching(self, mark: float) -> Program:
        """The least increase for plans that are worth at least `mark`."""
        worth = np.flatnonzero(self._model.gain)
        return self._program.with_row(worth, self._model.gain[worth], mark - _rounding(mark), np.inf)

    def _within(self, candidate: str, search: _Bracket, effort: Effort) -> Flip:
        """The increase lies from what is known to be too little up to what a plan at hand needs."""
        numbers = search.numbers
        if numbers is None:
            numbers = self._constructed(self._with(candidate, self._reached[0].objective), search, effort)
        if numbers is None:
            raise UnsettledError
        plan = self._model.columns.plan(numbers)
        change = max(self._exceeded_by(plan), float(numbers[self._model.growth_column]) * bool(self._limit.overload))
        more = self._problem.with_more({self._limit.id: change})
        if broken(more, plan):
            raise UnsettledError
        enters, leaves = enters_and_leaves(self._problem, self._base, plan)
        low = min(search.change, change)
        return Flip(self._limit.id, change, enters, leaves, objective(more, plan), proven=False, at_least=low)

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
        return Flip(self._limit.id, change, enters, leaves, found.objective, proven=True, at_least=change)


def _step(problem: Problem, limit: Limit) -> float | None:
    """The step in which what is used of the limit, and so a useful increase, can grow; None when there is none."""
    uses = [amount for option in problem.options() for amount in option.use.get(limit.id, ())]
    savings = [rule.amount for rule in problem.rules if isinstance(rule, Saving) and rule.limit == limit.id]
    return common_step(np.array([*limit.amounts(), *uses, *savings], dtype=np.float64))


def _rounding(mark: float) -> float:
    return SAME_WORTH * max(1.0, abs(mark))
