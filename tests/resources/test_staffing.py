"""Staffing requests: asked, offered, countered, and booked when both sides agree."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from mainstay.core.errors import Forbidden, Impossible, Missing, Stale
from mainstay.core.models import Notice
from mainstay.core.operations.grants import give_grant
from mainstay.core.operations.people import create_person
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.resources.models import Booking, OfferState, StaffingOffer, StaffingRequest, StaffingState
from mainstay.resources.operations.bookings import add_booking
from mainstay.resources.operations.proficiencies import set_proficiency
from mainstay.resources.operations.staffing import (
    accept_offer,
    ask_for_staff,
    counter_offer,
    decline_offer,
    offer_person,
    refuse_request,
    withdraw_request,
)
from mainstay.resources.operations.teams import create_team
from tests.resources.people import Staff, hire

FIRST, LAST = date(2027, 5, 3), date(2027, 5, 28)


@pytest.fixture
def staff(world: Any) -> Staff:
    """Anna, proficient in prototyping, in a team that Rosa manages."""
    staff = hire(world)
    set_proficiency(staff.anna, actor=MAINSTAY, skill=staff.skill, level=3)
    rosa = create_person(None, actor=MAINSTAY, username="rosa", name="Rosa Lind")
    give_grant(rosa, actor=MAINSTAY, role=Role.RESOURCE_MANAGER, path=world.networks.path)
    return staff


@pytest.fixture
def asked(world: Any, staff: Staff) -> StaffingRequest:
    """Jonas asks for a designer in May."""
    return _ask(world, staff)


def _ask(world: Any, staff: Staff, **more: Any) -> StaffingRequest:
    return ask_for_staff(
        world.pumps,
        actor=world.project_manager,
        role=staff.role,
        **{
            "team": staff.team,
            "skill": staff.skill,
            "least_level": 3,
            "starts_on": FIRST,
            "ends_on": LAST,
            "hours": Decimal(80),
        }
        | more,
    )


def _offer(world: Any, staff: Staff, request: StaffingRequest, hours: int = 80, **more: Any) -> StaffingOffer:
    return offer_person(
        staff.team,
        request=request,
        **{
            "actor": world.person("rosa"), "resource": staff.anna, "starts_on": FIRST, "ends_on": LAST,
            "hours": Decimal(hours),
        } | more,
    )  # fmt: skip


def _now(request: StaffingRequest) -> StaffingRequest:
    return StaffingRequest.objects.get(pk=request.pk)


def test_a_request_tells_the_managers_of_the_team(
    world: Any, staff: Staff, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        asked = _ask(world, staff)
    notice = Notice.objects.get(person__username="rosa", text__contains="asks")
    assert notice.text == "Staffing of PUMPS, UX designer: the project asks for somebody."
    assert notice.url == f"/resources/staffing/{asked.pk}/"
    assert (asked.state, asked.asked_by) == (StaffingState.OPEN, world.project_manager)


def test_an_accepted_offer_is_a_firm_booking(world: Any, staff: Staff, asked: StaffingRequest) -> None:
    _offer(world, staff, asked)
    assert _now(asked).state == StaffingState.OFFERED
    accept_offer(_now(asked), actor=world.project_manager)
    booking = Booking.objects.get()
    assert (booking.resource, booking.project, booking.hours, booking.firmness) == (
        staff.anna, world.pumps, Decimal(80), "hard",
    )  # fmt: skip
    assert _now(asked).state == StaffingState.ACCEPTED
    assert StaffingOffer.objects.get().state == OfferState.ACCEPTED


def test_the_team_agrees_to_a_counter_offer_by_offering_the_same(
    world: Any, staff: Staff, asked: StaffingRequest
) -> None:
    _offer(world, staff, asked, 40)
    counter_offer(_now(asked), actor=world.project_manager, starts_on=FIRST, ends_on=LAST, hours=Decimal(60))
    assert _now(asked).state == StaffingState.COUNTERED
    _offer(world, staff, asked, 50)
    assert (_now(asked).state, Booking.objects.count()) == (StaffingState.OFFERED, 0)
    counter_offer(_now(asked), actor=world.project_manager, starts_on=FIRST, ends_on=LAST, hours=Decimal(60))
    _offer(world, staff, asked, 60)
    assert (_now(asked).state, Booking.objects.get().hours) == (StaffingState.ACCEPTED, Decimal("60.00"))
    states = list(StaffingOffer.objects.order_by("pk").values_list("side", "state"))
    replaced = [("team", "replaced"), ("project", "replaced")] * 2
    assert states == [*replaced, ("team", "accepted")]


def test_the_person_takes_over_from_the_placeholder(world: Any, staff: Staff) -> None:
    generic = staff.add("UX designer, to be named", kind="generic")
    time = {"starts_on": FIRST, "ends_on": LAST}
    booking = add_booking(generic, actor=MAINSTAY, project=world.pumps, role=staff.role, hours=Decimal(100), **time)
    asked = _ask(world, staff, replaces=booking)
    _offer(world, staff, asked)
    accept_offer(_now(asked), actor=world.project_manager)
    told = list(Booking.objects.order_by("pk").values_list("resource__name", "hours"))
    assert told == [("UX designer, to be named", Decimal(20)), ("Anna Berg", Decimal(80))]


def test_a_declined_offer_opens_the_request_again_and_needs_a_reason(
    world: Any, staff: Staff, asked: StaffingRequest
) -> None:
    _offer(world, staff, asked)
    with pytest.raises(ValidationError, match="Say why"):
        decline_offer(_now(asked), actor=world.project_manager, reason=" ")
    assert _now(asked).state == StaffingState.OFFERED
    decline_offer(_now(asked), actor=world.project_manager, reason="We need somebody on site.")
    assert (_now(asked).state, StaffingOffer.objects.get().state) == (StaffingState.OPEN, OfferState.DECLINED)


def test_a_team_that_cannot_help_says_why(world: Any, staff: Staff, asked: StaffingRequest) -> None:
    refuse_request(staff.team, actor=world.person("rosa"), request=asked, reason="Nobody is free in May.")
    assert _now(asked).state == StaffingState.DECLINED
    with pytest.raises(Impossible):
        _offer(world, staff, asked)
    assert not StaffingOffer.objects.exists()


def test_who_is_below_the_level_asked_for_is_not_offered(world: Any, staff: Staff) -> None:
    asked = _ask(world, staff, least_level=4)
    with pytest.raises(ValidationError) as refused:
        _offer(world, staff, asked)
    told = "Anna Berg is proficient in Prototyping; expert is needed at least."
    assert refused.value.message_dict == {"resource": [told]}
    assert (_now(asked).state, StaffingOffer.objects.count()) == (StaffingState.OPEN, 0)


def test_a_placeholder_is_not_offered(world: Any, staff: Staff, asked: StaffingRequest) -> None:
    generic = staff.add("UX designer, to be named", kind="generic")
    with pytest.raises(ValidationError, match="Offer a person"):
        _offer(world, staff, asked, resource=generic)
    assert not StaffingOffer.objects.exists()


def test_who_answers_an_older_version_is_told(world: Any, staff: Staff, asked: StaffingRequest) -> None:
    _offer(world, staff, asked)
    with pytest.raises(Stale):
        _offer(world, staff, asked, 40, request_version=1)
    assert StaffingOffer.objects.get().hours == Decimal(80)


def test_a_withdrawn_request_is_settled(world: Any, staff: Staff, asked: StaffingRequest) -> None:
    withdraw_request(asked, actor=world.project_manager)
    with pytest.raises(Impossible):
        withdraw_request(_now(asked), actor=world.project_manager)
    assert (_now(asked).state, _now(asked).version) == (StaffingState.WITHDRAWN, 2)


def test_the_project_does_not_offer_and_the_team_does_not_accept(
    world: Any, staff: Staff, asked: StaffingRequest
) -> None:
    with pytest.raises((Forbidden, Missing)):
        _offer(world, staff, asked, actor=world.project_manager)
    _offer(world, staff, asked)
    with pytest.raises(Forbidden):
        accept_offer(_now(asked), actor=world.person("rosa"))
    assert (_now(asked).state, Booking.objects.count()) == (StaffingState.OFFERED, 0)


def test_a_request_of_one_team_is_not_answered_by_another(world: Any, staff: Staff, asked: StaffingRequest) -> None:
    other = create_team(world.networks, actor=MAINSTAY, name="Another team")
    with pytest.raises(Missing):
        offer_person(
            other, actor=MAINSTAY, request=asked, resource=staff.anna, starts_on=FIRST, ends_on=LAST,
            hours=Decimal(80),
        )  # fmt: skip
    assert not StaffingOffer.objects.exists()


def test_a_team_of_a_confidential_part_is_not_asked_from_outside(world: Any, staff: Staff) -> None:
    hidden = create_team(world.secret, actor=MAINSTAY, name="Hidden team")
    with pytest.raises(ValidationError, match="Choose a team"):
        _ask(world, staff, team=hidden)
    assert not StaffingRequest.objects.exists()
