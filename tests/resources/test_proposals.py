"""Ways out of an overload: found by levelling in few queries, accepted, put aside, and offered by the API alike."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.models import Sum
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mainstay.core.models import Event
from mainstay.core.operations.grants import give_grant
from mainstay.core.operations.people import create_person
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.resources.models import Booking, RefusedProposal
from mainstay.resources.operations.bookings import add_booking
from mainstay.resources.proposals import proposals
from mainstay.resources.queries.causes import Causes
from mainstay.resources.queries.heat import By, Question
from tests.resources.people import Staff, hire

FIRST, LAST = date(2027, 3, 1), date(2027, 3, 26)
QUERIES = 32


@pytest.fixture
def staff(world: Any) -> Staff:
    """Anna and Ben of one site; Rosa manages their team."""
    staff = hire(world)
    staff.add("Ben Frost", site=staff.site)
    rosa = create_person(None, actor=MAINSTAY, username="rosa", name="Rosa Lind")
    give_grant(rosa, actor=MAINSTAY, role=Role.RESOURCE_MANAGER, path=world.networks.path)
    return staff


def _book(staff: Staff, project: Any, hours: int, **more: Any) -> Booking:
    fields = {"starts_on": FIRST, "ends_on": LAST, "role": staff.role, "hours": Decimal(hours)} | more
    return add_booking(staff.anna, actor=MAINSTAY, project=project, **fields)


def _asked(world: Any, staff: Staff) -> list[Any]:
    question = Question(By.PERSON, "month", FIRST, date(2027, 3, 31), people=(staff.anna.pk,))
    return proposals(Causes(question, staff.anna.pk, world.person("rosa")), world.person("rosa"))


def _browser(world: Any, username: str) -> Client:
    browser = Client()
    browser.force_login(world.person(username))
    return browser


def test_soft_hours_give_way_before_firm_ones(world: Any, staff: Staff) -> None:
    _book(staff, world.pumps, 120, firmness="hard")
    soft = _book(staff, world.meters, 120)
    first = _asked(world, staff)[0]
    assert first.booking == soft
    assert (first.effect.new_overloads, first.effect.solved) == (0, 4)


def test_more_bookings_and_people_take_no_more_queries(world: Any, staff: Staff) -> None:
    _book(staff, world.pumps, 120, firmness="hard")
    _book(staff, world.meters, 120)
    with CaptureQueriesContext(
        connection,
    ) as few:
        _asked(world, staff)
    for place in range(6):
        staff.add(f"Carl {place}", site=staff.site)
        _book(staff, world.meters, 10 + place)
    with CaptureQueriesContext(connection) as many:
        found = _asked(world, staff)
    assert len(found) == 12
    assert (len(few), len(many)) == (QUERIES, QUERIES)


def test_what_is_put_aside_stands_last_for_that_person_only(world: Any, staff: Staff) -> None:
    _book(staff, world.pumps, 120, firmness="hard")
    _book(staff, world.meters, 120)
    first = _asked(world, staff)[0]
    rosa, address = _browser(world, "rosa"), f"/resources/cell/?by=person&unit=month&row={staff.anna.key}&at={FIRST}"
    assert rosa.post(address, {"proposal": first.key, "answer": "refuse"}).status_code == 302
    assert (_asked(world, staff)[-1].key, _asked(world, staff)[-1].is_refused) == (first.key, True)
    ada = _browser(world, "ada").get(address).context["page"].proposals
    assert (ada[0].key, ada[0].is_refused) == (first.key, False)
    assert rosa.post(address, {"proposal": first.key, "answer": "again"}).status_code == 302
    assert RefusedProposal.objects.count() == 0
    assert _asked(world, staff)[0].key == first.key


def test_the_api_proposes_accepts_and_refuses(world: Any, staff: Staff) -> None:
    _book(staff, world.pumps, 120, firmness="hard")
    soft = _book(staff, world.meters, 120)
    rosa, address = _browser(world, "rosa"), f"/api/v1/resources/{staff.anna.key}/proposals"

    def send(word: str, **body: Any) -> Any:
        return rosa.post(f"{address}/{word}", json.dumps(body), content_type="application/json")

    items = rosa.get(f"{address}?unit=month&at=2027-03-01").json()["items"]
    replace = next(one for one in items if one["key"].startswith(f"replace:{soft.pk}:"))
    assert (replace["project"], replace["effect"]["new_overloads"]) == ("METERS", 0)
    assert send("refusal", proposal=replace["key"]).json() == {"put_aside": True}
    told = {"proposal": replace["key"], "unit": "month", "at": "2027-03-01"}
    assert send("acceptance", **told, seen="seen.1-1").status_code == 409
    assert list(soft.resource.bookings.values_list("pk", flat=True)) == [soft.pk - 1, soft.pk]
    done = send("acceptance", **told, seen=replace["effect"]["seen"])
    assert (done.status_code, done.json()) == (200, {"done": "Booked: hand 88 hours to Ben Frost."})
    sums = Booking.objects.order_by("resource__name").values_list("resource__name").annotate(Sum("hours"))
    assert list(sums) == [("Anna Berg", Decimal(152)), ("Ben Frost", Decimal(88))]
    assert Event.objects.order_by("-pk").first().verb == "proposal.accept"


def test_whoever_may_not_see_people_reads_no_name_in_the_events_of_a_project(world: Any, staff: Staff) -> None:
    booking = _book(staff, world.pumps, 40)
    jonas, rosa = world.project_manager, world.person("rosa")
    assert not Event.objects.visible_to(world.sponsor).filter(label__contains="Anna").exists()
    assert not Event.objects.visible_to(jonas).filter(label__contains="Anna").exists()
    told = Event.objects.visible_to(rosa).filter(noun="booking", row_id=booking.pk)
    assert [one.label for one in told] == ["Anna Berg, 1 Mar 2027 to 26 Mar 2027"]
    for username in ("grace", "jonas"):
        for page in ("/activity/", "/projects/PUMPS/"):
            assert "Anna" not in _browser(world, username).get(page).content.decode()
