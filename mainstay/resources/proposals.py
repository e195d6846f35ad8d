"""Ways out of a red cell: moves of levelling, each with its effect shown before, each accepted or refused alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.core import access
from mainstay.core.models import Person
from mainstay.core.verbs import Verb
from mainstay.engine.levelling import Move
from mainstay.portfolio.models import Project
from mainstay.resources.booking_changes import BookingChange
from mainstay.resources.models import Booking, RefusedProposal, Resource
from mainstay.resources.operations.proposals import accept_proposal
from mainstay.resources.queries.causes import Causes
from mainstay.resources.queries.effect import Effect, effect_of
from mainstay.resources.relief import Relief

MOST_OF_A_KIND, MOST_SHOWN = 2, 12
WORDS = {"shift_booking": "move", "split": "spread", "replace": "replace", "borrow": "replace"}
MOST_PARTS = 8


@dataclass(frozen=True)
class Proposal:
    """One way out: what would be done, to which booking, and what it would do."""

    key: str
    title: str
    booking: Booking
    project: Any
    change: BookingChange
    effect: Effect
    is_refused: bool = False

    @property
    def helps(self) -> bool:
        """Whether it can be booked and overloads nobody anew."""
        return self.effect.new_overloads == 0 and not self.effect.is_refused


def proposals(causes: Causes, reader: Person) -> list[Proposal]:
    """Ways out for the most overbooked people of a cell: what relieves most first, then what disturbs least."""
    relief = Relief(causes, reader)
    if not relief.red:
        return []
    moves = list(_few(relief.moves()))
    projects = Project.objects.visible_to(reader).in_bulk({one.project_id for one in relief.bookings})
    refused = set(RefusedProposal.objects.filter(person=reader).values_list("key", flat=True))
    found = (_proposal(move, relief, reader, projects, refused) for move in moves)
    helpful = [one for one in found if one is not None and one.helps]
    return sorted(helpful[:MOST_SHOWN], key=lambda one: (one.is_refused, one.effect.needs_reason))


def _few(moves: list[Move]) -> Iterator[Move]:
    """Not every week or successor, but the first two of a kind for each booking."""
    counted: dict[tuple[str, str], int] = {}
    for move in moves:
        key = move.kind, move.bookings[0]
        counted[key] = counted.get(key, 0) + 1
        if counted[key] <= MOST_OF_A_KIND and move.kind in WORDS:
            yield move


def _proposal(
    move: Move, relief: Relief, reader: Person, projects: dict[int, Any], refused: set[str]
) -> Proposal | None:
    """The move as a proposal, unless rounding to whole bookings spoils it."""
    try:
        change = relief.change_of(move)
    except ValidationError:
        return None
    if len(change.after) > MOST_PARTS:
        return None
    booking = relief.booking_of(move)
    effect = effect_of(change, reader, around=relief.around)
    to = relief.people[int(move.to)] if move.to else None
    key = f"{WORDS[move.kind]}:{booking.pk}:{to.key if to else move.by}"
    title = _title(move, to, change)
    return Proposal(key, title, booking, projects.get(booking.project_id), change, effect, key in refused)


def _title(move: Move, to: Resource | None, change: BookingChange) -> str:
    if move.kind == "shift_booking":
        return f"Move by {move.by} week{'s' * (move.by != 1)}"
    if to is None:
        return f"Spread {move.hours:,.0f} hours over free weeks"
    site = f" from {to.site}" if move.kind == "borrow" and to.site else ""
    if len(change.after) == 1:
        return f"{'Borrow' if site else 'Replace by'} {to.name}{site}"
    return f"Hand {move.hours:,.0f} hours to {to.name}{site}"


def named(key: str, causes: Causes, reader: Person) -> Proposal:
    """The proposal of a key, as it stands now."""
    found = next((one for one in proposals(causes, reader) if one.key == key), None)
    if found is None:
        raise ValidationError("This proposal no longer stands; look at the cell again.")
    return found


def accept(key: str, causes: Causes, *, actor: Person, seen: str, reason: str = "") -> str:
    """Carry out a proposal as it was shown; refused when anybody booked these people since. Gives what was done."""
    proposal = named(key, causes, actor)
    booking = proposal.booking
    access.require(actor, Verb.PROPOSAL_ACCEPT, booking.resource.team.portfolio)
    accept_proposal(booking, actor=actor, change=proposal.change, seen=seen, reason=reason)
    return f"Booked: {proposal.title[:1].lower()}{proposal.title[1:]}."
