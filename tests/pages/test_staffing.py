"""The resource manager's conflict in the browser: a red cell is solved by moving, splitting, replacing and a request.

Each step shows its effect before anything is booked; the request goes back and forth with the project manager.
"""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from mainstay.core.models import Person
from mainstay.core.operations.grants import give_grant
from mainstay.core.operations.people import create_person
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.engine.basics.periods import month_after
from mainstay.portfolio.operations.projects import propose_project
from mainstay.resources.models import Booking, Resource
from mainstay.resources.operations.bookings import add_booking
from mainstay.resources.operations.demands import DemandEntry, enter_demand
from mainstay.resources.operations.places import add_site
from mainstay.resources.operations.proficiencies import set_proficiency
from mainstay.resources.operations.staffing import ask_for_staff, offer_person
from tests.resources.people import hire
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
MONTH = month_after(timezone.localdate(), 3)
END = month_after(MONTH, 1) - timedelta(days=1)
TIME = {"starts_on": MONTH, "ends_on": END}
LATER = {"starts_on": month_after(MONTH, 1), "ends_on": month_after(MONTH, 2) - timedelta(days=1)}


@pytest.fixture
def staff(world):
    """Anna is booked three times over in a month to come; Ben at the other site has the level and a certificate."""
    staff = hire(world)
    portal = propose_project(world.networks, actor=MAINSTAY, code="PORTAL", name="Customer portal")
    far = add_site(None, actor=MAINSTAY, name="Galway", calendar=staff.calendar)
    ben = staff.add("Ben Frost", site=far)
    for person, level in ((staff.anna, 4), (ben, 3)):
        set_proficiency(
            person, actor=MAINSTAY, skill=staff.skill, level=level, valid_until=month_after(MONTH, 12),
            certificate="Accessible design",
        )  # fmt: skip
    for project in (world.pumps, world.meters, portal):
        add_booking(
            staff.anna, actor=MAINSTAY, project=project, role=staff.role, skill=staff.skill, hours=Decimal(130),
            **TIME,
        )  # fmt: skip
    enter_demand(world.pumps, actor=MAINSTAY, entries=[DemandEntry(role=staff.role, hours={MONTH: Decimal(170)})])
    rosa = create_person(None, actor=MAINSTAY, username="rosa", name="Rosa Lind")
    give_grant(rosa, actor=MAINSTAY, role=Role.RESOURCE_MANAGER, path=world.networks.path)
    return staff


@pytest.fixture
def desk(context, live_server, staff):
    """Lets somebody sit down at the browser, one after another, with their own rights."""
    cookies = {}
    for username in ("rosa", "jonas"):
        # Once, before any page is open: signing in writes, and the server may be reading then.
        sign_in(context, live_server, Person.objects.get(username=username))
        cookies[username] = context.cookies()
    page = context.new_page()
    page.set_viewport_size({"width": 1440, "height": 900})
    page.set_default_navigation_timeout(90_000)

    def sit(username, path):
        context.clear_cookies()
        context.add_cookies(cookies[username])
        page.goto(live_server.url + path)
        return page

    return sit


def test_a_red_cell_is_solved_by_move_split_replacement_and_request(desk, staff):
    page = desk("rosa", "/resources/?by=person")
    page.locator(f"#c-anna-berg-{MONTH:%Y%m%d}").press("Enter")
    expect(page.locator("#finding")).to_contain_text("far over capacity")
    cell = page.url.split("://")[1].partition("/")[2]
    _move(page, "PORTAL")
    _split(page, "METERS")
    _replace(page, "PUMPS")
    page = desk("rosa", f"/{cell}")
    expect(page.locator("#finding .status-good")).to_be_visible()
    _talk(desk)
    told = Booking.objects.filter(resource__name="Ben Frost").values_list("project__code", "hours", "firmness")
    assert ("PUMPS", Decimal("30.00"), "hard") in list(told)
    page = desk("rosa", "/resources/?by=person")
    for key in ("anna-berg", "ben-frost"):
        said = page.locator(f"#c-{key}-{MONTH:%Y%m%d}").get_attribute("title")
        assert "over capacity" not in said


def _open(page, code, action):
    booking = Booking.objects.get(project__code=code, resource__name="Anna Berg")
    page.goto(page.url.split("/resources")[0] + f"/resources/bookings/{booking.pk}/{action}/")


