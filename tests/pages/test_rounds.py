"""Blind scoring in the browser: four evaluators, one stands aside, only what lies apart is judged again."""

import re

import pytest
from playwright.sync_api import expect

from mainstay.core.models import Person
from mainstay.evaluation.models import Judgement, RoundItem, ScoringRound
from mainstay.evaluation.operations.rounds import close_round, finish_round, repeat_round
from tests.evaluation.judging import EVALUATORS, judged_model, opened, person, says
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(context, live_server, world):
    """Lets somebody sit down at the browser, one after another, with their own rights."""
    world.people = [person(world, username) for username in EVALUATORS]
    world.model = judged_model(world)
    page = context.new_page()
    page.set_viewport_size({"width": 1440, "height": 900})

    def sit(username, path):
        context.clear_cookies()
        sign_in(context, live_server, Person.objects.get(username=username))
        page.goto(live_server.url + path)
        return page

    return sit


def finding(page):
    return page.locator(".finding")


def test_four_evaluators_judge_blind_and_discuss_only_what_lies_apart(desk, world):
    held = _amara_opens_a_round(desk, world)
    _olive_judges_by_keyboard(desk)
    _otto_stands_aside(desk, held)
    desk("amara", "/evaluate/rounds/").goto("about:blank")
    says(held, world.people[1], "METERS", 0, "It is not in any plan")
    says(held, world.people[2], "METERS", 2)
    for place in (2, 3):
        says(held, world.people[place], "PUMPS", 1)
    _amara_closes_and_repeats(desk, held)
    _otto_judges_again(desk, held)
    _amara_finishes(desk, held)
    assert RoundItem.objects.get(project=world.meters).result["Fit"]["points"] == 100.0
    assert Judgement.objects.filter(turn=2).count() == 1
    page = desk("otto", f"/evaluate/rounds/{held.pk}/")
    expect(page.locator("#own-note")).to_contain_text("You judged like the others on the whole.")
    page = desk("amara", "/evaluate/projects/METERS/")
    expect(page.locator("#scores")).to_contain_text("Named in the strategy")
    expect(page.locator("#scores")).to_contain_text("76.0 of 100")


def _amara_opens_a_round(desk, world):
    page = desk("amara", f"/evaluate/models/{world.model.pk}/")
    page.click("text=Open a scoring round")
    page.fill("[name=name]", "Round 2027")
    for box in page.locator("[name=projects]").all():
        box.check()
    for name in ("Olive", "Otto", "Omar", "Opal"):
        page.get_by_label(name, exact=True).check()
    page.click("text=Invite them to judge")
    expect(page.get_by_role("heading", name="Round 2027")).to_be_visible()
    return ScoringRound.objects.get()


def _olive_judges_by_keyboard(desk):
    page = desk("olive", "/")
    expect(page.locator("main")).to_contain_text("2 to score: Round 2027.")
    page.click("text=2 to score: Round 2027.")
    expect(page.get_by_role("heading", level=1)).to_have_text("2 to score")
    page.click("text=Smart meters")
    expect(page.locator("m-answers:defined fieldset")).to_be_visible()
    page.keyboard.press("3")
    expect(page.get_by_label("Named in the strategy")).to_be_checked()
    page.fill("[name=why-0]", "Named on page 3")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Replace the pumps")
    expect(page.locator("m-answers:defined fieldset")).to_be_visible()
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    expect(page.get_by_text("That was the last one.")).to_be_visible()


def _otto_stands_aside(desk, held):
    page = desk("otto", f"/evaluate/rounds/{held.pk}/judging/PUMPS/")
    page.get_by_role("button", name="Conflict of interest").click()
    page.fill("dialog [name=reason]", "My brother supplies the pumps")
    page.locator("dialog button", has_text="Conflict of interest").click()
    expect(page.get_by_text("You stand aside from Replace the pumps")).to_be_visible()


def _amara_closes_and_repeats(desk, held):
    page = desk("amara", f"/evaluate/rounds/{held.pk}/")
    expect(finding(page)).to_contain_text("what is said stays with each evaluator until it closes")
    expect(page.locator("main")).to_contain_text("My brother supplies the pumps")
    expect(page.locator("main")).not_to_contain_text("Named on page 3")
    page.get_by_role("button", name="Close the round").first.click()
    page.locator("dialog[open] button", has_text="Close the round").click()
    expect(finding(page)).to_have_text("People lie more than 30 points apart on 1 of 2 projects.")
    expect(page.locator("m-chart[drawn]").first).to_be_visible()
    page.get_by_role("button", name="Judge 1 again").click()
    expect(page.get_by_text("1 project is judged again.")).to_be_visible()


def _otto_judges_again(desk, held):
    page = desk("otto", f"/evaluate/rounds/{held.pk}/judging/")
    expect(page.locator("main")).not_to_contain_text("Replace the pumps")
    page.click("text=Smart meters")
    expect(page.get_by_label("Not in the strategy")).to_be_checked()
    expect(page.locator("m-answers:defined fieldset")).to_be_visible()
    page.keyboard.press("3")
    page.keyboard.press("Enter")
    expect(page.get_by_text("That was the last one.")).to_be_visible()


def _amara_finishes(desk, held):
    page = desk("amara", f"/evaluate/rounds/{held.pk}/")
    page.get_by_role("button", name="Close the round").first.click()
    page.locator("dialog[open] button", has_text="Close the round").click()
    expect(finding(page)).to_have_text("People agree within 30 points on every project.")
    page.get_by_role("button", name="Finish the round").click()
    expect(page.get_by_text("its result counts in the scores of Fit and risk")).to_be_visible()
    expect(page.locator("#own-note")).to_have_count(0)


def test_judging_fits_a_phone(desk, world):
    held = opened(world, world.model, world.people)
    page = desk("olive", f"/evaluate/rounds/{held.pk}/judging/PUMPS/")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_text("Supports an objective").click()
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Smart meters")


def _told(page, place):
    """What the stream of changes would do: the part that shows them is told."""
    expect(page.locator(place)).to_have_attribute("data-live", re.compile("scoringround:"))
    page.evaluate("place => document.querySelector(place).dispatchEvent(new CustomEvent('live'))", place)


def test_what_another_person_does_to_a_round_shows_without_a_reload(desk, world):
    held = opened(world, world.model, world.people)
    page = desk("olive", f"/evaluate/rounds/{held.pk}/")
    expect(page.get_by_role("link", name="Judge", exact=True)).to_be_visible()
    for place, level in ((0, 0), (1, 2)):
        says(held, world.people[place], "PUMPS", level)
    close_round(held, actor=world.portfolio_manager)
    _told(page, "#round-live")
    expect(finding(page)).to_have_text("People lie more than 30 points apart on 1 of 2 projects.")
    expect(page.get_by_role("link", name="Judge", exact=True)).to_have_count(0)
    repeat_round(ScoringRound.objects.get(), actor=world.portfolio_manager)
    _told(page, "#round-live")
    expect(page.get_by_role("link", name="Judge", exact=True)).to_be_visible()
    close_round(ScoringRound.objects.get(), actor=world.portfolio_manager)
    finish_round(ScoringRound.objects.get(), actor=world.portfolio_manager)
    _told(page, "#round-live")
    expect(page.get_by_role("heading", name="Result: mean of the judgements")).to_be_visible()
    assert page.evaluate("performance.getEntriesByType('navigation').length") == 1
