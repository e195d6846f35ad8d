"""The turns of the talk on a staffing request, as its operations write them."""

from datetime import timedelta
from typing import Any

from mainstay.core import history
from mainstay.core.errors import Impossible, Missing, Stale
from mainstay.core.operation import changes_since
from mainstay.core.system import Actor
from mainstay.resources import booking_changes as changes
from mainstay.resources.booking_changes import BookingChange
from mainstay.resources.models import (
    Booking,
    Firmness,
    OfferState,
    Resource,
    StaffingOffer,
    StaffingRequest,
    StaffingState,
    Team,
)
from mainstay.resources.operations.bookings import carry_out

ANSWERABLE = (StaffingState.OPEN, StaffingState.OFFERED, StaffingState.COUNTERED)
DAY = timedelta(days=1)


def request_of_team(
    team: Team, request: StaffingRequest, expected_version: int | None, actor: Actor
) -> StaffingRequest:
    """The request, held until the end, if it was put to this team and still waits."""
    held = StaffingRequest.objects.select_for_update(of=("self",)).filter(pk=request.pk, team=team).first()
    if held is None:
        raise Missing("There is nothing here, or it is not open to you.")
    if expected_version is not None and held.version != expected_version:
        raise Stale(held.noun, expected_version, held.version, changes_since(held, expected_version, actor))
    if held.state not in ANSWERABLE:
        raise Impossible("This request is settled; there is nothing to answer.")
    return held


def standing_offer(request: StaffingRequest) -> StaffingOffer | None:
    """The offer that waits for an answer."""
    return request.offers.filter(state=OfferState.STANDING).select_related("resource__team__portfolio").first()


def offered_people(request: StaffingRequest) -> Any:
    """Everybody the team has offered."""
    return Resource.objects.filter(pk__in=request.offers.values("resource"))


def new_offer(request: StaffingRequest, resource: Resource, side: str, actor: Actor, **fields: Any) -> StaffingOffer:
    """An offer that is not written yet."""
    person, at = actor if actor.pk is not None else None, history.current_change().at
    return StaffingOffer(request=request, resource=resource, side=side, made_by=person, made_at=at, **fields)


def closed_offer(offer: StaffingOffer | None, state: str) -> None:
    """Let an offer stand no longer."""
    if offer is not None:
        offer.state = state
        history.save(offer)


def moved_on(request: StaffingRequest, state: str) -> StaffingRequest:
    """The request in another state; it counts one version up even where the state is the same."""
    request.state = state
    request.version += 1
    return history.save(request)


def agreed(proposed: StaffingOffer, offer: StaffingOffer, reason: str, seen: str = "") -> bool:
    """Book what both sides say, if they say the same; then the request is settled."""
    if (proposed.resource_id, proposed.starts_on, proposed.ends_on, proposed.hours) != (
        offer.resource_id,
        offer.starts_on,
        offer.ends_on,
        offer.hours,
    ):
        return False
    request = offer.request
    carry_out(booked_by(offer), seen=seen, reason=reason or "Agreed", least_level=request.least_level)
    offer.state = OfferState.ACCEPTED
    if offer.pk:
        history.save(offer)
    else:
        history.create(offer)
    request.replaces = None
    moved_on(request, StaffingState.ACCEPTED)
    return True


def booked_by(offer: StaffingOffer) -> BookingChange:
    """The bookings an offer stands for: the person firmly, and so much less of the placeholder."""
    request = offer.request
    fields = {
        "role": request.role, "skill": request.skill, "starts_on": offer.starts_on, "ends_on": offer.ends_on,
        "hours": offer.hours, "firmness": Firmness.HARD,
    }  # fmt: skip
    change = changes.as_added(offer.resource, request.project, fields)
    placeholder = Booking.objects.filter(pk=request.replaces_id).select_related("resource__team__portfolio").first()
    return change.and_also(changes.as_reduced(placeholder, offer.hours)) if placeholder else change
