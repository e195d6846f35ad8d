"""Boards, seats and delegations in the REST API."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from pydantic import Field as Rule

from mainstay.core.api.fields import VERSION, Field, Kind, number
from mainstay.core.api.finding import found
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import (
    Changes,
    Currency,
    Day,
    Id,
    Money,
    PortfolioCode,
    Reason,
    Sent,
    Username,
    YesNo,
    text,
    whole,
)
from mainstay.core.roles import Role
from mainstay.core.verbs import Verb
from mainstay.governance.models import Board, Chair, Delegation, Seat
from mainstay.governance.operations.boards import create_board, edit_board, end_seat, give_seat
from mainstay.governance.operations.delegations import remove_delegation, set_delegation
from mainstay.portfolio.api.finding import named_person, named_portfolio
from mainstay.portfolio.api.reading import PORTFOLIO

routes = Routes("Boards")
BoardKey = Annotated[str, Rule(pattern=r"^[-a-zA-Z0-9_]{1,40}$", examples=["investment"])]
Quorum = whole(1, 100)

BOARDS = Resource(
    "Board",
    (
        Field("key", Kind.TEXT, "The short name.", example="investment"),
        PORTFOLIO,
        Field("name", Kind.TEXT, "The name.", example="Investment board"),
        Field("purpose", Kind.TEXT, "What it is for."),
        Field("quorum", Kind.WHOLE, "How many members with a vote must be free to decide.", example=3),
        Field("is_active", Kind.YES_NO, "Whether it is in use.", example=True),
        VERSION,
    ),
    key="key",
    order=("name",),
)
SEATS = Resource(
    "Seat",
    (
        number("id", "The row's number.", lookup="pk", example=1),
        Field("board", Kind.TEXT, "The key of the board.", "board__key", example="investment"),
        Field("person", Kind.TEXT, "Who sits there, by sign-in name.", "person__username", example="helen"),
        Field("part", Kind.CHOICE, "As what.", choices=tuple(Chair.values), example="chair"),
        Field("starts_on", Kind.DAY, "From when.", example="2026-01-01"),
        Field("ends_on", Kind.DAY, "Until when.", may_be_missing=True),
        Field("external_key", Kind.TEXT, "The key in the source."),
        VERSION,
    ),
    key="id",
    order=("board", "person"),
)
DELEGATIONS = Resource(
    "Delegation",
    (
        number("id", "The row's number.", lookup="pk", example=1),
        PORTFOLIO,
        Field("board", Kind.TEXT, "To which board.", "board__key", may_be_missing=True, example="investment"),
        Field("role", Kind.TEXT, "Or to which role."),
        Field("theme", Kind.TEXT, "For projects of which theme; empty: of every theme."),
        Field("up_to", Kind.MONEY, "Up to which cost; missing: any.", may_be_missing=True, example="500000.00"),
        Field("currency", Kind.TEXT, "In which currency.", example="GBP"),
        Field("note", Kind.TEXT, "A note."),
        Field("external_key", Kind.TEXT, "The key in the source."),
        VERSION,
    ),
    key="id",
    order=("portfolio", "id"),
)


class BoardCreate(Sent):
    """A board of a portfolio."""

    portfolio: PortfolioCode
    key: BoardKey
    name: text(120, least=1)
    purpose: text(500) = ""
    quorum: Quorum = 3


class BoardEdit(Changes):
    """Changes to a board."""

    name: text(120, least=1) = ""
    purpose: text(500) = ""
    quorum: Quorum = 3
    is_active: YesNo = True
    reason: Reason = ""


class SeatGive(Sent):
    """A seat for a person."""

    person: Username
    part: Literal["chair", "member", "secretary", "adviser"] = "member"
    starts_on: Day
    reason: Reason = ""


class SeatEnd(Sent):
    """When a seat ends."""

    ends_on: Day
    reason: Reason = ""


class DelegationSet(Sent):
    """How much a board or a role may decide; a missing amount is any."""

    portfolio: PortfolioCode
    board: BoardKey | None = None
    role: Literal["", *(role.value for role in Role)] = ""  # type: ignore[valid-type]
    theme: text(100) = ""
    up_to: Money | None = None
    currency: Currency | None = None
    note: text(200) = ""


def _boards(request: HttpRequest) -> Any:
    return Board.objects.as_of(request.as_of).visible_to(request.user)


@routes.reads("/boards", "boards", BOARDS.Page, is_list=True)
def boards(request: HttpRequest, query: BOARDS.Asked) -> Any:
    """List boards by name."""
    return BOARDS.page(request, _boards(request), query)


@routes.reads("/boards/{board_key}", "board", BOARDS.One, versioned=True)
def board(request: HttpRequest, board_key: BoardKey) -> Any:
    """Read a board."""
    return BOARDS.one(request, _boards(request).filter(key=board_key))


@routes.does(
    "POST", "/boards", Verb.BOARD_CREATE, BOARDS.One, status=201,
    example={"portfolio": "NET", "key": "small", "name": "Board for small works"},
)  # fmt: skip
def create(request: HttpRequest, body: BoardCreate) -> Any:
    """Set up a board."""
    sent = body.model_dump()
    portfolio = named_portfolio(request, "portfolio", sent.pop("portfolio"))
    made = create_board(portfolio, actor=request.user, **sent)
    row = BOARDS.one(request, Board.objects.filter(pk=made.pk)).body
    return Answer(row, location=f"/api/v1/boards/{made.key}")


@routes.does(
    "PATCH", "/boards/{board_key}", Verb.BOARD_EDIT, BOARDS.One, precondition="required", example={"quorum": 4}
)
def edit(request: HttpRequest, board_key: BoardKey, body: BoardEdit) -> Any:
    """Change a board."""
    rows = _boards(request).filter(key=board_key)
    edit_board(found(rows), actor=request.user, expected_version=request.expected_version, **body.sent_only())
    return BOARDS.one(request, rows)


@routes.reads("/seats", "seats", SEATS.Page, is_list=True)
def seats(request: HttpRequest, query: SEATS.Asked) -> Any:
    """List seats, those that ended too."""
    return SEATS.page(request, Seat.objects.as_of(request.as_of).visible_to(request.user), query)


@routes.does(
    "POST", "/boards/{board_key}/seats", Verb.SEAT_GIVE, SEATS.One, status=201,
    example={"person": "grace", "part": "adviser", "starts_on": "2026-01-01"},
)  # fmt: skip
def give(request: HttpRequest, board_key: BoardKey, body: SeatGive) -> Any:
    """Give a person a seat on a board."""
    sent = body.model_dump()
    row = found(_boards(request).filter(key=board_key))
    person = named_person(request, "person", sent.pop("person"))
    made = give_seat(row, actor=request.user, person=person, **sent)
    return SEATS.one(request, Seat.objects.filter(pk=made.pk))


@routes.does(
    "POST", "/seats/{seat_id}/end", Verb.SEAT_END, SEATS.One, precondition="possible",
    example={"ends_on": "2027-01-31"},
)  # fmt: skip
def end(request: HttpRequest, seat_id: Id, body: SeatEnd) -> Any:
    """End a seat; it stays in the history."""
    rows, version = Seat.objects.visible_to(request.user).filter(pk=seat_id), request.expected_version
    end_seat(found(rows), actor=request.user, expected_version=version, **body.model_dump())
    return SEATS.one(request, rows)


@routes.reads("/delegations", "delegations", DELEGATIONS.Page, is_list=True)
def delegations(request: HttpRequest, query: DELEGATIONS.Asked) -> Any:
    """List delegations."""
    return DELEGATIONS.page(request, Delegation.objects.as_of(request.as_of).visible_to(request.user), query)


@routes.does(
    "POST", "/delegations", Verb.DELEGATION_SET, DELEGATIONS.One, status=201,
    example={"portfolio": "NET", "role": "portfolio_manager", "up_to": "250000.00", "currency": "GBP"},
)  # fmt: skip
def delegate(request: HttpRequest, body: DelegationSet) -> Any:
    """Say how much a board or a role may decide; what was said before for the same is replaced."""
    sent = body.model_dump()
    portfolio = named_portfolio(request, "portfolio", sent.pop("portfolio"))
    key = sent.pop("board")
    row = found(_boards(request).filter(key=key)) if key else None
    sent["currency"] = sent["currency"] or ""
    made = set_delegation(portfolio, actor=request.user, board=row, **sent)
    return DELEGATIONS.one(request, Delegation.objects.filter(pk=made.pk))


@routes.does("DELETE", "/delegations/{delegation_id}", Verb.DELEGATION_REMOVE, None, status=204)
def take_back(request: HttpRequest, delegation_id: Id) -> Any:
    """Take a delegation back."""
    row = found(Delegation.objects.visible_to(request.user).filter(pk=delegation_id))
    remove_delegation(row, actor=request.user)
    return Answer(status=204)
