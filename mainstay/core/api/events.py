"""What happened: the feed of events, and undoing a change."""

from typing import Any

from django.http import HttpRequest

from mainstay.core.api.feed import only_what_may_be_seen
from mainstay.core.api.fields import Field, Kind, number
from mainstay.core.api.finding import found
from mainstay.core.api.people import Why
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Routes
from mainstay.core.api.types import Id, Told
from mainstay.core.models import Channel, Event
from mainstay.core.operations.undo import undo_change
from mainstay.core.verbs import Verb

routes = Routes("Events")


class RowChange(Told):
    """What became of one row."""

    noun: str
    id: int
    label: str
    what: str
    fields: dict[str, tuple[Any, Any]]


class Undone(Told):
    """How many rows were brought back."""

    restored: int


EVENTS = Resource(
    "Event",
    (
        number("id", "The event's number; later events have larger ones.", lookup="pk", example=1),
        Field("at", Kind.MOMENT, "When."),
        Field("who", Kind.TEXT, "Who, by name.", example="Grace Okafor"),
        Field("person", Kind.TEXT, "Who, by sign-in name.", "person__username", may_be_missing=True),
        Field("channel", Kind.CHOICE, "The way it came in.", choices=tuple(Channel.values), example="api"),
        Field("verb", Kind.CHOICE, "What was done.", example="project.edit"),
        Field("noun", Kind.TEXT, "The kind of row.", example="project"),
        Field("row_id", Kind.WHOLE, "The number of the row.", may_be_missing=True),
        Field("label", Kind.TEXT, "The row's name at the time."),
        Field("reason", Kind.TEXT, "Why."),
        Field("count", Kind.WHOLE, "How many rows changed; of many, those you may see.", filters=False, sorts=False),
        Field(
            "changes",
            Kind.DATA,
            "The rows with each field before and after, 50 rows at most.",
            schema=list[RowChange],
        ),
        Field("run_id", Kind.WHOLE, "The run it belongs to.", may_be_missing=True),
        Field("undoes_id", Kind.WHOLE, "The event it undid.", may_be_missing=True),
    ),
    key="id",
    order=("-id",),
    search=("label", "who", "reason"),
    private=("changes", "count", "path", "seal"),
    finish=only_what_may_be_seen,
)


@routes.reads("/events", "events", EVENTS.Page, is_list=True)
def events(request: HttpRequest, query: EVENTS.Asked) -> Any:
    """List what happened, newest first; `id_gte` or `at_gte` tell only what is new."""
    return EVENTS.page(request, _visible(request), query)


@routes.reads("/events/{event_id}", "event", EVENTS.One)
def event(request: HttpRequest, event_id: Id) -> Any:
    """Read an event."""
    return EVENTS.one(request, _visible(request).filter(pk=event_id))


@routes.does("POST", "/events/{event_id}/undo", Verb.CHANGE_UNDO, Undone, example={"reason": "Changed by mistake"})
def undo(request: HttpRequest, event_id: Id, body: Why) -> Any:
    """Undo an edit; each row returns to what it was, unless somebody changed it since."""
    restored = undo_change(found(_visible(request).filter(pk=event_id)), actor=request.user, reason=body.reason)
    return {"restored": restored}


def _visible(request: HttpRequest) -> Any:
    """What happened at places open to the asker, up to the moment asked for."""
    rows = Event.objects.visible_to(request.user)
    return rows if request.as_of is None else rows.filter(at__lte=request.as_of)
