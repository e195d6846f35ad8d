"""The whole loop in the browser, from an idea to the lesson of its outcome: five people under their own rights."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from mainstay.authorisation.models import AgendaItem
from mainstay.core.models import Person
from mainstay.core.operations.grants import give_grant
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.engine.basics.periods import month_after
from mainstay.governance.models import Chair
from mainstay.governance.operations.boards import create_board, give_seat
from mainstay.governance.operations.delegations import set_delegation
from mainstay.identification.models import Request
from mainstay.monitoring.reports.operations import set_rhythm
from mainstay.portfolio.models import Project
from mainstay.portfolio.operations.setup import open_year
from mainstay.resources.models import Booking
from mainstay.review.checklist import ITEMS
from mainstay.review.operations import set_closing_rule
from mainstay.value.models import Benefit
from mainstay.value.operations import create_fund, set_envelope
from tests.evaluation.judging import judged_model
from tests.identification.conftest import Intake
from tests.resources.people import hire
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = timezone.localdate()
TITLE, LESSON = "Remote valves for the harbour", "Ask the harbour master before the divers come"
FIRST = month_after(TODAY, -2)


class House:
    """What stands before anybody has an idea: a form, a model, a board, a fund, a team, and five people."""

    def __init__(self, world: Any) -> None:
        self.intake, self.model, self.staff = Intake(world), judged_model(world), hire(world)
        place = world.networks
        give_grant(world.director, actor=MAINSTAY, role=Role.RESOURCE_MANAGER, path=place.path)
        give_grant(world.project_manager, actor=MAINSTAY, role=Role.PROJECT_MANAGER, path=place.path)
        board = create_board(place, actor=MAINSTAY, key="investment", name="Investment board", quorum=1)
        for person, part in ((world.director, Chair.CHAIR), (world.portfolio_manager, Chair.SECRETARY)):
            give_seat(board, actor=MAINSTAY, person=person, part=part, starts_on=date(2020, 1, 1))
        set_delegation(place, actor=MAINSTAY, board=board, up_to=Decimal(9_000_000), currency="GBP")
        terms = {"role": Role.PORTFOLIO_MANAGER, "up_to": Decimal(100_000), "currency": "GBP"}
        set_delegation(place, actor=MAINSTAY, **terms)
        year = open_year(None, actor=MAINSTAY, name="This year", start_date=TODAY, end_date=TODAY + timedelta(364))
        fund = create_fund(place, actor=MAINSTAY, key="growth", name="Growth fund")
        self.envelope = set_envelope(fund, actor=MAINSTAY, year=year, amount=Decimal(1_000_000))
        set_closing_rule(place, actor=MAINSTAY, asks=True, months=6)
        set_rhythm(place, actor=MAINSTAY, every="month", due_after=0)


@pytest.fixture
def house(world: Any) -> House:
    """The house before the idea."""
    return House(world)


@pytest.fixture
def room(live_server: Any, browser: Any) -> Any:
    """Opens a page in a window that each person has for themselves."""
    windows: dict[str, Any] = {}

    def look(username: str, path: str) -> Any:
        if username not in windows:
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            sign_in(context, live_server, Person.objects.get(username=username))
            windows[username] = context.new_page()
        windows[username].goto(live_server.url + path)
        return windows[username]

    yield look
    for page in windows.values():
        page.context.close()


def here(page: Any) -> str:
    """The path of a page."""
    return urlsplit(page.url).path


def project() -> Project:
    """The work that came of the idea."""
    return Request.objects.get(title=TITLE).project


def test_from_an_idea_to_the_lesson_that_meets_the_next_one(house: House, room: Any) -> None:
    _has_an_idea_with_a_case(room)
    _accepts(room)
    _scores(house, room)
    _plans(room)
    _decides(room)
    _funds(house, room)
    _books(house, room)
    _starts_and_reports(room)
    _changes(room)
    _closes(room)
    _reads_benefits(room)
    _reviews(room)
    _teaches(room)
    _begins_the_next_cycle(room)


def _has_an_idea_with_a_case(room: Any) -> None:
    """Rosa writes the idea, and in its case what it costs and brings."""
    page = room("rosa", "/")
    page.click("text=New request")
    page.click("text=Begin the request")
    page.fill("[name=title]", TITLE)
    page.fill("[name=description]", "Valves under water that are turned from the shore.")
    page.fill("[name=answer_who]", "The harbour crew")
    page.fill("[name=answer_theme]", "Resilience")
    page.fill("[name=answer_sponsor]", "grace")
    page.locator("#saved", has_text="Complete").wait_for()
    edit = here(page)
    page.click("text=Begin the business case")
    page.wait_for_url("**/cases/**")
    case = here(page)
    sheets = (("costs", "Costs", "300000"), ("benefits", "Benefits in money", "900000"))
    for sheet, name, amount in sheets:
        page = room("rosa", case)
        page.get_by_label(f"{name} of The proposal").click()
        cells = page.locator(f"#{sheet} tbody tr").first.locator("[data-column^='20']")
        cells.first.click()
        page.keyboard.type(amount)
        page.keyboard.press("Enter")
        page.click("text=Save the sheet")
        expect(page.locator(".toast-success")).to_contain_text("Saved 1 line.")
    page = room("rosa", edit)
    page.click("text=Submit the request")
    page.locator(".finding", has_text="Submitted").wait_for()


def _accepts(room: Any) -> None:
    """Amara accepts it; Rosa may not."""
    path = f"/requests/{Request.objects.get().code}/"
    assert room("rosa", path).locator("text=Accept the request").count() == 0
    page = room("amara", path)
    page.click("text=Accept the request")
    page.locator(".finding", has_text="Accepted").wait_for()


def _scores(house: House, room: Any) -> None:
    """Amara opens a round, Dora judges blind, Amara finishes it."""
    page = room("amara", f"/evaluate/models/{house.model.pk}/")
    page.click("text=Open a scoring round")
    page.fill("[name=name]", "Round of the harbour")
    page.get_by_label(TITLE).check()
    page.get_by_label("Dora Director").check()
    page.click("text=Invite them to judge")
    page.get_by_role("heading", name="Round of the harbour").wait_for()
    held = here(page)
    page = room("dora", f"{held}judging/{project().code}/")
    page.get_by_text("Named in the strategy").click()
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_text("That was the last one.").wait_for()
    page = room("amara", held)
    page.get_by_role("button", name="Close the round").first.click()
    page.locator("dialog[open] button", has_text="Close the round").click()
    page.get_by_role("button", name="Finish the round").click()
    page.get_by_text("its result counts in the scores of Fit and risk").wait_for()


def _plans(room: Any) -> None:
    """It is a candidate; in a scenario the best plan takes it in."""
    page = room("amara", f"/projects/{project().code}/")
    page.click("button:has-text('Admit as candidate')")
    page.wait_for_selector("text=Candidate")
    page = room("amara", "/authorise/scenarios/")
    page.click("main >> text=Create a scenario")
    page.fill("[name=name]", "Next year")
    page.get_by_label("Plan so that there is most").select_option(label="benefit")
    page.get_by_text("Limits", exact=True).click()
    page.locator("[name=limits-0-source]").select_option(label="Budget")
    page.locator("[name=limits-0-max]").fill("500000")
    page.get_by_role("button", name="Save the scenario").click()
    page.click("text=Find the best plan")
    expect(page.locator("#finding")).to_contain_text("everything fits")
    expect(page.locator(f"#line-{project().code} button")).to_have_attribute("aria-pressed", "true")


def _decides(room: Any) -> None:
    """Amara prepares the meeting, Dora votes and puts the decision on record, the minutes take effect."""
    page = room("amara", "/authorise/meetings/new/")
    page.select_option("[name=board]", "investment")
    page.fill("[name=title]", "Sitting")
    page.fill("[name=held_on]", TODAY.isoformat())
    page.click("main button[type=submit]")
    page.wait_for_url("**/authorise/meetings/*/**")
    meeting = f"/authorise/meetings/{here(page).split('/')[3]}/"
    page = room("amara", f"{meeting}agenda/")
    page.get_by_label(TITLE).check()
    page.get_by_role("button", name="Put on the agenda").click()
    page.get_by_text("1 item on the agenda").wait_for()
    page = room("amara", meeting)
    page.get_by_role("button", name="Freeze the pre-read").click()
    page.get_by_text("The pre-read is frozen").wait_for()
    page.get_by_label("Dora Director").check()
    page.get_by_role("button", name="Open the meeting").click()
    page.get_by_text("1 of 1 members with a vote present").first.wait_for()
    item = f"/authorise/items/{AgendaItem.objects.get().pk}/"
    for button, choice in (("Vote", "Approve"), ("Put on record", "Go")):
        page = room("dora", item)
        section = page.locator("section.card", has=page.get_by_role("button", name=button, exact=True))
        section.get_by_label(choice, exact=True).check()
        section.get_by_label("Reason").fill("It pays for itself")
        section.get_by_role("button", name=button, exact=True).click()
    page.get_by_text("Go: It pays for itself").wait_for()
    page = room("amara", meeting)
    page.get_by_role("button", name="Close the meeting").click()
    page.get_by_role("button", name="Release the minutes").click()
    page.get_by_text("the decisions have taken effect").wait_for()
    assert project().stage.key == "authorised"


def _funds(house: House, room: Any) -> None:
    """Mei commits the money; Jonas may not."""
    path = f"/authorise/projects/{project().code}/funding/"
    assert room("jonas", path).locator("text=Commit money").count() == 0
    page = room("mei", path)
    page.click("text=Commit money")
    page.select_option("[name=envelope]", str(house.envelope.pk))
    page.fill("[name=amount]", "300000")
    page.click("button:has-text('Commit the money')")
    page.wait_for_selector("text=Tranches not released yet")


def _books(house: House, room: Any) -> None:
    """Dora books Anna for the work."""
    page = room("dora", f"/resources/people/{house.staff.anna.key}/bookings/new/")
    page.select_option("[name=project]", project().code)
    page.fill("[name=starts_on]", TODAY.isoformat())
    page.fill("[name=ends_on]", (TODAY + timedelta(60)).isoformat())
    page.fill("[name=hours]", "80")
    page.click("button:has-text('Show the effect')")
    page.click("button:has-text('Book')")
    page.wait_for_url("**/bookings/")
    assert Booking.objects.get().project == project()


def _starts_and_reports(room: Any) -> None:
    """Amara names the manager, Jonas starts the work and reports."""
    code = project().code
    page = room("amara", f"/projects/{code}/edit/")
    page.select_option("[name=manager]", label="Jonas Weber")
    page.fill("[name=start_date]", (TODAY - timedelta(40)).isoformat())
    page.fill("[name=end_date]", (TODAY + timedelta(90)).isoformat())
    page.click("main button:has-text('Save')")
    page.wait_for_url(f"**/projects/{code}/")
    page = room("jonas", f"/projects/{code}/")
    page.click("button:has-text('Start')")
    page.wait_for_selector("text=Active")
    page = room("jonas", f"/monitor/projects/{code}/reports/")
    page.click("text=Write the report that is due")
    page.select_option("[name=overall]", "green")
    page.fill("[name=done]", "The divers know the ground.")
    page.click("text=Publish the report")
    page.wait_for_selector(".finding:has-text('it no longer changes')")


def _changes(room: Any) -> None:
    """Jonas asks for money, Amara approves it."""
    page = room("jonas", f"/monitor/projects/{project().code}/changes/")
    page.click("text=Ask for a change")
    page.fill("[name=title]", "A second diver")
    page.fill("[name=reason]", "The current is strong")
    page.fill("[name=cost_effect]", "20000")
    page.click("text=Show what it does")
    page.click("button:has-text('Ask for a decision')")
    page.wait_for_selector(".finding:has-text('It waits for a decision')")
    page = room("amara", "/monitor/changes/?state=mine")
    page.click("a:has-text('A second diver')")
    page.fill("[name=note]", "Safety first")
    page.click("button:has-text('Approve the change')")
    page.wait_for_selector(".finding:has-text('Approved by Amara Diallo')")


def _closes(room: Any) -> None:
    """Jonas answers the checklist and closes the work."""
    code = project().code
    page = room("jonas", f"/projects/{code}/")
    page.click("button:has-text('Begin closing')")
    page.wait_for_selector("text=Closing")
    page = room("jonas", f"/review/projects/{code}/closure/")
    for item in ITEMS:
        page.select_option(f"[name=answer_{item.key}]", "yes")
    page.fill("[name=final_end]", TODAY.isoformat())
    page.click("text=Save the checklist")
    page.click("text=Complete the closure")
    page.wait_for_url(f"**/review/projects/{code}/")
    page = room("jonas", f"/projects/{code}/")
    page.click("button:has-text('Close')")
    page.wait_for_selector("text=Closed")
    assert project().stage.key == "closed"


def _reads_benefits(room: Any) -> None:
    """Amara writes down what was promised, Dora reads it, Mei verifies it."""
    page = room("amara", f"/value/projects/{project().code}/benefits/new/")
    page.fill("[name=name]", "Fewer dives")
    page.select_option("[name=owner]", label="Dora Director")
    page.fill("[name=target]", "900000")
    page.fill("[name=first_month]", f"{FIRST:%Y-%m}")
    page.fill("[name=months]", "36")
    page.fill("[name=attribution]", "60")
    page.click("text=Save the benefit")
    page.locator("h1", has_text="Fewer dives").wait_for()
    path = f"/value/benefits/{Benefit.objects.get().pk}/"
    page = room("dora", path)
    page.fill("[name=month]", f"{FIRST:%Y-%m}")
    page.fill("[name=amount]", "40000")
    page.fill("[name=evidence]", "Invoices of the divers")
    page.click("button:has-text('Record')")
    page.locator(".finding", has_text="96% of what was planned").wait_for()
    page = room("mei", path)
    page.check("[name=month]")
    page.click("text=Verify what is ticked")
    page.locator("td[data-label=Verified]", has_text="Verified").wait_for()


def _reviews(room: Any) -> None:
    """Dora leads the review; Amara signs it."""
    code = project().code
    page = room("amara", f"/review/projects/{code}/start/")
    page.select_option("[name=led_by]", label="Dora Director")
    page.click("button:has-text('Start the review')")
    page.wait_for_url("**/reviews/*/")
    path = here(page)
    page = room("dora", path)
    page.fill("[name=findings]", "It pays, the divers were dearer.")
    page.select_option("[name=worth]", "yes")
    page.click("text=Save the review")
    page.locator("text=The review was saved").first.wait_for()
    page = room("amara", path)
    page.click("button:has-text('Sign the review')")
    page.locator("text=signed").first.wait_for()


def _teaches(room: Any) -> None:
    """Jonas writes the lesson, Amara publishes it."""
    page = room("jonas", f"/review/projects/{project().code}/lessons/new/")
    page.fill("[name=title]", LESSON)
    page.fill("[name=recommendation]", "A week before is enough.")
    page.click("text=Save the lesson")
    page.wait_for_url("**/lessons/*/")
    page = room("amara", here(page))
    page.click("button:has-text('Publish')")
    page.locator("text=offered").first.wait_for()


def _begins_the_next_cycle(room: Any) -> None:
    """Amara opens the next cycle; Rosa's next idea meets the lesson, and the value page tells what came."""
    page = room("amara", "/governance/cycles/new/?portfolio=NET")
    page.fill("[name=name]", "Next cycle")
    page.fill("[name=start_date]", (TODAY + timedelta(40)).isoformat())
    page.fill("[name=end_date]", (TODAY + timedelta(400)).isoformat())
    page.click("main button[type=submit]")
    page.locator("h1", has_text="Next cycle").wait_for()
    page = room("rosa", "/")
    page.click("text=New request")
    page.click("text=Begin the request")
    page.fill("[name=title]", "Remote gates for the harbour")
    page.locator("#alike", has_text=LESSON).wait_for()
    page = room("dora", "/value/")
    expect(page.locator("#part-value_came")).to_contain_text("GBP 24k")
