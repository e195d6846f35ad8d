"""A project's way: the transitions open to it with what stands in the way, and its history field by field."""

from typing import Any

from django.http import HttpRequest

from mainstay.core import access
from mainstay.core.api.routes import Routes
from mainstay.core.api.types import Code, Told
from mainstay.core.values import plain
from mainstay.core.verbs import Verb
from mainstay.portfolio.api import finding
from mainstay.portfolio.api.reading import reading_of
from mainstay.portfolio.approval import obstacles_for
from mainstay.portfolio.guards import obstacles
from mainstay.portfolio.models import Transition
from mainstay.portfolio.queries.history import Entry, history_of

routes = Routes("Projects")


class Way(Told):
    """A transition open to a project."""

    stage: str
    action: str
    verb: str
    needs_reason: bool
    obstacles: list[str]
    is_allowed: bool


class Ways(Told):
    """The transitions open to a project."""

    items: list[Way]


class FieldTold(Told):
    """A field before and after, as stored and in words."""

    field: str
    label: str
    before: Any
    after: Any
    before_text: str
    after_text: str


class VersionTold(Told):
    """One version of a row: who made it, when, why, and through which channel."""

    version: int
    at: str
    who: str
    channel: str
    reason: str
    action: str
    event_id: int | None
    fields: list[FieldTold]


class History(Told):
    """Every version of a row, the newest first."""

    items: list[VersionTold]


@routes.reads("/projects/{code}/transitions", "project.transitions", Ways)
def transitions(request: HttpRequest, code: Code) -> Any:
    """List the stages a project can enter from where it stands, with what stands in the way."""
    project = finding.project_at(request, code)
    ways = Transition.objects.filter(origin_id=project.stage_id).select_related("target")
    return {"items": [_way(request, project, way) for way in ways]}


def _way(request: HttpRequest, project: Any, way: Transition) -> dict[str, Any]:
    verb = Verb.PROJECT_AUTHORISE if way.is_authorising else Verb.PROJECT_ADVANCE
    is_allowed = access.may(request.user, verb, project)
    return {
        "stage": way.target.key,
        "action": way.action,
        "verb": verb.value,
        "needs_reason": way.needs_reason,
        "obstacles": obstacles_for(request.user, project, way) if is_allowed else obstacles(project, way),
        "is_allowed": is_allowed,
    }


@routes.reads("/projects/{code}/history", "project.history", History)
def history(request: HttpRequest, code: Code) -> Any:
    """Read a project's history; who changed which field when, why, and through which channel."""
    project, reading = finding.project_at(request, code), reading_of(request)
    parents = {"portfolio_id": reading.portfolios, "programme_id": reading.programmes}
    entries = history_of(project, request.user, request.as_of)
    return {"items": [_version(entry, parents) for entry in entries]}


def _version(entry: Entry, parents: dict[str, Any]) -> dict[str, Any]:
    """What a version changed; parents the asker may not see are not named."""
    told = {"at": plain(entry.at), "action": entry.verb}
    told |= {name: getattr(entry, name) for name in ("version", "who", "channel", "reason", "event_id")}
    fields = [
        {
            "field": one.name,
            "label": one.label,
            "before": plain(one.before),
            "after": plain(one.after),
            "before_text": one.before_text,
            "after_text": one.after_text,
        }
        for one in entry.fields
        if one.name not in parents or {one.before, one.after} <= {None, *parents[one.name]}
    ]
    return told | {"fields": fields}
