"""Pages and API of timesheets."""

import json

import pytest

from mainstay.core.operations.tokens import issue_token
from mainstay.monitoring.models import HoursEntry, Timesheet
from mainstay.monitoring.operations.timesheets import approve_timesheets, lock_weeks
from mainstay.resources.models import Resource
from tests.monitoring.crew import TUESDAY, WEEK, gather_crew

pytestmark = pytest.mark.django_db
ADDRESS = f"/timesheets/{WEEK}/"


@pytest.fixture
def crew(world, client):
    """Anna, who is signed in, Ben, and who manages them."""
    crew = gather_crew(world)
    client.force_login(crew.person)
    return crew


def typed(crew, hours: str, do: str = "save", **more) -> dict:
    """The sheet with hours for the pumps on Tuesday, as a page without a script sends it."""
    line = f"p{crew.world.pumps.pk}"
    return {"hours:lines": [line], f"hours:{line}:{TUESDAY}": hours, "do": do} | more


def test_a_week_is_typed_filled_from_bookings_and_handed_in(crew, client):
    page = client.get(ADDRESS)
    assert b'placeholder="4.00"' in page.content
    assert client.post(ADDRESS, typed(crew, "6,5")).status_code == 302
    assert client.post(ADDRESS, {"do": "booked"}).status_code == 302
    hours = list(HoursEntry.objects.order_by("date").values_list("hours", flat=True))
    assert [f"{one}" for one in hours] == ["4.00", "6.50", "4.00", "4.00", "4.00"]
    assert client.post(ADDRESS, typed(crew, "5", "submit")).status_code == 302
    assert Timesheet.objects.get().state == "submitted"
    assert client.post(ADDRESS, typed(crew, "1")).status_code == 409
    assert f"{HoursEntry.objects.get(date=TUESDAY).hours}" == "5.00"


def test_last_week_is_copied_where_nothing_stands_yet(crew, client):
    crew.enter("6")
    later = "2026-05-18"
    assert client.post(f"/timesheets/{later}/", {"do": "copy"}).status_code == 302
    assert [f"{row.date} {row.hours}" for row in HoursEntry.objects.all()] == ["2026-05-12 6.00", "2026-05-19 6.00"]


def test_what_cannot_be_read_stays_as_it_was_typed(crew, client):
    answer = client.post(ADDRESS, typed(crew, "six"))
    assert answer.status_code == 422
    assert b'value="six"' in answer.content
    assert not HoursEntry.objects.exists()


def test_cells_both_changed_are_shown_beside_each_other(crew, client):
    state = client.get(ADDRESS).context["state"]
    crew.enter("6")
    line = f"p{crew.world.pumps.pk}"
    base = json.dumps({line: {f"{TUESDAY}": ""}})
    answer = client.post(ADDRESS, typed(crew, "7", state=state) | {"hours:base": base})
    assert answer.status_code == 409
    assert "Anna Berg saved this sheet" in answer.content.decode()
    assert f"{HoursEntry.objects.get().hours}" == "6.00"


def test_on_a_phone_what_the_other_one_saved_is_taken_over(crew, client):
    state = client.get(ADDRESS).context["state"]
    crew.enter("6")
    line = f"p{crew.world.pumps.pk}"
    base = json.dumps({line: {f"{TUESDAY}": ""}})
    day = f"{ADDRESS}?day={TUESDAY}"
    answer = client.post(day, typed(crew, "7", state=state) | {"hours:base": base})
    shown = next(one for one in answer.context["lines"] if one.key == line)
    assert (answer.status_code, shown.text, shown.theirs) == (409, "7.00", "6.00")
    assert f'name="{shown.whose}" value="theirs"' in answer.content.decode()
    sent = {"hours:base": answer.context["base"], shown.whose: "theirs"}
    taken = client.post(day, typed(crew, "7", state=answer.context["state"]) | sent)
    assert taken.status_code == 302
    assert f"{HoursEntry.objects.get().hours}" == "6.00"


def test_whoever_is_not_planned_has_no_timesheet(crew, client):
    client.force_login(crew.world.stranger)
    assert "You are not among the people who are planned" in client.get(ADDRESS).content.decode()
    assert client.post(ADDRESS, typed(crew, "6")).status_code == 409
    assert not HoursEntry.objects.exists()


