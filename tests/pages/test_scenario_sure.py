"""A scenario in the browser: how sure its plan is, which limits give way, and whether the choice holds."""

import pytest
from playwright.sync_api import expect

from mainstay.core.runs import work_off
from tests.authorisation.scenarios.conftest import build_five
from tests.pages.test_scenario_curve import clean
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_manager_asks_how_sure_a_plan_is_and_whether_the_choice_holds(page, live_server, world):
    scenario = build_five(world).solved()
    sign_in(page.context, live_server, world.portfolio_manager)
    address = f"{live_server.url}/authorise/scenarios/{scenario.pk}/"
    page.goto(address)
    page.get_by_role("link", name="How sure is this?").click()
    page.locator("[name=draws]").fill("2000")
    page.get_by_role("button", name="Simulate the plan").click()
    expect(page.locator(".finding")).to_contain_text("The plan exceeds its budget in")
    expect(page.get_by_role("heading", name="What the plan may come to")).to_be_visible()
    clean(page)
    page.goto(address)
    page.get_by_role("link", name="Does the choice hold?").click()
    page.locator("[name=samples]").fill("20")
    page.get_by_role("button", name="Test the choice").click()
    page.wait_for_url("**/runs/**")
    assert work_off() >= 1
    expect(page.get_by_role("heading", name="Plans compared over all samples")).to_be_visible(timeout=20_000)
    clean(page)
    page.goto(address)
    expect(page.get_by_role("navigation", name="Ask further")).to_contain_text("The plan exceeds its budget in")
