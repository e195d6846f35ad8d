"""The sponsor's question from start to end (J5): branched, compared, two conflicts settled, adopted, undone."""

import re
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from mainstay.authorisation.models import Baseline, Decision, PlanLine, Scenario
from mainstay.core.operations.grants import give_grant
from mainstay.core.operations.people import create_person
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.models import Project
from mainstay.portfolio.operations.parts import add_member
from tests.authorisation.scenarios.conftest import build_five
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
QUESTION = "Two engineers, 8 % less"


@pytest.fixture
def five(world):
    """The five projects with their plan, and everybody who has a part in the story."""
    five = build_five(world)
    five.solved()
    place, first = five.portfolio.path, five.project("A").path
    for username, name, role, path in (
        ("pia", "Pia Lund", Role.PORTFOLIO_MANAGER, place),
        ("nils", "Nils Berg", Role.PROJECT_MANAGER, first),
        ("bao", "Bao Board", Role.BOARD_MEMBER, place),
    ):
        person = create_person(None, actor=MAINSTAY, username=username, name=name)
        give_grant(person, actor=MAINSTAY, role=role, path=path)
    add_member(five.project("A"), actor=MAINSTAY, person=world.person("nils"), role=Role.PROJECT_MANAGER)
    return five


@pytest.fixture
def window(world, five, live_server, browser):
    """Opens a window of its own for each person, at the address that is asked for."""
    windows = {}

    def open_as(username, path):
        if username not in windows:
            context = browser.new_context(viewport={"width": 1440, "height": 900}, base_url=live_server.url)
            sign_in(context, live_server, world.person(username))
            windows[username] = context.new_page()
        windows[username].goto(path)
        return windows[username]

    yield open_as
    for page in windows.values():
        page.context.close()


def answered(page, heading):
    """The page has come that carries this heading."""
    expect(page.get_by_role("heading", level=1, name=heading, exact=True)).to_be_visible(timeout=15_000)


def clean(page):
    """Axe finds nothing on the page as it stands."""
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []


def branch(page):
    """Amara copies the plan and asks it the sponsor's question."""
    page.get_by_text("More", exact=True).click()
    page.get_by_role("link", name="Copy").click()
    page.get_by_label("Name of the copy").fill(QUESTION)
    page.get_by_role("button", name="Copy").click()
    answered(page, QUESTION)
    page.get_by_text("More", exact=True).click()
    page.get_by_role("link", name="Change what is asked").click()
    page.locator("[name=limits-0-max]").fill("294.4")
    page.get_by_text("Changes to what there is").click()
    page.locator("[name=changes-0-kind]").select_option(label="Hire")
    page.locator("[name=changes-0-amount]").fill("2")
    page.locator("[name=changes-0-role]").select_option(label="Skill 1")
    page.locator("[name=changes-0-since]").fill("2027-03-01")
    page.get_by_role("button", name="Save the scenario").click()
    answered(page, QUESTION)
    page.get_by_role("button", name="Find the best plan").click()
    expect(page.locator("#finding")).to_have_text(
        "3 of 5 projects bring GBP 79 of benefit for GBP 270; everything fits."
    )


def compare(page, plan):
    """Both plans stand side by side."""
    page.get_by_text("More", exact=True).click()
    page.get_by_role("link", name="Compare with other scenarios").click()
    page.get_by_text("Scenarios (1 chosen)").click()
    page.get_by_label("Growth").check()
    page.get_by_role("button", name="Compare", exact=True).click()
    rows = page.get_by_role("region", name="Project by project").get_by_role("row")
    expect(rows.filter(has_text="Project E")).to_contain_text("In 1 of 2")
    expect(rows.filter(has_text="Project A")).to_contain_text("3 months later")
    figures = page.get_by_role("region", name="In figures").get_by_role("row")
    expect(figures.filter(has_text="Cost").first).to_contain_text("270")
    clean(page)
    page.goto(plan)


def reschedule(page, start, end):
    """Nils moves his project in the plan of record."""
    page.get_by_label("Start").fill(start)
    page.get_by_label("End").fill(end)
    page.get_by_role("button", name="Save").click()
    answered(page, "Project A")


