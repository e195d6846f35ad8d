"""A list comes in through the browser, on a screen and on a phone, with and without JavaScript."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from mainstay.core import runs
from mainstay.portfolio.models import Project
from tests.world import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
LIST = 'Ref,Project,Sponsor,Start,Budget (£k),Site\nA1,Bridge,grace,01/02/2026,"1,200",LS1\nA2,Tunnel,,,300,LS2\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A list of two projects."""
    path = tmp_path / "list.csv"
    path.write_text(LIST)
    return path


def sign_in(page, live_server) -> None:
    page.goto(f"{live_server.url}/account/login/?next=/import/")
    page.fill("[name=login]", "ada")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Import a list").wait_for()


def check_reach(page) -> None:
    """Everybody can use the page, and nothing sticks out at its side."""
    found = Axe().run(page).response["violations"]
    assert [
        (each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in {"serious", "critical"}
    ] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("width", "colours"), [(1440, "light"), (390, "dark")])
def test_a_list_comes_in_step_by_step(page, live_server, world, file, width, colours):
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme=colours)
    sign_in(page, live_server)
    check_reach(page)
    page.set_input_files("[name=file]", file)
    page.select_option("[name=target]", "NET")
    page.get_by_role("button", name="Read the file").click()
    page.wait_for_url("**/import/*/")
    check_reach(page)
    page.get_by_label("Field for Site").select_option("new:text")
    page.get_by_role("button", name="Check the rows").click()
    page.wait_for_url("**/check/")
    assert page.locator(".finding").inner_text() == "Everything can be read: 2 new, 0 changed, 0 unchanged."
    check_reach(page)
    page.get_by_role("button", name="Import 2 projects").click()
    page.wait_for_url("**/runs/*/")
    assert runs.work_off() == 1
    page.reload()
    page.get_by_role("link", name="See what came out").click()
    page.wait_for_url("**/projects/?portfolio=NET")
    assert page.get_by_role("link", name="Bridge").count() == 1
    assert Project.objects.get(name="Bridge").owner == world.sponsor


def test_errors_are_shown_by_row_and_column_without_javascript(browser, live_server, world, file):
    file.write_text(LIST.replace("01/02/2026", "32/02/2026"))
    page = browser.new_context(java_script_enabled=False).new_page()
    sign_in(page, live_server)
    page.set_input_files("[name=file]", file)
    page.select_option("[name=target]", "NET")
    page.get_by_role("button", name="Read the file").click()
    page.get_by_role("button", name="Check the rows").click()
    row = page.locator("tr", has_text="is no day of the calendar").inner_text().split("\t")
    assert row[:3] == ["2", "Start", "“32/02/2026” is no day of the calendar."]
    assert page.get_by_role("button", name="Import 2 projects").count() == 0
    assert Project.objects.count() == 4
