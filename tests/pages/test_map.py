"""Maps in the browser: links drawn and removed, nodes moved, by keyboard, by mouse and without scripts."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.signing_in import sign_in
from tests.world import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "/gallery/map/"


@pytest.fixture
def open_page(page: Page, live_server, world):
    """Opens the maps as the portfolio manager and notes what the browser says."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))

    def opened(width: int = 1440, colours: str = "light"):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=colours)
        sign_in(page.context, live_server, world.portfolio_manager)
        page.goto(live_server.url + ADDRESS)
        page.wait_for_selector("#strategy[shows]")
        return page, said

    return opened


def goal(page: Page, key: str):
    return page.locator(f'#strategy [data-node="{key}"]')


def link(page: Page, source: str, target: str):
    return page.locator(f'#strategy [data-source="{source}"][data-target="{target}"]')


def middle(page: Page, key: str) -> tuple[float, float]:
    box = goal(page, key).locator("rect").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def said_by(page: Page):
    return page.locator("#strategy [data-said]")


@pytest.mark.parametrize(("width", "colours"), [(1440, "dark"), (390, "light")])
@pytest.mark.parametrize("shows", ["picture", "table"])
def test_everybody_can_use_the_maps(open_page, width, colours, shows):
    page, said = open_page(width, colours)
    for name in ("#strategy", "#value"):
        if page.locator(name).get_attribute("shows") != shows:
            page.click(f"{name} .map-toggle")
    found = Axe().run(page).response["violations"]
    assert [each["id"] for each in found if each["impact"] in {"serious", "critical"}] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert [line for line in said if "404" not in line] == []


def test_a_link_is_drawn_and_removed_by_keyboard_alone(open_page):
    page, said = open_page()
    goal(page, "I4").focus()
    for key in ("l", "ArrowUp", "ArrowLeft", "Enter"):
        page.keyboard.press(key)
    expect(link(page, "I4", "C2")).to_have_count(1)
    expect(said_by(page)).to_contain_text("Drawn: Permits without paper leads to Answers at the first call.")
    assert page.evaluate("document.activeElement.dataset.node") == "I4"
    page.keyboard.press("Delete")
    page.keyboard.press("Enter")
    expect(link(page, "I4", "C2")).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(link(page, "I4", "C2")).to_have_count(1)
    page.reload()
    expect(link(page, "I4", "C2")).to_have_count(1)
    assert [line for line in said if "404" not in line] == []


def test_a_link_is_drawn_by_dragging_one_node_onto_another(open_page):
    page, _ = open_page()
    before = page.url
    page.mouse.move(*middle(page, "C3"))
    page.mouse.down()
    page.mouse.move(*middle(page, "F2"), steps=6)
    page.mouse.up()
    expect(link(page, "C3", "F2")).to_have_count(1)
    assert page.url == before


def test_a_link_that_is_there_already_is_refused_in_words(open_page):
    page, _ = open_page()
    page.mouse.move(*middle(page, "C2"))
    page.mouse.down()
    page.mouse.move(*middle(page, "F2"), steps=6)
    page.mouse.up()
    expect(page.locator(".toast-item")).to_contain_text("This link is there already.")
    expect(link(page, "C2", "F2")).to_have_count(1)


def test_a_link_is_removed_by_a_click_and_delete(open_page):
    page, _ = open_page()
    link(page, "G2", "I1").locator(".map-hit").dispatch_event("click")
    page.keyboard.press("Delete")
    expect(link(page, "G2", "I1")).to_have_count(0)


def test_a_node_is_moved_in_its_lane_by_keyboard(open_page):
    page, _ = open_page()
    goal(page, "I4").focus()
    page.keyboard.press("Alt+ArrowLeft")
    expect(said_by(page)).to_contain_text("Permits without paper is number 3 in its lane.")
    assert middle(page, "I4")[0] < middle(page, "I3")[0]
    said_by(page).locator("button").click()
    expect(said_by(page)).to_contain_text("Permits without paper is number 4 in its lane.")
    assert middle(page, "I4")[0] > middle(page, "I3")[0]


def test_a_node_brings_out_its_whole_path_and_opens_its_record(open_page):
    page, _ = open_page()
    goal(page, "G1").focus()
    lit = page.locator("#strategy .map-node.is-lit").evaluate_all("all => all.map(node => node.dataset.node)")
    assert sorted(lit) == ["C1", "C2", "F1", "F2", "G1", "I2"]
    page.keyboard.press("Enter")
    assert page.url.endswith("#strategy")


def test_a_map_of_120_nodes_is_searched_and_told_as_a_table(open_page):
    page, _ = open_page()
    page.fill("#value [data-find]", "Smart meters 21")
    expect(page.locator("#value .map-node:not(.is-dim)")).to_have_count(1)
    page.click("#value .map-toggle")
    expect(page.locator("#value tr[data-of]:visible")).to_have_count(1)
    page.fill("#value [data-find]", "")
    expect(page.locator("#value tr[data-of]:visible")).to_have_count(120)
    expect(page.locator("#value td .map-gap")).to_have_count(5)


def test_a_map_is_changed_without_scripts(browser, live_server, world):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/account/login/?next={ADDRESS}")
    page.fill("#id_login", "amara")
    page.fill("#id_password", PASSWORD)
    page.click("form:has(#id_login) .btn-primary")
    page.select_option("#strategy [name=source]", "I4")
    page.select_option("#strategy [name=target]", "C2")
    page.click("#strategy .filter-bar .btn")
    assert link(page, "I4", "C2").count() == 1
    page.click('#strategy button[value="I4 > C2"]')
    assert link(page, "I4", "C2").count() == 0
    page.click('#strategy button[value="I4 > 3"]')
    assert middle(page, "I4")[0] < middle(page, "I3")[0]
