"""Bookings in the REST API: read, booked, changed, and their effect worked out before they are booked."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from django.db.models import Case, CharField, F, Value, When
from django.http import HttpRequest
from pydantic import Field as Rule

from mainstay.core.api.fields import VERSION, Field, Kind
from mainstay.core.api.finding import found
from mainstay.core.api.resource import Resource as Noun
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import Changes, Code, Day, Id, Number, Reason, Sent, Told, text, whole
from mainstay.core.verbs import Verb
from mainstay.portfolio.api.finding import named_project
from mainstay.portfolio.api.shapes import sent_changes
from mainstay.portfolio.models import Project
from mainstay.resources.api.shared import NUMBER, Slug, named, named_resource, with_rows
from mainstay.resources.models import Booking, Firmness, Resource
from mainstay.resources.operations.bookings import (
    add_booking,
    confirm_bookings,
    edit_booking,
    remove_booking,
    replace_booking,
    split_booking,
)

routes = Routes("Bookings")
FIRMNESS = tuple(Firmness.values)
HourCount = Annotated[Number, Rule(ge=Decimal("0.01"), le=1_000_000)]
SEEN = "What the effect told as `seen`: if others booked the same people since, it is refused with what changed."
Seen = Annotated[text(4000), Rule(description=SEEN)]

BOOKINGS = Noun(
    "Booking",
    (
        NUMBER,
        Field("resource", Kind.TEXT, "The key of the person or placeholder.", "resource__key", example="anna-berg"),
        Field(
            "project", Kind.TEXT, "The code of the project; null where that is not open to you.", "project_seen",
            may_be_missing=True, example="PUMPS",
        ),
        Field("role", Kind.TEXT, "The key of the role.", "role__key"),
        Field("skill", Kind.TEXT, "The key of the skill.", "skill__key", may_be_missing=True),
        Field("starts_on", Kind.DAY, "The first day."),
        Field("ends_on", Kind.DAY, "The last day."),
        Field("hours", Kind.DECIMAL, "Hours, spread evenly over the working hours of these days.", example="80.00"),
        Field("firmness", Kind.CHOICE, "Whether they are promised.", choices=FIRMNESS),
        Field(
            "note", Kind.TEXT, "A note; null where the project is not open to you.", "note_seen", may_be_missing=True
        ),
        Field("external_key", Kind.TEXT, "Its key in the source."),
        VERSION,
    ),
    key="id",
    order=("starts_on", "id"),
)  # fmt: skip


class BookingAdd(Sent):
    """Hours of a person or placeholder for a project."""

    resource: Slug
    project: Code
    role: Slug
    starts_on: Day
    ends_on: Day
    hours: HourCount
    skill: Slug | None = None
    firmness: Literal[FIRMNESS] = "soft"
    note: text(200) = ""
    external_key: text(200) = ""
    seen: Seen = ""
    reason: Reason = ""


class BookingEdit(Changes):
    """Another time, other hours, or a firm booking; what is left away stays."""

    role: Slug = ""
    skill: Slug | None = None
    starts_on: Day = None
    ends_on: Day = None
    hours: HourCount = Decimal(1)
    firmness: Literal[FIRMNESS] = "soft"
    note: text(200) = ""
    seen: Seen = ""
    reason: Reason = ""


class BookingSplit(Sent):
    """A day to split at, the second part perhaps weeks later; or somebody who takes a share of the hours."""

    on: Day | None = None
    later_weeks: whole(0, 104) = 0
    other: Slug | None = None
    share: Annotated[Number, Rule(gt=0, lt=1)] | None = None
    seen: Seen = ""
    reason: Reason = ""


class BookingReplacement(Sent):
    """Who takes over, and from when; without a day wholly."""

    resource: Slug
    from_day: Day | None = None
    seen: Seen = ""
    reason: Reason = ""


class Confirmation(Sent):
    """The bookings that become hard."""

    bookings: Annotated[list[Id], Rule(min_length=1, max_length=500)]
    reason: Reason = ""


class BookingIds(Told):
    """The bookings that stand now in place of the one that was changed."""

    bookings: list[int]


class Confirmed(Told):
    """How many were soft."""

    confirmed: int


def readable(request: HttpRequest) -> Any:
    """The bookings the asker sees; the project and the note only where the project is open to them."""
    rows = Booking.objects.as_of(request.as_of).visible_to(request.user)
    open_ones = Project.objects.visible_to(request.user).order_by().values("pk")
    seen = {name: F(source) for name, source in (("project_seen", "project__code"), ("note_seen", "note"))}
    return rows.annotate(
        **{
            name: Case(When(project_id__in=open_ones, then=value), default=Value(None), output_field=CharField())
            for name, value in seen.items()
        }
    )


def changeable(request: HttpRequest, booking_id: int) -> Booking:
    """A booking to change, among those the asker sees."""
    rows = Booking.objects.visible_to(request.user).select_related("resource__team__portfolio", "project")
    return found(rows.filter(pk=booking_id))


@routes.reads("/bookings", "bookings", BOOKINGS.Page, is_list=True)
def bookings(request: HttpRequest, query: BOOKINGS.Asked) -> Any:
    """List bookings of people and of projects you may see."""
    return BOOKINGS.page(request, readable(request), query)


@routes.reads("/bookings/{booking_id}", "booking", BOOKINGS.One, versioned=True)
def booking(request: HttpRequest, booking_id: Id) -> Any:
    """Read a booking."""
    return BOOKINGS.one(request, readable(request).identified_by([booking_id]))


@routes.does(
    "POST", "/bookings", Verb.BOOKING_ADD, BOOKINGS.One, status=201,
    example={
        "resource": "anna-berg", "project": "PUMPS", "role": "data", "starts_on": "2027-03-01",
        "ends_on": "2027-03-12", "hours": "60",
    },
)  # fmt: skip
def put_booking(request: HttpRequest, body: BookingAdd) -> Any:
    """Book somebody for a project."""
    sent = with_rows(request, body.model_dump(exclude={"resource", "project"}))
    person, project = named_resource(request, body.resource), named_project(request, "project", body.project)
    made = add_booking(person, actor=request.user, project=project, **sent)
    row = BOOKINGS.one(request, readable(request).filter(pk=made.pk)).body
    return Answer(row, location=f"/api/v1/bookings/{made.pk}")


@routes.does(
    "PATCH", "/bookings/{booking_id}", Verb.BOOKING_EDIT, BOOKINGS.One, precondition="required",
    example={"starts_on": "2027-04-05", "ends_on": "2027-04-16"},
)  # fmt: skip
def change_booking(request: HttpRequest, booking_id: Id, body: BookingEdit) -> Any:
    """Move a booking, change its hours, or make it firm."""
    changes, reason = sent_changes(body)
    row, version = changeable(request, booking_id), request.expected_version
    edit_booking(row, actor=request.user, expected_version=version, reason=reason, **with_rows(request, changes))
    return BOOKINGS.one(request, readable(request).filter(pk=booking_id))


@routes.does("DELETE", "/bookings/{booking_id}", Verb.BOOKING_REMOVE, None, status=204)
def drop_booking(request: HttpRequest, booking_id: Id) -> Any:
    """Remove a booking; the person is free again."""
    remove_booking(changeable(request, booking_id), actor=request.user)


@routes.does(
    "POST", "/bookings/{booking_id}/split", Verb.BOOKING_SPLIT, BookingIds, precondition="possible",
    example={"on": "2027-03-08"},
)  # fmt: skip
def split(request: HttpRequest, booking_id: Id, body: BookingSplit) -> Any:
    """Split a booking at a day, or share its hours with somebody else."""
    row, sent = changeable(request, booking_id), body.model_dump()
    sent["other"] = named_person_to_book(request, "other", body.other) if body.other else None
    made = split_booking(row, actor=request.user, expected_version=request.expected_version, **sent)
    return {"bookings": [one.pk for one in made]}


@routes.does(
    "POST", "/bookings/{booking_id}/replacement", Verb.BOOKING_REPLACE, BookingIds, precondition="possible",
    example={"resource": "ben-frost"},
)  # fmt: skip
def replace(request: HttpRequest, booking_id: Id, body: BookingReplacement) -> Any:
    """Let somebody else take over, from a day on or wholly."""
    row, sent = changeable(request, booking_id), body.model_dump()
    sent["resource"] = named_person_to_book(request, "resource", body.resource)
    made = replace_booking(row, actor=request.user, expected_version=request.expected_version, **sent)
    return {"bookings": [one.pk for one in made]}


@routes.does("POST", "/booking-confirmations", Verb.BOOKINGS_CONFIRM, Confirmed, example={"bookings": [1]})
def confirm(request: HttpRequest, body: Confirmation) -> Any:
    """Make soft bookings hard, all of them or none."""
    rows = list(Booking.objects.visible_to(request.user).filter(pk__in=body.bookings))
    if len(rows) != len(set(body.bookings)):
        found(Booking.objects.none())
    return {"confirmed": confirm_bookings(rows, actor=request.user, reason=body.reason)}


def named_person_to_book(request: HttpRequest, name: str, key: str) -> Resource:
    """Somebody a field names."""
    rows = Resource.objects.visible_to(request.user).select_related("team__portfolio")
    return named(rows, name, key, "person")
