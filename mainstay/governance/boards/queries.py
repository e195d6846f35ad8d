"""What the pages about boards read, and how far a delegation reaches."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from mainstay.core.access import held_by
from mainstay.core.errors import Missing
from mainstay.governance.models import Board, Chair, Delegation, Seat


def boards_for(user: Any, as_of: datetime | None = None) -> Any:
    """The boards a person may see, with the number of people who sit on each today."""
    rows = Board.objects.as_of(as_of).visible_to(user).select_related("portfolio").order_by("name")
    if as_of is not None:
        return rows
    sitting = Q(seats__ends_on=None)
    voting = sitting & Q(seats__part__in=[Chair.CHAIR, Chair.MEMBER])
    return rows.annotate(sitting=Count("seats", filter=sitting), voting=Count("seats", filter=voting))


def board_for(user: Any, key: str, as_of: datetime | None = None) -> Any:
    """A board the person may see."""
    board = boards_for(user, as_of).filter(key=key).first()
    if board is None:
        raise Missing("There is no such board, or it is not open to you.")
    return board


def seats_of(board: Any, as_of: datetime | None = None) -> list[Any]:
    """Every seat of a board, those taken now first."""
    rows = Seat.objects.as_of(as_of).filter(board_id=board.row_id).select_related("person")
    order = [Chair.CHAIR, Chair.MEMBER, Chair.SECRETARY, Chair.ADVISER]
    return sorted(rows, key=lambda seat: (seat.ends_on is not None, order.index(Chair(seat.part)), seat.person.name))


def delegations_on(board: Any, as_of: datetime | None = None) -> Any:
    """The delegations written for the portfolio of a board, to boards and roles."""
    rows = Delegation.objects.as_of(as_of).filter(portfolio_id=board.portfolio_id).select_related("board")
    return rows.order_by("-board", "role", "theme")


def every_delegation() -> list[Delegation]:
    """Every delegation that is written; there are few."""
    return list(Delegation.objects.select_related("board", "portfolio"))


def own_delegations(
    project: Any, *, person: Any = None, board: Any = None, written: list[Delegation] | None = None
) -> tuple[list[Delegation], bool]:
    """The delegations by which a board or a person may decide on a project, and whether any reach it at all.

    Where a delegation for the theme is written, it counts instead of those for every theme.
    `written`: every delegation, where they were read already.
    """
    written = every_delegation() if written is None else written
    above = [row for row in written if project.path.startswith(row.portfolio.path)]
    reaching = [row for row in above if row.theme in {"", project.theme}]
    if board is not None:
        own = [row for row in reaching if row.board_id == board.pk]
    else:
        roles = {held.role.value for held in held_by(person) if held.reaches(project.path, project.seal)}
        own = [row for row in reaching if row.role in roles]
    return [row for row in own if row.theme] or own, bool(reaching)


def names_of_roles() -> dict[str, str]:
    """Every role to which one may delegate, in words."""
    return {str(key): str(label) for key, label in Delegation._meta.get_field("role").choices or ()}
