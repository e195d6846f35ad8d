"""Home, dashboard, search and activity in a browser."""

from decimal import Decimal

import pytest
from axe_playwright_python.sync_playwright import Axe

from mainstay.core.system import MAINSTAY
from mainstay.portfolio.operations.projects import edit_project
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = ("/", "/portfolios/NM/", "/activity/", "/search/page/?q=pumps", "/value/currencies/")


@pytest.fixture
def visit(page, live_server, world):
    """Opens an address as the sponsor, on a screen of a width and in colours."""
    sign_in(page.context, live_server, world.sponsor)

    def opened(path, width=1440, colours="light"):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=colours)
        page.goto(live_server.url + path)
        return page

    return opened


@pytest.mark.parametrize(("width", "colours"), [(390, "dark")])
def test_everybody_can_use_every_page(visit, width, colours):
    for path in PAGES:
        page = visit(path, width, colours)
        found = Axe().run(page).response["violations"]
        assert [(path, each["id"]) for each in found if each["impact"] in {"serious", "critical"}] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_the_dashboard_draws_its_charts_and_a_bar_opens_its_records(visit):
    page = visit("/portfolios/NM/")
    page.wait_for_selector("m-chart[drawn] svg")
    charts = page.locator("m-chart")
    assert charts.count() == 5
    charts.first.locator(".chart-toggle").click()
    charts.first.get_by_role("link", name="Proposed").click()
    page.wait_for_url("**/projects/?portfolio=NM&stage=proposed")


def test_the_dashboard_follows_a_change_without_a_reload(visit, world):
    page = visit("/portfolios/NM/")
    page.evaluate("window.stayed = true")
    edit_project(world.depot, actor=MAINSTAY, cost=Decimal(1_400_000))
    page.evaluate("document.querySelector('#dashboard').dispatchEvent(new Event('live'))")
    page.locator("#dashboard", has_text="GBP 3.4m").wait_for()
    assert page.evaluate("window.stayed")


def test_a_definition_and_the_records_of_a_figure_are_one_click_away(visit):
    page = visit("/portfolios/NM/")
    tile = page.locator(".tile", has_text="Planned return")
    tile.locator("summary").click()
    assert tile.get_by_text("Benefits less costs, divided by costs").is_visible()
    tile.locator(".tile-value a").click()
    page.wait_for_url("**/projects/?portfolio=NM&phase=*&cost=given&benefit=given")


def test_the_keyboard_reaches_a_project_from_anywhere(visit):
    page = visit("/activity/")
    page.keyboard.press("Control+k")
    page.keyboard.type("meters")
    page.get_by_role("option", name="Smart meters").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/projects/METERS/")


def test_search_works_without_scripts(browser, live_server, world):
    context = browser.new_context(java_script_enabled=False)
    sign_in(context, live_server, world.sponsor)
    page = context.new_page()
    page.goto(f"{live_server.url}/search/")
    page.get_by_label("Name or code").fill("pumps")
    page.get_by_role("button", name="Search", exact=True).click()
    assert page.get_by_role("link", name="Replace the pumps").is_visible()
    context.close()
