"""Ways out of a red cell: move, split, replace, borrow or share a booking, each with its effect shown before."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.models import Person
from mainstay.core.verbs import Verb
from mainstay.resources.booking_changes import as_divided, as_moved, as_replaced, as_shared
from mainstay.resources.models import Booking, Firmness, Resource
from mainstay.resources.operations.bookings import edit_booking, replace_booking, split_booking
from mainstay.resources.queries.causes import BookingCause, Causes
from mainstay.resources.queries.effect import Effect, effect_of
from mainstay.resources.queries.matches import Match, Wanted, matches

MOST_PEOPLE, MOST_BOOKINGS = 2, 2
WEEKS = (1, 2, 4, 8)
HALF = Decimal("0.5")


@dataclass(frozen=True)
class Proposal:
    """One way out: what would be done, to which booking, and what it would do."""

    key: str
    title: str
    booking: Booking
    project: Any
    effect: Effect

    @property
    def helps(self) -> bool:
        """Whether it relieves anything and overloads nobody anew."""
        return self.effect.new_overloads == 0 and not self.effect.is_refused


def proposals(causes: Causes, reader: Person) -> list[Proposal]:
    """Ways out for the most overbooked people of a cell, soft bookings first; those that help most come first."""
    found: list[Proposal] = []
    for worker in [one for one in causes.workers if one.over][:MOST_PEOPLE]:
        theirs = [one for one in causes.bookings if one.booking.resource_id == worker.person.pk]
        open_to = [
            one for one in theirs if access.may(reader, Verb.BOOKING_EDIT, one.booking.resource.team.portfolio)
        ]
        first = sorted(open_to, key=partial(_first_to_give_way, worker.over))
        for cause in first[:MOST_BOOKINGS]:
            found.extend(_ways_out(cause, causes.question.first, reader))
    helpful = [one for one in found if one.helps] or found
    return sorted(helpful, key=lambda one: (one.effect.needs_reason, -one.effect.solved, one.title))


def _first_to_give_way(over: float, cause: BookingCause) -> tuple[bool, bool, bool, float]:
    """What is enough alone, soft before hard, proposals before committed work, then what is nearest to enough."""
    committed = cause.project is None or cause.project.stage.weight == 1
    return cause.hours < over, cause.booking.firmness == Firmness.HARD, committed, abs(cause.hours - over)


def _ways_out(cause: BookingCause, first: date, reader: Person) -> Iterator[Proposal]:
    booking = cause.booking
    makers: list[Callable[[], Proposal | None]] = [
        lambda: _moved(cause, reader),
        lambda: _split(cause, first, reader),
    ]
    fitting = matches(Wanted.of(booking), reader, without=[booking.resource_id])
    here = [one for one in fitting if one.resource.site_id == booking.resource.site_id]
    elsewhere = [one for one in fitting if one.resource.site_id != booking.resource.site_id]
    for some, word in ((here, "Replace by"), (elsewhere, "Borrow")):
        if some:
            makers.append(lambda some=some, word=word: _replaced(cause, some[0], word, reader))
    if fitting:
        makers.append(lambda: _shared(cause, fitting[0], reader))
    for make in makers:
        try:
            made = make()
        except ValidationError:
            continue
        if made is not None:
            yield made


def _moved(cause: BookingCause, reader: Person) -> Proposal | None:
    """Later by as few weeks as overload nobody anew."""
    for weeks in WEEKS:
        effect = effect_of(as_moved(cause.booking, weeks), reader)
        if effect.new_overloads == 0 and not effect.is_refused:
            return _proposal(f"move:{cause.booking.pk}:{weeks}", f"Move by {_weeks(weeks)}", cause, effect)
    return None


def _split(cause: BookingCause, first: date, reader: Person) -> Proposal | None:
    """What lies in the period and after it comes later."""
    booking = cause.booking
    middle = booking.starts_on + timedelta(days=(booking.ends_on - booking.starts_on).days // 2 + 1)
    on = first if booking.starts_on < first <= booking.ends_on else middle
    for weeks in WEEKS:
        effect = effect_of(as_divided(booking, on, weeks), reader)
        if effect.new_overloads == 0 and not effect.is_refused:
            title = f"Split on {on:%-d %b}, the rest {_weeks(weeks)} later"
            return _proposal(f"split:{booking.pk}:{on.isoformat()}:{weeks}", title, cause, effect)
    return None


def _replaced(cause: BookingCause, match: Match, word: str, reader: Person) -> Proposal:
    effect = effect_of(as_replaced(cause.booking, match.resource), reader)
    level = f", {match.level_name.lower()}" if match.level_name else ""
    site = f" from {match.resource.site}" if word == "Borrow" and match.resource.site else ""
    title = f"{word} {match.resource.name}{site}{level}"
    return _proposal(f"replace:{cause.booking.pk}:{match.resource.key}", title, cause, effect)


def _shared(cause: BookingCause, match: Match, reader: Person) -> Proposal:
    effect = effect_of(as_shared(cause.booking, match.resource, HALF), reader)
    title = f"Share half with {match.resource.name}"
    return _proposal(f"share:{cause.booking.pk}:{match.resource.key}", title, cause, effect)


def _proposal(key: str, title: str, cause: BookingCause, effect: Effect) -> Proposal:
    return Proposal(key, title, cause.booking, cause.project, effect)


def _weeks(count: int) -> str:
    return f"{count} week{'s' * (count != 1)}"


def accept(key: str, *, actor: Person, seen: str, reason: str = "") -> str:
    """Carry out a proposal as it was shown; refused when anybody booked these people since. Gives what was done."""
    word, _, rest = key.partition(":")
    number, _, terms = rest.partition(":")
    if word not in _ACTS or not number.isdecimal():
        raise ValidationError("There is no such proposal; look at the cell again.")
    rows = Booking.objects.visible_to(actor).select_related("resource__team__portfolio")
    booking = rows.filter(pk=int(number)).first()
    if booking is None:
        raise Missing("The booking is gone, or it is not open to you.")
    access.require(actor, _ACTS[word][0], booking.resource.team.portfolio)
    _ACTS[word][1](booking, terms, {"actor": actor, "seen": seen, "reason": reason})
    return f"Booked: {_ACTS[word][2]}."


def _move(booking: Booking, terms: str, by: dict[str, Any]) -> None:
    later = as_moved(booking, _whole(terms)).after[0]
    edit_booking(booking, starts_on=later.starts_on, ends_on=later.ends_on, **by)


def _split_now(booking: Booking, terms: str, by: dict[str, Any]) -> None:
    day, _, weeks = terms.partition(":")
    try:
        on = date.fromisoformat(day)
    except ValueError:
        raise ValidationError("There is no such proposal; look at the cell again.") from None
    split_booking(booking, on=on, later_weeks=_whole(weeks), **by)


def _replace(booking: Booking, terms: str, by: dict[str, Any]) -> None:
    replace_booking(booking, resource=_somebody(terms, by["actor"]), **by)


def _share(booking: Booking, terms: str, by: dict[str, Any]) -> None:
    split_booking(booking, other=_somebody(terms, by["actor"]), share=HALF, **by)


def _whole(text: str) -> int:
    if not text.isdecimal() or int(text) not in WEEKS:
        raise ValidationError("There is no such proposal; look at the cell again.")
    return int(text)


def _somebody(key: str, actor: Person) -> Resource:
    found = Resource.objects.visible_to(actor).filter(key=key).select_related("team__portfolio").first()
    if found is None:
        raise Missing("There is nobody of this key, or they are not open to you.")
    return found


_ACTS: dict[str, tuple[Verb, Callable[[Booking, str, dict[str, Any]], None], str]] = {
    "move": (Verb.BOOKING_EDIT, _move, "the booking is moved"),
    "split": (Verb.BOOKING_SPLIT, _split_now, "the booking is split"),
    "replace": (Verb.BOOKING_REPLACE, _replace, "somebody else takes over"),
    "share": (Verb.BOOKING_SPLIT, _share, "the hours are shared"),
}
