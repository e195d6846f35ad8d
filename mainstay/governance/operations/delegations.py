"""Saying up to which amount a board, or whoever holds a role, may decide."""

from decimal import Decimal

from django.core.exceptions import ValidationError

from mainstay.core import history
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.governance.models import Board, Delegation
from mainstay.portfolio.models import Portfolio


@operation(Verb.DELEGATION_SET)
def set_delegation(
    portfolio: Portfolio,
    *,
    actor: Actor,
    board: Board | None = None,
    role: str = "",
    theme: str = "",
    up_to: Decimal | None = None,
    currency: str = "",
    note: str = "",
    reason: str = "",
) -> Delegation:
    """Say how much a board or a role may decide in a portfolio; what was said before for the same is replaced."""
    if board is not None and not portfolio.path.startswith(board.portfolio.path):
        raise ValidationError({"board": f"{board.name} does not decide on {portfolio.name}."})
    theme = theme.strip()
    known = portfolio.delegations.filter(board=board, role=role, theme=theme).first()
    row = known or Delegation(portfolio=portfolio, board=board, role=role, theme=theme)
    row.up_to, row.currency, row.note = up_to, currency or portfolio.currency, note.strip()
    return history.save(row) if known else history.create(row)


@operation(Verb.DELEGATION_REMOVE)
def remove_delegation(
    delegation: Delegation, *, actor: Actor, reason: str = "", expected_version: int | None = None
) -> None:
    """Take a delegation back; nobody decides by it from now on."""
    history.remove(delegation)
