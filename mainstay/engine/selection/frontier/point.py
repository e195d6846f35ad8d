"""Points of a frontier and the curve they make."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import inf

from mainstay.engine.selection.answer import Answer
from mainstay.engine.selection.feasibility import broken
from mainstay.engine.selection.frontier.axis import Axis
from mainstay.engine.selection.plan import Plan, objective
from mainstay.engine.selection.problem import Problem
from mainstay.engine.selection.reuse.known import Circumstances, answer_with, plan_of


@dataclass(frozen=True, slots=True)
class FrontierPoint:
    """The answer with one amount of what the frontier varies."""

    amount: float
    answer: Answer


@dataclass(frozen=True, slots=True)
class Frontier:
    """Value against the amount of one limit or measure: points by rising amount, objective and bound rise along.

    `axis` is the id of the limit or the name of the measure, `present` its amount as it is now, None for a
    measure nobody has capped. `seconds` is the time all points took together.
    """

    axis: str
    present: float | None
    points: tuple[FrontierPoint, ...]
    seconds: float

    @property
    def is_proven(self) -> bool:
        """Whether every point is settled within the gap that was asked for."""
        return all(each.answer.status in ("optimal", "infeasible") for each in self.points)


def joined(
    problem: Problem, axis: str, points: Iterable[FrontierPoint], gap: float = 0.0
) -> tuple[FrontierPoint, ...]:
    """The points of several pieces of work as one curve, by rising amount.

    A plan holds with every larger amount and a bound with every smaller one, so what a neighbour knows better is
    taken over; a point is optimal when its objective and bound then lie within the relative `gap`.
    """
    line = Axis(problem, axis)
    ordered = sorted(points, key=lambda each: each.amount)
    bounds, lowest = [inf] * len(ordered), inf
    for nth in reversed(range(len(ordered))):
        lowest = min(lowest, _bound(ordered[nth]))
        bounds[nth] = lowest
    found: dict[float, FrontierPoint] = {}
    best: Plan | None = None
    for point, bound in zip(ordered, bounds, strict=True):
        here = line.at(point.amount)
        best = _better(here, best, point)
        found[point.amount] = point if best is None else _at(here, point, best, bound, gap)
    return tuple(found.values())


def _better(problem: Problem, before: Plan | None, point: FrontierPoint) -> Plan | None:
    """The plan of the point, or the one from before where that is worth more here."""
    if point.answer.objective is None:
        return before
    own = plan_of(problem, point.answer.chosen)
    if before is None or broken(problem, before) or objective(problem, own) >= objective(problem, before):
        return own
    return before


def _at(problem: Problem, point: FrontierPoint, plan: Plan, bound: float, gap: float) -> FrontierPoint:
    answer = point.answer
    told = Circumstances(gap, answer.seconds, answer.seed, answer.solver)
    return replace(point, answer=answer_with(problem, plan, None if bound == inf else bound, told))


def _bound(point: FrontierPoint) -> float:
    return inf if point.answer.bound is None else point.answer.bound
