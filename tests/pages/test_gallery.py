"""The gallery shows every component, so what holds there holds on every page."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.signing_in import sign_in
from tests.world import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
SCREENS = {"wide": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}


@pytest.fixture
def open_page(page, live_server, world):
    """Opens an address as the portfolio manager, on a screen and in colours, and notes what the browser says."""
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))

    def opened(path, screen="wide", colours="light"):
        page.set_viewport_size(SCREENS[screen])
        page.emulate_media(color_scheme=colours)
        sign_in(page.context, live_server, world.portfolio_manager)
        page.goto(live_server.url + path)
        return page, said

    return opened


def grave(page):
    found = Axe().run(page).response["violations"]
    return [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in {"serious", "critical"}]


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("screen", ["wide", "phone"])
def test_everybody_can_use_every_component(open_page, screen, colours):
    page, said = open_page("/gallery/", screen, colours)
    page.wait_for_selector("m-chart[drawn] svg")
    assert page.locator("html").get_attribute("data-bs-theme") == colours
    assert grave(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # The live stream lives outside Django, so the test server has none; anything else would be a broken promise.
    assert [line for line in said if "404" not in line] == []


def test_every_chart_is_drawn_and_has_its_table_one_toggle_away(open_page):
    page, _ = open_page("/gallery/")
    expect(page.locator("m-chart[drawn] .chart-canvas svg")).to_have_count(15)
    chart = page.locator("m-chart").first
    assert chart.locator("table").is_hidden()
    chart.locator(".chart-toggle").click()
    assert chart.locator("table").is_visible()
    assert chart.locator(".chart-canvas").is_hidden()


def test_a_draft_survives_a_closed_tab(open_page):
    page, _ = open_page("/gallery/")
    page.fill("m-draft [name=name]", "Smart meters")
    page.reload()
    assert page.input_value("m-draft [name=name]") == "Smart meters"
    page.click("m-draft .note button")
    assert page.input_value("m-draft [name=name]") == ""


def test_rows_are_chosen_by_keyboard_and_the_bar_counts_them(open_page):
    page, _ = open_page("/gallery/")
    for key in ("j", "x", "j", "x"):
        page.keyboard.press(key)
    assert page.locator("[data-bulk]").is_visible()
    assert page.locator("[data-count]").inner_text() == "2"


def test_a_question_is_asked_before_something_grave_and_escape_means_no(open_page):
    page, _ = open_page("/gallery/")
    page.click(".page-actions .btn-primary")
    assert page.locator("#gallery-confirm").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#gallery-confirm").is_hidden()


def test_colours_are_chosen_at_once_and_stay(open_page):
    page, _ = open_page("/gallery/")
    page.click(".shell-main m-theme [value=dark]")
    page.reload()
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"


def test_the_page_is_whole_without_scripts(browser, live_server, world):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/account/login/?next=/gallery/")
    page.fill("#id_login", "amara")
    page.fill("#id_password", PASSWORD)
    page.click("form:has(#id_login) .btn-primary")
    assert page.locator("h1").inner_text() == "Gallery"
    assert page.locator(".chart-table").first.is_visible()
    assert page.locator(".chart-toggle").first.is_hidden()
    page.locator(".shell-top .menu summary").last.click()
    assert page.locator("text=Sign out").is_visible()
