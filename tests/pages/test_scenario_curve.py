"""A scenario in the browser: what more or less of its budget would be worth, with the present point on the curve."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from mainstay.core.runs import work_off
from tests.authorisation.scenarios.conftest import build_five
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def clean(page):
    """Axe finds nothing on the page as it stands."""
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []


def test_a_manager_draws_the_curve_and_opens_one_of_its_points(page, live_server, world):
    five = build_five(world)
    scenario = five.solved()
    sign_in(page.context, live_server, five.manager)
    page.goto(f"{live_server.url}/authorise/scenarios/{scenario.pk}/")
    page.get_by_role("link", name="Value against budget").click()
    page.get_by_label("Vary").select_option(label="Budget")
    for name, text in {"points": "3", "lowest": "50", "highest": "150"}.items():
        page.locator(f"[name={name}]").fill(text)
    page.get_by_role("button", name="Draw the curve").click()
    page.wait_for_url("**/runs/**")
    assert work_off() >= 1
    expect(page.get_by_role("heading", name="The best plan for each amount")).to_be_visible(timeout=20_000)
    row = page.get_by_role("row").filter(has_text="GBP 320")
    expect(row).to_contain_text("Now")
    expect(row).to_contain_text("GBP 89")
    clean(page)
    page.get_by_role("link", name="GBP 160").click()
    expect(page.locator(".finding")).to_contain_text("candidates fit; they cost GBP")
    page.get_by_role("link", name="More", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Budget of GBP 320")).to_be_visible()
    clean(page)
    page.get_by_role("link", name="Value against budget").click()
    expect(page.get_by_role("heading", level=1, name="Value against budget: Growth")).to_be_visible()
