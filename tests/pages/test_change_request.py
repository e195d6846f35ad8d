"""A change of authorised work: a risk, an issue, the question with its effect, the decision, and two baselines."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from mainstay.core.models import Event
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.governance.operations.delegations import set_delegation
from mainstay.identification.models import Risk
from mainstay.identification.operations.cases import open_case
from mainstay.monitoring.models import ChangeRequest
from mainstay.portfolio.models import Project
from mainstay.portfolio.operations.parts import add_milestone
from tests.monitoring.going import let_run

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pumps(world):
    """The pumps run for another two years; Amara may decide changes up to 100,000."""
    end = timezone.localdate() + timedelta(days=700)
    pumps = let_run(world.pumps, world.project_manager, end_date=end)
    add_milestone(pumps, actor=MAINSTAY, name="Trial run", due_date=end - timedelta(days=60))
    open_case(pumps, actor=MAINSTAY)
    terms = {"role": Role.PORTFOLIO_MANAGER, "up_to": Decimal(100_000), "currency": "GBP"}
    set_delegation(world.top, actor=MAINSTAY, **terms)
    return pumps


def raise_risk(page):
    """The project manager writes a risk into the business case."""
    page.click("text=New risk")
    page.click("summary:has-text('Add a risk')")
    form = page.locator("form:has-text('Add the risk')")
    form.locator("[name=name]").fill("Pumps run hot in summer")
    form.locator("[name=probability]").fill("0.4")
    form.locator("[name=impact]").fill("200000")
    form.locator("text=Add the risk").click()
    page.wait_for_selector("#risks th:has-text('Pumps run hot in summer')")


def raise_issue(page):
    """What was a risk has happened, and somebody does something about it."""
    page.wait_for_selector("section:has-text('Pumps run hot in summer')")
    page.click("text=New issue")
    page.fill("[name=title]", "The first pump ran hot")
    page.select_option("[name=severity]", "serious")
    page.select_option("[name=risk]", label="Pumps run hot in summer")
    page.click("text=Save the issue")
    page.click("#raid a:has-text('The first pump ran hot')")
    page.click("text=Add an action")
    page.fill("[name=text]", "Run it for six weeks before it goes into service")
    page.select_option("[name=owner]", label="Jonas Weber")
    page.click("text=Save the action")
    page.wait_for_selector("tr:has-text('Run it for six weeks'):has-text('Jonas Weber')")


def ask(page):
    """Six weeks and 50,000 more, with the effect before anybody is asked."""
    page.click("text=Ask for a change")
    page.fill("[name=title]", "A longer trial run")
    page.fill("[name=reason]", "The first pump ran hot")
    page.fill("[name=days]", "42")
    page.fill("[name=cost_effect]", "50000")
    page.click("text=Show what it does")
    page.wait_for_selector("#main tr:has-text('Whole-life cost'):has-text('+50,000.00')")
    page.wait_for_selector("tr:has-text('End'):has-text('+42 days')")
    page.wait_for_selector("tr:has-text('Trial run')")
    assert ChangeRequest.objects.get().state == "draft"
    page.click("button:has-text('Ask for a decision')")
    page.wait_for_selector(".finding:has-text('It waits for a decision')")
    assert page.locator("text=Approve the change").count() == 0


def approve(page):
    """The portfolio manager finds what waits for her, and says yes."""
    page.click("a:has-text('A longer trial run')")
    page.fill("[name=note]", "Cheaper than a failure in service")
    page.click("button:has-text('Approve the change')")
    page.wait_for_selector(".finding:has-text('Approved by Amara Diallo')")
    for word in ("Draft", "Waits for a decision", "Approved"):
        page.wait_for_selector(f"section:has-text('What happened to it') td:has-text('{word}')")


def test_from_the_risk_to_the_new_baseline(world, pumps, opened):
    manager, end = world.project_manager, pumps.end_date
    raise_risk(opened(manager, "/monitor/projects/PUMPS/raid/"))
    raise_issue(opened(manager, "/monitor/projects/PUMPS/raid/"))
    assert Risk.objects.get().name == "Pumps run hot in summer"
    ask(opened(manager, "/monitor/projects/PUMPS/changes/"))
    approve(opened(world.portfolio_manager, "/monitor/changes/?state=mine"))
    pumps = Project.objects.get(pk=pumps.pk)
    assert (pumps.end_date, pumps.cost) == (end + timedelta(days=42), Decimal("1250000.00"))
    page = opened(manager, f"/monitor/changes/{ChangeRequest.objects.get().pk}/")
    page.click("a:has-text('Baseline 2')")
    page.wait_for_selector("h2:has-text('baseline 1 and baseline 2')")
    page.wait_for_selector("tr:has-text('Whole-life cost'):has-text('+50,000.00')")
    page.wait_for_selector("tr:has-text('Trial run'):has-text('+42 days')")
    assert list(pumps.baselines.order_by("number").values_list("is_current", flat=True)) == [False, True]
    decided = Event.objects.filter(verb="changerequest.decide")
    assert set(decided.values_list("person__username", flat=True)) == {"amara"}


def test_nobody_approves_what_they_asked_for_themselves(world, pumps, opened):
    page = opened(world.portfolio_manager, "/monitor/projects/PUMPS/changes/new/")
    page.fill("[name=title]", "Two pumps more")
    page.fill("[name=reason]", "One is not enough")
    page.fill("[name=cost_effect]", "90000")
    page.click("text=Show what it does")
    page.click("button:has-text('Ask for a decision')")
    page.wait_for_selector(".note:has-text('Somebody else decides this change')")
    assert page.locator("text=Approve the change").count() == 0
    page.goto(page.url.split("/monitor")[0] + "/monitor/changes/?state=mine")
    page.wait_for_selector("text=0 changes wait for you")
    assert ChangeRequest.objects.get().state == "submitted"
