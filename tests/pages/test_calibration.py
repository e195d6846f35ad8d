"""Calibration in the browser: the office offers, an author switches on and off, and the best choice follows."""

from decimal import Decimal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from mainstay.authorisation.operations.selections import prepare_selection
from mainstay.core.system import MAINSTAY
from mainstay.evaluation.models import Correction
from mainstay.evaluation.operations.discount import set_discount
from mainstay.identification.operations.cases import open_case
from tests.identification.cases import enter
from tests.review.calibration.finishing import NINE, finish
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def told(world):
    """Nine finished projects, the case of the pumps, and a selection in which either pumps or meters fit."""
    finish(world, NINE)
    set_discount(None, actor=MAINSTAY, from_date="2020-01-01", rate=Decimal(6))
    case = open_case(world.pumps, actor=MAINSTAY)
    enter(case, "costs", 1_200_000, name="Pumps")
    enter(case, "benefits", 0, 1_000_000, 1_000_000, name="Energy", kind="cashable")
    terms = {"name": "Next year", "maximise": "benefit", "budget": Decimal(1_200_000), "currency": "GBP"}
    stages = [world.pumps.stage.key]
    return case, prepare_selection(world.networks, actor=MAINSTAY, **terms, stages=stages)


@pytest.fixture
def opened(page, live_server):
    """Opens a page as somebody."""

    def open_as(person, path):
        page.context.clear_cookies()
        sign_in(page.context, live_server, person)
        page.goto(live_server.url + path)
        return page

    return open_as


def chosen(page):
    """How many of the selection's candidates count corrected, and who moves, as the page of calibration says."""
    moved = page.locator("#moved tbody tr").all_inner_texts()
    return page.inner_text("#effect p"), [" ".join(row.split()) for row in moved]


def test_an_offer_is_switched_on_changes_figures_and_choice_and_is_switched_off_again(world, told, opened):
    case, selection = told
    effect = f"{reverse('calibration')}?portfolio=NET&selection={selection.pk}"
    page = opened(world.director, reverse("calibration") + "?portfolio=NET")
    assert "Resilience comes to 1.15 times the estimated cost (9 projects)" in page.inner_text(".finding")
    page.wait_for_selector("m-chart[drawn] svg")
    assert Axe().run(page).response["violations"] == []
    page.click("text=Offer to new cases")
    page.wait_for_selector("#classes td:has-text('Offered')")
    page.goto(page.url.split("/calibration")[0] + effect)
    assert "leave the best choice as it is" in chosen(page)[0]

    page = opened(world.project_manager, reverse("case_appraisal", args=[case.pk]))
    assert page.locator("#corrected").count() == 0
    page.click("text=Switch on")
    page.wait_for_selector("#corrected")
    factor = Correction.objects.get().factor
    cost = page.locator("#corrected tr:has-text('Cost')").inner_text().split()
    assert f"{1_200_000 * factor:,.0f}" in cost
    assert "1,200,000" in cost
    assert Axe().run(page).response["violations"] == []

    page = opened(world.director, effect)
    finding, moved = chosen(page)
    assert "take 1 out of the best choice and bring 1 in" in finding
    assert [row.split()[-3:] for row in moved] == [["Out", "In", "In"], ["In", "Out", "Out"]]
    page.click("#effect a:has-text('the selection')")
    page.wait_for_selector("text=1 candidate counts with corrected figures")

    page = opened(world.project_manager, reverse("case_appraisal", args=[case.pk]))
    page.click("text=Switch off")
    page.wait_for_selector("text=Switch on")
    assert page.locator("#corrected").count() == 0
    page = opened(world.director, effect)
    assert "leave the best choice as it is" in chosen(page)[0]
