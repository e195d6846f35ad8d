"""Requests in the browser: somebody with no other right from idea to accepted proposal, and the office's side."""

from decimal import Decimal
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from mainstay.core.models import Person
from mainstay.core.system import MAINSTAY
from mainstay.identification.models import BusinessCase, Request, State
from mainstay.identification.operations.assumptions import add_assumption
from mainstay.identification.operations.cases import edit_case
from mainstay.identification.operations.forms import edit_form, publish_form
from mainstay.identification.operations.lines import Entry, enter_lines
from mainstay.identification.operations.risks import add_risk
from mainstay.portfolio.models import Stage
from mainstay.portfolio.operations.projects import authorise_project, propose_project
from mainstay.resources.operations.vocabulary import add_role
from tests.identification.conftest import IDEA, Intake
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
LESSON = "Half the customers had two accounts; clean the record first."


@pytest.fixture
def office(world: Any) -> Intake:
    """The form asks for a business case, and a portal has failed before."""
    intake = Intake(world)
    edit_form(intake.form, actor=MAINSTAY, draft={**IDEA, "case_required_at": "submit"})
    intake.edition = publish_form(intake.form, actor=MAINSTAY)
    failed = propose_project(world.networks, actor=MAINSTAY, name="Customer self-service portal", code="OLD")
    authorise_project(failed, actor=MAINSTAY, target=Stage.objects.get(key="rejected"), reason=LESSON)
    return intake


def signed_in(page: Any, live_server: Any, username: str) -> None:
    """The browser belongs to somebody from here on."""
    page.context.clear_cookies()
    sign_in(page.context, live_server, Person.objects.get(username=username))


def write_case(request: Request, rosa: Person) -> None:
    """What the pages of the business case are tested for elsewhere: every part of a complete case."""
    case = BusinessCase.objects.get(request=request)
    option = case.options.get(is_preferred=True)
    edit_case(case, actor=rosa, problem="Letters get lost.", consequences="Calls go on.")
    role = add_role(None, actor=MAINSTAY, name="Developer")
    lines = {"costs": "Build", "benefits": "Fewer calls", "demands": "Developers"}
    for kind, name in lines.items():
        fields = {"name": name} | ({"role_id": role.pk} if kind == "demands" else {})
        entry = Entry(key="new", fields=fields, amounts={"likely": {str(case.first_period): Decimal(100)}})
        enter_lines(BusinessCase.objects.get(pk=case.pk), actor=rosa, option=option, kind=kind, entries=[entry])
    add_assumption(case, actor=rosa, text="Customers have a telephone", owner=rosa)
    add_risk(case, actor=rosa, name="Late", probability=Decimal("0.2"), impact=Decimal(10_000))


def test_a_requester_goes_from_the_idea_to_the_accepted_case(page: Any, live_server: Any, office: Intake) -> None:
    signed_in(page, live_server, "rosa")
    request = _write_an_idea(page, live_server, office)
    _submit(page, live_server, request)
    signed_in(page, live_server, "amara")
    _return(page, live_server)
    signed_in(page, live_server, "rosa")
    _submit_again(page, live_server)
    signed_in(page, live_server, "amara")
    page.goto(f"{live_server.url}/requests/{request.code}/")
    page.click("text=Accept the request")
    page.locator(".finding", has_text="Accepted").wait_for()
    signed_in(page, live_server, "rosa")
    page.goto(f"{live_server.url}/requests/{request.code}/")
    page.click("summary:has-text('History of changes')")
    assert "submit request" in page.inner_text("details:has-text('History of changes')")
    accepted = Request.objects.get()
    assert (accepted.state, accepted.returns) == (State.ACCEPTED, 1)
    assert accepted.project.stage.key == "under_evaluation"
    assert accepted.project.case.editions.count() == 2


