"""Pages of demand, bookings and staffing."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from mainstay.core.operations.grants import give_grant
from mainstay.core.operations.people import create_person
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.resources.models import Booking, Demand, StaffingRequest
from mainstay.resources.operations.bookings import add_booking
from mainstay.resources.operations.demands import DemandEntry, enter_demand
from tests.resources.people import Staff, hire

FIRST, LAST = date(2027, 5, 3), date(2027, 5, 28)


@pytest.fixture
def staff(world: Any) -> Staff:
    """Anna and Ben in a team that Rosa manages."""
    staff = hire(world)
    staff.add("Ben Frost")
    rosa = create_person(None, actor=MAINSTAY, username="rosa", name="Rosa Lind")
    give_grant(rosa, actor=MAINSTAY, role=Role.RESOURCE_MANAGER, path=world.networks.path)
    return staff


def _browser(world: Any, username: str) -> Client:
    browser = Client()
    browser.force_login(world.person(username))
    return browser


def _book(world: Any, staff: Staff, project: Any = None, hours: int = 120) -> Booking:
    return add_booking(
        staff.anna, actor=MAINSTAY, project=project or world.pumps, role=staff.role, starts_on=FIRST,
        ends_on=LAST, hours=Decimal(hours),
    )  # fmt: skip


def _text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_a_change_is_booked_only_after_its_effect_was_shown(world: Any, staff: Staff) -> None:
    booking = _book(world, staff)
    rosa, address = _browser(world, "rosa"), f"/resources/bookings/{booking.pk}/edit/"
    typed = {"version": "1", "starts_on": "2027-06-07", "ends_on": "2027-07-02", "hours": "120", "firmness": "soft"}
    shown = rosa.post(address, typed | {"step": "book"})
    assert shown.status_code == 200
    assert "No new overload" in _text(shown)
    assert Booking.objects.get().starts_on == FIRST
    sent = {"step": "book", "seen": shown.context["effect"].seen, "shown": shown.context["print"]}
    assert rosa.post(address, typed | sent).status_code == 302
    assert Booking.objects.get().starts_on == date(2027, 6, 7)


def test_who_books_second_sees_what_the_other_booked_and_what_it_does_now(world: Any, staff: Staff) -> None:
    rosa, address = _browser(world, "rosa"), f"/resources/people/{staff.anna.key}/bookings/new/"
    typed = {
        "project": "METERS", "role": staff.role.key, "starts_on": "2027-05-03", "ends_on": "2027-05-28",
        "hours": "60", "firmness": "soft", "version": "1",
    }  # fmt: skip
    shown = rosa.post(address, typed | {"step": "show"})
    _book(world, staff)
    sent = {"step": "book", "seen": shown.context["effect"].seen, "shown": shown.context["print"]}
    answer = rosa.post(address, typed | sent)
    assert answer.status_code == 409
    assert "Booking of Anna Berg" in _text(answer)
    assert "4 new overloaded weeks" in _text(answer)
    assert Booking.objects.count() == 1


def test_every_change_of_a_booking_has_its_page(world: Any, staff: Staff) -> None:
    booking, rosa = _book(world, staff), _browser(world, "rosa")
    for query in (
        "split/?on=2027-05-17&later_weeks=4",
        "share/?other=ben-frost&share=50",
        "replace/?resource=ben-frost",
        "remove/",
        "edit/?starts_on=2027-06-07&ends_on=2027-07-02",
    ):
        answer = rosa.get(f"/resources/bookings/{booking.pk}/{query}")
        assert answer.status_code == 200, query
    assert "Ben Frost, hours by week" in _text(
        rosa.get(f"/resources/bookings/{booking.pk}/replace/?resource=ben-frost")
    )
    assert Booking.objects.count() == 1


def test_another_project_is_shown_without_its_name(world: Any, staff: Staff) -> None:
    booking = _book(world, staff, world.heron)
    rosa = _browser(world, "rosa")
    for address in (f"/resources/bookings/{booking.pk}/", "/resources/people/anna-berg/bookings/"):
        text = _text(rosa.get(address))
        assert "Another project" in text
        assert "Heron" not in text


def test_the_project_sees_its_people_without_seeing_the_team(world: Any, staff: Staff) -> None:
    _book(world, staff)
    jonas = _browser(world, "jonas")
    text = _text(jonas.get("/resources/projects/PUMPS/"))
    assert "Anna Berg" in text
    assert jonas.get("/resources/people/anna-berg/bookings/").status_code == 404


def test_demand_is_entered_as_a_sheet_and_the_gap_is_told(world: Any, staff: Staff) -> None:
    enter_demand(
        world.pumps,
        actor=MAINSTAY,
        entries=[DemandEntry(role=staff.role, hours={date(2027, 5, 1): Decimal(160)})],
    )
    _book(world, staff)
    jonas = _browser(world, "jonas")
    assert "75% of 160 hours are staffed" in _text(jonas.get("/resources/projects/PUMPS/"))
    shown = jonas.get("/resources/projects/PUMPS/demand/?from=2027-05-01")
    key = shown.context["sheet"].lines[0].key
    sent = {"state": shown.context["state"], f"demand:{key}:2027-06": "40", "demand:lines": key}
    assert jonas.post("/resources/projects/PUMPS/demand/?from=2027-05-01", sent).status_code == 302
    assert list(Demand.objects.values_list("month", "hours")) == [
        (date(2027, 5, 1), Decimal(160)),
        (date(2027, 6, 1), Decimal(40)),
    ]


def test_demand_is_taken_from_a_reference_project(world: Any, staff: Staff) -> None:
    hours = {date(2026, 1, 1): Decimal(100), date(2026, 3, 1): Decimal(50)}
    enter_demand(world.meters, actor=MAINSTAY, entries=[DemandEntry(role=staff.role, hours=hours)])
    amara = _browser(world, "amara")
    sent = {"reference-reference": "METERS", "reference-scale": "120", "reference-first": "2027-02-10"}
    assert amara.post("/resources/projects/PUMPS/demand/reference/", sent).status_code == 302
    assert list(Demand.objects.filter(project=world.pumps).values_list("month", "hours", "source")) == [
        (date(2027, 2, 1), Decimal(120), "reference"),
        (date(2027, 4, 1), Decimal(60), "reference"),
    ]


def test_the_talk_goes_from_the_question_to_the_booking(world: Any, staff: Staff) -> None:
    jonas, rosa = _browser(world, "jonas"), _browser(world, "rosa")
    asked = {
        "team": "design",
        "role": staff.role.key,
        "starts_on": "2027-05-03",
        "ends_on": "2027-05-28",
        "hours": "80",
    }
    assert jonas.post("/resources/projects/PUMPS/staffing/", asked).status_code == 302
    made = StaffingRequest.objects.get()
    page = f"/resources/staffing/{made.pk}/"
    assert "Who fits best" in _text(rosa.get(page))
    terms = {
        "resource": "anna-berg",
        "starts_on": "2027-05-03",
        "ends_on": "2027-05-28",
        "hours": "60",
        "version": "1",
    }
    shown = rosa.post(f"{page}offer/", terms | {"step": "show"})
    assert "Anna Berg, hours by week" in _text(shown)
    assert StaffingRequest.objects.get().state == "open"
    assert rosa.post(f"{page}offer/", terms | {"step": "send"}).status_code == 302
    assert "Accept and book Anna Berg" in _text(jonas.get(page))
    assert jonas.post(f"{page}counter/", terms | {"hours": "80", "version": "2", "step": "send"}).status_code == 302
    assert "Agree and book Anna Berg" in _text(rosa.get(page))
    assert rosa.post(f"{page}agree/", {"version": "3"}).status_code == 302
    assert Booking.objects.get().hours == Decimal(80)
    assert "Both sides agree" in _text(jonas.get(page))


def test_the_board_says_what_waits_for_whom(world: Any, staff: Staff) -> None:
    asked = {
        "team": "design",
        "role": staff.role.key,
        "starts_on": "2027-05-03",
        "ends_on": "2027-05-28",
        "hours": "80",
    }
    _browser(world, "jonas").post("/resources/projects/PUMPS/staffing/", asked)
    text = _text(_browser(world, "rosa").get("/resources/staffing/"))
    assert "1 staffing request is open; 1 of them waits for you." in text
    text = _text(_browser(world, "jonas").get("/resources/staffing/"))
    assert "1 staffing request is open; none waits for you." in text
    assert "No staffing request is open." in _text(_browser(world, "tom").get("/resources/staffing/"))


def test_an_answer_to_an_older_version_is_refused_and_shows_what_stands(world: Any, staff: Staff) -> None:
    jonas = _browser(world, "jonas")
    asked = {
        "team": "design",
        "role": staff.role.key,
        "starts_on": "2027-05-03",
        "ends_on": "2027-05-28",
        "hours": "80",
    }
    jonas.post("/resources/projects/PUMPS/staffing/", asked)
    page = f"/resources/staffing/{StaffingRequest.objects.get().pk}/"
    answer = jonas.post(f"{page}withdraw/", {"version": "7"})
    assert answer.status_code == 409
    assert "Somebody acted at the same time" in _text(answer)
    assert StaffingRequest.objects.get().state == "open"
