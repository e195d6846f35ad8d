"""How sure is the plan, what would another budget bring, does the choice hold: asked in the browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from mainstay.authorisation.models import Selection
from mainstay.core.runs import work_off
from tests.authorisation.conftest import build_golden
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def manager(page, live_server, world):
    """A page of the portfolio manager before a solved selection."""
    golden = build_golden(world)
    golden.solved()
    sign_in(page.context, live_server, golden.manager)
    page.goto(f"{live_server.url}/authorise/selections/{Selection.objects.get().pk}/")
    return page


def _mended(page) -> None:
    """The page has no fault that hinders anybody."""
    found = Axe().run(page)
    assert found.response["violations"] == []


def test_a_portfolio_manager_asks_how_sure_the_plan_is(manager):
    manager.click("text=How sure is this?")
    manager.click("button:has-text('Simulate the plan')")
    manager.wait_for_selector("h2:has-text('What the plan may come to')")
    headings = manager.locator("section[aria-labelledby=totals] th[scope=col]").all_inner_texts()
    assert headings == ["Total", "P10", "P50", "P90", "Planned"]
    cells = manager.locator("section[aria-labelledby=totals] tbody tr >> nth=1").locator("td").all_inner_texts()
    assert cells[3] == "GBP 92"
    assert manager.inner_text(".finding").startswith("The plan exceeds its budget in ")
    manager.wait_for_selector("m-chart[drawn] svg")
    _mended(manager)


def test_a_portfolio_manager_opens_a_point_of_the_curve(manager):
    manager.click("text=Value against budget")
    manager.fill("[name=points]", "3")
    manager.fill("[name=lowest]", "50")
    manager.click("button:has-text('Draw the curve')")
    manager.wait_for_url("**/runs/**")
    work_off()
    manager.wait_for_selector("h2:has-text('The best plan for each amount')", timeout=20_000)
    manager.wait_for_selector("m-chart[drawn] svg")
    _mended(manager)
    manager.click("th a:has-text('GBP 160')")
    assert manager.inner_text("h1") == "Budget of GBP 160"
    assert manager.inner_text(".finding") == "2 candidates fit; they cost GBP 160 and bring GBP 45 of benefit."
    assert manager.locator("section[aria-labelledby=gone] li").count() == 3


def test_a_portfolio_manager_sees_who_is_core_and_who_borderline(manager):
    manager.click("text=Does the choice hold?")
    manager.fill("[name=samples]", "20")
    manager.click("button:has-text('Test the choice')")
    manager.wait_for_url("**/runs/**")
    work_off()
    manager.wait_for_selector("h2:has-text('Plans compared over all samples')", timeout=20_000)
    manager.wait_for_selector("m-chart[drawn] svg")
    assert "best plan however things come out" in manager.inner_text(".finding")
    _mended(manager)
