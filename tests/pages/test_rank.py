"""A ranked list in the browser: by mouse, by keyboard and without scripts, also when it is long."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.signing_in import sign_in
from tests.world import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "/gallery/rank/?rows=2000"
SHORT = "/gallery/rank/"


@pytest.fixture
def open_page(page: Page, live_server, world):
    """Opens an address as the portfolio manager and notes what the browser says."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))

    def opened(path: str, width: int = 1440, colours: str = "light"):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=colours)
        sign_in(page.context, live_server, world.portfolio_manager)
        page.goto(live_server.url + path)
        page.wait_for_selector("#ranking [data-find]:visible")
        return page, said

    return opened


def row(page: Page, key: str):
    return page.locator(f'#ranking [data-row="{key}"]')


def place(page: Page, key: str) -> str:
    return row(page, key).locator(".rank-place").inner_text()


def above(page: Page, column: str) -> str:
    return page.locator(f'#ranking [data-above="{column}"]').inner_text()


@pytest.mark.parametrize(("width", "colours"), [(1440, "light"), (390, "dark")])
def test_everybody_can_use_the_list(open_page, width, colours):
    page, said = open_page(SHORT, width, colours)
    found = Axe().run(page).response["violations"]
    assert [each["id"] for each in found if each["impact"] in {"serious", "critical"}] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert [line for line in said if "404" not in line] == []


def test_a_row_is_dragged_among_2000_and_the_sums_follow_before_it_is_let_go(open_page):
    page, said = open_page(LONG)
    expect(page.locator("#ranking [data-row]")).to_have_count(2000)
    assert above(page, "cost") == "GBP 59,005,500"
    grip = row(page, "P-1009").locator(".rank-place").bounding_box()
    target = row(page, "P-1004").bounding_box()
    page.mouse.move(grip["x"] + 10, grip["y"] + 10)
    page.mouse.down()
    page.mouse.move(grip["x"] + 10, target["y"] + 4, steps=8)
    assert place(page, "P-1009") == "5"
    assert place(page, "P-1004") == "6"
    page.mouse.up()
    expect(page.locator("#ranking-position")).to_have_value("5")
    page.fill("#ranking-reason", "the regulator expects it")
    page.click(".rank-move .btn-primary")
    told = "Moved from 10 to 5 by Amara Diallo, because the regulator expects it"
    expect(row(page, "P-1009")).to_contain_text(told)
    page.reload()
    page.wait_for_selector("#ranking [data-find]:visible")
    assert place(page, "P-1009") == "5"
    row(page, "P-1009").locator("[data-undo]").click()
    expect(row(page, "P-1009")).not_to_contain_text(told)
    assert place(page, "P-1009") == "10"
    assert [line for line in said if "404" not in line] == []


def test_a_drag_that_is_called_off_leaves_everything_as_it_was(open_page):
    page, _ = open_page(LONG)
    grip = row(page, "P-1009").locator(".rank-place").bounding_box()
    target = row(page, "P-1004").bounding_box()
    page.mouse.move(grip["x"] + 10, grip["y"] + 10)
    page.mouse.down()
    page.mouse.move(grip["x"] + 10, target["y"] + 4, steps=8)
    page.keyboard.press("Escape")
    assert place(page, "P-1009") == "10"
    page.mouse.up()
    expect(page.locator("#ranking-move")).to_be_hidden()


def test_the_list_scrolls_along_with_a_row_that_is_dragged_to_its_edge(open_page):
    page, _ = open_page(LONG)
    grip = row(page, "P-1005").locator(".rank-place").bounding_box()
    box = page.locator("#ranking .rank-scroll").bounding_box()
    page.mouse.move(grip["x"] + 10, grip["y"] + 10)
    page.mouse.down()
    page.mouse.move(grip["x"] + 10, min(890, box["y"] + box["height"]) - 6, steps=6)
    expect(row(page, "P-1003")).not_to_be_in_viewport()
    page.mouse.up()
    assert int(page.input_value("#ranking-position")) > 15


def test_rows_are_moved_by_keyboard_among_2000(open_page):
    page, _ = open_page(LONG)
    page.click("#ranking [data-to-line]")
    assert page.evaluate("document.activeElement.dataset.row") == "P-1071"
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#ranking [data-settle-words]")).to_have_text(
        "Flood walls Valley 11: from 72 to 74, below the line."
    )
    expect(page.locator("#ranking [data-count=above]")).to_have_text("71")
    page.keyboard.press("Enter")
    page.keyboard.type("can wait")
    page.click(".rank-move .btn-primary")
    expect(row(page, "P-1071")).to_contain_text("Moved from 72 to 74 by Amara Diallo")
    assert page.evaluate("document.activeElement.dataset.row") == "P-1071"
    page.keyboard.press("Control+z")
    expect(row(page, "P-1071")).not_to_contain_text("Moved from")
    assert place(page, "P-1071") == "72"


def test_m_sends_a_row_to_a_position_and_a_refusal_keeps_what_was_typed(open_page):
    page, _ = open_page(SHORT)
    row(page, "P-1030").focus()
    page.keyboard.press("m")
    page.fill("#ranking-position", "2")
    page.fill("#ranking-reason", "it is the law")
    page.click(".rank-move .btn-primary")
    expect(page.locator(".rank-move .error")).to_have_text("The first 3 places belong to the must-haves.")
    assert page.input_value("#ranking-reason") == "it is the law"
    page.fill("#ranking-position", "4")
    page.click(".rank-move .btn-primary")
    expect(row(page, "P-1030")).to_contain_text("Moved from 31 to 4 by Amara Diallo")
    assert place(page, "P-1030") == "4"


def test_a_budget_moves_the_line_without_a_reload(open_page):
    page, _ = open_page(SHORT)
    page.fill("#ranking [data-budget]", "20m")
    expect(page.locator("#ranking [data-left]")).to_contain_text("left.")
    assert page.locator("#ranking [data-count=above]").inner_text() == "24"
    assert "budget=20000000" in page.url
    page.reload()
    assert page.locator("#ranking [data-count=above]").inner_text() == "24"


def test_weights_always_make_a_whole_and_rank_at_once(open_page):
    page, _ = open_page(SHORT)
    page.fill("[name=weight-fit]", "60")
    page.keyboard.press("Tab")
    boxes = page.locator("#weights input[type=number]").evaluate_all("all => all.map(box => Number(box.value))")
    assert boxes[0] == 60
    assert round(sum(boxes), 6) == 100
    expect(page.locator("#weights [data-effect]")).to_contain_text("take another place.")
    page.click("#weights .btn-primary")
    expect(page.locator(".toast-item").first).to_contain_text("These weights came in: Strategic fit 60")


def test_a_row_is_moved_without_scripts(browser, live_server, world):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/account/login/?next=/gallery/rank/")
    page.fill("#id_login", "amara")
    page.fill("#id_password", PASSWORD)
    page.click("form:has(#id_login) .btn-primary")
    row(page, "P-1012").locator("[data-move]").click()
    page.fill("#ranking-position", "5")
    page.fill("#ranking-reason", "no scripts here")
    page.click(".rank-move .btn-primary")
    assert place(page, "P-1012") == "5"
    assert "because no scripts here" in row(page, "P-1012").inner_text()
    row(page, "P-1012").locator("[data-undo]").click()
    assert place(page, "P-1012") == "13"
