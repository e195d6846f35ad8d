"""What the roadmap brings to the permission table."""

from datetime import date
from typing import Any

from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
from mainstay.portfolio.operations.parts import add_dependency
from mainstay.portfolio.operations.projects import edit_project
from tests.permissions.rows import SIGNED_IN, Room, Row

_LIST = Row(SIGNED_IN)
_MOVE = {"project": "PUMPS", "start": "2030-01-01", "end": "2030-06-30", "version": "1"}


def furnish(world: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Dates inside and outside, and what is outside in conflict with what is inside."""
    for project, first in ((world.pumps, 2028), (world.meters, 2028), (world.depot, 2029), (world.heron, 2029)):
        edit_project(project, actor=MAINSTAY, start_date=date(first, 1, 1), end_date=date(first, 12, 31))
    add_dependency(world.meters, actor=MAINSTAY, needs=world.depot, kind="finish_to_start")
    return {}, {}


ROOM = Room(
    pages={
        "roadmap": _LIST,
        "roadmap_data": _LIST,
        "roadmap_export": _LIST,
        "roadmap_effect": Row(Verb.SEE_REGISTER, query="project=PUMPS&start=2030-01-01&end=2030-06-30"),
        "roadmap_moves": Row(None, Verb.PROJECT_EDIT, sent=_MOVE),
    },
    reads={"see.roadmap": SIGNED_IN, "see.roadmap.effect": Verb.SEE_REGISTER},
    furnish=furnish,
)
