"""Boards, seats and delegations in the permission table."""

from datetime import date
from decimal import Decimal
from typing import Any

from mainstay.core.models import Person
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
from mainstay.governance.operations.boards import create_board, give_seat
from mainstay.governance.operations.delegations import set_delegation
from tests.permissions.rows import SIGNED_IN, Room, Row

_BOARD = {"key": "board"}
_NEW = {"portfolio": "NET", "key": "small", "name": "Small works", "quorum": "2"}


def furnish(world: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """A board of Networks, with whoever may vote on it, and one that is confidential."""
    inside = _board(world.networks, "network", "Board of Networks", ["board_member", "pmo_director", "dora"])
    outside = _board(world.secret, "zq7board", "zq7secret board", ["dora"])
    return inside, outside


def _board(portfolio: Any, key: str, name: str, usernames: list[str]) -> dict[str, Any]:
    board = create_board(portfolio, actor=MAINSTAY, key=key, name=name, quorum=1)
    for username in usernames:
        person = Person.objects.get(username=username)
        part = "secretary" if username == "dora" else "member"
        seat = give_seat(board, actor=MAINSTAY, person=person, part=part, starts_on=date(2026, 1, 1))
    row = set_delegation(portfolio, actor=MAINSTAY, board=board, up_to=Decimal(10**9), note=name)
    for role in (Role.PMO_DIRECTOR, Role.PORTFOLIO_MANAGER, Role.BOARD_MEMBER):
        set_delegation(portfolio, actor=MAINSTAY, role=role)  # whoever decides at gates here is not the board
    return {"board": key, "seat": seat.pk, "delegation": row.pk}


ROOM = Room(
    pages={
        "boards": Row(SIGNED_IN),
        "board": Row(arguments=_BOARD),
        "board_new": Row(Verb.BOARD_CREATE, Verb.BOARD_CREATE, query="portfolio=NET", sent=_NEW),
        "board_edit": Row(Verb.BOARD_EDIT, Verb.BOARD_EDIT, arguments=_BOARD, sent={"name": "Board", "quorum": "1"}),
        "seat_new": Row(None, Verb.SEAT_GIVE, arguments=_BOARD, sent={"part": "adviser", "starts_on": "2026-01-01"}),
        "seat_ending": Row(None, Verb.SEAT_END, arguments={"seat_id": "seat"}),
        "delegation_new": Row(None, Verb.DELEGATION_SET, arguments=_BOARD, sent={"role": "sponsor"}),
        "delegation_removal": Row(None, Verb.DELEGATION_REMOVE, arguments={"delegation_id": "delegation"}),
    },
    arguments={"board_key": "board", "seat_id": "seat", "delegation_id": "delegation"},
    sent={
        "board.create": {"portfolio": "NET", "key": "small", "name": "Small works"},
        "board.edit": {"quorum": 2},
        "seat.give": {"person": "nobody", "part": "adviser", "starts_on": "2026-01-01"},
        "seat.end": {"ends_on": "2027-01-31"},
        "delegation.set": {"portfolio": "NET", "role": "sponsor", "up_to": "100.00"},
    },
    reads={"see.board": Verb.SEE_REGISTER},
    placed=frozenset({"board", "seat", "delegation"}),
    furnish=furnish,
)