def settle(page, choice, reason, told):
    """Somebody settles the one conflict by name."""
    expect(page.locator(".finding")).to_contain_text("1 conflict waits")
    page.get_by_role("link", name="Merge: 1 conflict").click()
    page.get_by_text("Changed in the plan of record by Nils Berg").wait_for()
    page.get_by_label(choice).check()
    page.get_by_label("Reason").fill(reason)
    page.get_by_role("button", name="Merge 1 project").click()
    settled = page.locator("section[aria-labelledby=settled] tbody")
    for text in (reason, told):
        expect(settled).to_contain_text(text)


def share(page):
    """Amara lets Pia change it too."""
    page.get_by_text("More", exact=True).click()
    page.get_by_role("link", name="Share").click()
    page.get_by_label("Also with").fill("pia")
    page.get_by_role("button", name="Save").click()
    answered(page, QUESTION)
    page.get_by_text("More", exact=True).click()
    page.get_by_role("link", name="Share").click()
    page.get_by_label("Pia Lund may change it").check()
    page.get_by_role("button", name="Save").click()
    answered(page, QUESTION)


def submit(page):
    """The scenario goes before the board and is no longer changed."""
    page.get_by_text("More", exact=True).click()
    page.get_by_role("button", name="Submit to the board").click()
    page.get_by_text("This scenario is before the board").wait_for()
    assert page.get_by_role("button", name="Find the best plan").count() == 0


def adopt(page):
    """Bao sees what the decision does and how the conflicts were settled, and adopts."""
    page.get_by_role("link", name=QUESTION).click()
    page.get_by_role("link", name="Adopt").click()
    settled = page.locator("section[aria-labelledby=settled] tbody")
    expect(settled).to_contain_text("Amara Diallo")
    expect(settled).to_contain_text("Pia Lund")
    page.get_by_label("Note for the record").fill("The two engineers are hired first.")
    page.get_by_role("button", name="Adopt the scenario").click()
    answered(page, QUESTION)
    expect(page.locator(".finding")).to_have_text("3 projects authorised; 0 committed projects stay in.")
    clean(page)


def undo(page):
    """Bao takes it back, and says why."""
    page.get_by_label("Why").fill("The offer to the engineers fell through.")
    page.get_by_role("button", name="Take the decision back").click()
    answered(page, f"Taken back: {QUESTION}")


def standing():
    """How the projects stand in the plan of record."""
    return {row.code: (row.stage.key, row.start_date) for row in Project.objects.select_related("stage")}


def test_the_sponsor_asks_on_tuesday_and_the_board_decides(window, five):
    page = window("amara", f"/authorise/scenarios/{Scenario.objects.get().pk}/")
    branch(page)
    plan = re.sub(r"^https?://[^/]+", "", page.url)
    scenario = Scenario.objects.get(name=QUESTION)
    compare(page, plan)
    reschedule(window("nils", "/projects/A/edit/"), "2027-06-01", "2027-11-30")
    settle(
        window("amara", f"{plan}difference/"),
        "Scenario: 1 Apr 2027 to 30 Sep 2027", "The engineers come in March", "Amara Diallo",
    )  # fmt: skip
    share(window("amara", plan))
    reschedule(window("nils", "/projects/A/edit/"), "2027-07-01", "2027-12-31")
    settle(
        window("pia", f"{plan}difference/"),
        "Plan of record: 1 Jul 2027 to 31 Dec 2027", "Its supplier delivers in June", "Pia Lund",
    )  # fmt: skip
    assert PlanLine.objects.get(scenario=scenario, project__code="A").start_date == date(2027, 7, 1)
    submit(window("amara", plan))
    before = standing()
    board = window("bao", "/authorise/scenarios/")
    adopt(board)
    after = standing()
    assert {code for code in "ABCDE" if after[code][0] == "authorised"} == set("ABC")
    assert Baseline.objects.filter(is_current=True).count() == 3
    told = window("nils", "/notices/")
    expect(told.get_by_text(QUESTION).first).to_be_visible()
    undo(board)
    assert standing() == before
    assert [row.title for row in Decision.objects.order_by("pk")] == [QUESTION, f"Taken back: {QUESTION}"]
    assert Scenario.objects.get(name=QUESTION).state == "submitted"
