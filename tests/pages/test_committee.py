"""A board sits: five members with rights of their own decide on nine items, and others see it after the release."""

from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from mainstay.authorisation.meetings.operations.preparing import freeze_meeting, plan_meeting
from mainstay.authorisation.meetings.operations.session import open_meeting
from mainstay.authorisation.models import AgendaItem, Meeting
from mainstay.core.models import Pulse
from mainstay.core.system import MAINSTAY
from mainstay.governance.operations.delegations import set_delegation
from mainstay.portfolio.models import Project
from mainstay.portfolio.operations.projects import edit_project
from tests.authorisation.meetings.room import build_committee
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
PRESENT = ("bao", "cleo", "dev", "ena")
# How the members vote on each item, and what comes of it.
PLAN = {f"N{number}": (("Approve",) * 4, "Go") for number in range(1, 7)} | {
    "N7": (("Approve with conditions",) * 3 + ("Approve",), "Go, with conditions"),
    "N8": (("Defer", "Defer", "Defer", "Approve"), "Hold"),
    "N9": (("Reject", "Reject", "Reject", "Abstain"), "Stop"),
}


@pytest.fixture
def room(world, live_server, browser):
    """Opens a window of its own for each person."""
    windows = {}

    def window(username):
        if username not in windows:
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            sign_in(context, live_server, world.person(username))
            windows[username] = context.new_page()
        return windows[username]

    yield window
    for page in windows.values():
        page.context.close()


def act(page, url, button, **fields):
    page.goto(url)
    section = page.locator("section.card", has=page.get_by_role("button", name=button, exact=True))
    for name, value in fields.items():
        if name in {"choice", "verdict"}:
            section.get_by_label(value, exact=True).check()
        else:
            section.get_by_label(name.capitalize().replace("_", " ")).fill(value)
    section.get_by_role("button", name=button, exact=True).click()


@pytest.fixture
def committee(world):
    """Nine projects wait; Cleo owns the first, and the ninth lies within what the board may decide as all do."""
    committee = build_committee(world, projects=9)
    edit_project(Project.objects.get(code="N1"), actor=MAINSTAY, owner=committee.person("cleo"))
    set_delegation(world.networks, actor=MAINSTAY, board=committee.board, up_to=Decimal(500_000), currency="GBP")
    return committee


def test_an_agenda_is_taken_from_the_queue_moved_by_keyboard_and_frozen(world, committee, room, live_server):
    meeting = plan_meeting(committee.board, actor=committee.secretary, title="Sitting", held_on=date(2026, 12, 4))
    page = room("amara")
    page.goto(f"{live_server.url}/authorise/meetings/{meeting.pk}/agenda/")
    for number in range(1, 10):
        page.get_by_label(f"Project N{number} Candidate, waits for authorisation").check()
    page.get_by_role("button", name="Put on the agenda").press("Enter")
    expect(page.get_by_text("9 items on the agenda")).to_be_visible()
    page.get_by_role("button", name="Move up: Project N2").press("Enter")
    expect(page.locator("tbody tr").first).to_contain_text("Project N2")
    page.get_by_role("link", name="Back to the meeting").click()
    page.get_by_role("button", name="Freeze the pre-read").click()
    expect(page.get_by_text("The pre-read is frozen; its papers no longer change.")).to_be_visible()
    page.get_by_role("link", name="The pack").click()
    expect(page.get_by_role("heading", name="1. Project N2")).to_be_visible()
    expect(page.get_by_text("GBP 100,000").first).to_be_visible()
    assert AgendaItem.objects.exclude(paper_sha256="").count() == 9


