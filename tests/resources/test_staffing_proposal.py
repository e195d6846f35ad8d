"""The proposal for the whole portfolio: who is proposed, and what happens line by line."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from mainstay.core.models import Run
from mainstay.core.system import MAINSTAY
from mainstay.resources.models import Booking
from mainstay.resources.operations.bookings import add_booking
from mainstay.resources.operations.demands import DemandEntry, enter_demand
from mainstay.resources.operations.proficiencies import set_proficiency
from mainstay.resources.queries.open_demand import OpenDemand
from mainstay.resources.staffing_proposal import KIND, propose
from tests.resources.people import Staff, hire

MAY, JUNE = date(2027, 5, 1), date(2027, 6, 1)


@pytest.fixture
def staff(world: Any) -> Staff:
    """Anna is booked by half in May; Ben is an authority in prototyping."""
    staff = hire(world)
    ben = staff.add("Ben Frost")
    set_proficiency(ben, actor=MAINSTAY, skill=staff.skill, level=5)
    add_booking(
        staff.anna, actor=MAINSTAY, project=world.meters, role=staff.role, starts_on=MAY,
        ends_on=date(2027, 5, 31), hours=Decimal(76), firmness="hard",
    )  # fmt: skip
    return staff


def _ask(world: Any, staff: Staff) -> None:
    entries = [
        DemandEntry(skill=staff.skill, least_level=4, hours={MAY: Decimal(120), JUNE: Decimal(120)}),
        DemandEntry(role=staff.role, hours={MAY: Decimal(100)}),
    ]
    enter_demand(world.pumps, actor=MAINSTAY, entries=entries)


def test_people_are_proposed_within_their_free_hours_and_levels(world: Any, staff: Staff) -> None:
    _ask(world, staff)
    found = propose(OpenDemand(world.administrator, MAY, 2), seconds=5)
    told = sorted((one["resource"], one["starts_on"], one["ends_on"], one["hours"]) for one in found["lines"])
    ben = staff.anna.__class__.objects.get(name="Ben Frost").pk
    assert (ben, "2027-05-01", "2027-06-30", 240.0) in told
    assert (staff.anna.pk, "2027-05-01", "2027-05-31", 76.0) in told
    assert found["covered"] == pytest.approx(1 - (100 - 76 - 32) / 340, abs=0.1)


def test_a_line_is_booked_only_when_it_is_accepted_and_once(world: Any, staff: Staff) -> None:
    _ask(world, staff)
    run = Run.objects.create(kind=KIND, title="People", person=world.administrator)
    run.result = propose(OpenDemand(world.administrator, MAY, 2), seconds=5)
    run.save()
    browser = Client()
    browser.force_login(world.administrator)
    address = f"/resources/staffing/proposals/{run.pk}/"
    assert Booking.objects.count() == 1
    shown = browser.get(f"{address}?line=1")
    seen = shown.context["effect"].seen
    for _ in range(2):
        assert browser.post(f"{address}1/", {"answer": "accept", "seen": seen}).status_code == 302
    assert Booking.objects.count() == 2
    browser.post(f"{address}2/", {"answer": "refuse"})
    states = [line.state for line in browser.get(address).context["lines"]]
    assert states[:2] == ["accepted", "refused"]
    assert Booking.objects.count() == 2


def test_a_proposal_of_somebody_else_does_not_exist(world: Any, staff: Staff) -> None:
    run = Run.objects.create(kind=KIND, title="People", person=world.administrator, result={"lines": []})
    browser = Client()
    browser.force_login(world.portfolio_manager)
    assert browser.get(f"/resources/staffing/proposals/{run.pk}/").status_code == 404
