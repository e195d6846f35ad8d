"""Plans and answers turned into one another, so that what is known already is used again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite

from mainstay.engine.selection.answer import Answer, Choice
from mainstay.engine.selection.plan import Pick, Plan, limit_uses, objective
from mainstay.engine.selection.problem import Problem
from mainstay.engine.selection.writer import problem_sha256


def plan_of(problem: Problem, chosen: Iterable[Choice]) -> Plan:
    """The plan an answer names; `KeyError` for a candidate, option or start the problem does not have."""
    picks: dict[str, Pick] = {}
    for choice in chosen:
        options = problem.candidate(choice.candidate).options
        places = [
            Pick(version, option.starts.index(choice.start))
            for version, option in enumerate(options)
            if option.id == choice.option and choice.start in option.starts
        ]
        if not places:
            raise KeyError(f"{choice.candidate} {choice.option} {choice.start}")
        picks[choice.candidate] = places[0]
    return Plan(tuple(picks.get(each.id) for each in problem.candidates))


@dataclass(frozen=True, slots=True)
class Circumstances:
    """How an answer came about: the relative gap that was good enough, seconds, seed and solver."""

    gap: float
    seconds: float
    seed: int
    solver: str


def answer_with(problem: Problem, plan: Plan, bound: float | None, told: Circumstances) -> Answer:
    """The answer that is this plan with this bound, optimal when they lie within the gap."""
    worth = objective(problem, plan)
    if bound is not None and (bound <= worth or is_close(worth, bound, 0.0)):
        bound = worth
    return Answer(
        status="optimal" if is_close(worth, bound, told.gap) else "feasible",
        objective=worth,
        bound=bound,
        gap=gap_between(worth, bound),
        seconds=told.seconds,
        seed=told.seed,
        solver=told.solver,
        problem_sha256=problem_sha256(problem),
        chosen=plan.choices(problem),
        limits=limit_uses(problem, plan),
    )


def answer_without(problem: Problem, bound: float | None, told: Circumstances, *, is_impossible: bool) -> Answer:
    """The answer that has no plan, because there is none or none was found."""
    return Answer(
        status="infeasible" if is_impossible else "unknown",
        objective=None,
        bound=None if is_impossible else bound,
        gap=None,
        seconds=told.seconds,
        seed=told.seed,
        solver=told.solver,
        problem_sha256=problem_sha256(problem),
    )


def gap_between(worth: float, bound: float | None) -> float | None:
    """(bound - worth) / |worth|, None when that has no meaning."""
    if bound is None:
        return None
    if bound <= worth:
        return 0.0
    return (bound - worth) / abs(worth) if worth else None


def is_close(worth: float, bound: float | None, gap: float) -> bool:
    """Whether worth and bound lie within the relative gap, or differ by rounding only."""
    if bound is None or not isfinite(worth):
        return False
    return bound - worth <= max(gap * abs(worth), 1e-9 * max(1.0, abs(worth)))
