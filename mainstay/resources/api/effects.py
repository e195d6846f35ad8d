"""The effect of a change of bookings in the REST API: worked out, and nothing is booked."""

from typing import Any, Literal

from django.http import HttpRequest

from mainstay.core import access
from mainstay.core.api.problems import Invalid
from mainstay.core.api.routes import Routes
from mainstay.core.api.types import Code, Day, Id, Sent, Told, whole
from mainstay.core.verbs import Verb
from mainstay.portfolio.api.finding import named_project
from mainstay.resources import booking_changes as changes
from mainstay.resources.api.bookings import HourCount, changeable, named_person_to_book
from mainstay.resources.api.shared import Slug, with_rows
from mainstay.resources.booking_changes import BookingChange
from mainstay.resources.operations.bookings import as_split, require_bookable
from mainstay.resources.queries.effect import Effect, effect_of

routes = Routes("Bookings")
KINDS = ("add", "edit", "split", "replace", "remove")


class BookingEffectAsked(Sent):
    """A change as it might be booked: what the operation of this kind takes."""

    kind: Literal[KINDS]
    booking: Id | None = None
    resource: Slug | None = None
    project: Code | None = None
    role: Slug | None = None
    skill: Slug | None = None
    starts_on: Day | None = None
    ends_on: Day | None = None
    hours: HourCount | None = None
    on: Day | None = None
    later_weeks: whole(0, 104) = 0
    other: Slug | None = None
    share: HourCount | None = None
    from_day: Day | None = None


class EffectCellTold(Told):
    """Hours of a person in a week or month."""

    resource: str
    period: str
    capacity: float
    before: float
    after: float
    is_over: bool


class ObjectionTold(Told):
    """What speaks against the change; what yields is booked when a reason is given."""

    field: str
    text: str
    yields: bool


class CostTold(Told):
    """What the hours cost before and after."""

    before: str
    after: str
    currency: str


class BookingEffectTold(Told):
    """The effect: cells, overloads that come and go, what speaks against it, and the cost where rates are open."""

    unit: str
    sentence: str
    cells: list[EffectCellTold]
    new_overloads: int
    solved: int
    objections: list[ObjectionTold]
    cost: CostTold | None
    seen: str


@routes.works_out(
    "/booking-effects", "bookings.effect", BookingEffectTold,
    example={
        "kind": "add", "resource": "anna-berg", "project": "PUMPS", "role": "data", "starts_on": "2027-03-01",
        "ends_on": "2027-03-12", "hours": "60",
    },
)  # fmt: skip
def effect(request: HttpRequest, body: BookingEffectAsked) -> Any:
    """Work out what a change of bookings would do, before it is booked."""
    return told(effect_of(_change(request, body), request.user))


def told(effect: Effect) -> dict[str, Any]:
    """An effect as it is told."""
    cells = [
        {
            "resource": row.resource.key, "period": cell.period, "capacity": cell.capacity, "before": cell.before,
            "after": cell.after, "is_over": cell.is_over,
        }
        for row in effect.rows
        for cell in row.cells
    ]  # fmt: skip
    cost = effect.cost and {
        "before": str(effect.cost.before), "after": str(effect.cost.after), "currency": effect.cost.currency
    }  # fmt: skip
    against = [{"field": one.field, "text": one.text, "yields": one.yields} for one in effect.objections]
    return {
        "unit": effect.unit, "sentence": effect.sentence, "cells": cells, "new_overloads": effect.new_overloads,
        "solved": effect.solved, "objections": against, "cost": cost, "seen": effect.seen,
    }  # fmt: skip


def _change(request: HttpRequest, body: BookingEffectAsked) -> BookingChange:
    """The change that is asked about; as much as one may change, and nobody whom one may not book."""
    if body.kind == "add":
        return _added(request, body)
    if body.booking is None:
        raise Invalid("Name the booking.", booking="Name the booking.")
    row = changeable(request, body.booking)
    access.require(request.user, Verb.BOOKING_EDIT, row.scope)
    match body.kind:
        case "edit":
            names = {"role", "skill", "starts_on", "ends_on", "hours"} & body.model_fields_set
            return changes.as_edited(row, with_rows(request, body.model_dump(include=names)))
        case "split":
            other = _bookable(request, "other", body.other) if body.other else None
            return as_split(row, on=body.on, later_weeks=body.later_weeks, other=other, share=body.share)
        case "replace":
            return changes.as_replaced(row, _bookable(request, "resource", body.resource), body.from_day)
        case _:
            return changes.as_removed([row])


def _added(request: HttpRequest, body: BookingEffectAsked) -> BookingChange:
    needed = ("resource", "project", "role", "starts_on", "ends_on", "hours")
    if missing := [name for name in needed if getattr(body, name) is None]:
        raise Invalid("Something is missing.", **dict.fromkeys(missing, "Needed."))
    person = _bookable(request, "resource", body.resource)
    project = named_project(request, "project", body.project or "")
    fields = with_rows(request, body.model_dump(include={"role", "skill", "starts_on", "ends_on", "hours"}))
    return changes.as_added(person, project, fields)


def _bookable(request: HttpRequest, name: str, key: str | None) -> Any:
    if not key:
        raise Invalid("Somebody is missing.", **{name: "Needed."})
    person = named_person_to_book(request, name, key)
    require_bookable(request.user, person)
    return person
