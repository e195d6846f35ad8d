"""What dashboards bring to the permission table."""

from typing import Any

from mainstay.core.verbs import Verb
from tests.permissions.rows import SIGNED_IN, Room, Row

_ROLE = {"role": "dashboard"}


def furnish(world: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Dashboards are named after roles and parts after what they show; there are none outside."""
    return {"dashboard": "executive", "part": "health"}, {}


ROOM = Room(
    pages={
        "dashboards": Row(SIGNED_IN),
        "value": Row(Verb.SEE_FIGURES),
        "learning": Row(Verb.SEE_FIGURES),
        "dashboard": Row(SIGNED_IN, arguments=_ROLE),
        "dashboard_part": Row(Verb.SEE_REGISTER, place="somewhere", arguments={"key": "part"}),
        "dashboard_arranging": Row(SIGNED_IN, SIGNED_IN, arguments=_ROLE, sent={"move": "remove:decisions"}),
    },
    arguments={"dashboard": "dashboard", "part": "part"},
    reads={
        "see.dashboards": SIGNED_IN,
        "see.dashboard": SIGNED_IN,
        "see.dashboard.part": Verb.SEE_REGISTER,
    },
    furnish=furnish,
)
