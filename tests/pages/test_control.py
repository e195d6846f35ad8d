"""Continue, pause or stop: an alert, the queue, a plan with stopping, the committee's word, and who comes next."""

import pytest
from django.utils import timezone

from mainstay.authorisation.models import Decision, PlanLine
from mainstay.core import runs
from mainstay.core.models import Notice
from mainstay.core.system import MAINSTAY
from mainstay.monitoring.models import Alert, ExitTerms
from mainstay.portfolio.models import Project
from mainstay.portfolio.operations.projects import edit_project, propose_project
from tests.monitoring.control.conftest import build_running
from tests.monitoring.going import let_run

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def running(world):
    """Three projects run next year, each with little left for what it still costs; two wait."""
    made = build_running(world, timezone.localdate().year + 1)
    edit_project(made.project, actor=MAINSTAY, benefit=1_000_000)
    edit_project(world.meters, actor=MAINSTAY, benefit=860_000)
    relay = propose_project(
        world.networks, actor=MAINSTAY, code="RELAY", name="Relays", cost=500_000, benefit=540_000
    )
    for project in (world.meters, relay):
        let_run(project, manager=world.project_manager)
    return made


def watch(page):
    """The portfolio manager writes a rule, sees whom it would find, and evaluates it."""
    page.click("text=New rule")
    page.fill("[name=name]", "Little left")
    page.select_option("[name=measure]", "forward.ratio")
    page.select_option("[name=side]", "below")
    page.fill("[name=raise_at]", "1.1")
    page.fill("[name=clear_at]", "1.2")
    page.click("text=Show what it would find now")
    page.wait_for_selector("h2:has-text('3 projects of 3 running projects would alert now')")
    assert page.input_value("[name=clear_at]") == "1.2"
    page.click("text=Save the rule")
    page.click("text=Evaluate now")
    page.wait_for_selector("h1, h2:has-text('Evaluate the alert rules of Networks')")
    assert runs.work_off() == 1
    assert Alert.objects.filter(state="open").count() == 3


def take_over(page):
    """The portfolio manager follows one alert up."""
    page.wait_for_selector(".finding:has-text('3 alerts stand')")
    page.click("tr:has-text('Replace the pumps') a")
    page.fill("[name=note]", "Before the committee this week")
    page.click("text=Follow it up")
    page.wait_for_selector("dd:has-text('Before the committee this week')")


def say_terms(page):
    """From the queue to the terms of exit of the pumps."""
    page.wait_for_selector(".finding:has-text('1 of 3 running projects would be worth more stopped')")
    assert page.locator("tbody tr").first.inner_text().startswith("Replace the pumps")
    page.click("tr:has-text('Replace the pumps') a")
    page.click("text=Set the terms")
    page.fill("[name=stop_cost]", "20000")
    page.fill("[name=salvage]", "5000")
    page.fill("[name=pause_cost]", "1000")
    page.click("text=Save the terms")
    page.wait_for_selector(".finding:has-text('stopping costs GBP 20k and leaves GBP 5,000')")
    assert ExitTerms.objects.get().salvage == 5000


def plan_anew(page):
    """A scenario in which running work is free says who would better stop."""
    page.click("text=Plan anew with stopping")
    page.click("text=Create the scenario")
    page.click("text=Find the best plan")
    page.wait_for_selector("#line-PUMPS:has-text('Stop')")
    assert "In" in page.locator("#line-METERS").inner_text()
    assert PlanLine.objects.get(project__code="PUMPS").option == "Stop"
    page.click("#line-PUMPS a")
    page.wait_for_selector("h2:has-text('Going on, resting or stopping')")


def decide(page, word, months=""):
    """A member of the committee decides."""
    if months:
        page.fill("[name=months]", months)
    page.fill("[name=reason]", "The committee weighed what lies ahead")
    page.click(f"button:has-text('{word} the project')")
    page.wait_for_selector("h1:has-text('Set free')")


def test_from_the_alert_to_those_who_come_next(running, opened):
    manager, member = running.manager, running.member
    watch(opened(manager, "/monitor/alert-rules/"))
    take_over(opened(manager, "/monitor/alerts/?portfolio=NET"))
    say_terms(opened(manager, "/monitor/control/?portfolio=NET"))
    plan_anew(opened(manager, "/monitor/control/?portfolio=NET"))
    decide(opened(member, "/monitor/projects/METERS/pause/"), "Pause", "6")
    decide(opened(member, "/monitor/projects/PUMPS/stop/"), "Stop")
    stages = dict(Project.objects.filter(code__in=["METERS", "PUMPS"]).values_list("code", "stage__key"))
    assert stages == {"METERS": "on_hold", "PUMPS": "cancelled"}
    assert Notice.objects.filter(
        person=running.world.sponsor, text__startswith="Replace the pumps was stopped"
    ).exists()
    year, decision = timezone.localdate().year + 1, Decision.objects.get(title__startswith="Stop: ")
    page = opened(manager, f"/monitor/control/decisions/{decision.pk}/")
    page.wait_for_selector(f"tr:has-text('VALVES'):has-text('from 1\N{NO-BREAK SPACE}Mar\N{NO-BREAK SPACE}{year}')")
    page.wait_for_selector(f"tr:has-text('FILTERS'):has-text('from 1\N{NO-BREAK SPACE}Sep\N{NO-BREAK SPACE}{year}')")
    page.click("text=2 things left to do for Replace the pumps")
    page.wait_for_selector("#raid:has-text('Close contracts, accounts and access')")
    page.go_back()
    page.click("text=Plan with the chosen")
    page.wait_for_selector("#line-VALVES:has-text('In')")
    planned = PlanLine.objects.filter(scenario__name__startswith="After: Stop", is_in=True)
    starts = dict(planned.values_list("project__code", "start_date"))
    assert {code: str(starts[code]) for code in ("VALVES", "FILTERS")} == {
        "VALVES": f"{year}-03-01",
        "FILTERS": f"{year}-09-01",
    }