def test_a_board_of_five_decides_nine_items_and_the_sponsor_reads_it_after_the_release(
    world, committee, room, live_server
):
    meeting = freeze_meeting(committee.planned(*PLAN), actor=committee.secretary)
    url = f"{live_server.url}/authorise/meetings/{meeting.pk}/"
    secretary, chair = room("amara"), room("bao")
    secretary.goto(url)
    for name in ("Bao Chair", "Cleo Member", "Dev Member", "Ena Member"):
        secretary.get_by_label(name).check()
    secretary.get_by_role("button", name="Open the meeting").click()
    expect(secretary.get_by_text("4 of 5 members with a vote present; 3 needed").first).to_be_visible()
    first = committee.item("N1")
    room("cleo").goto(f"{live_server.url}/authorise/items/{first.pk}/")
    expect(room("cleo").get_by_text("You take no part in this item: Cleo Member owns Project N1.")).to_be_visible()
    expect(room("cleo").get_by_role("button", name="Vote", exact=True)).to_have_count(0)
    chair.goto(f"{live_server.url}/authorise/items/{first.pk}/")
    for code, (choices, outcome) in PLAN.items():
        decide(committee, room, live_server, code, choices, outcome)
    sponsor = room("grace")
    assert sponsor.goto(url).status == 404
    secretary.goto(url)
    secretary.get_by_role("button", name="Close the meeting").click()
    secretary.get_by_role("button", name="Release the minutes").click()
    expect(secretary.get_by_text("The minutes are released and the decisions have taken effect.")).to_be_visible()
    assert sponsor.goto(f"{url}minutes/").status == 200
    expect(sponsor.get_by_text("9. Project N9: stop.")).to_be_visible()
    expect(sponsor.get_by_text("Condition: Pilot result (Jonas Weber, by 30 June 2027).")).to_be_visible()
    stages = dict(Project.objects.filter(code__startswith="N").values_list("code", "stage__key"))
    assert stages == {f"N{n}": "authorised" for n in range(1, 8)} | {"N8": "candidate", "N9": "rejected"}
    assert Meeting.objects.get().state == "released"


def decide(committee, room, live_server, code, choices, outcome):
    """Everybody votes in a window of their own, then the chair puts the outcome on record."""
    url = f"{live_server.url}/authorise/items/{committee.item(code).pk}/"
    for username, choice in zip(PRESENT, choices, strict=True):
        if (code, username) != ("N1", "cleo"):
            act(room(username), url, "Vote", choice=choice, reason=f"As I see {code}")
            expect(room(username).get_by_text(f"Your vote: {choice.lower()}.")).to_be_visible()
    if outcome == "Go, with conditions":
        secretary = room("amara")
        secretary.goto(url)
        secretary.get_by_label("What must be done").fill("Pilot result")
        secretary.get_by_label("Owner", exact=True).select_option("jonas")
        secretary.get_by_label("Due").fill("2027-06-30")
        secretary.get_by_role("button", name="Write the condition").click()
        expect(secretary.get_by_text("Blocks until met")).to_be_visible()
    act(room("bao"), url, "Put on record", verdict=outcome, reason=f"The board on {code}")
    expect(room("bao").get_by_text(f"{outcome}: The board on {code}")).to_be_visible()


def test_votes_show_to_the_other_members_while_they_look(world, committee, room, live_server):
    committee.sitting("N2")
    url = f"{live_server.url}/authorise/items/{committee.item('N2').pk}/"
    room("bao").goto(url)
    expect(room("bao").get_by_text("No votes yet.")).to_be_visible()
    act(room("dev"), url, "Vote", choice="Approve")
    expect(room("dev").get_by_text("Your vote: approve.")).to_be_visible()
    told = set(Pulse.objects.values_list("noun", flat=True))
    listener = room("bao").locator("#votes-live")
    assert told & set(listener.get_attribute("data-live").split()) == {"vote"}
    listener.dispatch_event("live")
    expect(room("bao").get_by_text("Dev Member: approve")).to_be_visible()


def test_a_board_does_not_go_beyond_what_is_delegated_to_it(world, committee, room, live_server):
    edit_project(Project.objects.get(code="N3"), actor=MAINSTAY, cost=Decimal(900_000))
    meeting = freeze_meeting(committee.planned("N3"), actor=committee.secretary)
    open_meeting(meeting, actor=committee.secretary, present=committee.ids(*PRESENT))
    url = f"{live_server.url}/authorise/items/{committee.item('N3').pk}/"
    for username in PRESENT:
        act(room(username), url, "Vote", choice="Approve")
        expect(room(username).get_by_text("Your vote: approve.")).to_be_visible()
    act(room("bao"), url, "Put on record", verdict="Go", reason="We want it")
    told = "Project N3 costs GBP 900,000; Investment board decides up to 500,000 GBP."
    expect(room("bao").get_by_text(told)).to_be_visible()
    assert committee.item("N3").verdict == ""
