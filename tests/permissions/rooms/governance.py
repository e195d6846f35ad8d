"""Planning cycles in the permission table."""

from datetime import date
from typing import Any

from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
from mainstay.governance.operations.cycles import create_cycle
from tests.permissions.rows import SIGNED_IN, Room, Row

_CYCLE = {"cycle_id": "cycle"}
_SENT = {"name": "2031", "start_date": "2031-01-01", "end_date": "2031-12-31"}


def furnish(world: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """A cycle of Networks and one that is confidential."""
    dates = {"start_date": date(2027, 1, 1), "end_date": date(2027, 12, 31)}
    inside = create_cycle(world.networks, actor=MAINSTAY, name="2027", **dates)
    outside = create_cycle(world.secret, actor=MAINSTAY, name="zq7secret cycle", **dates)
    return {"cycle": inside.pk}, {"cycle": outside.pk}


ROOM = Room(
    pages={
        "cycles": Row(SIGNED_IN),
        "cycle_new": Row(
            Verb.CYCLE_CREATE, Verb.CYCLE_CREATE, query="portfolio=NET", sent=_SENT | {"portfolio": "NET"}
        ),
        "cycle": Row(arguments=_CYCLE),
        "cycle_edit": Row(Verb.CYCLE_EDIT, Verb.CYCLE_EDIT, arguments=_CYCLE, sent=_SENT),
        "cycle_state": Row(None, Verb.CYCLE_ADVANCE, arguments=_CYCLE),
    },
    arguments={"cycle_id": "cycle"},
    sent={"cycle.create": {"portfolio": "NET", **_SENT}, "cycle.edit": {"note": "Agreed"}},
    reads={"see.cycle": Verb.SEE_REGISTER},
    placed=frozenset({"cycle"}),
    furnish=furnish,
)