def test_favourites_are_added_by_code_and_left_out_again(crew, client):
    assert client.post("/timesheets/favourites/", {"project": "PUMPS Replace the pumps"}).status_code == 302
    assert [one.code for one in client.get(ADDRESS).context["favourites"]] == ["PUMPS"]
    assert client.post("/timesheets/favourites/", {"project": "HERON"}).status_code == 404
    assert client.post("/timesheets/favourites/", {"without": "PUMPS"}).status_code == 302
    assert client.get(ADDRESS).context["favourites"] == []


def test_a_manager_approves_several_reminds_the_late_and_locks(crew, client):
    crew.enter("6")
    sheet = crew.hand_in()
    client.force_login(crew.manager)
    page = client.get("/timesheets/approval/", {"week": f"{WEEK}"}).context["page"]
    assert page.finding == "Week of 11 May 2026: 1 to approve, nobody late."
    assert [one.resource.name for one in page.never] == ["Ben Frost"]
    assert page.lines[0].differs
    client.post("/timesheets/approvals/", {"week": f"{WEEK}", "sheet": [sheet.pk]})
    client.post("/timesheets/reminders/", {"week": f"{WEEK}", "person": [crew.ben.pk]})
    client.post("/timesheets/locks/NET/", {"week": f"{WEEK}"})
    sheet.refresh_from_db()
    assert (sheet.state, sheet.is_locked) == ("approved", True)
    page = client.get("/timesheets/approval/", {"week": f"{WEEK}"}).context["page"]
    assert page.finding == "Week of 11 May 2026: Nothing to approve, nobody late, locked."


def test_the_approval_page_asks_as_much_for_many_as_for_few(crew, client, django_assert_max_num_queries):
    crew.enter("6")
    crew.hand_in()
    for number in range(6):
        crew.staff.add(f"Person {number}")
    Timesheet.objects.bulk_create(
        [Timesheet(resource=one, week=WEEK, state="submitted") for one in Resource.objects.exclude(pk=crew.anna.pk)]
    )
    client.force_login(crew.manager)
    with django_assert_max_num_queries(40):
        page = client.get("/timesheets/approval/", {"week": f"{WEEK}"}).context["page"]
    assert len(page.lines) == 8


def test_a_correction_is_made_on_its_page_and_shows_all_three_entries(crew, client):
    entry = crew.enter("6")
    approve_timesheets([crew.hand_in()], actor=crew.manager)
    client.force_login(crew.manager)
    address = f"/timesheets/entries/{entry.pk}/correction/"
    assert client.post(address, {"hours": "5", "reason": ""}).status_code == 422
    assert HoursEntry.objects.count() == 1
    assert client.post(address, {"hours": "5", "reason": "Typing error"}).status_code == 302
    lines = client.get(f"/timesheets/of/{crew.anna.key}/{WEEK}/").context["page"].entries
    assert [(f"{one.row.hours}", one.role) for one in lines] == [
        ("6.00", "Reversed"),
        ("-6.00", "Reversal"),
        ("5.00", "Corrected entry"),
    ]


def test_the_api_enters_hands_in_and_keeps_locked_weeks(crew, client):
    key = issue_token(crew.person, actor=crew.person, name="Clock", scopes=["read", "write"])[1]
    head = {"HTTP_AUTHORIZATION": f"Bearer {key}", "content_type": "application/json"}
    client.logout()
    hours = {"cells": [{"date": f"{TUESDAY}", "hours": "6", "project": "PUMPS"}]}
    address = f"/api/v1/my-weeks/{WEEK}"
    assert client.post(f"{address}/hours", json.dumps(hours), **head).json() == {"count": 1}
    found = client.get("/api/v1/hours", **head).json()["items"]
    assert [(one["project"], one["hours"], one["corrects"]) for one in found] == [("PUMPS", "6.00", None)]
    lock_weeks(crew.world.networks, actor=crew.manager, weeks=[WEEK])
    other = {"cells": [{"date": f"{TUESDAY}", "hours": "7", "project": "PUMPS"}]}
    assert client.post(f"{address}/hours", json.dumps(other), **head).status_code == 409
    assert client.post(f"{address}/submission", "{}", **head).status_code == 409
    assert [f"{row.hours}" for row in HoursEntry.objects.all()] == ["6.00"]
    assert Timesheet.objects.get().state == "open"
