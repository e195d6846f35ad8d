"""The committee room, the gates of a project and compared scenarios as they were known at a moment."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mainstay.authorisation.gates.operations import decide_gate
from mainstay.authorisation.meetings.operations.preparing import edit_meeting
from mainstay.authorisation.meetings.operations.session import cast_vote
from mainstay.authorisation.models import Meeting, MeetingState
from mainstay.authorisation.scenarios.operations import arrange_scenario, edit_scenario
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.operations.projects import edit_project
from tests.authorisation.gates.conftest import build_gated
from tests.authorisation.gates.test_operations import answered
from tests.authorisation.meetings.room import build_committee
from tests.authorisation.meetings.test_session import decided, released
from tests.authorisation.scenarios.conftest import build_five
from tests.authorisation.test_pages import words

pytestmark = pytest.mark.django_db


def moment() -> dict[str, str]:
    """Now, as an address asks for it later."""
    return {"as_of": timezone.now().isoformat()}


def test_a_meeting_reads_as_it_stood_and_nothing_can_be_done_there(world: Any, client: Client) -> None:
    committee = build_committee(world, projects=2)
    client.force_login(committee.secretary)
    meeting = committee.planned("N1", title="First title")
    page = reverse("meeting", args=[meeting.pk])
    then = moment()
    edit_meeting(Meeting.objects.get(), actor=committee.secretary, title="Second title")
    assert "Second title" in words(client.get(page))
    past = words(client.get(page, then))
    assert ("First title" in past, "Second title" in past, "Freeze the pre-read" in past) == (True, False, False)
    assert "First title Investment board 4 Dec 2026 Planned 0 of 1".replace(" ", "") in words(
        client.get(reverse("meetings"), then)
    ).replace("\N{NO-BREAK SPACE}", "").replace(" ", "")


def test_an_item_tells_the_votes_there_were_then(world: Any, client: Client) -> None:
    committee = build_committee(world)
    committee.sitting("N1")
    item = committee.item("N1")
    cast_vote(item, actor=committee.person("cleo"), choice="abstain")
    then = moment()
    cast_vote(item, actor=committee.person("cleo"), choice="reject", reason="Too dear")
    client.force_login(committee.chair)
    page = reverse("agenda_item", args=[item.pk])
    assert "Cleo Member: reject – Too dear" in words(client.get(page))
    past = words(client.get(page, then))
    assert ("Cleo Member: abstain" in past, "Too dear" in past, "Your vote" in past) == (True, False, False)


def test_whoever_reads_released_minutes_does_not_find_the_meeting_before_the_release(
    world: Any, client: Client
) -> None:
    committee = build_committee(world)
    meeting = committee.sitting("N1")
    decided(committee, "N1")
    then = moment()
    released(committee, meeting)
    client.force_login(world.controller)
    page = reverse("meeting", args=[meeting.pk])
    assert Meeting.objects.get().state == MeetingState.RELEASED
    assert [client.get(page).status_code, client.get(page, then).status_code] == [200, 404]


def test_the_gates_of_a_project_read_as_they_stood(world: Any, client: Client) -> None:
    gated = build_gated(world)
    before = moment()
    review = answered(gated)
    opened = moment()
    decide_gate(review, actor=world.portfolio_manager, verdict="go", reason="All there")
    client.force_login(world.project_manager)
    page = reverse("project_gates", args=["PUMPS"])
    now, open_then, first = (words(client.get(page, query)) for query in ({}, opened, before))
    assert "1 of 1 gates passed" in now
    assert ("0 of 1 gates passed" in open_then, "Waits for a decision" in open_then) == (True, True)
    assert ("Not open yet" in first, "Open the gate" in first) == (True, False)
    address = reverse("gate_review", args=[review.pk])
    told = ["All there" in words(client.get(address, query)) for query in ({}, opened)]
    assert told == [True, False]


def test_scenarios_are_compared_as_they_stood(world: Any, client: Client) -> None:
    five = build_five(world)
    scenario = five.scenario()
    arrange_scenario(scenario, actor=five.manager, expected_version=1, lines=[{"project": "A", "is_in": True}])
    then = moment()
    scenario.refresh_from_db()
    lines = [{"project": "B", "is_in": True}]
    scenario = arrange_scenario(scenario, actor=five.manager, expected_version=scenario.version, lines=lines)
    edit_scenario(scenario, actor=five.manager, name="Later")
    edit_project(five.project("A"), actor=MAINSTAY, start_date=date(2027, 4, 1))
    client.force_login(five.manager)
    asked = {"scenario": scenario.pk}
    page = reverse("scenario_comparison")
    now, past = words(client.get(page, asked)), words(client.get(page, asked | then))
    assert ("Later" in now, "Growth" in past, "Later" in past) == (True, True, False)
    assert ("Projects in" in past, "2 of 5" in past) == (True, False)
    told = client.get("/api/v1/scenario-comparison", {"scenarios": str(scenario.pk)} | then).json()
    assert told["figures"][0]["values"] == ["0", "1"]
    assert client.get("/api/v1/scenario-comparison", {"scenarios": str(scenario.pk)}).json()["figures"][0][
        "values"
    ] == [
        "0",
        "2",
    ]
