"""An executive's one page: figures with their source, current without a reload, arranged by keyboard, narrow."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from mainstay.core.models import SavedView
from mainstay.core.operations.grants import give_grant
from mainstay.core.roles import Role
from mainstay.core.surrounding import acting
from mainstay.core.system import MAINSTAY
from mainstay.identification.operations.cases import open_case
from mainstay.identification.operations.risks import add_risk
from mainstay.monitoring.money.operations.entering import MoneyEntry, enter_money
from mainstay.portfolio.models import Project
from mainstay.portfolio.operations.projects import edit_project
from mainstay.strategy.operations.contributions import set_contribution
from mainstay.strategy.operations.goals import create_goal
from tests.monitoring.going import let_run
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/dashboards/executive/?portfolio=NM"
QUESTIONS = (
    "Are we on course?",
    "Where is value at risk?",
    "What changed since last month?",
    "What needs my decision?",
)


@pytest.fixture
def running(world):
    """Two projects run since two months with money, a risk and a goal; since then one got into trouble."""
    for model in (type(world.top), type(world.programme), Project):
        model.Version.objects.update(known_from=timezone.now() - timedelta(days=90))
    with acting(at=timezone.now() - timedelta(days=60)):
        for project in (world.pumps, world.meters):
            let_run(project, manager=world.project_manager)
            edit_project(Project.objects.get(pk=project.pk), actor=MAINSTAY, health="green")
    month = timezone.localdate().replace(day=1)
    entries = [MoneyEntry("budget", month, Decimal(1_200_000)), MoneyEntry("forecast", month, Decimal(1_400_000))]
    enter_money(world.pumps, actor=MAINSTAY, entries=entries)
    case = open_case(world.pumps, actor=MAINSTAY)
    add_risk(case, actor=MAINSTAY, name="Pumps arrive late", probability=Decimal("0.3"), impact=Decimal(200_000))
    goal = create_goal(world.top, actor=MAINSTAY, name="Halve the leaks")
    set_contribution(world.pumps, actor=MAINSTAY, goal=goal, share=Decimal(40))
    edit_project(Project.objects.get(pk=world.pumps.pk), actor=MAINSTAY, health="red")
    give_grant(world.stranger, actor=MAINSTAY, role=Role.EXECUTIVE, path=world.top.path)
    return world


@pytest.fixture
def executive(page, live_server, running):
    """Opens the page as an executive, on a screen of a width and in colours."""
    sign_in(page.context, live_server, running.stranger)

    def opened(width=1440, colours="light"):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=colours)
        page.goto(live_server.url + PAGE)
        return page

    return opened


def test_one_page_answers_four_questions_and_each_figure_leads_to_its_source(executive, running):
    page = executive()
    assert tuple(page.locator("h2").all_inner_texts()) == QUESTIONS
    expect(page.locator("#finding")).to_contain_text("GBP 2.0m of benefit hangs on projects in trouble")
    expect(page.locator("#part-changes")).to_contain_text("1 project changed since")
    expect(page.locator("#part-risks")).to_contain_text("Pumps arrive late")
    expect(page.locator("#part-contribution .tile").first).to_contain_text("40%")
    tile = page.locator("#part-returns .tile", has_text="Planned return")
    expect(tile).to_contain_text("75%")
    expect(tile).to_contain_text("2 of 2 projects")
    expect(page.locator("#part-returns .tile", has_text="Realised return")).to_contain_text("Not measured yet")
    expect(page.locator("#part-returns .part-fresh")).to_contain_text("Last change")
    tile.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(tile.get_by_text("the ratio of the sums, not the mean of the ratios")).to_be_visible()
    tile.locator(".tile-value a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/projects/?portfolio=NM&phase=*&cost=given&benefit=given")
    page.get_by_role("link", name="Replace the pumps").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Replace the pumps")


def test_a_change_shows_without_a_reload_and_leaves_the_rest_alone(executive, running):
    page = executive()
    page.evaluate("window.stayed = document.querySelector('#part-utilisation')")
    edit_project(Project.objects.get(pk=running.meters.pk), actor=MAINSTAY, health="red")
    page.evaluate("document.querySelector('#dashboard').dispatchEvent(new Event('live'))")
    expect(page.locator("#part-value_at_risk")).to_contain_text("GBP 3.5m")
    expect(page.locator("#finding")).to_contain_text("GBP 3.5m of benefit hangs on projects in trouble")
    assert page.evaluate("window.stayed.isConnected")


def test_parts_are_ordered_and_taken_away_by_keyboard(executive, running):
    page = executive()
    page.get_by_role("link", name="Arrange").focus()
    page.keyboard.press("Enter")
    page.locator("#down-returns").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".arranged").first).to_contain_text("Health")
    assert page.evaluate("document.activeElement.id") == "down-returns"
    page.locator("#remove-changes").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#add-changes")).to_be_visible()
    page.get_by_role("link", name="Done").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/dashboards/executive/")
    expect(page.locator(".part").first).to_have_id("part-health")
    expect(page.locator("#part-changes")).to_have_count(0)
    assert SavedView.objects.filter(person=running.stranger, page="dashboard").count() == 1


def test_it_is_read_on_a_telephone_and_as_it_was_known(executive, running):
    page = executive(390, "dark")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.wait_for_selector("#part-health m-chart[drawn] svg")
    expect(page.locator("#part-value_at_risk td[data-label=Benefit]").first).to_be_visible()
    then = (timezone.localdate() - timedelta(days=30)).isoformat()
    page.goto(f"{page.url}&as_of={then}")
    expect(page.locator(".as-of-band")).to_be_visible()
    expect(page.locator("#finding")).to_contain_text("no benefit hangs on trouble")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
