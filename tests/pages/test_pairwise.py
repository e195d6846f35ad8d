"""Weights from five executives in the browser: cycle, pairs, contradiction, effect, and the new edition."""

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from mainstay.core.models import Person
from mainstay.core.roles import Role
from mainstay.evaluation.models import Comparison, PairwiseSession, ScoreModel
from mainstay.evaluation.operations.criteria import Wanted
from mainstay.evaluation.operations.models import create_model, publish_model
from mainstay.evaluation.operations.pairwise import close_session, publish_session
from mainstay.evaluation.operations.scores import score_projects
from mainstay.governance.models import Cycle
from tests.evaluation.judging import answers, invited_session, person
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
EXECUTIVES = ("edda", "emil", "enno", "ezra", "ewa")
CONSISTENT = {"Benefit__Risk": 2.0, "Risk__Cost": 3.0, "Benefit__Cost": 6.0}


@pytest.fixture
def board(context, live_server, world):
    """Five executives, a model of three criteria with last year's weights, and a browser to sit down at."""
    world.people = [person(world, username, Role.EXECUTIVE) for username in EXECUTIVES]
    sources = (("Benefit", "benefit", 0, 4_000_000), ("Risk", "risk", 100, 0), ("Cost", "cost", 2_000_000, 0))
    criteria = [
        Wanted(label, source, Decimal(worst), Decimal(best), Decimal(weight))
        for (label, source, worst, best), weight in zip(sources, (40, 20, 40), strict=True)
    ]
    manager = world.portfolio_manager
    world.model = create_model(world.networks, actor=manager, name="Worth", criteria=criteria)
    publish_model(world.model, actor=manager, note="First weights")
    score_projects(world.model, actor=manager)
    last = invited_session(world, world.model, world.people[:1], name="Weights 2026")
    answers(last, world.people[0], Benefit__Risk=1.0, Risk__Cost=1 / 3)
    close_session(last, actor=manager)
    publish_session(PairwiseSession.objects.get(pk=last.pk), actor=manager, reason="Cost first")
    page = context.new_page()
    page.set_viewport_size({"width": 1440, "height": 900})

    def sit(username, path):
        context.clear_cookies()
        sign_in(context, live_server, Person.objects.get(username=username))
        page.goto(live_server.url + path)
        return page

    return sit


def test_five_executives_weigh_the_criteria_of_the_new_cycle(board, world):
    _dora_prepares_the_cycle(board)
    session = _dora_invites(board, world)
    _edda_contradicts_herself_and_is_told_where(board, session)
    board("edda", "/evaluate/pairwise/").goto("about:blank")
    for username in EXECUTIVES[1:]:
        answers(session, Person.objects.get(username=username), **CONSISTENT)
    _dora_closes_and_compares_with_last_year(board, session)
    _dora_sees_the_effect_and_publishes(board, session)
    page = board("dora", "/activity/")
    expect(page.locator("main")).to_contain_text("Agreed by the executives in November")
    page = board("dora", f"/governance/cycles/{Cycle.objects.get().pk}/")
    expect(page.locator("main")).to_contain_text("Weights 2027")
    page = board("emil", "/")
    expect(page.locator("main")).to_contain_text("The weights of Weights 2027 count from now on.")


def _dora_prepares_the_cycle(board):
    page = board("dora", "/governance/cycles/new/?portfolio=NET")
    page.fill("[name=name]", "Cycle 2027")
    page.fill("[name=start_date]", "2027-01-01")
    page.fill("[name=end_date]", "2027-12-31")
    page.click("text=Save the planning cycle")
    expect(page.locator(".finding")).to_contain_text("Prepared for Networks")


def _dora_invites(board, world):
    page = board("dora", f"/evaluate/models/{world.model.pk}/")
    page.click("text=Compare in pairs")
    page.fill("[name=name]", "Weights 2027")
    page.select_option("[name=cycle]", label="Cycle 2027")
    for username in EXECUTIVES:
        page.get_by_label(username.capitalize(), exact=True).check()
    page.click("text=Invite them to compare")
    expect(page.get_by_text("5 people are invited to Weights 2027.")).to_be_visible()
    return PairwiseSession.objects.get(name="Weights 2027")


def _edda_contradicts_herself_and_is_told_where(board, session):
    page = board("edda", f"/evaluate/pairwise/{session.pk}/pairs/")
    for key in ("1", "1", "7"):
        before = page.locator("#pair progress").first.get_attribute("value")
        expect(page.locator("m-answers:defined fieldset")).to_be_visible()
        page.keyboard.press(key)
        page.keyboard.press("Enter")
        expect(page.locator("#pair progress").first).not_to_have_attribute("value", before)
    misfit = page.locator("#misfit")
    expect(misfit).to_contain_text("Your answers contradict each other")
    kept = Comparison.objects.filter(participant__session=session).count()
    misfit.get_by_role("link", name="Look at this pair again").click()
    expect(page.locator(".pair")).to_be_visible()
    assert Comparison.objects.filter(participant__session=session).count() == kept == 3


def _dora_closes_and_compares_with_last_year(board, session):
    page = board("dora", f"/evaluate/pairwise/{session.pk}/")
    expect(page.locator("main")).not_to_contain_text("Weights of the group")
    page.get_by_role("button", name="Close the session").first.click()
    page.locator("dialog[open] button", has_text="Close the session").click()
    expect(page.locator(".finding")).to_contain_text("Benefit counts most with")
    expect(page.locator("main")).to_contain_text("Weights 2026")
    expect(page.locator("main")).to_contain_text("Consistency ratio of the group")
    expect(page.locator("main")).to_contain_text("higher is better")
    pairs = page.get_by_role("region", name="Where people lie apart")
    expect(pairs.get_by_role("row")).to_have_count(4)
    people = page.get_by_role("region", name="Each participant")
    expect(people.get_by_role("row")).to_have_count(6)
    expect(people.get_by_role("row", name="Edda")).to_contain_text("High")
    expect(people.get_by_text("High")).to_have_count(1)
    page.click("text=Each is weighed, then weights are joined")
    expect(page.get_by_role("link", name="Each is weighed")).to_have_attribute("aria-current", "page")


def test_a_session_somebody_else_closes_shows_without_a_reload(board, world):
    session = invited_session(world, world.model, world.people)
    page = board("edda", f"/evaluate/pairwise/{session.pk}/")
    expect(page.get_by_role("link", name="Compare", exact=True)).to_be_visible()
    answers(session, world.people[1], **CONSISTENT)
    close_session(session, actor=world.portfolio_manager)
    expect(page.locator("#session-live")).to_have_attribute("data-live", f"pairwisesession:{session.pk} comparison")
    page.evaluate("document.querySelector('#session-live').dispatchEvent(new CustomEvent('live'))")
    expect(page.locator(".finding")).to_contain_text("Benefit counts most with 60%")
    expect(page.get_by_role("link", name="Compare", exact=True)).to_have_count(0)


def _dora_sees_the_effect_and_publishes(board, session):
    page = board("dora", f"/evaluate/pairwise/{session.pk}/")
    page.click("text=See the effect and publish")
    expect(page.locator(".finding")).to_contain_text("Nothing is changed yet.")
    page.fill("[name=line]", "1")
    page.click("text=Draw")
    expect(page.locator(".finding")).to_contain_text("2 would cross the line after place 1")
    assert ScoreModel.objects.get().edition == 2
    page.fill("[name=reason]", "Agreed by the executives in November")
    page.click("text=Publish as a new edition")
    expect(page.locator("main")).to_contain_text("Published as edition 3 of Worth")
