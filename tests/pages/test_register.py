"""The register in a browser: the list under the hands, two people at one project, any screen, no scripts."""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe

from mainstay.core.system import MAINSTAY
from mainstay.portfolio.models import Project
from mainstay.portfolio.operations.parts import add_dependency, add_milestone
from mainstay.portfolio.operations.projects import edit_project
from mainstay.portfolio.operations.setup import create_field
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = (
    "/projects/?group=portfolio",
    "/projects/?q=nothing-like-it",
    "/inventory/filters/",
    "/inventory/columns/",
    "/inventory/views/?sort=-cost",
    "/inventory/edits/?all=1",
    "/projects/PUMPS/",
    "/projects/PUMPS/edit/",
    "/projects/PUMPS/history/",
    "/projects/PUMPS/place/",
    "/projects/new/?portfolio=NET",
    "/portfolios/",
    "/portfolios/NET/edit/",
    "/programmes/SMART/",
    "/fields/",
    "/fields/region/",
    "/life-cycle/",
    "/years/",
)


def signed_in(context, live_server, person):
    """A page of somebody who is signed in."""
    sign_in(context, live_server, person)
    page = context.new_page()
    page.set_viewport_size({"width": 1440, "height": 900})
    return page


def complains(message):
    """Whether the browser found something wrong; the stream of live updates is no part of this server."""
    return message.type in {"error", "warning"} and not message.location["url"].endswith("/stream/")


@pytest.fixture
def desk(context, live_server, world):
    """The PMO director's browser, and what it complains of."""
    create_field(None, actor=MAINSTAY, key="region", label="Region", kind="choice", options=["North", "South"])
    edit_project(world.pumps, actor=MAINSTAY, health="amber", end_date=date(2027, 3, 31), custom={"region": "North"})
    edit_project(world.meters, actor=MAINSTAY, start_date=date(2027, 1, 1), health="red")
    add_dependency(world.meters, actor=MAINSTAY, needs=world.pumps, kind="finish_to_start")
    add_milestone(world.pumps, actor=MAINSTAY, name="Design approved", due_date=date(2026, 1, 31))
    page = signed_in(context, live_server, world.director)
    page.said = []
    page.on("console", lambda message: page.said.append(message.text) if complains(message) else None)
    page.on("pageerror", lambda error: page.said.append(str(error)))
    return page


@pytest.mark.parametrize(("width", "colours"), [(390, "dark")])
def test_everybody_can_use_every_page(desk, live_server, width, colours):
    desk.set_viewport_size({"width": width, "height": 900})
    desk.emulate_media(color_scheme=colours)
    for path in PAGES:
        desk.goto(live_server.url + path)
        found = Axe().run(desk).response["violations"]
        assert [(path, each["id"]) for each in found if each["impact"] in {"serious", "critical"}] == []
        assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    assert desk.said == []


def test_the_list_is_walked_selected_and_edited_by_keyboard(desk, live_server):
    desk.goto(f"{live_server.url}/projects/?portfolio=NET")
    for key in ("j", "j", "k", "x"):
        desk.keyboard.press(key)
    assert desk.evaluate("document.activeElement.dataset.href") == "/projects/METERS/"
    assert desk.locator("input[name=selected]:checked").get_attribute("value") == "METERS"
    assert desk.inner_text("[data-count]") == "1"
    desk.keyboard.press("e")
    desk.wait_for_url("**/projects/METERS/edit/")
    desk.go_back()
    desk.keyboard.press("j")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/projects/METERS/")


def test_many_are_edited_and_the_change_is_undone(desk, live_server):
    desk.goto(f"{live_server.url}/projects/?portfolio=NET")
    desk.check("input[data-all]")
    desk.click("text=Edit the 2 selected")
    desk.fill("[name=theme]", "Customers")
    desk.click("text=Change 2 projects")
    desk.wait_for_selector("text=2 projects changed.")
    assert desk.locator("td[data-label=Theme]").all_inner_texts() == ["Customers", "Customers"]
    desk.click("button:has-text('Undo')")
    desk.wait_for_selector("text=Undone: 2 rows are as before.")
    assert desk.locator("td[data-label=Theme]").all_inner_texts() == ["Resilience", "Resilience"]


