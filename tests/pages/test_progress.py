"""The project manager's month: packages of work, how far they are, and figures equal to those worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from mainstay.core.system import MAINSTAY
from mainstay.engine.basics.periods import month_after
from mainstay.monitoring.models import ProgressReading, WorkPackage
from mainstay.monitoring.money.operations.entering import MoneyEntry, enter_money
from mainstay.monitoring.money.queries import money_of
from tests.monitoring.money.conftest import HEADER, build_books
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def begun(world):
    """The pumps with GBP 500 spent last month; the first day of the month in which the work begins."""
    last = month_after(timezone.localdate(), -1)
    build_books(world).book(f"{HEADER}\nL-1,{last},500.00,GBP,PUMPS,,,,,,spent\n")
    entries = [MoneyEntry("forecast", month_after(last, 2), Decimal(450))]
    enter_money(world.pumps, actor=MAINSTAY, entries=entries)
    assert money_of([world.pumps])[world.pumps.pk].total("actual") == 500
    return last


def add(page, live_server, name, rule, budget, first, last):
    """Add a package of work."""
    page.goto(f"{live_server.url}/monitor/projects/PUMPS/progress/packages/new/")
    page.fill("[name=name]", name)
    page.select_option("[name=rule]", rule)
    page.fill("[name=budget]", budget)
    page.fill("[name=start_date]", first.isoformat())
    page.fill("[name=end_date]", last.isoformat())
    page.click("button:has-text('Save the package')")
    page.wait_for_selector(f"text={name} is one of the packages.")


def record(page, day, shares):
    """Say how far the packages are, in the order of the sheet."""
    page.click("a:has-text('Record progress')")
    page.fill("[name=date]", day.isoformat())
    page.fill("[name=source]", "Site report")
    page.wait_for_selector("m-sheet[ready]")
    for number, share in enumerate(shares):
        page.locator("#progress tbody tr").nth(number).locator("[data-column=share]").click()
        page.keyboard.type(share)
        page.keyboard.press("Enter")
    page.click("button:has-text('Record the progress')")


def value_of(page, measure):
    """A measure in the table of all of them."""
    return (
        page.locator("section[aria-labelledby=measures] tbody tr", has_text=measure).locator("td").first.inner_text()
    )


def test_the_project_manager_plans_records_and_sees_what_was_earned(begun, world, page, live_server):
    """Civil works 400 in the first month, pumps 800 over two: 800 planned, 400 x 1/2 + 800 x 0.25 = 400 earned."""
    last, second = date.fromordinal(month_after(begun, 1).toordinal() - 1), month_after(begun, 1)
    days = (last - begun).days + 1
    end = date.fromordinal(last.toordinal() + days)
    sign_in(page.context, live_server, world.project_manager)
    add(page, live_server, "Civil works", "50_50", "400", begun, last)
    add(page, live_server, "Pumps", "physical", "800", begun, end)
    record(page, last, ["40", "25"])
    page.wait_for_selector("text=Progress of 2 packages is on record.")
    assert second <= end
    assert value_of(page, "Planned value (PV)") == "GBP 800"
    assert value_of(page, "Earned value (EV)") == "GBP 400"
    assert value_of(page, "Actual cost (AC)") == "GBP 500"
    assert value_of(page, "Cost index (CPI)") == "0.80"
    assert value_of(page, "Schedule index (SPI)") == "0.50"
    assert value_of(page, "Estimate at completion (EAC)") == "GBP 1,500"
    page.click("a:has-text('As forecast by month')")
    page.wait_for_selector("text=As forecast by month (used on this page)")
    assert value_of(page, "Estimate at completion (EAC)") == "GBP 950"
    assert "there is no baseline yet" in page.inner_text("#progress")
    assert ProgressReading.objects.filter(source="Site report").count() == WorkPackage.objects.count() == 2