def _shown_then_booked(page, button, told):
    """The effect is read first; until then nothing is booked."""
    before = list(Booking.objects.order_by("pk").values_list("pk", "version"))
    page.click("button:has-text('Show the effect')")
    expect(page.locator(".finding")).to_contain_text("Nothing is booked yet.")
    expect(page.locator("#effect")).to_contain_text(told)
    assert list(Booking.objects.order_by("pk").values_list("pk", "version")) == before
    page.click(f"button:has-text('{button}')")
    page.wait_for_url("**/bookings/")


def _move(page, code):
    _open(page, code, "edit")
    page.fill("[name=starts_on]", month_after(MONTH, 1).isoformat())
    page.fill("[name=ends_on]", (month_after(MONTH, 2) - timedelta(days=1)).isoformat())
    _shown_then_booked(page, "Change the booking", "No new overload")


def _split(page, code):
    _open(page, code, "split")
    page.fill("[name=on]", (MONTH + timedelta(days=14)).isoformat())
    page.fill("[name=later_weeks]", "8")
    _shown_then_booked(page, "Split the booking", "No new overload")


def _replace(page, code):
    _open(page, code, "replace")
    page.click("a[aria-label='Choose Ben Frost']")
    expect(page.locator("#effect")).to_contain_text("Ben Frost, hours by week")
    page.fill("[name=from_day]", (MONTH + timedelta(days=14)).isoformat())
    _shown_then_booked(page, "Replace", "No new overload")


def _talk(desk):
    """Jonas asks, Rosa offers half, Jonas wants all of it, Rosa agrees."""
    page = desk("jonas", "/resources/projects/PUMPS/staffing/")
    page.select_option("[name=team]", "design")
    page.select_option("[name=role]", label="UX designer")
    page.fill("[name=starts_on]", MONTH.isoformat())
    page.fill("[name=ends_on]", END.isoformat())
    page.fill("[name=hours]", "30")
    page.click("button:has-text('Ask the team')")
    page.wait_for_url("**/resources/staffing/*/")
    request = page.url.split("://")[1].partition("/")[2]
    page = desk("rosa", "/resources/staffing/")
    page.click("#board a:has-text('UX designer')")
    page.select_option("[name=resource]", "ben-frost")
    page.fill("#offer [name=hours]", "15")
    page.click("button:has-text('Show the effect of the offer')")
    expect(page.locator("#effect")).to_contain_text("No new overload")
    page.click("button:has-text('Send the offer')")
    expect(page.locator(".finding")).to_contain_text("Ben Frost is offered; the project answers next.")
    page = desk("jonas", f"/{request}")
    expect(page.locator("#effect")).to_contain_text("No new overload")
    page.fill("#counter [name=hours]", "30")
    page.click("button:has-text('Show the effect of the counter-offer')")
    page.click("button:has-text('Send the counter-offer')")
    expect(page.locator(".finding")).to_contain_text("the team answers next")
    page = desk("rosa", f"/{request}")
    expect(page.locator("#effect")).to_contain_text("No new overload")
    page.click("button:has-text('Agree and book Ben Frost')")
    expect(page.locator(".finding")).to_contain_text("Both sides agree, and the person is booked.")


def test_requests_are_answered_by_keyboard_and_nothing_is_booked_by_a_letter(desk, staff, world):
    asked = ask_for_staff(
        world.pumps, actor=world.project_manager, team=staff.team, role=staff.role, hours=Decimal(20), **LATER
    )
    page = desk("rosa", "/resources/staffing/")
    expect(page.locator(".keys kbd").first).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("o")
    page.wait_for_url("**/resources/staffing/*/#offer")
    expect(page.locator("#offer [name=resource]")).to_be_focused()
    ben = Resource.objects.get(key="ben-frost")
    offer_person(
        staff.team, actor=Person.objects.get(username="rosa"), request=asked, resource=ben, hours=Decimal(20), **LATER
    )
    before = Booking.objects.count()
    page = desk("jonas", "/resources/staffing/")
    expect(page.locator("#board")).to_contain_text("Fits")
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.wait_for_url("**/resources/staffing/*/#accept")
    expect(page.locator("#effect")).to_contain_text("No new overload")
    expect(page.locator("#accept button")).to_be_focused()
    assert Booking.objects.count() == before
    page.keyboard.press("d")
    expect(page.locator("#decline-reason")).to_be_focused()
    page.keyboard.press("Escape")
    page.locator("#accept button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#finding")).to_contain_text("Both sides agree, and the person is booked.")
    assert Booking.objects.filter(resource=ben, project=world.pumps, firmness="hard").count() == 1
