"""Booking people for projects: adding, changing, splitting, replacing, confirming and removing."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.core import access, history
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Project
from mainstay.resources import booking_changes as changes
from mainstay.resources.booking_changes import BookingChange
from mainstay.resources.booking_rules import objections, refuse
from mainstay.resources.models import Booking, Resource
from mainstay.resources.queries.seen import refuse_other


@operation(Verb.BOOKING_ADD)
def add_booking(
    resource: Resource, *, actor: Actor, project: Project, seen: str = "", reason: str = "", **fields: Any
) -> Booking:
    """Book hours of a person or placeholder for a project; `seen` is what the effect showed, as it was then."""
    require_known_project(actor, project)
    change = changes.as_added(resource, project, fields)
    return carry_out(change, seen=seen, reason=reason)[0]


@operation(Verb.BOOKING_EDIT)
def edit_booking(
    booking: Booking,
    *,
    actor: Actor,
    expected_version: int | None = None,
    seen: str = "",
    reason: str = "",
    **fields: Any,
) -> Booking:
    """Move a booking, change its hours, or make it firm."""
    carry_out(changes.as_edited(booking, fields), seen=seen, reason=reason)
    return Booking.objects.get(pk=booking.pk)


@operation(Verb.BOOKING_REMOVE)
def remove_booking(booking: Booking, *, actor: Actor, expected_version: int | None = None, reason: str = "") -> None:
    """Set the person free again."""
    carry_out(changes.as_removed([booking]), reason=reason)


@operation(Verb.BOOKING_SPLIT)
def split_booking(
    booking: Booking,
    *,
    actor: Actor,
    on: date | None = None,
    later_weeks: int = 0,
    other: Resource | None = None,
    share: Decimal | None = None,
    expected_version: int | None = None,
    seen: str = "",
    reason: str = "",
) -> list[Booking]:
    """Divide a booking at a day, the second part perhaps some weeks later; or share its hours with somebody else."""
    change = as_split(booking, on=on, later_weeks=later_weeks, other=other, share=share)
    require_bookable(actor, other)
    return carry_out(change, seen=seen, reason=reason)


@operation(Verb.BOOKING_REPLACE)
def replace_booking(
    booking: Booking,
    *,
    actor: Actor,
    resource: Resource,
    from_day: date | None = None,
    expected_version: int | None = None,
    seen: str = "",
    reason: str = "",
) -> list[Booking]:
    """Let somebody else take over, from a day on or wholly; so a placeholder gives way to a person, too."""
    require_bookable(actor, resource)
    return carry_out(changes.as_replaced(booking, resource, from_day), seen=seen, reason=reason)


@operation(Verb.BOOKINGS_CONFIRM)
def confirm_bookings(bookings: list[Booking], *, actor: Actor, seen: str = "", reason: str = "") -> int:
    """Make soft bookings hard; gives the number of those that were soft."""
    change = changes.as_confirmed(bookings)
    if change.after:
        carry_out(change, seen=seen, reason=reason)
    return len(change.after)


def as_split(
    booking: Booking,
    *,
    on: date | None = None,
    later_weeks: int = 0,
    other: Resource | None = None,
    share: Decimal | None = None,
) -> BookingChange:
    """A split at a day, or a share for somebody else, whichever is given."""
    if (on is None) == (other is None):
        raise ValidationError({"on": "Give a day to split at, or somebody to share the hours with."})
    if on is not None:
        return changes.as_divided(booking, on, later_weeks)
    if share is None:
        raise ValidationError({"share": "Say which share of the hours the other one takes."})
    return changes.as_shared(booking, other, share)


def require_known_project(actor: Actor, project: Project) -> None:
    """Refuse to book for a project the actor may not see."""
    if not access.may(actor, Verb.SEE_REGISTER, project):
        raise ValidationError({"project": "There is no such project, or it is not open to you."})


def require_bookable(actor: Actor, resource: Resource | None) -> None:
    """Refuse to book somebody whose team the actor does not book."""
    if resource is not None:
        access.require(actor, Verb.BOOKING_ADD, resource.team.portfolio)


def carry_out(change: BookingChange, *, seen: str = "", reason: str = "", least_level: int = 0) -> list[Booking]:
    """Book a change; the people are held meanwhile, so that nobody books them on what they saw before."""
    held = [one.pk for one in change.resources]
    list(Resource.objects.select_for_update(of=("self",)).filter(pk__in=held).order_by("pk"))
    refuse_other(seen, change.resources, change.first, change.last)
    refuse(objections(change, least_level), reason)
    return write(change)


def write(change: BookingChange) -> list[Booking]:
    """Write what goes, what stays changed, and what is new."""
    for gone in change.gone:
        history.remove(gone)
    return [history.save(one) if one.pk else history.create(one) for one in change.after]
