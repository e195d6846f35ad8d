"""What speaks against a booking: dates of the person, working hours, skills, and too many projects at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.resources.booking_changes import BookingChange
from mainstay.resources.models import Booking, Level, Resource, ResourceKind
from mainstay.resources.queries.around import Around


@dataclass(frozen=True)
class Objection:
    """What speaks against a change: the field, the sentence, and whether a reason is enough to book all the same."""

    field: str
    text: str
    yields: bool = False


def around_of(change: BookingChange) -> Around:
    """What a change stands among."""
    projects = {one.project_id for one in (*change.before, *change.after)}
    return Around(change.resources, change.first, change.last, projects)


def objections(change: BookingChange, least_level: int = 0, around: Around | None = None) -> list[Objection]:
    """Everything that speaks against the new bookings and those that move; least_level is asked for their skill."""
    around, placed = around or around_of(change), change.placed_anew
    gone = {one.pk for one in change.before}
    found = [told for one in placed for told in _of_one(one, least_level, around)]
    return found + [told for person in _named(placed) for told in _too_many(person, placed, gone, around)]


def refuse(found: list[Objection], reason: str) -> None:
    """Raise what speaks against a change, field by field; what yields to a reason does."""
    standing = [one for one in found if not (one.yields and reason.strip())]
    if standing:
        told: dict[str, list[str]] = {}
        for one in standing:
            told.setdefault(one.field, []).append(one.text)
        raise ValidationError(told)


def _of_one(booking: Booking, least_level: int, around: Around) -> Iterator[Objection]:
    person = booking.resource
    if person.starts_on and booking.starts_on < person.starts_on:
        yield Objection("starts_on", f"{person} starts on {_day(person.starts_on)}; begin then or later.")
    if person.leaves_on and booking.ends_on > person.leaves_on:
        yield Objection("ends_on", f"{person} leaves on {_day(person.leaves_on)}; end then or earlier.")
    if person.kind != ResourceKind.GENERIC and not around.works(booking):
        yield Objection("ends_on", f"{person} has no working hours in this time. Choose other days.")
    if booking.skill_id and person.kind == ResourceKind.NAMED:
        yield from _of_skill(booking, least_level or around.level_needed(booking), around)


def _of_skill(booking: Booking, least_level: int, around: Around) -> Iterator[Objection]:
    person, skill = booking.resource, booking.skill
    known = around.proficiencies.get((person.pk, skill.pk))
    if known is None:
        yield Objection("skill", f"{person} does not have the skill {skill}.")
        return
    if known.level < least_level:
        has, needs = Level(known.level).label.lower(), Level(least_level).label.lower()
        yield Objection("skill", f"{person} is {has} in {skill}; {needs} is needed at least.")
    word = f"certificate {known.certificate}" if known.certificate else f"skill {skill}"
    if known.valid_from and booking.starts_on < known.valid_from:
        yield Objection("starts_on", f"The {word} of {person} is valid from {_day(known.valid_from)} only.")
    if known.valid_until and booking.ends_on > known.valid_until:
        yield Objection("ends_on", f"The {word} of {person} runs out on {_day(known.valid_until)}.")


def _named(bookings: list[Booking]) -> list[Resource]:
    return list({one.resource_id: one.resource for one in bookings if one.resource.most_projects}.values())


def _too_many(person: Resource, placed: list[Booking], gone: set[int | None], around: Around) -> Iterator[Objection]:
    mine = [one for one in placed if one.resource_id == person.pk]
    first, last = min(one.starts_on for one in mine), max(one.ends_on for one in mine)
    spans = [
        (one.starts_on, one.ends_on, one.project_id)
        for one in around.of_person.get(person.pk, ())
        if one.pk not in gone and one.starts_on <= last and one.ends_on >= first
    ]
    spans += [(one.starts_on, one.ends_on, one.project_id) for one in mine]
    most = max(_parallel(spans, day) for day, *_ in spans)
    if person.most_projects is not None and most > person.most_projects:
        text = (
            f"{person} would work on {most} projects at a time; {person.most_projects} are the most. "
            "Give a reason to book all the same."
        )
        yield Objection("reason", text, yields=True)


def _parallel(spans: list[Any], day: date) -> int:
    """How many projects run on a day; the most run on the first day of one of them."""
    return len({project for start, end, project in spans if start <= day <= end})


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"
