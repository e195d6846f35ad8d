"""Setting up boards and giving people seats on them; seats that end stay on record."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.core import history
from mainstay.core.errors import Impossible
from mainstay.core.models import Person
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.governance.models import Board, Chair, Seat
from mainstay.portfolio.models import Portfolio
from mainstay.portfolio.operations.tree import change

FIELDS = frozenset({"name", "purpose", "quorum", "is_active"})


@operation(Verb.BOARD_CREATE)
def create_board(portfolio: Portfolio, *, actor: Actor, key: str, **fields: Any) -> Board:
    """Set up a board that decides on a portfolio and everything below it."""
    board = Board(portfolio=portfolio, key=key)
    change(board, FIELDS, fields)
    return history.create(board)


@operation(Verb.BOARD_EDIT)
def edit_board(
    board: Board, *, actor: Actor, expected_version: int | None = None, reason: str = "", **changes: Any
) -> Board:
    """Change the name, the purpose or the quorum of a board, or take it out of use."""
    change(board, FIELDS, changes)
    return history.save(board)


@operation(Verb.SEAT_GIVE)
def give_seat(
    board: Board, *, actor: Actor, person: Person, part: str = Chair.MEMBER, starts_on: date, reason: str = ""
) -> Seat:
    """Give a person a seat on a board; a board has one chair."""
    if not board.is_active:
        raise Impossible(f"{board.name} is out of use; nobody takes a seat on it.")
    sitting = board.seats.filter(ends_on=None)
    if sitting.filter(person=person).exists():
        raise ValidationError({"person": f"{person} has a seat on {board.name}; end it before you give another."})
    if part == Chair.CHAIR and (chair := sitting.filter(part=Chair.CHAIR).first()):
        raise ValidationError({"part": f"{chair.person} is in the chair; end that seat first."})
    return history.create(Seat(board=board, person=person, part=part, starts_on=starts_on))


@operation(Verb.SEAT_END)
def end_seat(
    seat: Seat, *, actor: Actor, ends_on: date, reason: str = "", expected_version: int | None = None
) -> Seat:
    """End a seat; it stays in the history of the board."""
    if seat.ends_on is not None:
        raise Impossible(f"{seat.person} left {seat.board} on {seat.ends_on:%d %B %Y} already.")
    if ends_on < seat.starts_on:
        raise ValidationError({"ends_on": "A seat does not end before it began."})
    seat.ends_on = ends_on
    return history.save(seat)