def _write_an_idea(page: Any, live_server: Any, office: Intake) -> Request:
    """From the home page to a draft with its business case; the failed portal is shown while the title is typed."""
    page.goto(live_server.url)
    page.click("text=New request")
    page.click("text=Begin the request")
    page.fill("[name=title]", "Portal where customers help themselves")
    page.locator("#alike", has_text=LESSON).wait_for()
    assert page.locator("[data-alike=OLD] a").count() == 0
    page.fill("[name=description]", "Only address changes; no bills, so one clean record is enough.")
    page.select_option("[name=answer_channel]", "Phone")
    page.locator("[name=answer_calls]").wait_for()
    page.fill("[name=answer_calls]", "1,200")
    page.fill("[name=answer_who]", "Customers who move house")
    page.locator("#saved", has_text="Complete 4/12").wait_for()
    page.reload()
    assert page.input_value("[name=answer_calls]") == "1,200"
    page.click("text=Begin the business case")
    page.wait_for_url("**/cases/**")
    request = Request.objects.get()
    write_case(request, office.rosa)
    return request


def _submit(page: Any, live_server: Any, request: Request) -> None:
    page.goto(f"{live_server.url}/requests/{request.code}/edit/")
    page.fill("[name=answer_sponsor]", "grace")
    page.click("text=Submit the request")
    page.locator(".finding", has_text="Submitted").wait_for()
    assert "Place 1 of 1 in the queue." in page.inner_text(".finding")


def _return(page: Any, live_server: Any) -> None:
    page.goto(f"{live_server.url}/identify/")
    page.locator("#queue", has_text="10 working days left").wait_for()
    page.click("text=Portal where customers help themselves")
    page.click("summary:has-text('Ask, return, reject')")
    page.fill("#return", "Say what the lesson of the old portal means for yours.")
    page.click("text=Return the request")
    page.locator(".finding", has_text="Returned").wait_for()


def _submit_again(page: Any, live_server: Any) -> None:
    page.goto(f"{live_server.url}/requests/")
    page.click("text=Portal where customers help themselves")
    page.locator("text=Say what the lesson of the old portal means").wait_for()
    page.click("text=Change it")
    page.fill("[name=description]", "Only address changes. The record is cleaned first, as the old portal taught.")
    page.click("text=Submit it again")
    page.locator(".finding", has_text="Submitted").wait_for()


def test_the_office_merges_two_near_duplicates_and_keeps_both_histories(
    page: Any, live_server: Any, office: Intake
) -> None:
    edit_form(office.form, actor=MAINSTAY, draft=IDEA)
    office.edition = publish_form(office.form, actor=MAINSTAY)
    first = office.submitted("Customers see their meter readings online", who="Households")
    second = office.submitted("Show customers their meter readings on the web", who="Call centre")
    signed_in(page, live_server, "amara")
    page.goto(f"{live_server.url}/identify/duplicates/?level=0.4")
    pair = page.locator(f"[data-pair*='{first.project.code}']")
    pair.locator("summary").click()
    form = pair.locator(f"form:has-text('Merge {second.project.code} into {first.project.code}')")
    form.locator("[name=reason]").fill("The same readings.")
    form.locator("button").click()
    page.locator("text=both histories are kept").first.wait_for()
    page.goto(f"{live_server.url}/requests/{first.code}/")
    survivor = page.inner_text("main")
    assert f"Merged into this one: {second.code}" in survivor
    assert "Call centre" in survivor
    page.click(f"summary >> text={second.code}")
    page.locator(".note", has_text="It goes on in").wait_for()
    assert first.code in page.inner_text("main")


@pytest.mark.parametrize(("width", "colours"), [(1440, "light"), (390, "dark")])
def test_the_pages_of_requests_can_be_used_by_everybody(
    page: Any, live_server: Any, office: Intake, width: int, colours: str
) -> None:
    draft = office.drafted("A" * 150)
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=colours)
    signed_in(page, live_server, "rosa")
    for path in ("/requests/", "/requests/new/", f"/requests/{draft.code}/edit/", f"/requests/{draft.code}/"):
        page.goto(live_server.url + path)
        found = Axe().run(page).response["violations"]
        assert (path, [each["id"] for each in found if each["impact"] in {"serious", "critical"}]) == (path, [])
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
