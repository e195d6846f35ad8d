"""Figures are typed into sheets: by keyboard, by mouse, from a spreadsheet, and beside somebody else."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.signing_in import sign_in
from tests.world import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
SCREENS = {"wide": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
BLOCK = "\r\n".join("\t".join(f"{line * 100 + month}.25" for month in range(12)) for line in range(24)) + "\r\n"
SUM = sum(line * 100 + month + 0.25 for line in range(24) for month in range(12))


@pytest.fixture
def sheets(page, live_server, world):
    """Opens the sheets of the gallery as the portfolio manager, and notes what the browser says."""
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    sign_in(page.context, live_server, world.portfolio_manager)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    def opened(screen="wide", colours="light"):
        page.set_viewport_size(SCREENS[screen])
        page.emulate_media(color_scheme=colours)
        page.goto(f"{live_server.url}/gallery/sheet/")
        expect(page.locator("m-sheet[ready]")).to_have_count(5)
        return page, said

    return opened


def cell(page, sheet, line, column):
    """A cell by its names; `line` may be the number of a line."""
    if isinstance(line, int):
        return page.locator(f"#{sheet} tbody tr").nth(line).locator(f"[data-column={column}]")
    return page.locator(f"[id='{sheet}-{line}-{column}']")


def paste(page, text):
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+v")


def total(page, sheet):
    return page.locator(f"#{sheet} tfoot .sum").last


@pytest.mark.parametrize(("screen", "colours"), [("wide", "light"), ("phone", "dark")])
def test_everybody_can_use_a_sheet(sheets, screen, colours):
    page, said = sheets(screen, colours)
    found = Axe().run(page).response["violations"]
    assert [
        (each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in {"serious", "critical"}
    ] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # The live stream lives outside Django, so the test server has none.
    assert [line for line in said if "404" not in line] == []


def test_a_block_of_24_lines_and_12_months_comes_from_a_spreadsheet_and_goes_in_one_step(sheets):
    page, _ = sheets()
    cell(page, "profile", 0, "m0").click()
    paste(page, BLOCK)
    expect(page.locator("#profile .sheet-said")).to_have_text("288 cells pasted. 23 lines added.")
    expect(page.locator("#profile tbody tr")).to_have_count(24)
    expect(cell(page, "profile", 23, "m11")).to_have_text("2,311.25")
    expect(total(page, "profile")).to_have_text(f"{SUM:,.2f}")
    expect(page.locator("#profile .sheet-figures")).to_contain_text("Count 288")
    expect(page.locator("#profile .sheet-unsaved")).to_contain_text("288 changes not saved yet")
    page.keyboard.press("Control+z")
    expect(page.locator("#profile tbody tr")).to_have_count(1)
    expect(total(page, "profile")).to_have_text("0.00")
    page.keyboard.press("Control+y")
    expect(total(page, "profile")).to_have_text(f"{SUM:,.2f}")


def test_what_lies_beyond_the_sheet_is_left_out_and_said(sheets):
    page, _ = sheets()
    cell(page, "demand", "role-3", "q7").click()
    paste(page, "1,5\t2,5\n3,5\t4,5")
    expect(cell(page, "demand", "role-3", "q7")).to_have_text("1.5")
    expect(page.locator("#demand .sheet-said")).to_have_text(
        "1 cell pasted. What lies beyond the sheet was left out."
    )
    expect(cell(page, "demand", "now", "q7")).to_have_text("3.0")


def test_a_block_that_can_be_read_two_ways_is_british_first_and_can_be_read_the_other_way(sheets):
    page, _ = sheets()
    cell(page, "profile", 0, "m0").click()
    paste(page, "1.234\t5.678")
    expect(cell(page, "profile", 0, "m0")).to_have_text("1.23")
    page.click("#profile [data-do=comma]")
    expect(cell(page, "profile", 0, "m0")).to_have_text("1,234.00")
    expect(cell(page, "profile", 0, "m1")).to_have_text("5,678.00")


def test_cells_are_typed_edited_and_left_by_keyboard(sheets):
    page, _ = sheets()
    cell(page, "profile", 0, "m0").click()
    page.keyboard.type("1.2k")
    page.keyboard.press("Tab")
    page.keyboard.type("(500)")
    page.keyboard.press("ArrowLeft")
    expect(cell(page, "profile", 0, "m0")).to_be_focused()
    expect(cell(page, "profile", 0, "m0")).to_have_text("1,200.00")
    expect(cell(page, "profile", 0, "m1")).to_have_text("-500.00")
    expect(page.locator("#profile tbody .sum")).to_have_text("700.00")
    page.keyboard.press("F2")
    page.keyboard.press("Backspace")
    page.keyboard.type("9")
    page.keyboard.press("Enter")
    expect(cell(page, "profile", 0, "m0")).to_have_text("1,200.09")
    page.keyboard.type("7")
    page.keyboard.press("Escape")
    expect(cell(page, "profile", 0, "m0")).to_have_text("1,200.09")
    page.keyboard.press("Delete")
    expect(cell(page, "profile", 0, "m0")).to_have_text("")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(cell(page, "profile", 0, "m1")).not_to_be_focused()


def test_a_range_is_filled_right_and_down_and_counted(sheets):
    page, _ = sheets()
    cell(page, "demand", "role-0", "q1").click()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    expect(page.locator("#demand .sheet-figures")).to_have_text("Sum 10.5Mean 1.8Count 6")
    page.keyboard.press("Control+r")
    assert cell(page, "demand", "role-0", "q3").inner_text() == "1.5"
    assert cell(page, "demand", "role-1", "q3").inner_text() == "0.5"
    page.keyboard.press("Control+d")
    assert cell(page, "demand", "role-1", "q3").inner_text() == "1.5"
    page.click("#demand [data-do=undo]")
    page.click("#demand [data-do=undo]")
    expect(cell(page, "demand", "role-0", "q3")).to_have_text("0.0")
    expect(page.locator("#demand .sheet-unsaved")).to_be_hidden()


def test_cells_are_selected_with_the_mouse_and_copied_for_a_spreadsheet(sheets):
    page, _ = sheets()
    cell(page, "costs", "licences", "name").hover()
    page.mouse.down()
    cell(page, "costs", "meters", "m0").hover()
    page.mouse.up()
    expect(page.locator("#costs [aria-selected=true]")).to_have_count(6)
    page.keyboard.press("Control+c")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "Licences\tCapital\t42000\nMeters and concentrators\tCapital\t"


def test_a_choice_is_made_from_its_list(sheets):
    page, _ = sheets()
    cell(page, "costs", "licences", "type").dblclick()
    page.locator("#costs td select").select_option("Running")
    page.keyboard.press("Enter")
    expect(cell(page, "costs", "licences", "type")).to_have_text("Running")
    page.keyboard.press("ArrowDown")
    paste(page, "luck")
    expect(cell(page, "costs", "fitting", "type")).to_have_attribute("aria-invalid", "true")


def test_a_total_is_laid_over_months_by_a_curve(sheets):
    page, _ = sheets()
    cell(page, "demand", "role-1", "q0").click()
    page.keyboard.press("Shift+End")
    page.click("#demand .sheet-curve summary")
    page.fill("#demand [data-curve=total]", "10")
    page.locator("#demand [data-curve=to]").select_option("2027 Q4")
    page.locator("#demand [data-curve=curve]").select_option("front")
    page.click("#demand [data-curve-fill]")
    shown = [cell(page, "demand", "role-1", f"q{at}").inner_text() for at in range(5)]
    assert shown == ["4.0", "3.0", "2.0", "1.0", "0.5"]
    page.keyboard.press("Control+z")
    expect(cell(page, "demand", "role-1", "q3")).to_have_text("3.5")


def test_a_sheet_is_saved_whole_or_refused_beside_its_cells(sheets):
    page, _ = sheets()
    cell(page, "costs", "licences", "m1").click()
    page.keyboard.type("lots")
    page.keyboard.press("Enter")
    page.keyboard.type("-5")
    page.click("text=Save the costs")
    expect(page.locator("#costs .sheet-errors li")).to_have_count(2)
    wrong = cell(page, "costs", "licences", "m1")
    expect(wrong.locator("small")).to_have_text("“lots” is no number.")
    expect(cell(page, "costs", "meters", "m1").locator("small")).to_have_text("At least 0.")
    page.click("#costs .sheet-errors a >> nth=0")
    expect(wrong).to_be_focused()
    page.keyboard.type("5,000")
    page.keyboard.press("Enter")
    page.keyboard.press("Delete")
    expect(page.locator("#costs .sheet-errors li:visible")).to_have_count(0)
    page.click("text=Save the costs")
    expect(page.locator(".toast-success")).to_contain_text("1 changed, 0 added, 0 removed.")


def test_two_people_settle_cell_by_cell_and_nothing_typed_is_lost(sheets):
    page, _ = sheets()
    cell(page, "costs", "licences", "m0").click()
    page.keyboard.type("50000")
    page.keyboard.press("Enter")
    cell(page, "costs", "fitting", "m4").click()
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    page.check("[name=first]")
    page.click("text=Save the costs")
    expect(page.locator(".sheet-clashes h3")).to_contain_text("Mei Tanaka saved this sheet while you were typing")
    expect(page.locator(".sheet-clashes")).to_contain_text("1 cell that only Mei Tanaka changed is taken over")
    expect(page.locator("#costs td.clash")).to_have_count(2)
    assert cell(page, "costs", "fitting", "m5").inner_text() == "99,000"
    assert cell(page, "costs", "licences", "m0").inner_text() == "50,000"
    page.locator("[data-line=licences]").get_by_label("Mei Tanaka").check()
    expect(cell(page, "costs", "licences", "m0")).to_have_text("45,000")
    page.click("[data-all=theirs]")
    expect(cell(page, "costs", "fitting", "m4")).to_have_text("99,000")
    page.click("[data-all=mine]")
    expect(cell(page, "costs", "fitting", "m4")).to_have_text("1")
    page.click("text=Save the costs")
    expect(page.locator(".toast-success")).to_be_visible()


def test_a_draft_survives_a_closed_tab_and_can_be_discarded(sheets):
    page, _ = sheets()
    cell(page, "costs", "licences", "m1").click()
    page.keyboard.type("77")
    page.keyboard.press("Enter")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(cell(page, "costs", "licences", "m1")).to_have_text("77")
    page.click("#costs .note button")
    expect(cell(page, "costs", "licences", "m1")).to_have_text("")


def test_leaving_with_unsaved_figures_asks(sheets):
    page, _ = sheets()
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    cell(page, "profile", 0, "m1").click()
    page.keyboard.type("77")
    page.keyboard.press("Enter")
    page.click("nav a >> nth=0", no_wait_after=True)
    expect(cell(page, "profile", 0, "m1")).to_have_text("77.00")
    assert asked == ["beforeunload"]


def test_on_a_phone_a_tap_types(sheets, browser, live_server):
    page, _ = sheets()
    phone = browser.new_context(viewport=SCREENS["phone"], has_touch=True, is_mobile=True)
    phone.add_cookies(page.context.cookies())
    page = phone.new_page()
    page.goto(f"{live_server.url}/gallery/sheet/")
    expect(page.locator("m-sheet[ready]")).to_have_count(5)
    cell(page, "demand", "role-0", "q0").tap()
    page.keyboard.press("Control+a")
    page.keyboard.type("6")
    page.keyboard.press("Enter")
    expect(cell(page, "demand", "role-0", "q0")).to_have_text("6.0")
    expect(cell(page, "demand", "role-1", "q0")).to_be_focused()
    phone.close()


def test_without_a_script_every_cell_is_a_field(browser, live_server, world):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/account/login/?next=/gallery/sheet/")
    page.fill("#id_login", "amara")
    page.fill("#id_password", PASSWORD)
    page.click("form:has(#id_login) .btn-primary")
    page.fill("[name='costs:licences:m1']", "1.234,50")
    page.fill("[name='costs:licences:m2']", "abc")
    page.click("text=Save the costs")
    assert page.input_value("[name='costs:licences:m1']") == "1,235"
    assert page.locator("[id='costs-licences-m2-error']").inner_text() == "“abc” is no number."
    page.fill("[name='costs:licences:m2']", "7")
    page.fill("[name='costs:new-1:name']", "Insurance")
    page.select_option("[name='costs:new-1:type']", "Running")
    page.check("[name='costs:gone'][value=training]")
    page.click("text=Save the costs")
    assert "1 changed, 1 added, 1 removed." in page.locator(".toast-success").inner_text()
