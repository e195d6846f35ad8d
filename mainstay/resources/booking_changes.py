"""Changes of bookings before they are booked: what goes, and what comes in its place.

Each function gives a `BookingChange` and writes nothing. Pages and the API show its effect, the operations carry it
out: what is booked is what was shown.
"""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.portfolio.operations.tree import change as put
from mainstay.resources.models import Booking, Firmness, Resource
from mainstay.resources.queries.booked_hours import hours_before

FIELDS = frozenset({"role", "skill", "starts_on", "ends_on", "hours", "firmness", "note", "external_key"})
CENT = Decimal("0.01")
DAY = timedelta(days=1)


@dataclass(frozen=True)
class BookingChange:
    """Bookings as they are, and as they would be: one with the same id stays, the others go or are new."""

    before: tuple[Booking, ...] = ()
    after: tuple[Booking, ...] = ()

    @property
    def gone(self) -> list[Booking]:
        """The bookings that go."""
        kept = {one.pk for one in self.after}
        return [one for one in self.before if one.pk not in kept]

    @property
    def resources(self) -> list[Resource]:
        """Everybody whose time changes, once."""
        return list({one.resource_id: one.resource for one in (*self.before, *self.after)}.values())

    @property
    def first(self) -> date:
        """The first day that changes."""
        return min(one.starts_on for one in (*self.before, *self.after))

    @property
    def last(self) -> date:
        """The last day that changes."""
        return max(one.ends_on for one in (*self.before, *self.after))

    @property
    def placed_anew(self) -> list[Booking]:
        """The bookings that are new, or stand in another time than before."""
        known = {one.pk: (one.starts_on, one.ends_on, one.skill_id) for one in self.before}
        return [one for one in self.after if known.get(one.pk) != (one.starts_on, one.ends_on, one.skill_id)]

    def and_also(self, other: "BookingChange") -> "BookingChange":
        """Both changes as one."""
        return replace(self, before=(*self.before, *other.before), after=(*self.after, *other.after))


@dataclass(frozen=True)
class Part:
    """Hours of somebody in a time, as a part of what was one booking."""

    resource: Resource
    starts_on: date
    ends_on: date
    hours: Decimal


def as_added(resource: Resource, project: Any, fields: dict[str, Any]) -> BookingChange:
    """A new booking."""
    booking = Booking(resource=resource, project=project)
    put(booking, FIELDS, fields)
    return BookingChange(after=(_checked(booking),))


def as_edited(booking: Booking, fields: dict[str, Any]) -> BookingChange:
    """The booking at another time, with other hours, or otherwise changed."""
    after = copy(booking)
    put(after, FIELDS, fields)
    return BookingChange((booking,), (_checked(after),))


def as_moved(booking: Booking, weeks: int) -> BookingChange:
    """The booking some weeks later, or earlier for a number below zero."""
    by = timedelta(weeks=weeks)
    return as_edited(booking, {"starts_on": booking.starts_on + by, "ends_on": booking.ends_on + by})


def as_removed(bookings: Iterable[Booking]) -> BookingChange:
    """The bookings are gone."""
    return BookingChange(before=tuple(bookings))


def as_confirmed(bookings: Iterable[Booking]) -> BookingChange:
    """The soft ones among the bookings are hard."""
    soft = [one for one in bookings if one.firmness == Firmness.SOFT]
    return BookingChange(tuple(soft), tuple(_changed(one, firmness=Firmness.HARD) for one in soft))


def as_divided(booking: Booking, on: date, later_weeks: int = 0) -> BookingChange:
    """Two bookings: one until the day before, one from the day on, which may move some weeks later."""
    if not booking.starts_on < on <= booking.ends_on:
        raise ValidationError({"on": "Choose a day after the first and not after the last day of the booking."})
    if later_weeks < 0:
        raise ValidationError({"later_weeks": "The second part moves later, not earlier."})
    early = _part_before(booking, on)
    if not 0 < early < booking.hours:
        raise ValidationError({"on": "On one side of that day nobody works in this time; choose another day."})
    by = timedelta(weeks=later_weeks)
    first = _changed(booking, ends_on=on - DAY, hours=early)
    second = _changed(
        booking, pk=None, starts_on=on + by, ends_on=booking.ends_on + by, hours=booking.hours - early,
        external_key="",
    )  # fmt: skip
    return BookingChange((booking,), (first, second))


def as_shared(booking: Booking, other: Resource, share: Decimal) -> BookingChange:
    """Two people in the same time: the other one takes a share of the hours."""
    if not 0 < share < 1:
        raise ValidationError({"share": "A share lies between 0 and 1."})
    if other.pk == booking.resource_id:
        raise ValidationError({"other": "Choose somebody else to share the hours with."})
    given = (booking.hours * share).quantize(CENT)
    if not 0 < given < booking.hours:
        raise ValidationError({"share": "Both parts need hours; choose another share."})
    taken = _changed(booking, pk=None, resource=other, hours=given, external_key="")
    return BookingChange((booking,), (_changed(booking, hours=booking.hours - given), taken))


def as_parted(booking: Booking, parts: Iterable[Part]) -> BookingChange:
    """The same hours in parts of other times or other people; the first part of the same person keeps its key."""
    parts = list(parts)
    if sum((one.hours for one in parts), Decimal(0)) != booking.hours:
        raise ValidationError({"hours": "The parts together have the hours of the booking."})
    kept = next((one for one in parts if one.resource.pk == booking.resource_id), None)
    new: dict[str, Any] = {"pk": None, "external_key": ""}
    made = [
        _changed(
            booking, resource=one.resource, starts_on=one.starts_on, ends_on=one.ends_on, hours=one.hours,
            **({} if one is kept else new),
        )
        for one in parts
    ]  # fmt: skip
    return BookingChange((booking,), tuple(_checked(one) for one in made))


def as_replaced(booking: Booking, resource: Resource, from_day: date | None = None) -> BookingChange:
    """Somebody else takes over, from a day on or wholly; a placeholder gives way to a person the same way."""
    if resource.pk == booking.resource_id:
        raise ValidationError({"resource": "Choose somebody else to take over."})
    if from_day is None or from_day <= booking.starts_on:
        return BookingChange((booking,), (_changed(booking, pk=None, resource=resource),))
    divided = as_divided(booking, from_day)
    rest = _changed(divided.after[1], resource=resource)
    return BookingChange((booking,), (divided.after[0], rest))


def as_reduced(booking: Booking, hours: Decimal) -> BookingChange:
    """The booking with so many hours less; it goes when none are left."""
    if hours >= booking.hours:
        return as_removed([booking])
    return BookingChange((booking,), (_changed(booking, hours=booking.hours - hours),))


def _part_before(booking: Booking, on: date) -> Decimal:
    """The hours of a booking that lie before a day, as its working hours are spread."""
    part, whole = hours_before(booking, on)
    return (booking.hours * Decimal(part) / Decimal(whole)).quantize(CENT)


def _changed(booking: Booking, **values: Any) -> Booking:
    other = copy(booking)
    if "pk" in values:
        other.version, other._state.adding = 1, True
    for name, value in values.items():
        setattr(other, name, value)
    return other


def _checked(booking: Booking) -> Booking:
    """The booking, whose fields make sense; foreign rows are checked when it is written."""
    booking.clean_fields(exclude=["resource", "project", "role", "skill"])
    booking.clean()
    return booking
