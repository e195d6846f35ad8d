"""Choosing a portfolio in the browser: from the question to the decision, by anybody, on any screen."""

from decimal import Decimal

import pytest
from axe_playwright_python.sync_playwright import Axe

from mainstay.authorisation.models import Decision
from mainstay.authorisation.operations.adoption import adopt_selection
from mainstay.authorisation.solving import solve_now
from mainstay.core.system import MAINSTAY
from mainstay.evaluation.operations.models import Wanted, create_model
from mainstay.evaluation.operations.scores import score_projects
from mainstay.portfolio.operations.setup import create_field
from tests.authorisation.conftest import build_golden, candidate
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
SCREENS = {"wide": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}


@pytest.fixture
def golden(world):
    """The golden portfolio, whose best choice is known."""
    return build_golden(world)


@pytest.fixture
def manager(page, live_server, golden):
    """A page of the portfolio manager, and what the browser complains of."""
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    sign_in(page.context, live_server, golden.manager)
    page.set_viewport_size(SCREENS["wide"])
    return page, said


def test_a_newcomer_goes_from_the_question_to_the_decision(manager, live_server, golden):
    page, _ = manager
    page.goto(f"{live_server.url}/authorise/selections/new/?portfolio=GOLD")
    page.fill("[name=name]", "Budget 2027")
    page.select_option("[name=maximise]", label="benefit")
    page.fill("[name=budget]", "320")
    page.press("[name=budget]", "Tab")
    page.wait_for_selector("#pool >> text=5 candidates")
    page.click("text=Save the selection")
    page.click("text=Find the best choice")
    assert page.inner_text(".finding") == "4 of 5 candidates fit into GBP 320; they bring GBP 92 of benefit."
    page.wait_for_selector("m-chart[drawn] svg")
    page.click("text=Adopt this plan")
    page.click("button:has-text('Authorise 4 projects')")
    page.wait_for_url("**/authorise/decisions/**")
    assert page.inner_text("h1") == "Budget 2027"
    assert page.inner_text(".finding") == Decision.objects.get().statement


def test_the_solver_is_asked_about_one_candidate_in_place(manager, live_server, golden):
    page, _ = manager
    selection = solve_now(golden.prepare(), actor=golden.manager, seconds=5)
    page.goto(f"{live_server.url}/authorise/selections/{selection.pk}/")
    page.click("#out .why a")
    page.wait_for_selector("#out .why:has-text('Including it would cost GBP 9 of benefit')")
    assert page.url.endswith(f"/authorise/selections/{selection.pk}/")


@pytest.mark.parametrize(("screen", "colours"), [("phone", "dark")])
def test_everybody_can_use_every_page(manager, live_server, golden, screen, colours):
    page, said = manager
    page.set_viewport_size(SCREENS[screen])
    page.emulate_media(color_scheme=colours)
    for path in _pages(golden):
        page.goto(live_server.url + path)
        found = Axe().run(page).response["violations"]
        grave = [
            (each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in {"serious", "critical"}
        ]
        assert (path, grave) == (path, [])
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    # The live stream lives outside Django, so the test server has none; anything else would be a broken promise.
    assert [line for line in said if "404" not in line] == []


def _pages(golden):
    """Every page of the way, with something to show on each."""
    create_field(None, actor=MAINSTAY, key="chosen", label="Chosen", kind="yes_no")
    candidate(golden.portfolio, "F", 40, 60, custom={"chosen": True})
    candidate(golden.portfolio, "G", 20, 20, currency="EUR")
    half = Decimal(50)
    criteria = [
        Wanted("Benefit", "benefit", Decimal(0), Decimal(40), half, "Nothing", "Forty"),
        Wanted("Risk", "risk", Decimal(100), Decimal(0), half),
    ]
    model = create_model(golden.portfolio, actor=golden.manager, name="Worth", criteria=criteria)
    score_projects(model, actor=golden.manager)
    rules = {"dependencies": True, "forced": [{"code": "E", "way": "in", "reason": "Law"}]}
    adopted, solved = golden.solved(name="Adopted"), golden.solved(name="Open", present="custom.chosen", rules=rules)
    decision = adopt_selection(adopted, actor=golden.manager)
    again = golden.prepare(name="Draft")
    return [
        "/authorise/selections/",
        "/authorise/selections/new/?portfolio=GOLD",
        f"/authorise/selections/{again.pk}/",
        f"/authorise/selections/{solved.pk}/",
        f"/authorise/selections/{solved.pk}/edit/",
        f"/authorise/selections/{solved.pk}/candidates/D/",
        f"/authorise/selections/{solved.pk}/adoption/",
        "/authorise/decisions/",
        f"/authorise/decisions/{decision.pk}/",
        "/authorise/projects/D/",
        "/evaluate/",
        f"/evaluate/models/{model.pk}/",
        f"/evaluate/models/{model.pk}/edit/",
        "/evaluate/projects/D/",
    ]


def test_a_budget_of_nothing_and_a_project_that_must_be_in_are_told_in_one_sentence(manager, live_server, golden):
    page, _ = manager
    rules = {"dependencies": True, "forced": [{"code": "A", "way": "in", "reason": "Required by law."}]}
    selection = golden.prepare(budget=Decimal(0), rules=rules)
    page.goto(f"{live_server.url}/authorise/selections/{selection.pk}/")
    page.click("text=Find the best choice")
    page.wait_for_selector("[role=alert]")
    assert page.inner_text(".finding") == "No choice of candidates keeps every limit and rule."
    assert page.inner_text("[role=alert]") == (
        "“Project A” (required by law) has to be in and needs GBP 100, more than the budget of GBP 0."
    )
    page.click("a.btn-primary:has-text('Change')")
    page.fill("[name=budget]", "100")
    page.click("text=Save the selection")
    page.click("text=Find the best choice")
    page.wait_for_selector("#in")
    assert page.inner_text(".finding") == "1 of 5 candidates fits into GBP 100; it brings GBP 30 of benefit."
