"""How a project gets its people: it asks, the team offers, both may counter, and what both agree on is booked."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.core import access, history
from mainstay.core.errors import Impossible
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Project
from mainstay.portfolio.operations.tree import change
from mainstay.resources.models import (
    OfferState,
    Resource,
    Side,
    StaffingOffer,
    StaffingRequest,
    StaffingState,
    Team,
)
from mainstay.resources.notices import tell_project, tell_team
from mainstay.resources.operations.talk import (
    ANSWERABLE,
    agreed,
    closed_offer,
    moved_on,
    new_offer,
    offered_people,
    request_of_team,
    standing_offer,
)
from mainstay.resources.staffing_rules import refuse_offer, teams_to_ask

ASKED = frozenset({"role", "skill", "least_level", "site", "starts_on", "ends_on", "hours", "note", "replaces"})


@operation(Verb.STAFFING_ASK)
def ask_for_staff(project: Project, *, actor: Actor, team: Team, reason: str = "", **fields: Any) -> StaffingRequest:
    """Ask a team for somebody: a role or skill, a time and hours."""
    if not teams_to_ask(project, actor).filter(pk=team.pk).exists():
        raise ValidationError({"team": "Choose a team that this project may ask."})
    at = history.current_change().at
    request = StaffingRequest(project=project, team=team, asked_by=_person(actor), asked_at=at)
    change(request, ASKED, fields)
    if request.replaces is not None and request.replaces.project_id != project.pk:
        raise ValidationError({"replaces": "That booking is not one of this project."})
    history.create(request)
    tell_team(request, actor, "the project asks for somebody.")
    return request


@operation(Verb.STAFFING_OFFER)
def offer_person(
    team: Team,
    *,
    actor: Actor,
    request: StaffingRequest,
    resource: Resource,
    starts_on: date,
    ends_on: date,
    hours: Decimal,
    note: str = "",
    request_version: int | None = None,
    reason: str = "",
) -> StaffingOffer:
    """Offer somebody for a request; an offer that says what the project proposed is agreed, and booked at once."""
    request = request_of_team(team, request, request_version, actor)
    access.require(actor, Verb.STAFFING_OFFER, resource.team.portfolio)
    before = standing_offer(request)
    offer = new_offer(
        request, resource, Side.TEAM, actor, starts_on=starts_on, ends_on=ends_on, hours=hours, note=note
    )
    refuse_offer(offer, reason)
    closed_offer(before, OfferState.REPLACED)
    history.about(request)
    if before is not None and before.side == Side.PROJECT and agreed(before, offer, reason):
        tell_project(request, actor, f"agreed; {resource} is booked.")
        return offer
    history.create(offer)
    moved_on(request, StaffingState.OFFERED)
    tell_project(request, actor, f"{resource} is offered.")
    return offer


@operation(Verb.STAFFING_REFUSE)
def refuse_request(
    team: Team, *, actor: Actor, request: StaffingRequest, reason: str, request_version: int | None = None
) -> StaffingRequest:
    """Say that the team cannot help, and why; the project may then ask another one."""
    request = request_of_team(team, request, request_version, actor)
    _need(reason)
    closed_offer(standing_offer(request), OfferState.DECLINED)
    history.about(request)
    tell_project(request, actor, f"the team cannot help. {reason}")
    return moved_on(request, StaffingState.DECLINED)


@operation(Verb.STAFFING_COUNTER)
def counter_offer(
    request: StaffingRequest,
    *,
    actor: Actor,
    starts_on: date,
    ends_on: date,
    hours: Decimal,
    resource: Resource | None = None,
    note: str = "",
    expected_version: int | None = None,
    reason: str = "",
) -> StaffingOffer:
    """Answer an offer with another time, other hours, or somebody else who was offered before."""
    before = _offer_of_team(request)
    wanted = resource or before.resource
    if not offered_people(request).filter(pk=wanted.pk).exists():
        raise ValidationError({"resource": "Choose somebody the team has offered."})
    offer = new_offer(
        request, wanted, Side.PROJECT, actor, starts_on=starts_on, ends_on=ends_on, hours=hours, note=note
    )
    refuse_offer(offer, "the team decides")
    closed_offer(before, OfferState.REPLACED)
    history.create(offer)
    history.about(moved_on(request, StaffingState.COUNTERED))
    tell_team(request, actor, f"the project proposes something else for {wanted}.")
    return offer


@operation(Verb.STAFFING_ACCEPT)
def accept_offer(
    request: StaffingRequest, *, actor: Actor, expected_version: int | None = None, seen: str = "", reason: str = ""
) -> StaffingRequest:
    """Accept the standing offer: the person is booked firmly, and takes over from the placeholder."""
    offer = _offer_of_team(request)
    agreed(offer, offer, reason, seen)
    history.about(offer.request)
    tell_team(request, actor, f"the offer is accepted; {offer.resource} is booked.")
    return offer.request


@operation(Verb.STAFFING_DECLINE)
def decline_offer(
    request: StaffingRequest, *, actor: Actor, reason: str, expected_version: int | None = None
) -> StaffingRequest:
    """Decline the standing offer and say why; the team may offer somebody else."""
    offer = _offer_of_team(request)
    _need(reason)
    closed_offer(offer, OfferState.DECLINED)
    tell_team(request, actor, f"the offer of {offer.resource} is declined. {reason}")
    return history.about(moved_on(request, StaffingState.OPEN))


@operation(Verb.STAFFING_WITHDRAW)
def withdraw_request(
    request: StaffingRequest, *, actor: Actor, expected_version: int | None = None, reason: str = ""
) -> StaffingRequest:
    """Take a request back that is not settled."""
    if request.state not in ANSWERABLE:
        raise Impossible("This request is settled; it cannot be withdrawn.")
    closed_offer(standing_offer(request), OfferState.DECLINED)
    tell_team(request, actor, "the project no longer asks.")
    return history.about(moved_on(request, StaffingState.WITHDRAWN))


def _offer_of_team(request: StaffingRequest) -> StaffingOffer:
    offer = standing_offer(request)
    if offer is None or offer.side != Side.TEAM:
        raise Impossible("There is no offer of the team to answer now.")
    return offer


def _need(reason: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": "Say why, so that the other side knows what to do."})


def _person(actor: Actor) -> Any:
    return actor if actor.pk is not None else None
