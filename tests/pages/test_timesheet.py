"""A week is entered and handed in by keyboard alone, and a day at a time on a phone."""

import pytest
from playwright.sync_api import expect

from mainstay.monitoring.models import HoursEntry, Timesheet
from tests.monitoring.crew import TUESDAY, WEEK, gather_crew
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
MOST_STEPS = 60


@pytest.fixture
def week(page, live_server, world):
    """Opens Anna's week on a screen of some width."""
    crew = gather_crew(world)
    sign_in(page.context, live_server, crew.person)

    def opened(width, query=""):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{live_server.url}/timesheets/{WEEK}/{query}")
        return page

    return opened


def tab_to(page, selector):
    """Goes on by Tab until something of this kind has the focus."""
    for _ in range(MOST_STEPS):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never came to {selector}.")


def test_a_week_is_entered_and_handed_in_by_keyboard_alone(week):
    page = week(1440)
    expect(page.locator("m-sheet[ready]")).to_have_count(1)
    tab_to(page, "#hours [data-column]")
    page.keyboard.press("ArrowDown")
    for hours in ("6", "7.5", "4"):
        page.keyboard.type(hours)
        page.keyboard.press("Tab")
    expect(page.locator("#hours tfoot .sum").last).to_have_text("17.50")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    tab_to(page, ".week-form button[value=submit]")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Handed in for approval.")).to_be_visible()
    expect(page.get_by_text("17.50 of 40.00 hours")).to_be_visible()
    assert [f"{row.hours}" for row in HoursEntry.objects.order_by("date")] == ["6.00", "7.50", "4.00"]
    assert Timesheet.objects.get().state == "submitted"


def test_on_a_phone_a_day_is_entered_at_a_time(week):
    page = week(390, f"?day={TUESDAY}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.locator(".week-form")).to_be_hidden()
    day = page.locator(".day-form")
    assert day.get_by_label("PUMPS Replace the pumps").bounding_box()["height"] >= 40
    day.get_by_label("PUMPS Replace the pumps").fill("6.5")
    day.get_by_label("Training").fill("1")
    day.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("7.50 of 40.00 hours")).to_be_visible()
    day.get_by_role("link", name="Wed").click()
    expect(day.get_by_role("heading", name="Wednesday, 13 May")).to_be_visible()
    expect(day.get_by_label("Training")).to_have_value("")
    assert [f"{row.hours}" for row in HoursEntry.objects.order_by("-hours")] == ["6.50", "1.00"]
