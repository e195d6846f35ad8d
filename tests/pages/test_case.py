"""A business case in the browser: begun, costs pasted from a spreadsheet, saved beside somebody else, published."""

from decimal import Decimal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from mainstay.core.models import Event
from mainstay.core.system import MAINSTAY
from mainstay.evaluation.operations.discount import set_discount
from mainstay.identification.models import BusinessCase, CaseEdition, CostLine
from mainstay.identification.operations.cases import edit_case
from mainstay.identification.operations.lines import Entry, enter_lines
from mainstay.identification.operations.risks import add_risk
from tests.identification.cases import golden_case, proposal
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
SCREENS = {"wide": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
BLOCK = "\r\n".join("\t".join(f"{line * 100 + month}.25" for month in range(12)) for line in range(24)) + "\r\n"
SUM = sum(Decimal(line * 100 + month) + Decimal("0.25") for line in range(24) for month in range(12))
FIRST = "2027-01-01"


@pytest.fixture
def manager(page, live_server, world):
    """A page of the project manager of the pumps, and what the browser complains of."""
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    sign_in(page.context, live_server, world.project_manager)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.set_viewport_size(SCREENS["wide"])
    return page, said


def cell(page, line, column):
    """A cell of the costs by the number of its line."""
    return page.locator("#costs tbody tr").nth(line).locator(f"[data-column='{column}']")


def paste(page, text):
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+v")


def test_a_case_is_begun_and_24_lines_of_12_months_come_from_a_spreadsheet(manager, live_server, world):
    page, _ = manager
    page.goto(f"{live_server.url}/projects/PUMPS/")
    page.get_by_role("link", name="Case", exact=True).click()
    page.click("text=Business case")
    page.click("text=Begin the business case")
    page.click("text=Edit")
    page.select_option("[name=grain]", "month")
    page.fill("[name=first_period]", FIRST)
    page.fill("[name=periods]", "12")
    page.click("button:has-text('Save')")
    page.get_by_label("Costs of The proposal").click()
    cell(page, 0, FIRST).click()
    paste(page, BLOCK)
    total = page.locator("#costs tfoot .sum").last
    expect(total).to_have_text(f"{SUM:,.2f}")
    page.keyboard.press("Control+z")
    expect(total).not_to_have_text(f"{SUM:,.2f}")
    page.keyboard.press("Control+y")
    expect(total).to_have_text(f"{SUM:,.2f}")
    before = Event.objects.count()
    page.click("text=Save the sheet")
    expect(page.locator(".toast-success")).to_contain_text("Saved 24 lines.")
    assert CostLine.objects.count() == 24
    assert sum(Decimal(text) for line in CostLine.objects.all() for text in line.likely.values()) == SUM
    assert Event.objects.count() == before + 1


def test_who_saves_second_is_told_what_changed_and_keeps_what_was_typed(manager, live_server, world):
    page, _ = manager
    case = golden_case(world.pumps)
    page.goto(f"{live_server.url}/cases/{case.pk}/options/{proposal(case).pk}/costs/")
    cell(page, 0, FIRST).click()
    page.keyboard.type("450")
    page.keyboard.press("Enter")
    line = CostLine.objects.get()
    theirs = {FIRST: Decimal(520), "2028-01-01": Decimal(30)}
    enter_lines(
        case,
        actor=world.portfolio_manager,
        option=proposal(case),
        kind="costs",
        entries=[Entry("x", line.pk, {}, {"likely": theirs})],
    )
    page.click("text=Save the sheet")
    expect(page.locator("#conflict-title")).to_contain_text("Somebody else changed this business case")
    expect(page.locator(".conflict")).to_contain_text("Amara Diallo")
    expect(page.locator(".sheet-clashes")).to_contain_text("Amara Diallo saved this sheet while you were typing")
    expect(cell(page, 0, FIRST)).to_have_text("450.00")
    expect(cell(page, 0, "2028-01-01")).to_have_text("30.00")
    line.refresh_from_db()
    assert line.likely[FIRST] == "520.00"
    page.click("text=Save the sheet")
    expect(page.locator(".toast-success")).to_contain_text("Saved 1 line.")
    line.refresh_from_db()
    assert (line.likely[FIRST], line.likely["2028-01-01"]) == ("450.00", "30.00")


def test_the_case_shows_what_it_is_worth_and_is_published(manager, live_server, world):
    page, _ = manager
    set_discount(None, actor=MAINSTAY, from_date="2020-01-01", rate=Decimal(10))
    case = golden_case(world.pumps)
    page.goto(f"{live_server.url}/cases/{case.pk}/")
    expect(page.locator(".finding")).to_contain_text("The proposal costs GBP 500 and brings GBP 810 over 6 years.")
    expect(page.locator("#appraisal-table")).to_contain_text("17.3%")
    page.click("summary:has-text('Add a risk')")
    form = page.locator("#risks form")
    form.locator("[name=name]").fill("Soil")
    form.locator("[name=probability]").fill("0.3")
    form.locator("[name=impact]").fill("200")
    page.click("text=Add the risk >> nth=-1")
    expect(page.locator("#risks")).to_contain_text("GBP 60")
    page.click("button:has-text('Publish') >> nth=0")
    page.fill("#publish-reason", "For the board")
    page.click("dialog button:has-text('Publish')")
    expect(page.locator("#editions")).to_contain_text("For the board")
    world.pumps.refresh_from_db()
    assert (CaseEdition.objects.count(), world.pumps.cost) == (1, Decimal(500))


@pytest.mark.parametrize(("screen", "colours"), [("phone", "dark")])
def test_everybody_can_use_every_page_of_a_case(manager, live_server, world, screen, colours):
    page, said = manager
    page.set_viewport_size(SCREENS[screen])
    page.emulate_media(color_scheme=colours)
    case = golden_case(world.pumps)
    long = "A very long name of a risk that nobody shortened " * 3
    add_risk(case, actor=MAINSTAY, name=long[:160], probability=Decimal("0.3"), impact=Decimal(200))
    edit_case(BusinessCase.objects.get(pk=case.pk), actor=MAINSTAY, problem="They fail. " * 60)
    option = proposal(case).pk
    for path in (
        f"/cases/{case.pk}/", f"/cases/{case.pk}/edit/", f"/cases/{case.pk}/options/{option}/costs/",
        f"/cases/{case.pk}/options/{option}/benefits/?estimate=low", f"/cases/{case.pk}/changes/",
        f"/evaluate/cases/{case.pk}/", "/evaluate/appraisals/", "/evaluate/risks/",
    ):  # fmt: skip
        page.goto(live_server.url + path)
        page.wait_for_load_state("networkidle")
        found = Axe().run(page).response["violations"]
        grave = [
            (each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in {"serious", "critical"}
        ]
        assert (path, grave) == (path, [])
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    # The live stream lives outside Django, so the test server has none.
    assert [line for line in said if "404" not in line] == []
