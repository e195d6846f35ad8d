"""The controller's month: a file booked twice, lines matched, two currencies, the month closed for good."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from mainstay.authorisation.models import Baseline
from mainstay.core.models import Event
from mainstay.monitoring.models import ClosedPeriod, LedgerLine, LedgerRule, MoneyLine
from mainstay.monitoring.money.queries import money_of
from tests.monitoring.money.conftest import FILE, HEADER, MARCH, build_books
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
LATE = f"{HEADER}\nL-20,2026-03-30,5.00,GBP,PUMPS,,,,,,\n"


@pytest.fixture
def books(world):
    """The ledger of Networks, the pumps with a forecast for March and a baseline of February."""
    books = build_books(world)
    books.enter("100")
    frozen = datetime(2026, 2, 1, tzinfo=UTC)
    Baseline.objects.create(project=world.pumps, number=1, reason="Chosen", frozen_at=frozen)
    return books


def choose(page, text, name):
    """Choose a file and see what it would bring."""
    page.set_input_files("[name=file]", {"name": name, "mimeType": "text/csv", "buffer": text.encode()})
    page.click("button:has-text('Check the file')")
    page.wait_for_selector("h1:has-text('Check before booking')")


def book(page, text, name):
    """Book a file."""
    choose(page, text, name)
    page.click("button:has-text('Book ')")
    page.wait_for_selector("h1:has-text('Ledger of Networks')")


def match(page, words, code):
    """Say which project lines belong to."""
    row = page.locator("tr", has_text=words).first
    row.locator("select").select_option(code)
    row.locator("button").click()
    page.wait_for_selector("text=1 line matched; later files follow the rule.")


def reconcile(page):
    """Open the file and see that it adds up."""
    page.click("a:has-text('march.csv')")
    page.wait_for_selector("text=The file adds up to the cent in every currency.")
    cells = {row.inner_text().split("\t")[0]: row.inner_text().split("\t")[1:] for row in
             page.locator("section[aria-labelledby=sums] tbody tr").all()}  # fmt: skip
    assert cells["GBP"] == ["2,150.15", "0.00", "2,150.15", "0.00", "0.00"]
    assert cells["EUR"][0] == cells["EUR"][2] == "2,000.00"
    assert "GBP 100.00" in page.locator("section[aria-labelledby=effects] tbody tr", has_text="EUR").inner_text()


def close(page, live_server):
    """Close March 2026."""
    page.goto(f"{live_server.url}/monitor/portfolios/NET/periods/")
    page.select_option("[name=month]", MARCH.isoformat())
    page.fill("[name=note]", "Quarter end")
    page.click("button:has-text('Close the month')")
    page.wait_for_selector("text=March 2026 is closed.")


def test_the_controller_books_matches_reconciles_and_closes(books, page, live_server):
    sign_in(page.context, live_server, books.mei)
    page.goto(f"{live_server.url}/monitor/portfolios/NET/ledger/")
    book(page, FILE, "march.csv")
    page.wait_for_selector("text=2 lines have no project yet.")
    before = Event.objects.count(), LedgerLine.Version.objects.count()
    choose(page, FILE, "march.csv")
    page.wait_for_selector("text=Every line stands here already: booking would change nothing.")
    assert (Event.objects.count(), LedgerLine.Version.objects.count()) == before
    page.click("text=Choose another file")
    match(page, "CC-2", "METERS")
    match(page, "CC-3", "PUMPS")
    page.wait_for_selector("text=Every line has its project.")
    assert LedgerRule.objects.count() == 2
    reconcile(page)
    sums = money_of([books.world.pumps, books.world.meters])
    assert sums[books.world.pumps.pk].total("actual") == Decimal("2875.10")
    assert sums[books.world.meters.pk].total("actual") == Decimal("500.05")
    close(page, live_server)
    refuse_everything(page, live_server)
    assert MoneyLine.objects.get().amount == 100
    assert LedgerLine.objects.count() == 6


def refuse_everything(page, live_server):
    """Neither the sheet nor a file changes March any more."""
    page.goto(f"{live_server.url}/monitor/projects/PUMPS/money/edit/?kind=forecast&from=2026-01")
    cell = page.locator("[id='money-opex-other-0-2026-03']").first
    cell.click()
    page.keyboard.type("999")
    page.keyboard.press("Enter")
    page.click("button:has-text('Save the forecast amounts')")
    page.wait_for_selector("text=March 2026 is closed; nothing was changed.")
    page.goto(f"{live_server.url}/monitor/portfolios/NET/ledger/")
    choose(page, LATE, "late.csv")
    page.wait_for_selector("text=March 2026 is closed for Replace the pumps.")
    assert not page.locator("button:has-text('Book ')").count()
    assert ClosedPeriod.objects.count() == 1
