"""`mainstay plan --frontier LIMIT:POINTS`: what the plan would be worth with less or more of a limit."""

import argparse
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from mainstay.cli.command import WrongUse

if TYPE_CHECKING:
    from mainstay.engine.selection import Effort, Problem

MOST_POINTS = 1000
STATES = {"optimal": "proven", "feasible": "at most {bound}", "infeasible": "no plan", "unknown": "not known"}


def axis_and_points(text: str) -> tuple[str, int]:
    """The limit or measure and how many points: `money:20`; the name may hold colons itself."""
    name, _, points = text.rpartition(":")
    if not name or not points.isdecimal() or not 1 <= int(points) <= MOST_POINTS:
        raise argparse.ArgumentTypeError(f"{text} is not LIMIT:POINTS with 1 to {MOST_POINTS} points")
    return name, int(points)


def frontier_of(problem: "Problem", wanted: tuple[str, int], effort: "Effort") -> dict[str, object]:
    """The frontier as a document; a limit or measure that does not exist is wrong use."""
    from mainstay.engine.selection.frontier import frontier, frontier_to_dict

    axis, points = wanted
    try:
        return frontier_to_dict(frontier(problem, axis, points, effort=effort))
    except KeyError as error:
        raise WrongUse(f"--frontier: there is no limit or measure {axis}") from error
    except ValueError as error:
        raise WrongUse(f"--frontier: {error}") from error


def describe(found: Mapping[str, Any]) -> Iterator[str]:
    """One line for each amount: what the best plan is then worth, and who comes in and goes out on the way up."""
    yield f"Value against {found['axis']}"
    before: set[str] = set()
    for nth, point in enumerate(found["points"]):
        chosen = {each["candidate"] for each in point["chosen"]}
        yield f"  {_row(point, found['present'])}{_changes(before, chosen) if nth else ''}"
        before = chosen


def _row(point: Mapping[str, Any], present: float | None) -> str:
    worth = "" if point["objective"] is None else f"{point['objective']:,.10g}, "
    state = STATES[point["status"]].format(bound=f"{point['bound'] or 0:,.10g}")
    now = " (now)" if point["amount"] == present else ""
    return f"{point['amount']:,.10g}{now}: {worth}{state}"


def _changes(before: set[str], now: set[str]) -> str:
    parts = [f"{sign}{name}" for sign, names in (("+", now - before), ("-", before - now)) for name in sorted(names)]
    return f"  {' '.join(parts)}" if parts else ""
