"""What the endpoints of resources share: rows that a body names by their keys."""

from typing import Annotated, Any

from django.http import HttpRequest
from pydantic import Field as Rule
from pydantic import StringConstraints

from mainstay.core.api.fields import number
from mainstay.core.api.problems import Invalid
from mainstay.core.api.types import Number
from mainstay.core.verbs import Verb
from mainstay.portfolio.api.finding import named_person, named_portfolio
from mainstay.resources.models import Calendar, Resource, Role, Site, Skill, Team

NUMBER = number("id", "The row's number.", lookup="pk", example=1)
Slug = Annotated[str, StringConstraints(max_length=40, pattern=r"^[-a-zA-Z0-9_]+$")]
Share = Annotated[Number, Rule(ge=0, le=1)]
Hours = Annotated[Number, Rule(ge=0, le=24)]
WORDS = {"role": Role, "skill": Skill, "site": Site, "calendar": Calendar}


def named(rows: Any, name: str, key: str, noun: str = "") -> Any:
    """The row a field names by its key."""
    row = rows.filter(key=key).first()
    if row is None:
        told = f"There is no {noun or name} {key}."
        raise Invalid(told, **{name: told})
    return row


def named_resource(request: HttpRequest, key: str) -> Resource:
    """The person, placeholder or group a field names."""
    rows = Resource.objects.visible_to(request.user).select_related("team__portfolio")
    return named(rows, "resource", key)


def with_rows(request: HttpRequest, sent: dict[str, Any]) -> dict[str, Any]:
    """What was sent, with rows in place of their keys."""
    return {name: value if value is None else _row(request, name, value) for name, value in sent.items()}


def _row(request: HttpRequest, name: str, value: Any) -> Any:
    if name in WORDS:
        return named(WORDS[name].objects.visible_to(request.user), name, value)
    if name in {"team", "parent"}:
        return named(Team.objects.visible_to(request.user).select_related("portfolio"), name, value, "team")
    if name in {"person", "manager"}:
        return named_person(request, name, value)
    if name == "portfolio":
        return named_portfolio(request, name, value, Verb.TEAM_EDIT)
    return value


def sent_of(body: Any) -> dict[str, Any]:
    """What was sent without what was left empty, for a row that is added."""
    return {name: value for name, value in body.sent_only().items() if value is not None}
