"""Score models and scores: who may write them, what is refused, and what is kept."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from mainstay.core.errors import Forbidden, Missing, Stale
from mainstay.core.models import Event
from mainstay.core.system import MAINSTAY
from mainstay.evaluation.models import Criterion, Score, ScoreModel
from mainstay.evaluation.operations.models import create_model, edit_model
from mainstay.evaluation.operations.scores import score_projects
from mainstay.evaluation.queries import ranking
from mainstay.portfolio.operations.projects import edit_project, propose_project
from mainstay.portfolio.operations.setup import create_field
from tests.evaluation.conftest import BENEFIT, RISK


def totals():
    return dict(Score.objects.values_list("project__code", "total"))


def test_only_those_with_the_right_write_a_score_model(world):
    terms = {"name": "Worth", "criteria": [BENEFIT, RISK]}
    for person, refusal in ((world.sponsor, Forbidden), (world.controller, Forbidden), (world.stranger, Missing)):
        with pytest.raises(refusal):
            create_model(world.networks, actor=person, **terms)
    assert not ScoreModel.objects.exists()
    assert create_model(world.networks, actor=world.portfolio_manager, **terms).edition == 1


@pytest.mark.parametrize(
    ("criteria", "told"),
    [
        ([], "A score model has 1 to 30 criteria."),
        ([BENEFIT], "The weights add up to 60%; make them 100%."),
        ([BENEFIT, replace(RISK, label="Benefit")], "The criterion Benefit stands there twice."),
        ([BENEFIT, replace(RISK, source="custom.luck")], "Risk is judged by a field that does not exist."),
        ([BENEFIT, replace(RISK, best=RISK.worst)], "The best value differs from the worst one."),
        (
            [replace(BENEFIT, weight=Decimal(100)), replace(RISK, weight=Decimal(0))],
            "A weight is at least 0.01; only a gate may weigh nothing.",
        ),
    ],
)
def test_a_model_that_makes_no_sense_is_refused(world, criteria, told):
    with pytest.raises(ValidationError, match=told):
        create_model(world.networks, actor=world.portfolio_manager, name="Worth", criteria=criteria)
    assert not ScoreModel.objects.exists()
    assert not Criterion.objects.exists()


def test_scores_are_the_weighted_points_between_the_anchors(world, model):
    assert score_projects(model, actor=world.portfolio_manager) == 2
    assert totals() == {"PUMPS": 0.6 * 50 + 0.4 * 70, "METERS": 0.6 * 37.5 + 0.4 * 40}
    parts = Score.objects.get(project=world.pumps).parts
    assert parts == [
        {"label": "Benefit", "weight": 0.6, "value": 2000000.0, "points": 50.0, "adds": 30.0},
        {"label": "Risk", "weight": 0.4, "value": 30.0, "points": 70.0, "adds": 28.0},
    ]


def test_a_missing_value_is_left_out_and_never_zero(world, model):
    edit_project(world.meters, actor=MAINSTAY, benefit=None)
    propose_project(world.networks, actor=MAINSTAY, code="BLANK", name="Nothing known")
    score_projects(model, actor=world.portfolio_manager)
    assert totals() == {"PUMPS": 58.0, "METERS": 40.0, "BLANK": None}
    meters = Score.objects.get(project=world.meters)
    assert meters.rated_share == 0.4
    assert meters.parts[0] == {"label": "Benefit", "weight": 0.6, "value": None, "points": None, "adds": None}


def test_money_in_another_currency_is_not_mixed_in(world, model):
    edit_project(world.pumps, actor=MAINSTAY, currency="EUR")
    score_projects(model, actor=world.portfolio_manager)
    assert Score.objects.get(project=world.pumps).total == 70.0


def test_another_project_changes_no_score(world, model):
    score_projects(model, actor=world.portfolio_manager)
    before = totals()
    propose_project(
        world.networks, actor=MAINSTAY, code="HUGE", name="Huge", benefit=Decimal(10**12), cost=Decimal(1), risk=0
    )
    assert score_projects(model, actor=world.portfolio_manager) == 1
    assert totals() == before | {"HUGE": 100.0}


def test_scoring_again_changes_nothing(world, model):
    score_projects(model, actor=world.portfolio_manager)
    events = Event.objects.count()
    assert score_projects(model, actor=world.portfolio_manager) == 0
    assert Event.objects.count() == events


def test_scores_are_outdated_when_the_project_or_the_model_changes(world, model):
    score_projects(model, actor=world.portfolio_manager)
    edit_project(world.pumps, actor=MAINSTAY, name="Replace all pumps")
    edit_project(world.meters, actor=MAINSTAY, risk=10)
    assert [(one.project.code, one.is_outdated) for one in ranking(world.portfolio_manager, model)] == [
        ("PUMPS", False),
        ("METERS", True),
    ]
    criteria = [replace(BENEFIT, weight=Decimal(50)), replace(RISK, weight=Decimal(50))]
    model = edit_model(model, actor=world.portfolio_manager, criteria=criteria)
    assert model.edition == 2
    assert all(one.is_outdated for one in ranking(world.portfolio_manager, model))


def test_a_model_keeps_its_edition_when_only_its_name_changes(world, model):
    model = edit_model(model, actor=world.portfolio_manager, name="Value", criteria=[BENEFIT, RISK])
    assert (model.name, model.edition) == ("Value", 1)


def test_criteria_are_replaced_and_their_past_is_kept(world, model):
    create_field(None, actor=MAINSTAY, key="votes", label="Votes", kind="number")
    votes = replace(RISK, label="Votes", source="custom.votes", worst=Decimal(0), best=Decimal(1000))
    edit_model(model, actor=world.portfolio_manager, criteria=[votes, BENEFIT])
    assert list(model.criteria.values_list("label", flat=True)) == ["Votes", "Benefit"]
    assert Criterion.Version.objects.filter(label="Risk").count() == 1


def test_an_edit_of_an_old_version_is_refused(world, model):
    edit_model(model, actor=world.portfolio_manager, name="Value")
    with pytest.raises(Stale):
        edit_model(model, actor=world.portfolio_manager, expected_version=1, criteria=[replace(BENEFIT, weight=100)])
    assert model.criteria.count() == 2


def test_only_those_with_the_right_score(world, model):
    with pytest.raises(Forbidden):
        score_projects(model, actor=world.sponsor)
    assert not Score.objects.exists()


def test_scores_are_seen_with_figures_and_in_ones_scope_only(world, model):
    score_projects(model, actor=world.portfolio_manager)
    seen = {
        person.username: sorted(Score.objects.visible_to(person).values_list("project__code", flat=True))
        for person in (world.sponsor, world.project_manager, world.controller, world.stranger)
    }
    assert seen == {"grace": ["METERS", "PUMPS"], "jonas": ["PUMPS"], "mei": ["METERS", "PUMPS"], "tom": []}


def test_confidential_projects_are_not_judged_with_the_others(world):
    model = create_model(world.top, actor=MAINSTAY, name="All", criteria=[BENEFIT, RISK])
    score_projects(model, actor=world.director)
    assert sorted(totals()) == ["DEPOT", "METERS", "PUMPS"]
