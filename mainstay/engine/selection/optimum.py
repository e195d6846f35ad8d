"""The best plan of a problem: solve, check against the problem itself, settle ties."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mainstay.engine.selection.answer import Status
from mainstay.engine.selection.feasibility import broken
from mainstay.engine.selection.model import Model
from mainstay.engine.selection.plan import Plan, objective
from mainstay.engine.selection.problem import Problem
from mainstay.engine.selection.solver import Effort, Ended, Solver
from mainstay.engine.selection.tiebreak import excluding, settle_ties

_CORRECTIONS = 50
_SECONDS_FOR_TIES = 2.0


@dataclass(frozen=True, slots=True)
class Optimum:
    """The best plan found, its objective and the proven bound, each None when there is none."""

    status: Status
    plan: Plan | None
    objective: float | None
    bound: float | None

    @property
    def is_proven(self) -> bool:
        """Whether the problem is settled: a plan that cannot be bettered, or none at all."""
        return self.status in ("optimal", "infeasible")

    @property
    def gap(self) -> float | None:
        """(bound - objective) / |objective|, None when that has no meaning."""
        if self.objective is None or self.bound is None:
            return None
        if self.bound <= self.objective:
            return 0.0
        return (self.bound - self.objective) / abs(self.objective) if self.objective else None


def find_optimum(
    problem: Problem, solver: Solver, effort: Effort, first: Plan | None = None, *, ties: bool = True
) -> Optimum:
    """The best plan within the effort, beginning from `first`; with `ties` settled as the format says.

    A `first` plan that no longer holds is mended where the solver can do that.
    """
    model = Model(problem)
    ended, plan = _solve_until_it_holds(model, solver, effort, first)
    if plan is None:
        status: Status = "infeasible" if ended.status == "infeasible" else "unknown"
        return Optimum(status, None, None, ended.bound)
    worth = objective(problem, plan)
    if ended.status == "feasible":
        return Optimum("feasible", plan, worth, ended.bound)
    bound = worth if effort.gap == 0 or ended.bound is None else max(worth, ended.bound)
    if ties and bound == worth:
        patience = max(_SECONDS_FOR_TIES, effort.elapsed)  # a plan in hand is not kept back for long
        plan = settle_ties(model, plan, solver, effort.quietly().at_most(patience))
    return Optimum("optimal", plan, worth, bound)


def _solve_until_it_holds(
    model: Model, solver: Solver, effort: Effort, first: Plan | None
) -> tuple[Ended, Plan | None]:
    """Solve, and solve again without a plan that only holds within the solver's own tolerance."""
    program = model.program
    numbers = None if first is None else model.numbers(first)
    for _ in range(_CORRECTIONS):
        ended = solver.maximise(program, effort, numbers)
        if ended.numbers is None:
            break
        plan = model.columns.plan(ended.numbers)
        if not broken(model.problem, plan):
            return ended, plan
        ended = Ended("unknown", None, None, ended.bound)
        if effort.is_over:
            break
        program, numbers = program.with_row(*excluding(model, plan)), None
    if ended.status == "unknown" and first is not None and not broken(model.problem, first):
        return replace(ended, status="feasible"), first
    return ended, None
