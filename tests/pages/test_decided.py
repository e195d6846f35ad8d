"""After the decision: the sponsor reads why (J7), the auditor replays it (J14)."""

from datetime import date
from decimal import Decimal

import pytest
from axe_playwright_python.sync_playwright import Axe

from mainstay.authorisation.models import Decision
from mainstay.authorisation.operations.adoption import adopt_selection
from mainstay.core.models import Event
from mainstay.core.operations.grants import give_grant
from mainstay.core.operations.people import create_person
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.governance.operations.cycles import create_cycle
from mainstay.portfolio.operations.parts import add_member
from mainstay.portfolio.operations.projects import edit_project
from tests.authorisation.conftest import build_golden
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def golden(world):
    """The golden portfolio, decided: A, B, C and E are authorised, D is rejected."""
    golden = build_golden(world)
    sponsor = create_person(None, actor=MAINSTAY, username="sana", name="Sana Sponsor")
    give_grant(sponsor, actor=MAINSTAY, role=Role.SPONSOR, path=golden.portfolio.path)
    add_member(golden.project("D"), actor=MAINSTAY, person=sponsor, role=Role.SPONSOR)
    auditor = create_person(None, actor=MAINSTAY, username="otto", name="Otto Auditor")
    give_grant(auditor, actor=MAINSTAY, role=Role.AUDITOR, reason="Yearly audit")
    dates = {"start_date": date(2028, 1, 1), "end_date": date(2028, 12, 31), "intake_until": date(2027, 9, 30)}
    create_cycle(golden.portfolio, actor=MAINSTAY, name="2028", **dates)
    adopt_selection(golden.solved(), actor=golden.member, reject_others=True)
    golden.sponsor, golden.auditor = sponsor, auditor
    return golden


def clean(page):
    """Axe finds nothing on the page as it stands."""
    found = Axe().run(page).response["violations"]
    assert not found, found


def test_a_sponsor_reads_why_a_project_was_rejected_and_what_would_change_it(page, live_server, golden):
    sign_in(page.context, live_server, golden.sponsor)
    page.goto(f"{live_server.url}/")
    page.goto(f"{live_server.url}/authorise/projects/D/")
    told = page.inner_text("#decisions")
    assert "Including it would cost GBP 9 of benefit: “Project C” would have to leave." in told
    assert "It comes in with GBP 10 more budget; then “Project E” leaves." in told
    assert "The next chance is the planning cycle “2028”, which takes proposals until" in told
    clean(page)


def test_an_auditor_replays_a_decision_and_takes_the_whole_record(page, live_server, golden):
    decision = Decision.objects.get()
    edit_project(golden.project("A"), actor=golden.manager, benefit=Decimal(31))
    before = Event.objects.count()
    sign_in(page.context, live_server, golden.auditor)
    page.goto(f"{live_server.url}/authorise/decisions/")
    page.click("text=Budget")
    page.wait_for_selector("h1:has-text('Budget')")
    clean(page)
    assert page.locator("text=Take it back").count() == 0
    with page.expect_download() as download:
        page.click("text=The full record (JSON)")
    assert decision.record.sha256 in download.value.path().read_text()
    page.click("text=Replay it")
    page.wait_for_selector("h1:has-text('Replay of Budget')")
    assert page.inner_text(".finding") == "Solved anew, the stored problem gives the same answer: nothing differs."
    assert page.inner_text("section[aria-labelledby=later] li >> nth=0") == "A"
    clean(page)
    page.goto(f"{live_server.url}/authorise/decisions/log/")
    assert page.inner_text(".finding") == "Every record is as it was written, and the chain is whole."
    clean(page)
    assert Event.objects.count() == before
