"""The roadmap in the browser: bars are moved by hand or key, and everybody can use the page."""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe

from mainstay.core.system import MAINSTAY
from mainstay.portfolio.operations.parts import add_dependency, add_milestone
from mainstay.portfolio.operations.projects import edit_project
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
SCREENS = {"wide": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
LONG = "Replacement of all pumps between the reservoir at Upper Blackmere and the treatment works of the coast"


@pytest.fixture
def planned(world):
    """The meters begin on the day after the pumps end."""
    edit_project(world.pumps, actor=MAINSTAY, start_date=date(2027, 1, 1), end_date=date(2027, 6, 30))
    edit_project(world.meters, actor=MAINSTAY, start_date=date(2027, 7, 1), end_date=date(2027, 12, 31), name=LONG)
    add_dependency(world.meters, actor=MAINSTAY, needs=world.pumps, kind="finish_to_start")
    add_milestone(world.pumps, actor=MAINSTAY, name="Ordered", due_date=date(2027, 3, 1))
    return world


@pytest.fixture
def open_roadmap(page, live_server, planned):
    """The roadmap as somebody sees it, and what the browser complains of."""
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))

    def opened(person, query="?zoom=month"):
        sign_in(page.context, live_server, person)
        page.set_viewport_size(SCREENS["wide"])
        page.goto(f"{live_server.url}/roadmap/{query}")
        page.wait_for_selector("[data-key=PUMPS]")
        return page

    opened.said = said
    return opened


def dates_of(project):
    project.refresh_from_db()
    return project.start_date, project.end_date


def test_a_bar_is_moved_by_keys_and_tells_the_conflict_first(open_roadmap, planned):
    page = open_roadmap(planned.portfolio_manager)
    page.focus("[data-key=PUMPS]")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("text=New conflict: Replace the pumps ends on 7 Jul 2027")
    page.wait_for_selector("text=No cost moves to another fiscal year.")
    assert dates_of(planned.pumps) == (date(2027, 1, 1), date(2027, 6, 30))
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-said]:has-text('Saved.')")
    assert dates_of(planned.pumps) == (date(2027, 1, 8), date(2027, 7, 7))
    page.wait_for_selector(".roadmap-link.is-clashing", state="attached")


def test_escape_leaves_everything_as_it_was(open_roadmap, planned):
    page = open_roadmap(planned.portfolio_manager)
    page.focus("[data-key=PUMPS]")
    page.keyboard.press("Shift+ArrowRight")
    page.wait_for_selector("text=ends 7 days later")
    page.keyboard.press("Escape")
    page.wait_for_selector("text=Nothing was moved.")
    assert dates_of(planned.pumps) == (date(2027, 1, 1), date(2027, 6, 30))


def test_a_bar_is_dragged(open_roadmap, planned):
    page = open_roadmap(planned.portfolio_manager)
    box = page.locator("[data-key=METERS] .roadmap-shape").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 10, y)
    page.mouse.move(x + 20, y)
    page.wait_for_selector("text=10 days later")
    assert dates_of(planned.meters) == (date(2027, 7, 1), date(2027, 12, 31))
    page.mouse.up()
    page.wait_for_selector("[data-said]:has-text('Saved.')")
    assert dates_of(planned.meters) == (date(2027, 7, 11), date(2028, 1, 10))
    assert page.url.endswith("?zoom=month")


def test_a_move_of_what_changed_meanwhile_goes_back_and_says_so(open_roadmap, planned):
    page = open_roadmap(planned.portfolio_manager)
    edit_project(planned.pumps, actor=planned.director, end_date=date(2027, 5, 31))
    page.focus("[data-key=PUMPS]")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-said]:has-text('30 Jun 2027 became 31 May 2027 (Dora Director)')")
    assert dates_of(planned.pumps) == (date(2027, 1, 1), date(2027, 5, 31))


def test_whoever_may_only_look_moves_nothing(open_roadmap, planned):
    page = open_roadmap(planned.sponsor)
    page.focus("[data-key=PUMPS]")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("text=You may not move Replace the pumps.")
    assert dates_of(planned.pumps) == (date(2027, 1, 1), date(2027, 6, 30))


def test_other_lanes_come_in_place(open_roadmap, planned):
    page = open_roadmap(planned.portfolio_manager)
    page.select_option("[name=lanes]", "programme")
    page.wait_for_selector(".roadmap-lane:has-text('Smart network')")
    assert "lanes=programme" in page.url


@pytest.mark.parametrize(("screen", "colours"), [("wide", "light"), ("phone", "dark")])
def test_everybody_can_use_the_page(open_roadmap, page, planned, screen, colours):
    page.emulate_media(color_scheme=colours)
    open_roadmap(planned.portfolio_manager)
    page.set_viewport_size(SCREENS[screen])
    found = Axe().run(page).response["violations"]
    assert [
        (each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in {"serious", "critical"}
    ] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # The live stream lives outside Django, so the test server has none; anything else would be a broken promise.
    assert [line for line in open_roadmap.said if "404" not in line] == []
