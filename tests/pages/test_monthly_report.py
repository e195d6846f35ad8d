"""The monthly report: amber declared where the figures say red, explained, locked, and seen by the office."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mainstay.authorisation.deciding.operations.baselines import freeze_baseline
from mainstay.core.system import MAINSTAY
from mainstay.monitoring.models import StatusReport
from mainstay.monitoring.reports.operations import set_rhythm
from mainstay.portfolio.models import Project
from mainstay.portfolio.operations.parts import add_milestone
from tests.monitoring.going import let_run

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pumps(world):
    """The pumps run, and their first milestone is more than a year late; reports were due at the end of the month."""
    today = timezone.localdate()
    days = {"start_date": today - timedelta(days=200), "end_date": today + timedelta(days=100)}
    pumps = let_run(world.pumps, world.project_manager, **days)
    freeze_baseline(pumps, actor=MAINSTAY, reason="Authorised")
    add_milestone(pumps, actor=MAINSTAY, name="First pump runs", due_date=today - timedelta(days=380))
    set_rhythm(world.top, actor=MAINSTAY, every="month", due_after=0)
    return pumps


def declare_amber(page):
    """The project manager declares amber; the figures say red."""
    page.click("text=Write the report that is due")
    page.wait_for_selector("tr:has-text('Schedule'):has-text('380 days behind')")
    page.select_option("[name=overall]", "amber")
    page.fill("[name=done]", "The second supplier was chosen.")
    page.click("text=Publish the report")
    page.wait_for_selector("text=The figures say worse of overall")
    assert page.input_value("[name=done]") == "The second supplier was chosen."


def explain(page):
    """Says why, and publishes."""
    page.fill("[name=explanation]", "The second supplier delivers in three weeks.")
    page.click("text=Publish the report")
    page.wait_for_selector(".finding:has-text('it no longer changes')")
    page.wait_for_selector("tr:has-text('Overall'):has-text('At risk'):has-text('Off track')")
    page.wait_for_selector("text=Declared better than the figures say: Overall")


def test_declared_amber_computed_red_explained_and_locked(world, pumps, opened):
    page = opened(world.portfolio_manager, "/monitor/reports/?which=late")
    page.wait_for_selector("tr:has-text('Replace the pumps'):has-text('late')")
    page.click("text=Remind the chosen")
    page.wait_for_selector("text=1 reminded")
    page = opened(world.project_manager, "/monitor/projects/PUMPS/reports/")
    declare_amber(page)
    assert StatusReport.objects.get().state == "draft"
    explain(page)
    assert page.locator("[name=overall]").count() == 0
    assert Project.objects.get(pk=pumps.pk).health == "amber"
    page = opened(world.portfolio_manager, "/monitor/reports/")
    page.wait_for_selector(".finding:has-text('1 of 1 project reported, 0 late; 1 red, 1 declared better')")
    page.wait_for_selector("tr:has-text('Replace the pumps'):has-text('Reported'):has-text('Declared better')")
