"""A portfolio manager builds the plan (J4): forty candidates, nine roles, budgets by year, rules, the best plan."""

from decimal import Decimal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from mainstay.authorisation.models import PlanLine, Scenario
from mainstay.authorisation.scenarios.views import one
from mainstay.core.runs import work_off
from tests.authorisation.scenarios.forty import build_forty
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
LIMITS = (("Budget", "", "2400"), ("Budget", "2027", "1700"), ("Budget", "2028", "1000"))
SHARES = (("Run", "45", "55"), ("Grow", "25", "35"), ("Transform", "15", "25"))
PEOPLE = "People by role, as many as there are"


@pytest.fixture
def manager(page, live_server, world, monkeypatch):
    """A page of Amara, where every question to the solver is a run, as on a machine that is busy."""
    monkeypatch.setattr(one, "QUICK_SECONDS", 0.02)
    forty = build_forty(world)
    sign_in(page.context, live_server, forty.manager)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{live_server.url}/authorise/scenarios/")
    return page


def clean(page):
    """Axe finds nothing on the page as it stands."""
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []


def state(page):
    """What is asked: two years in quarters, money by year, people as there are, a mix of run, grow and transform."""
    page.get_by_label("Portfolio").select_option(label="Forty")
    page.get_by_role("button", name="Create a scenario").click()
    for name, text in {"name": "Plan 2027", "starts_on": "2027-01-01", "periods": "8", "window": "2"}.items():
        page.locator(f"[name={name}]").fill(text)
    page.get_by_label("Plan so that there is most").select_option(label="benefit")
    page.get_by_text("Limits", exact=True).click()
    for nth, (source, year, most) in enumerate(LIMITS):
        page.locator(f"[name=limits-{nth}-source]").select_option(label=source)
        page.locator(f"[name=limits-{nth}-year]").select_option(label=year or "Whole time")
        page.locator(f"[name=limits-{nth}-max]").fill(most)
    page.locator("[name=limits-3-source]").select_option(label=PEOPLE)
    page.get_by_text("Shares of themes", exact=True).click()
    for nth, (theme, least, most) in enumerate(SHARES):
        for name, text in {"theme": theme, "min": least, "max": most}.items():
            page.locator(f"[name=shares-{nth}-{name}]").fill(text)
    page.get_by_role("button", name="Save the scenario").click()
    expect(page.get_by_role("heading", level=1, name="Plan 2027")).to_be_visible()


def force(page, name, reason):
    """One project is in, whatever the solver finds, with the reason on record."""
    page.get_by_role("link", name=name).click()
    page.get_by_label("Settled by hand").select_option(label="In")
    page.get_by_label("Because").fill(reason)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("row", name=name)).to_contain_text(reason)


def solve(page):
    """The solver finds and proves the best plan in a run."""
    page.get_by_role("button", name="Find the best plan").click()
    page.wait_for_url("**/runs/**")
    assert work_off() == 1
    heading = page.get_by_role("heading", level=1, name="Plan 2027", exact=True)
    expect(heading).to_be_visible(timeout=20_000)


def moved():
    """By how many quarters the projects that are in were moved, those that were."""
    rows = PlanLine.objects.filter(is_in=True).select_related("project")
    months = [
        (row.start_date.year - row.project.start_date.year) * 12 + row.start_date.month - row.project.start_date.month
        for row in rows
    ]
    return [each // 3 for each in months if each]


def read(page):
    """How much of the value, nothing overbooked, what binds, what moves, and the proof."""
    expect(page.locator("#finding")).to_have_text(
        "18 of 40 projects bring GBP 5,963.17 of benefit for GBP 2,400; everything fits."
    )
    totals = page.locator("#totals")
    expect(totals).to_contain_text("of benefit; 63% of what all would bring")
    held = totals.locator(".tile", has_text="What holds the plan back")
    expect(held).to_contain_text("Budget, Budget 2027")
    expect(held).to_contain_text("Data engineer in Q1 2027 and Q1 2028")
    moves = moved()
    assert len(moves) >= 4
    assert {abs(each) for each in moves} <= {1, 2}
    expect(totals).to_contain_text(f"{len(moves)} projects move")
    assert totals.locator(".heat-table tbody tr").count() == 9
    assert totals.locator(".heat-over").count() == 0
    expect(page.get_by_text("Proven: no other choice within the limits and rules brings more.")).to_be_visible()
    clean(page)


def ask_why(page):
    """A project that is out says what it would cost, and whom it would displace."""
    page.get_by_role("link", name="Project P21").click()
    why = page.locator("section[aria-labelledby=why]")
    expect(why).to_contain_text("Including it would cost")
    expect(why).to_contain_text("would have to leave")
    page.go_back()


def try_by_hand(page):
    """Taking it in all the same shows at once what does not fit; taken out again everything does."""
    page.locator("#line-P21 button").click()
    expect(page.locator("#finding")).to_contain_text("19 of 40 projects bring")
    expect(page.locator("#totals")).to_contain_text("Budget is exceeded by")
    page.locator("#line-P21 button").click()
    expect(page.locator("#finding")).to_contain_text("18 of 40 projects bring GBP 5,963.17")
    assert page.locator("#totals .heat-over").count() == 0


def kept():
    """What the rules asked for holds in the lines as they are stored."""
    rows = {row.project.code: row for row in PlanLine.objects.select_related("project")}
    ins = {code for code, row in rows.items() if row.is_in}
    spent = {theme: Decimal() for theme, _, _ in SHARES}
    for code in ins:
        spent[rows[code].project.theme] += rows[code].project.cost
    shares = {theme: 100 * amount / sum(spent.values()) for theme, amount in spent.items()}
    assert all(int(least) <= shares[theme] <= int(most) for theme, least, most in SHARES)
    assert {"P02", "P10"} <= ins
    assert not {"P05", "P09"} <= ins
    assert all(needs in ins for code, needs in (("P07", "P03"), ("P12", "P01"), ("P25", "P18")) if code in ins)


def test_a_portfolio_manager_builds_the_plan_from_forty_candidates(manager):
    state(manager)
    force(manager, "Project P02", "Legal: water directive")
    force(manager, "Project P10", "Legal: safety of reservoirs")
    solve(manager)
    read(manager)
    kept()
    ask_why(manager)
    try_by_hand(manager)
    assert Scenario.objects.get().solution.status == "optimal"
