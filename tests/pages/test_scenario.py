"""A scenario in the browser: branched, solved, changed by mouse and by key, with its totals at once."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from mainstay.authorisation.models import PlanLine
from mainstay.authorisation.scenarios.operations import arrange_scenario
from tests.authorisation.scenarios.conftest import build_five
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def five(world):
    """The five projects, whose best plan is known."""
    return build_five(world)


@pytest.fixture
def manager(page, live_server, five):
    """A page of the portfolio manager."""
    sign_in(page.context, live_server, five.manager)
    page.set_viewport_size({"width": 1440, "height": 900})
    return page


def test_a_manager_solves_takes_one_out_and_sees_what_that_costs(manager, live_server, five):
    page, scenario = manager, five.scenario()
    page.goto(f"{live_server.url}/authorise/scenarios/{scenario.pk}/")
    page.click("text=Find the best plan")
    page.wait_for_selector(
        "#finding:has-text('4 of 5 projects bring GBP 89 of benefit for GBP 320; everything fits.')"
    )
    page.click("#line-E button")
    page.wait_for_selector("#finding:has-text('3 of 5 projects bring')")
    page.focus("#line-D button")
    page.keyboard.press("Enter")
    page.wait_for_selector("#line-D button[aria-pressed=true]")
    page.wait_for_selector("#totals >> text=Exceeded")
    assert PlanLine.objects.get(scenario=scenario, project__code="D").is_in
    assert Axe().run(page).violations_count == 0


def test_what_somebody_else_changed_meanwhile_is_told(manager, live_server, five):
    page, scenario = manager, five.scenario()
    page.goto(f"{live_server.url}/authorise/scenarios/{scenario.pk}/lines/A/")
    arrange_scenario(scenario, actor=five.manager, lines=[{"project": "B", "is_in": True}])
    page.check("[name=is_in]")
    page.click("main button:has-text('Save')")
    page.wait_for_selector("text=nothing of yours was saved, and what you typed stands below")
    assert page.is_checked("[name=is_in]")
    page.click("main button:has-text('Save')")
    page.wait_for_url(f"**/authorise/scenarios/{scenario.pk}/")
    assert PlanLine.objects.filter(scenario=scenario, is_in=True).count() == 2


def test_a_scenario_can_be_used_on_a_phone(manager, live_server, five):
    page, scenario = manager, five.solved()
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark")
    for address in ("", "edit/", "lines/D/", "copy/", "sharing/"):
        page.goto(f"{live_server.url}/authorise/scenarios/{scenario.pk}/{address}")
        assert Axe().run(page).violations_count == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
