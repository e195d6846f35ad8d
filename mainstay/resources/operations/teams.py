"""Founding and changing teams."""

from typing import Any

from django.core.exceptions import ValidationError

from mainstay.core import access
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Portfolio
from mainstay.resources.models import Team
from mainstay.resources.operations.rules import free_key, put

FIELDS = frozenset({"name", "portfolio", "parent", "manager", "is_active"})
MOST_DEEP = 50


@operation(Verb.TEAM_CREATE)
def create_team(portfolio: Portfolio, *, actor: Actor, name: str, key: str = "", **fields: Any) -> Team:
    """Found a team; its portfolio decides who may see and book its people."""
    _refuse_unseen(fields.get("parent"), actor)
    team = Team(key=free_key(Team, key, name), name=name.strip(), portfolio=portfolio)
    return put(team, FIELDS - {"portfolio"}, fields)


@operation(Verb.TEAM_EDIT)
def edit_team(
    team: Team, *, actor: Actor, expected_version: int | None = None, reason: str = "", **changes: Any
) -> Team:
    """Change a team, hang it under another one or another portfolio, or take it out of use."""
    if "portfolio" in changes and changes["portfolio"] != team.portfolio:
        access.require(actor, Verb.TEAM_EDIT, changes["portfolio"])
    if changes.get("parent") is not None:
        _refuse_unseen(changes["parent"], actor)
        _refuse_circle(team, changes["parent"])
    return put(team, FIELDS, changes)


def _refuse_unseen(parent: Team | None, actor: Actor) -> None:
    if parent is not None and not Team.objects.visible_to(actor).filter(pk=parent.pk).exists():
        raise ValidationError({"parent": "There is no such team, or it is not open to you."})


def _refuse_circle(team: Team, parent: Team) -> None:
    above: Team | None = parent
    for _ in range(MOST_DEEP):
        if above is None:
            return
        if above.pk == team.pk:
            raise ValidationError({"parent": f"{parent} lies below {team}."})
        above = above.parent
    raise ValidationError({"parent": "Teams are nested too deeply."})
