"""One booking changed by one person shows in every page another person has open, on a real server."""

import sqlite3
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.utils import timezone
from playwright.sync_api import expect

from mainstay.engine.basics.periods import month_after
from tests.cli.test_serve import port, served  # noqa: F401  (port is a fixture)
from tests.resources.live_world import lay_down

MONTH = month_after(timezone.localdate(), 2)
SOON = 2_000  # milliseconds: so long may a change take until it shows elsewhere


@pytest.fixture
def team(world, tmp_path):
    """The small team, copied into the data folder of a server."""
    team = lay_down(world, MONTH)
    with sqlite3.connect(tmp_path / "mainstay.sqlite3") as copy:
        connection.connection.backup(copy)
        # The tables are those of today, but the list of what was migrated is not always kept for tests.
        copy.execute("DROP TABLE IF EXISTS django_migrations")
        copy.execute("CREATE TABLE django_migrations (id INTEGER PRIMARY KEY, app TEXT, name TEXT, applied DATETIME)")
        files = ((one.label, Path(one.path, "migrations").glob("[0-9]*.py")) for one in apps.get_app_configs())
        known = [(label, file.stem) for label, found in files for file in found]
        copy.executemany("INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, datetime())", known)
    copy.close()
    # Otherwise the server would take the sessions for forged ones.
    (tmp_path / "secret-key").write_text(settings.SECRET_KEY)
    return team


def _sit(stack, browser, address, team, username):
    context = browser.new_context()
    stack.callback(context.close)
    context.add_cookies([{"name": team["cookie"], "value": team["sessions"][username], "url": address}])
    return context


def _open(context, address, path):
    """A page that is told of changes from now on."""
    page = context.new_page()
    with page.expect_response("**/stream/"):
        page.goto(address + path)
    return page


@pytest.mark.only_on("sqlite")
@pytest.mark.django_db(transaction=True)
def test_a_booking_changed_shows_in_the_open_pages_of_somebody_else(browser, team, tmp_path, port):  # noqa: F811
    address = f"http://127.0.0.1:{port}"
    with served(tmp_path, port), ExitStack() as stack:
        rosa, amara = (_sit(stack, browser, address, team, username) for username in ("rosa", "amara"))
        heat = _open(amara, address, "/resources/?by=person")
        person = _open(amara, address, "/resources/people/anna-berg/")
        board = _open(amara, address, "/resources/staffing/")
        cell = heat.locator(f"#c-anna-berg-{MONTH:%Y%m%d} [aria-hidden]")
        before = cell.inner_text()
        expect(person.locator("#person-workload p").first).to_contain_text("No overload")
        expect(board.locator("#board")).to_contain_text("hours more than free")
        page = rosa.new_page()
        page.goto(f"{address}/resources/bookings/{team['booking']}/edit/")
        page.fill("[name=hours]", "60")
        page.fill("[name=starts_on]", (MONTH + timedelta(days=7 - MONTH.weekday())).isoformat())
        page.fill("[name=ends_on]", (MONTH + timedelta(days=9 - MONTH.weekday())).isoformat())
        page.click("button:has-text('Show the effect')")
        page.click("button:has-text('Change the booking')")
        expect(cell).not_to_have_text(before, timeout=SOON)
        expect(person.locator("#person-workload p").first).to_contain_text("Overloaded in 1 of 26", timeout=SOON)
        expect(board.locator("#board")).to_contain_text("Fits", timeout=SOON)
        for one in (heat, person, board):
            assert one.evaluate("performance.getEntriesByType('navigation').length") == 1
