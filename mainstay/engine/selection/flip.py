"""The smallest increase of one limit that brings a candidate into a best plan.

With more of a limit both the best plan with the candidate and the best plan without it become better, in
steps and not evenly, so halving an interval could miss the first flip. Instead: find the least increase at
which a plan with the candidate is worth what the best plan without it is worth now; look how good the
latter has become with that increase; repeat with the new mark until it no longer moves.
"""

from __future__ import annotations

import numpy as np

from mainstay.engine.selection.answer import Flip
from mainstay.engine.selection.displaced import enters_and_leaves
from mainstay.engine.selection.limit import Limit
from mainstay.engine.selection.model import Model
from mainstay.engine.selection.optimum import Optimum, find_optimum, same_worth
from mainstay.engine.selection.plan import Plan, limit_uses
from mainstay.engine.selection.problem import Problem
from mainstay.engine.selection.solver import Effort, Solver
from mainstay.engine.selection.tiebreak import SAME_WORTH

_ROUNDS = 60


class UnsettledError(Exception):
    """Time ran out before the smallest increase was found or ruled out."""


def smallest_flip(
    problem: Problem, base: Plan, mark: float, candidate: str, limit: Limit, solver: Solver, effort: Effort
) -> Flip | None:
    """The smallest increase of `limit` with which a best plan has `candidate`, None when there is none.

    `base` is the best plan of the problem, without the candidate, and `mark` its objective. Raises
    `UnsettledError` when time runs out before either is known.
    """
    inside, outside = problem.with_forced(candidate, "in"), problem.with_forced(candidate, "out")
    for _ in range(_ROUNDS):
        change = _least_increase(inside, limit, mark, solver, effort)
        if change is None:
            return None
        rival = _settled(outside.with_more({limit.id: change}), solver, effort)
        own = _settled(inside.with_more({limit.id: change}), solver, effort)
        if own.objective is None or own.plan is None:
            raise UnsettledError
        if rival.objective is None or own.objective >= rival.objective or same_worth(own.objective, rival.objective):
            enters, leaves = enters_and_leaves(problem, base, own.plan, but="")
            return Flip(limit.id, change, enters, leaves, own.objective, proven=True)
        mark = rival.objective
    raise UnsettledError


def _least_increase(problem: Problem, limit: Limit, mark: float, solver: Solver, effort: Effort) -> float | None:
    """The least increase with which some plan is worth at least `mark`."""
    model = Model(problem, growing=limit.id)
    gain = np.zeros(len(model.gain))
    gain[model.growth_column] = -1.0
    worth = np.flatnonzero(model.gain)
    slack = SAME_WORTH * max(1.0, abs(mark))
    program = model.program.with_row(worth, model.gain[worth], mark - slack, np.inf).with_gain(gain)
    ended = solver.maximise(program, effort)
    if ended.status == "infeasible":
        return None
    if ended.status != "optimal" or ended.numbers is None:
        raise UnsettledError
    if limit.overload_share > 0:
        return max(0.0, float(ended.numbers[model.growth_column]))
    return _exceeded_by(problem, limit, model.columns.plan(ended.numbers))


def _exceeded_by(problem: Problem, limit: Limit, plan: Plan) -> float:
    """By how much the plan exceeds the limit, reckoned from the plan and free of the solver's rounding."""
    use = next(each for each in limit_uses(problem, plan) if each.id == limit.id)
    return max(0.0, -use.slack)


def _settled(problem: Problem, solver: Solver, effort: Effort) -> Optimum:
    optimum = find_optimum(problem, solver, effort)
    if not optimum.is_proven:
        raise UnsettledError
    return optimum
