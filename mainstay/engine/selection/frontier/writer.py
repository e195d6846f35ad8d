"""Writing a frontier as a JSON object."""

from __future__ import annotations

from mainstay.engine.selection.frontier.point import Frontier, FrontierPoint
from mainstay.engine.selection.writer import answer_to_dict

FRONTIER_FORMAT = "mainstay-frontier/1"
_OF_THE_PLAN = ("status", "objective", "bound", "gap", "chosen", "limits")


def frontier_to_dict(found: Frontier) -> dict[str, object]:
    """The frontier as the object of a `mainstay-frontier/1` document: for each amount a whole answer."""
    return {
        "format": FRONTIER_FORMAT,
        "axis": found.axis,
        "present": found.present,
        "proven": found.is_proven,
        "seconds": round(found.seconds, 4),
        "points": [_point(each) for each in found.points],
    }


def _point(point: FrontierPoint) -> dict[str, object]:
    answer = answer_to_dict(point.answer)
    return {"amount": round(point.amount, 9), **{name: answer[name] for name in _OF_THE_PLAN}}
