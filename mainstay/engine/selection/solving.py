"""Solving a planning problem: from the problem to the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from mainstay.engine.selection.answer import Answer, Choice, Conflict, Explanation
from mainstay.engine.selection.conflict import find_conflict
from mainstay.engine.selection.earlier import plan_from, with_least_change
from mainstay.engine.selection.explain import explain as explained
from mainstay.engine.selection.highs import HighsSolver
from mainstay.engine.selection.optimum import Optimum, find_optimum
from mainstay.engine.selection.plan import limit_uses
from mainstay.engine.selection.problem import Problem
from mainstay.engine.selection.search import HybridSolver
from mainstay.engine.selection.solver import Effort, Progress, Solver
from mainstay.engine.selection.writer import problem_sha256

_SHARE_FOR_THE_PLAN = 0.7  # of the seconds, when explanations are wanted too
_SHARE_FOR_THE_BEST = 0.7  # of those, when the plan should be near an earlier one


def solve(
    problem: Problem,
    *,
    seconds: float = 60,
    gap: float = 0.0,
    seed: int = 0,
    threads: int = 1,
    explain: Iterable[str] | str = (),
    earlier: Iterable[Choice] | None = None,
    give_up: float = 0.0,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    solver: Solver | None = None,
) -> Answer:
    """The best plan for the problem that `seconds` allow, with its proof, and why the candidates named are in or out.

    `gap` is the relative gap to the bound that is good enough. `explain` is "all" or the ids of candidates;
    explanations share the seconds. From an `earlier` plan the search begins, and among plans worth at most the
    share `give_up` less than the best the one with the fewest candidates changed is taken, then the most valuable of
    those. `progress` is told (incumbent, bound, gap, seconds) while the plan is
    sought and once at its end; `cancelled` stops the work with the best plan so far when it returns true.
    Raises `ValueError` for a nonsensical effort and `KeyError` for an unknown candidate; a problem that has
    no plan is an answer, not an error.

    >>> from mainstay.engine.selection import read_problem
    >>> solve(read_problem('{"format": "mainstay-plan/1", "periods": 1, "limits": [], "candidates": []}')).status
    'optimal'
    """
    planner, solver = solver or HybridSolver(), solver or HighsSolver()
    wanted = _wanted(problem, explain)
    effort = Effort(seconds, gap, seed, threads, progress, cancelled or (lambda: False))
    for_the_plan = effort.first_part(_SHARE_FOR_THE_PLAN if wanted else 1.0)
    optimum = _optimum(problem, planner, for_the_plan, None if earlier is None else tuple(earlier), give_up)
    conflict = find_conflict(problem, solver, effort.quietly()) if optimum.status == "infeasible" else None
    taken = effort.elapsed
    if progress is not None:
        progress(optimum.objective, optimum.bound, optimum.gap, taken)
    explanations = explained(problem, optimum, wanted, solver, effort)
    return _answer(problem, optimum, conflict, explanations, planner, effort, taken)


def _optimum(
    problem: Problem, solver: Solver, effort: Effort, earlier: tuple[Choice, ...] | None, give_up: float
) -> Optimum:
    """The best plan, or with an earlier one the one near it."""
    if not 0 <= give_up < 1:
        raise ValueError(f"give_up must lie from 0 to below 1, not {give_up}")
    if earlier is None:
        return find_optimum(problem, solver, effort)
    first = plan_from(problem, earlier)
    best = find_optimum(problem, solver, effort.first_part(_SHARE_FOR_THE_BEST), first, ties=False)
    return with_least_change(problem, best, earlier, give_up, solver, effort)


def _wanted(problem: Problem, explain: Iterable[str] | str) -> tuple[str, ...]:
    if explain == "all":
        return tuple(each.id for each in problem.candidates)
    wanted = (explain,) if isinstance(explain, str) else tuple(explain)
    return tuple(dict.fromkeys(problem.candidate(each).id for each in wanted))


def _answer(
    problem: Problem,
    optimum: Optimum,
    conflict: Conflict | None,
    explanations: tuple[Explanation, ...],
    solver: Solver,
    effort: Effort,
    taken: float,
) -> Answer:
    plan = optimum.plan
    return Answer(
        status=optimum.status,
        objective=optimum.objective,
        bound=optimum.bound,
        gap=optimum.gap,
        seconds=taken,
        seed=effort.seed,
        solver=solver.name,
        problem_sha256=problem_sha256(problem),
        chosen=plan.choices(problem) if plan else (),
        limits=limit_uses(problem, plan) if plan else (),
        conflict=conflict,
        explanations=explanations,
        explanation_seconds=effort.elapsed - taken,
    )