def test_the_list_follows_what_is_typed_and_chosen_without_a_new_page(desk, live_server):
    desk.goto(f"{live_server.url}/projects/")
    desk.evaluate("window.stayed = true")
    desk.fill("#filter-q", "pump")
    desk.wait_for_selector("#finding:has-text('1 project;')")
    desk.fill("#filter-q", "")
    desk.select_option("[name=portfolio]", "NET")
    desk.wait_for_selector("#finding:has-text('2 projects;')")
    desk.click("th a:has-text('Whole-life cost')")
    desk.wait_for_selector("th[aria-sort=ascending]:has-text('Whole-life cost')")
    desk.select_option("[name=health]", "red")
    desk.wait_for_selector("#finding:has-text('1 project;')")
    assert "sort=cost" in desk.url
    assert desk.evaluate("window.stayed") is True
    assert desk.said == []


def test_two_people_edit_one_project_and_nothing_is_lost(desk, browser, live_server, world):
    other = signed_in(browser.new_context(), live_server, world.portfolio_manager)
    desk.goto(f"{live_server.url}/projects/PUMPS/edit/")
    other.goto(f"{live_server.url}/projects/PUMPS/edit/")
    other.fill("[name=name]", "Pumps, phase 1")
    other.fill("[name=theme]", "Safety")
    other.click("button:has-text('Save')")
    other.wait_for_url("**/projects/PUMPS/")
    desk.fill("[name=name]", "Pumps for ever")
    desk.fill("[name=risk]", "45")
    desk.click("button:has-text('Save')")
    desk.wait_for_selector(".conflict")
    conflict = desk.inner_text(".conflict")
    for words in ("Replace the pumps", "Pumps, phase 1", "Pumps for ever", "Amara Diallo"):
        assert words in conflict
    assert Project.objects.get(code="PUMPS").name == "Pumps, phase 1"
    assert desk.input_value("[name=name]") == "Pumps for ever"
    assert desk.input_value("[name=theme]") == "Safety"
    desk.check("[name=keep_name][value=theirs]")
    desk.click("text=Save against the new version")
    desk.wait_for_url("**/projects/PUMPS/")
    saved = Project.objects.get(code="PUMPS")
    assert (saved.name, saved.theme, saved.risk) == ("Pumps, phase 1", "Safety", 45)
    other.context.close()


def test_a_draft_survives_a_closed_tab(desk, context, live_server):
    desk.goto(f"{live_server.url}/projects/new/?portfolio=NET")
    desk.fill("[name=name]", "Leak detection")
    desk.close()
    again = context.new_page()
    again.goto(f"{live_server.url}/projects/new/?portfolio=NET")
    assert again.input_value("[name=name]") == "Leak detection"
    again.click("button:has-text('Propose it')")
    again.wait_for_url("**/projects/PRJ-0001/")


def test_a_step_asks_for_its_reason(desk, live_server):
    desk.goto(f"{live_server.url}/projects/PUMPS/")
    desk.click("button:has-text('Reject')")
    desk.fill("dialog[open] [name=reason]", "Too dear")
    desk.click("dialog[open] button:has-text('Reject')")
    desk.wait_for_selector(".stage-rejected")
    assert Project.objects.get(code="PUMPS").stage.key == "rejected"


def test_a_change_by_somebody_else_appears_by_itself(desk, live_server, world):
    desk.goto(f"{live_server.url}/projects/PUMPS/")
    edit_project(world.pumps, actor=MAINSTAY, theme="Safety")
    desk.evaluate("document.querySelector('#facts').dispatchEvent(new Event('live'))")
    desk.wait_for_selector("#facts >> text=Safety")


def test_everything_works_without_scripts(browser, live_server, world):
    context = browser.new_context(java_script_enabled=False)
    page = signed_in(context, live_server, world.director)
    page.goto(f"{live_server.url}/projects/")
    page.fill("[name=q]", "pumps")
    page.click("form#filter button:has-text('Find')")
    assert page.locator("tr[data-href]").count() == 1
    page.check("input[name=selected]")
    page.click(".bulk-bar button")
    page.fill("[name=theme]", "Customers")
    page.click("text=Change 1 project")
    assert page.inner_text("td[data-label=Theme]") == "Customers"
    page.click("th.name a")
    page.click("text=Add a milestone")
    page.fill("[name=name]", "Design approved")
    page.fill("[name=due_date]", "2027-01-31")
    page.click("text=Add the milestone")
    assert "Design approved" in page.inner_text("#milestones")
    page.click("a:has-text('Edit'):visible >> nth=0")
    page.fill("[name=name]", "New pumps")
    page.click("button:has-text('Save')")
    assert page.inner_text("h1") == "New pumps"
    context.close()
