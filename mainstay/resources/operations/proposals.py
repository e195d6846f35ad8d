"""Accepting and refusing what was proposed about an overload."""

from mainstay.core import access, history
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.resources.booking_changes import BookingChange
from mainstay.resources.models import Booking, RefusedProposal, Resource
from mainstay.resources.operations.bookings import carry_out, require_bookable


@operation(Verb.PROPOSAL_ACCEPT)
def accept_proposal(
    booking: Booking, *, actor: Actor, change: BookingChange, seen: str = "", reason: str = ""
) -> list[Booking]:
    """Book a proposed change of a booking as it was shown."""
    access.require(actor, Verb.BOOKING_EDIT, booking.resource.team.portfolio)
    for person in change.resources:
        if person.pk != booking.resource_id:
            require_bookable(actor, person)
    return carry_out(change, seen=seen, reason=reason)


@operation(Verb.PROPOSAL_REFUSE)
def refuse_proposal(resource: Resource, *, actor: Actor, key: str, refused: bool = True, reason: str = "") -> bool:
    """Put a proposal about somebody aside for oneself, or take it up again; gives whether it is put aside."""
    known = RefusedProposal.objects.filter(person_id=actor.pk, key=key).first()
    if refused and known is None:
        history.create(RefusedProposal(person_id=actor.pk, resource=resource, key=key))
    elif not refused and known is not None:
        history.remove(known)
    return refused
