"""Which criteria foretold what finished work returns, and the weights that fit it."""

from decimal import Decimal
from types import SimpleNamespace

import numpy as np
import pytest

from mainstay.cockpit.learning.criteria import criteria_of
from mainstay.core.system import MAINSTAY
from mainstay.evaluation.operations.models import Wanted, create_model
from mainstay.evaluation.operations.scores import score_projects
from mainstay.portfolio.dashboard import Sight, parts_for
from mainstay.portfolio.operations.projects import propose_project
from mainstay.portfolio.queries import ProjectFilter, Reading
from tests.cockpit.test_value import bring_back, spend

RISKS = (50, 10, 40, 20, 60, 30)
BENEFIT = Wanted("Benefit", "benefit", Decimal(0), Decimal(4_000_000), Decimal(60))
RISK = Wanted("Risk", "risk", Decimal(100), Decimal(0), Decimal(40))


def scored(model, **points):
    weight = 1 / len(points)
    return SimpleNamespace(
        model_id=model,
        parts=[{"label": label, "points": given, "weight": weight} for label, given in points.items()],
    )


def texts(table):
    return [[cell.text for cell in row] for row in table.rows]


@pytest.fixture
def done(world, bring):
    """Six finished projects: the higher the benefit they promised, the more they return; risk says nothing."""
    made = [
        propose_project(
            world.networks, actor=MAINSTAY, code=f"DONE{at}", name=f"Done {at}", risk=risk,
            cost=Decimal(100), benefit=Decimal(500_000 * at),
        )
        for at, risk in enumerate(RISKS, 1)
    ]  # fmt: skip
    model = create_model(world.networks, actor=world.portfolio_manager, name="Worth", criteria=[BENEFIT, RISK])
    score_projects(model, actor=world.director)
    spend(world, **{project.code: 100 for project in made})
    for at, project in enumerate(made, 1):
        bring(project, "closed")
        bring_back(project, (100 + 10 * at) * 4, 100 + 10 * at)
    return world


@pytest.mark.django_db
def test_each_criterion_of_the_score_at_choice_is_held_against_returns(done):
    told = parts_for(done.director)["score_predicts"].fill(Sight(ProjectFilter.read({}, Reading(done.director))))
    assert [one.amount for one in told.indicators][1] == 6
    assert told.sentence.startswith(
        "6 projects with every criterion are too few to suggest weights. Only chosen work"
    )
    by_score, by_criterion = told.tables
    assert len(by_score.rows) == 6
    found = texts(by_criterion)
    assert [(row[0], *row[1:3], *row[4:]) for row in found] == [
        ("Benefit", "6", "1.00", "60%", "100%", "–"),
        ("Risk", "6", "-0.09", "40%", "0%", "–"),
    ]
    assert found[0][3] == "1.00 to 1.00"


def test_weights_are_suggested_where_they_order_other_work_better():
    chance = np.random.default_rng(3)
    useful, useless = chance.uniform(0, 100, (2, 40))
    scores = [scored(1, Useful=float(one), Useless=float(other)) for one, other in zip(useful, useless, strict=True)]
    said, (table,) = criteria_of(scores, useful / 50, seed=1)
    first, second = texts(table)
    assert said.startswith("Weights fitted to the other projects put work in the order of its returns with ")
    assert first[:2] == ["Useful", "40"]
    assert first[4] == second[4] == "50%"
    assert int(first[5].rstrip("%")) >= 95
    assert " to " in first[6]


def test_only_the_model_most_of_the_work_was_scored_by_is_asked():
    scores = [scored(1, A=float(at), B=1.0) for at in range(6)] + [scored(2, C=5.0)]
    said, (table,) = criteria_of(scores, np.arange(7.0), seed=1)
    assert [row[0] for row in texts(table)] == ["A", "B"]
    assert said == "6 projects with every criterion are too few to suggest weights."


def test_without_scores_nothing_is_said():
    assert criteria_of([], np.array([]), seed=1) == ("", ())
    assert criteria_of([SimpleNamespace(model_id=1, parts=[])], np.array([1.0]), seed=1) == ("", ())
