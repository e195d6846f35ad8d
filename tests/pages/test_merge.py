"""The sponsor's question in the browser: a branch, meanwhile the plan moves, one conflict settled by name."""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe

from mainstay.authorisation.scenarios.operations import arrange_scenario, create_scenario, edit_scenario
from mainstay.core.models import Person
from mainstay.core.operations.grants import give_grant
from mainstay.core.operations.people import create_person
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.operations.projects import edit_project
from mainstay.resources.operations.vocabulary import add_role
from tests.authorisation.conftest import build_golden
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
MARCH = date(2027, 3, 1)


@pytest.fixture
def golden(world):
    """The golden portfolio, in which A has dates."""
    golden = build_golden(world)
    dates = {"start_date": date(2027, 1, 1), "end_date": date(2027, 9, 30)}
    edit_project(golden.project("A"), actor=MAINSTAY, **dates)
    return golden


@pytest.fixture
def scenario(golden):
    """A branch with two more engineers and 8 % less money, in which A starts in March and C is in."""
    add_role(None, actor=MAINSTAY, name="Data engineer", key="data_engineer")
    terms = {"starts_on": date(2027, 1, 1), "maximise": "benefit", "limits": [{"source": "cost", "max": "320"}]}
    made = create_scenario(golden.portfolio, actor=golden.manager, name="Two engineers", **terms)
    lines = [{"project": "A", "is_in": True, "start_date": MARCH}, {"project": "C", "is_in": True}]
    arrange_scenario(made, actor=golden.manager, lines=lines)
    hire = {"kind": "hire", "amount": "2", "from": "2027-03-01", "role": "data_engineer"}
    return edit_scenario(made, actor=golden.manager, limits=[{"source": "cost", "max": "294.4"}], changes=[hire])


def project_manager(golden) -> Person:
    """Nils, who manages A and moves it in the live plan."""
    person = create_person(None, actor=MAINSTAY, username="nils", name="Nils Berg")
    give_grant(person, actor=MAINSTAY, role=Role.PROJECT_MANAGER, path=golden.project("A").path)
    return Person.objects.get(pk=person.pk)


def test_a_conflict_is_settled_by_name_and_stays_on_record(page, live_server, golden, scenario):
    moved = {"start_date": date(2027, 6, 1), "end_date": date(2028, 2, 28)}
    edit_project(golden.project("A"), actor=project_manager(golden), **moved)
    sign_in(page.context, live_server, golden.manager)
    page.goto(f"{live_server.url}/authorise/scenarios/{scenario.pk}/difference/")
    assert page.inner_text(".finding") == (
        "The scenario changes 2 projects; the plan of record changed 1 project since the branch, "
        "and 1 conflict waits."
    )
    page.get_by_role("link", name="Merge: 1 conflict").click()
    page.get_by_text("Changed in the plan of record by Nils Berg").wait_for()
    page.get_by_role("button", name="Merge 1 project").click()
    page.get_by_text("Say which version stays.").wait_for()
    page.get_by_label("Scenario: 1 Mar 2027 to 30 Nov 2027").check()
    page.get_by_label("Reason").fill("Both engineers begin in March")
    page.get_by_role("button", name="Merge 1 project").click()
    page.get_by_role("heading", name="Conflicts settled by name").wait_for()
    assert "Amara Diallo" in page.locator("section[aria-labelledby=settled] tbody").inner_text()
    assert scenario.lines.get(project__code="A").start_date == MARCH
    assert scenario.lines.get(project__code="A").base["start_date"] == "2027-06-01"


def test_when_the_plan_moves_again_the_choice_stays_and_the_change_is_told(page, live_server, golden, scenario):
    edit_project(golden.project("A"), actor=MAINSTAY, start_date=date(2027, 6, 1))
    sign_in(page.context, live_server, golden.manager)
    page.goto(f"{live_server.url}/authorise/scenarios/{scenario.pk}/merge/")
    page.get_by_label("Reason").fill("As agreed")
    page.get_by_label("Plan of record: 1 Jun 2027 to 30 Sep 2027").check()
    edit_project(golden.project("A"), actor=MAINSTAY, start_date=date(2027, 7, 1))
    page.get_by_role("button", name="Merge 1 project").click()
    page.get_by_text("Start of Project A: 1 Jun 2027").wait_for()
    assert page.get_by_label("Reason").input_value() == "As agreed"
    assert scenario.lines.get(project__code="A").base["start_date"] == "2027-01-01"


@pytest.mark.parametrize("width", [1440, 390])
def test_everybody_can_use_every_page(page, live_server, golden, scenario, width):
    edit_project(golden.project("A"), actor=MAINSTAY, start_date=date(2027, 6, 1))
    edit_project(golden.project("C"), actor=MAINSTAY, start_date=date(2027, 5, 1))
    other = create_scenario(
        golden.portfolio, actor=golden.manager, name="As it is", starts_on=date(2027, 1, 1), maximise="benefit"
    )
    sign_in(page.context, live_server, golden.manager)
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if width == 390 else "light")
    one = f"/authorise/scenarios/{scenario.pk}"
    compared = f"/authorise/scenarios/comparison/?scenario={scenario.pk}&scenario={other.pk}"
    for path in (compared, f"{one}/difference/", f"{one}/merge/"):
        page.goto(live_server.url + path)
        found = Axe().run(page).response["violations"]
        grave = [
            (each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in {"serious", "critical"}
        ]
        assert (path, grave) == (path, [])
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
