"""Weights that people might as well have set otherwise: drawn around the group's where a score is to be most."""

from decimal import Decimal

import pytest

from mainstay.authorisation.operations.selections import prepare_selection
from mainstay.authorisation.result import result_of
from mainstay.authorisation.solving import solve_now
from mainstay.authorisation.studies import studying
from mainstay.authorisation.studies.terms import RobustnessTerms
from mainstay.authorisation.studies.weighting import weights_of
from mainstay.evaluation.operations.models import Wanted, create_model
from mainstay.evaluation.operations.scores import score_projects
from mainstay.portfolio.operations.tree import create_portfolio
from tests.authorisation.conftest import candidate

CERTAIN = {"cost_low": 0.0, "cost_high": 0.0, "value_low": 0.0, "value_high": 0.0}


@pytest.fixture
def scored(golden):
    """Two candidates, one rich and risky, one poor and safe; the budget takes one, and the safe one scores 50."""
    portfolio = create_portfolio(golden.portfolio, actor=golden.manager, name="Two", code="TWO")
    candidate(portfolio, "RICH", 36, 100, risk=100)
    candidate(portfolio, "SAFE", 0, 100, risk=0)
    half = Decimal(50)
    criteria = [
        Wanted("Benefit", "benefit", Decimal(0), Decimal(40), half),
        Wanted("Risk", "risk", Decimal(100), Decimal(0), half),
    ]
    model = create_model(portfolio, actor=golden.manager, name="Worth", criteria=criteria)
    score_projects(model, actor=golden.manager)
    selection = prepare_selection(
        portfolio, actor=golden.manager, name="Which", maximise=f"score.{model.pk}", budget=Decimal(100)
    )
    return solve_now(selection, actor=golden.manager, seconds=10)


def places(study):
    return {each["candidate"]: each["place"] for each in study.result["indexes"]}


def study_of(selection, golden, weights):
    terms = RobustnessTerms(**CERTAIN, samples=40, weights=weights)
    return studying.check(selection, terms, golden.manager, studying.done_here)


def test_the_weights_and_what_each_candidate_gets_from_them_are_read_from_the_scores(scored):
    assert weights_of(result_of(scored), 50) == {
        "group": {"Benefit": 0.5, "Risk": 0.5},
        "concentration": 3.0,
        "parts": {"RICH": {"Benefit": 45.0}, "SAFE": {"Risk": 50.0}},
    }
    assert weights_of(result_of(scored), 0) is None


def test_a_choice_that_hangs_on_the_weights_is_borderline(scored, golden):
    assert places(study_of(scored, golden, 0)) == {"SAFE": "core", "RICH": "exterior"}
    study = study_of(scored, golden, 50)
    assert places(study) == {"SAFE": "borderline", "RICH": "borderline"}
    assert study.inputs["weights"]["concentration"] == 3.0


def test_weights_are_asked_for_only_where_a_score_is_to_be_most(scored, golden, client):
    client.force_login(golden.manager)
    asked = "Weights of the criteria may differ by"
    assert asked in client.get(f"/authorise/selections/{scored.pk}/robustness/").content.decode()
    other = golden.solved()
    assert asked not in client.get(f"/authorise/selections/{other.pk}/robustness/").content.decode()
    assert weights_of(result_of(other), 50) is None
