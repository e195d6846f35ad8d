"""After the work, in the browser: benefits are read and verified, work is reviewed, and the next learns of it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone

from mainstay.authorisation.operations.selections import prepare_selection
from mainstay.core.surrounding import acting
from mainstay.core.system import MAINSTAY
from mainstay.engine.basics.periods import month_after
from mainstay.evaluation.operations.discount import set_discount
from mainstay.identification.operations.cases import open_case
from mainstay.portfolio.operations.projects import propose_project
from mainstay.review.models import PostReview
from mainstay.review.operations import set_closing_rule
from mainstay.value.operations import add_benefit
from tests.identification.cases import enter
from tests.identification.conftest import Intake
from tests.monitoring.going import let_run
from tests.review.calibration.finishing import NINE, finish
from tests.review.test_closing import advance, closed

pytestmark = pytest.mark.django_db(transaction=True)
CLOSED_DAYS = 200
FIRST = month_after(timezone.localdate(), -4)


@pytest.fixture
def over(world: Any) -> Any:
    """The pumps, closed more than six months ago; 60 % of what is saved is due to them, and Grace answers for it."""
    with acting(at=timezone.now() - timedelta(days=CLOSED_DAYS)):
        set_closing_rule(world.networks, actor=MAINSTAY, asks=True, months=6)
        running = let_run(world.pumps, manager=world.project_manager, owner=world.sponsor)
        project = closed(advance(running, "closing"))
    return add_benefit(
        project, actor=MAINSTAY, owner=world.sponsor, name="Less power", target=Decimal(12_000),
        measure="Energy bill", first_month=FIRST, attribution=Decimal("0.6"),
    )  # fmt: skip


@pytest.fixture
def chosen_from(world: Any) -> Any:
    """New mains of the class that always cost more, and a selection in which either they or the meters fit."""
    finish(world, NINE)
    set_discount(None, actor=MAINSTAY, from_date="2020-01-01", rate=Decimal(6))
    mains = propose_project(
        world.networks, actor=MAINSTAY, code="MAINS", name="Renew the mains", theme="Resilience",
        cost=Decimal(1_200_000), benefit=Decimal(2_000_000),
    )  # fmt: skip
    case = open_case(mains, actor=MAINSTAY)
    enter(case, "costs", 1_200_000, name="Mains")
    enter(case, "benefits", 0, 1_000_000, 1_000_000, name="Water", kind="cashable")
    terms = {"name": "Next year", "maximise": "benefit", "budget": Decimal(1_200_000), "currency": "GBP"}
    return case, prepare_selection(world.networks, actor=MAINSTAY, **terms, stages=[mains.stage.key])


def test_benefits_are_read_verified_and_reviewed_and_the_next_work_learns_of_it(
    world: Any, over: Any, chosen_from: Any, opened: Any
) -> None:
    _reads_what_came(opened(world.sponsor, f"/value/benefits/{over.pk}/"))
    _verifies(opened(world.controller, f"/value/benefits/{over.pk}/"))
    _reviews(world, opened)
    _teaches(world, opened)
    _learns(world, opened)
    _calibrates(world, opened, *chosen_from)


def _reads_what_came(page: Any) -> None:
    """The owner records a month: nothing without evidence, and only their share of it counts."""
    assert "60%" in page.inner_text("dl")
    page.fill("[name=month]", f"{FIRST:%Y-%m}")
    page.fill("[name=amount]", "1500")
    page.click("button:has-text('Record')")
    page.locator("text=This field is required").first.wait_for()
    page.fill("[name=evidence]", "Energy bill against the year before")
    page.click("button:has-text('Record')")
    page.locator(".finding", has_text="90% of what was planned for the months read came").wait_for()
    assert page.locator("text=Verify what is ticked").count() == 0
    assert Axe().run(page).response["violations"] == []


def _verifies(page: Any) -> None:
    """Finance confirms what the owner recorded."""
    page.check("[name=month]")
    page.click("text=Verify what is ticked")
    page.locator("td[data-label=Verified]", has_text="Verified").wait_for()


def _reviews(world: Any, opened: Any) -> None:
    """The review is due; its lead compares and writes, and somebody else signs."""
    page = opened(world.portfolio_manager, "/reviews/")
    page.click(f"tbody a:has-text('{world.pumps.name}')")
    review = PostReview.objects.get()
    page.goto(page.url.split("/reviews")[0] + f"/review/projects/{world.pumps.code}/")
    assert "GBP 900" in page.inner_text("main")
    page.click("main a:has-text('Start')")
    page.click("button:has-text('Start the review')")
    page.wait_for_url(f"**/reviews/{review.pk}/")
    page = opened(world.sponsor, f"/reviews/{review.pk}/")
    page.fill("[name=findings]", "It pays, if the pumps run at night.")
    page.select_option("[name=worth]", "yes")
    page.click("text=Save the review")
    page.locator("text=The review was saved").first.wait_for()
    assert page.locator("button:has-text('Sign the review')").count() == 0
    page = opened(world.portfolio_manager, f"/reviews/{review.pk}/")
    page.click("button:has-text('Sign the review')")
    page.locator("text=signed").first.wait_for()
    facts = PostReview.objects.get().facts["benefit"]
    assert (facts["planned"], facts["actual"]) == ("4000.00", "900.00")


def _teaches(world: Any, opened: Any) -> None:
    """The manager of the work writes a lesson, the portfolio manager publishes it."""
    page = opened(world.project_manager, f"/review/projects/{world.pumps.code}/lessons/new/")
    page.fill("[name=title]", "Pumps at night need a quiet drive")
    page.fill("[name=recommendation]", "Ask the neighbours before the drive is ordered.")
    page.click("text=Save the lesson")
    page.wait_for_url("**/lessons/*/")
    page = opened(world.portfolio_manager, urlsplit(page.url).path)
    page.click("button:has-text('Publish')")
    page.locator("text=offered").first.wait_for()


def _learns(world: Any, opened: Any) -> None:
    """Somebody who asks for something like it is shown the lesson while they type."""
    intake = Intake(world)
    page = opened(intake.rosa, "/")
    page.click("text=New request")
    page.click("text=Begin the request")
    page.fill("[name=title]", "Quiet pumps at night for the harbour")
    page.locator("#alike", has_text="Ask the neighbours before the drive is ordered").wait_for()


def _calibrates(world: Any, opened: Any, case: Any, selection: Any) -> None:
    """The office offers the correction of the class; switched on, other work is the best choice; off, as before."""
    effect = f"{reverse('calibration')}?portfolio=NET&selection={selection.pk}"
    page = opened(world.director, f"{reverse('calibration')}?portfolio=NET")
    page.click("text=Offer to new cases")
    page.wait_for_selector("#classes td:has-text('Offered')")
    appraisal = reverse("case_appraisal", args=[case.pk])
    page = opened(world.portfolio_manager, appraisal)
    page.click("text=Switch on")
    page.wait_for_selector("#corrected")
    page = opened(world.director, effect)
    assert "take 1 out of the best choice and bring 1 in" in page.inner_text("#effect p")
    page = opened(world.portfolio_manager, appraisal)
    page.click("text=Switch off")
    page.wait_for_selector("text=Switch on")
    page = opened(world.director, effect)
    assert "leave the best choice as it is" in page.inner_text("#effect p")
