"""Money in the browser: committed, let through a gate, released by another hand, returned and carried over."""

import pytest

from mainstay.authorisation.funding.balance import balance_of
from mainstay.authorisation.models import GateReview, Tranche
from mainstay.portfolio.models import Project
from mainstay.value.models import Envelope
from tests.authorisation.funding.conftest import build_money
from tests.authorisation.gates.conftest import build_gated

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def money(world):
    """The fund of Networks, and the pumps authorised before their gate."""
    build_gated(world)
    return build_money(world)


def commit(page):
    """Finance commits 600 and divides it."""
    page.click("text=Commit money")
    page.select_option("[name=envelope]", label="Growth fund 2027: GBP 900.00 left")
    page.fill("[name=amount]", "600")
    page.click("button:has-text('Commit the money')")
    page.wait_for_selector("text=Tranches not released yet")
    page.fill("[name=form-0-amount]", "200")
    page.fill("[name=form-1-amount]", "400")
    page.select_option("[name=form-1-gate]", label="Active")
    page.click("text=Save the tranches")
    page.wait_for_selector("text=has not entered Active yet")


def answer(page):
    """The project manager opens the gate and answers what it asks."""
    page.click("button:has-text('Open the gate')")
    page.wait_for_selector("h1:has-text('Ready to build')")
    for select in page.query_selector_all("select[name^=answer-]"):
        select.select_option("yes")
    page.fill("textarea[name^=links-]", "Contract | https://files.example/contract")
    page.click("text=Save the answers")
    page.wait_for_selector("text=Everything it asks for is there")


def decide(page):
    """The portfolio manager says go."""
    page.click("main >> text=Replace the pumps")
    page.check("[name=verdict][value=go]")
    page.fill("[name=reason]", "All there")
    page.click("text=Put the verdict on record")
    page.wait_for_selector(".finding:has-text('Go, decided on')")
    assert GateReview.objects.get().verdict == "go"


def give_back(page, money):
    """Finance takes 100 back and carries 300 over."""
    page.fill("[name=amount]", "100")
    page.fill("form[action$='/return/'] [name=reason] >> nth=-1", "Cheaper than planned")
    page.click("text=Return the money")
    page.wait_for_selector("text=The money went back")
    page.goto(page.url.split("/authorise/")[0] + "/authorise/funds/growth/carry-over/")
    page.select_option("[name=origin]", str(money.first.pk))
    page.select_option("[name=target]", str(money.second.pk))
    page.fill("[name=amount]", "300")
    page.fill("[name=reason]", "Year end 2027")
    page.click("text=Carry it over")
    page.wait_for_selector("h1:has-text('Growth fund')")


def test_money_goes_from_the_fund_through_the_gate_to_the_project_and_back(money, opened):
    people = money.world
    commit(opened(people.controller, "/authorise/projects/PUMPS/funding/"))
    answer(opened(people.project_manager, "/authorise/projects/PUMPS/gates/"))
    decide(opened(people.portfolio_manager, "/authorise/gates/"))
    page = opened(people.project_manager, "/projects/PUMPS/")
    page.click("button:has-text('Start')")
    page.wait_for_selector("text=Active")
    assert Project.objects.get(code="PUMPS").stage.key == "active"
    page = opened(people.portfolio_manager, "/authorise/tranches/")
    page.click("button:has-text('Release') >> nth=0")
    page.wait_for_selector("text=was released")
    assert sorted(Tranche.objects.values_list("state", flat=True)) == ["held", "released"]
    give_back(opened(people.controller, f"/authorise/commitments/{Tranche.objects.first().commitment_id}/"), money)
    left = [balance_of(row).available for row in Envelope.objects.order_by("year__start_date")]
    assert left == [100, 800]


def test_more_than_the_fund_holds_stays_in_the_form_with_what_is_left(money, opened):
    page = opened(money.world.controller, "/authorise/projects/PUMPS/funding/new/")
    page.select_option("[name=envelope]", str(money.first.pk))
    page.fill("[name=amount]", "901")
    page.click("button:has-text('Commit the money')")
    page.wait_for_selector("text=Growth fund 2027 has GBP 900.00 left, not GBP 901.00; nothing was committed.")
    assert page.input_value("[name=amount]") == "901"
    assert balance_of(money.first).available == 900
