"""Value against a limit: the best plan for many amounts, in pieces that any worker may take up."""

from collections.abc import Callable
from typing import Any

from mainstay.authorisation.models import Solution
from mainstay.authorisation.result import Result
from mainstay.authorisation.studies.terms import FrontierTerms
from mainstay.core.pieces import piece_work
from mainstay.engine import selection as engine
from mainstay.engine.selection.frontier import FrontierPoint, frontier, joined

PIECE = "frontier_points"
POINTS_A_PIECE = 4
SECONDS_A_POINT = 20.0
GAP = 0.0005


def amounts_of(result: Result, terms: FrontierTerms) -> list[float]:
    """The amounts of the limit, the present one among them."""
    present = result.problem.limit(terms.limit).total or 0.0
    low, high = present * terms.lowest / 100, present * terms.highest / 100
    even = {low + (high - low) * nth / (terms.points - 1) for nth in range(terms.points)}
    return sorted(even | {present})


def tasks_of(solution: Solution, terms: FrontierTerms, amounts: list[float]) -> list[dict[str, Any]]:
    """The amounts in pieces of neighbours, which know most of one another."""
    groups = [amounts[first : first + POINTS_A_PIECE] for first in range(0, len(amounts), POINTS_A_PIECE)]
    return [{"solution": solution.pk, "limit": terms.limit, "amounts": group} for group in groups]


@piece_work(PIECE)
def some_points(stop: Callable[[], bool], solution: int, limit: str, amounts: list[float]) -> dict[str, Any]:
    """The best plans for neighbouring amounts."""
    problem = engine.read_problem(Solution.objects.get(pk=solution).problem)
    effort = engine.Effort(SECONDS_A_POINT * len(amounts), GAP, cancelled=stop)
    return {"points": [_written(each) for each in frontier(problem, limit, amounts, effort=effort).points]}


def told_points(result: Result, limit: str, pieces: list[dict[str, Any]]) -> dict[str, Any]:
    """All pieces as one curve: each point with its plan and what it changes against the amount before."""
    points = [_read(each) for piece in pieces for each in piece["points"]]
    curve = joined(result.problem, limit, points, GAP)
    known = result.problem.limit(limit)
    return {
        "limit": limit,
        "name": known.name or known.id,
        "unit": known.unit,
        "present": known.total,
        "points": _told(result, list(curve)),
    }


def _told(result: Result, curve: list[FrontierPoint]) -> list[dict[str, Any]]:
    cost = {line.code: line.cost for line in result.lines}
    before: set[str] = set()
    told = []
    for point in curve:
        chosen = [each.candidate for each in point.answer.chosen]
        told.append(
            _written(point)
            | {
                "count": len(chosen),
                "cost": sum(cost[code] for code in chosen),
                "enters": sorted(set(chosen) - before) if told else [],
                "leaves": sorted(before - set(chosen)),
            }
        )
        before = set(chosen)
    return told


def _written(point: FrontierPoint) -> dict[str, Any]:
    answer = point.answer
    chosen = [[each.candidate, each.option, each.start] for each in answer.chosen]
    known = {
        name: getattr(answer, name) for name in ("status", "objective", "bound", "gap", "seconds", "seed", "solver")
    }
    return {"amount": point.amount, "chosen": chosen} | known


def _read(written: dict[str, Any]) -> FrontierPoint:
    names = ("status", "objective", "bound", "gap", "seconds", "seed", "solver")
    chosen = tuple(engine.Choice(*each) for each in written["chosen"])
    answer = engine.Answer(**{name: written[name] for name in names}, problem_sha256="", chosen=chosen)
    return FrontierPoint(written["amount"], answer)
