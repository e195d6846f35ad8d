"""Score models with judged criteria, gates, projects that must be done, and published editions."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from mainstay.core.errors import Forbidden, Impossible
from mainstay.core.models import Event
from mainstay.core.system import MAINSTAY
from mainstay.evaluation.models import Bypass, Criterion, Score, ScoreModel
from mainstay.evaluation.operations.criteria import judged
from mainstay.evaluation.operations.models import (
    create_model,
    edit_model,
    grant_bypass,
    lift_bypass,
    publish_model,
)
from mainstay.evaluation.operations.scores import score_projects
from mainstay.evaluation.queries import editions_of, ranking, recomputed, scores_of
from mainstay.portfolio.operations.projects import edit_project
from tests.evaluation.conftest import BENEFIT, RISK
from tests.evaluation.judging import FIT, LEVELS

LEVELLED = judged("Fit", Decimal(60), LEVELS)


@pytest.mark.parametrize(
    ("levels", "told"),
    [
        (LEVELS[:1], "Fit needs 2 to 11 levels to choose from."),
        ((*LEVELS, (101, "More than all")), "Fit has a level outside 0 to 100 points."),
        (tuple(reversed(LEVELS)), "Fit has levels that do not rise; begin with the one that earns least."),
        (((0, "None"), (100, " ")), "Fit has a level without words."),
    ],
)
def test_levels_that_make_no_sense_are_refused(world, levels, told):
    wanted = [judged("Fit", Decimal(60), levels), RISK]
    with pytest.raises(ValidationError, match=told):
        create_model(world.networks, actor=world.portfolio_manager, name="Fit", criteria=wanted)
    assert not ScoreModel.objects.exists()


def test_a_judged_criterion_keeps_its_levels_and_is_not_rated_before_a_round(world):
    model = create_model(world.networks, actor=world.portfolio_manager, name="Fit", criteria=[FIT, RISK])
    assert Criterion.objects.get(label="Fit").levels == [{"points": float(p), "words": w} for p, w in LEVELS]
    score_projects(model, actor=world.portfolio_manager)
    pumps = Score.objects.get(project=world.pumps)
    assert (pumps.total, pumps.rated_share, pumps.parts[0]["points"]) == (70.0, 0.4, None)


def test_a_gate_that_is_failed_makes_a_project_not_eligible_and_says_why(world):
    gate = replace(RISK, is_gate=True, threshold=Decimal(50))
    model = create_model(world.networks, actor=world.portfolio_manager, name="Gated", criteria=[BENEFIT, gate])
    score_projects(model, actor=world.portfolio_manager)
    assert [
        (one.project.code, one.place, one.score.obstacles) for one in ranking(world.portfolio_manager, model)
    ] == [
        ("PUMPS", 1, []),
        ("METERS", None, ["Risk is 60 points, above 50 points."]),
    ]


def test_a_value_that_is_not_given_does_not_pass_a_gate(world):
    gate = replace(BENEFIT, is_gate=True, threshold=Decimal(1_000_000))
    edit_project(world.pumps, actor=MAINSTAY, benefit=None)
    model = create_model(world.networks, actor=world.portfolio_manager, name="Gated", criteria=[gate, RISK])
    score_projects(model, actor=world.portfolio_manager)
    assert Score.objects.get(project=world.pumps).obstacles == ["Benefit is not given yet."]
    assert Score.objects.get(project=world.meters).obstacles == []


def test_a_gate_may_weigh_nothing_and_leaves_the_total_alone(world):
    gate = replace(BENEFIT, is_gate=True, threshold=Decimal(1_900_000), weight=Decimal(0))
    whole = replace(RISK, weight=Decimal(100))
    model = create_model(world.networks, actor=world.portfolio_manager, name="Gated", criteria=[gate, whole])
    score_projects(model, actor=world.portfolio_manager)
    assert dict(Score.objects.values_list("project__code", "total")) == {"PUMPS": 70.0, "METERS": 40.0}
    assert Score.objects.get(project=world.meters).obstacles == ["Benefit is GBP 1,500,000, below GBP 1,900,000."]


def test_a_gate_without_a_threshold_is_refused(world):
    with pytest.raises(ValidationError, match="A gate says what a project must reach"):
        create_model(
            world.networks,
            actor=world.portfolio_manager,
            name="Gated",
            criteria=[BENEFIT, replace(RISK, is_gate=True)],
        )
    assert not ScoreModel.objects.exists()


def test_what_must_be_done_stands_first_whatever_it_scores(world, model):
    grant_bypass(world.meters, actor=world.portfolio_manager, model=model, reason="The water act demands it")
    score_projects(model, actor=world.portfolio_manager)
    first, second = ranking(world.portfolio_manager, model)
    assert (first.project.code, first.place, first.score.mandatory_reason) == (
        "METERS",
        1,
        "The water act demands it",
    )
    assert (second.project.code, second.place) == ("PUMPS", 2)
    lift_bypass(Bypass.objects.get(), actor=world.portfolio_manager)
    assert [one.is_outdated for one in ranking(world.portfolio_manager, model)] == [True, False]
    score_projects(model, actor=world.portfolio_manager)
    assert [one.project.code for one in ranking(world.portfolio_manager, model)] == ["PUMPS", "METERS"]


def test_a_bypass_needs_a_reason_a_project_of_the_portfolio_and_the_right(world, model):
    events = Event.objects.count()
    with pytest.raises(ValidationError, match="Say why it must be done"):
        grant_bypass(world.pumps, actor=world.portfolio_manager, model=model, reason=" ")
    with pytest.raises(ValidationError, match="New depot does not belong to Networks"):
        grant_bypass(world.depot, actor=world.director, model=model, reason="Law")
    with pytest.raises(Forbidden):
        grant_bypass(world.pumps, actor=world.project_manager, model=model, reason="Law")
    assert (Bypass.objects.count(), Event.objects.count()) == (0, events)


def test_changes_of_a_published_model_are_one_new_edition_that_counts_when_it_is_published(world, model):
    manager = world.portfolio_manager
    publish_model(model, actor=manager, note="The board's yardstick")
    score_projects(model, actor=manager)
    for weight in (50, 30):
        criteria = [replace(BENEFIT, weight=Decimal(weight)), replace(RISK, weight=Decimal(100 - weight))]
        changed = edit_model(model, actor=manager, criteria=criteria)
    assert (changed.edition, changed.published_edition, changed.state_words) == (2, 1, "Changed, not yet published")
    with pytest.raises(Impossible, match="Edition 2 of Worth is not published yet"):
        score_projects(changed, actor=manager)
    assert dict(Score.objects.values_list("project__code", "total")) == {"PUMPS": 58.0, "METERS": 38.5}
    published = publish_model(changed, actor=manager, note="Risk counts more")
    score_projects(published, actor=manager)
    assert Score.objects.get(project=world.pumps).total == pytest.approx(0.3 * 50 + 0.7 * 70)
    assert [(one.edition, one.edition_note, one.event.who) for one in editions_of(published)] == [
        (2, "Risk counts more", "Amara Diallo"),
        (1, "The board's yardstick", "Amara Diallo"),
    ]


def test_an_edition_is_published_once_and_with_a_note(world, model):
    with pytest.raises(ValidationError, match="Say in a sentence what this edition is"):
        publish_model(model, actor=world.portfolio_manager, note="  ")
    with pytest.raises(Forbidden):
        publish_model(model, actor=world.sponsor, note="Mine")
    assert ScoreModel.objects.get().published_edition == 0
    publish_model(model, actor=world.portfolio_manager, note="First")
    with pytest.raises(Impossible, match="Edition 1 of Worth is published already"):
        publish_model(model, actor=world.portfolio_manager, note="Again")


def test_a_score_of_last_cycle_recomputes_to_the_same_number_as_it_was_known(world, model, client):
    manager = world.portfolio_manager
    publish_model(model, actor=manager, note="Cycle 2026")
    score_projects(model, actor=manager)
    then = timezone.now() + timedelta(microseconds=1)
    edit_project(world.pumps, actor=MAINSTAY, risk=90, benefit=Decimal(100))
    edit_model(model, actor=manager, criteria=[replace(RISK, weight=Decimal(100))])
    publish_model(model, actor=manager, note="Cycle 2027")
    score_projects(model, actor=manager)
    _, (past,) = scores_of(manager, "PUMPS", then)
    assert (past.score.total, past.recomputed, past.score.edition, past.recomputes) == (58.0, 58.0, 1, True)
    _, (now,) = scores_of(manager, "PUMPS")
    assert (now.score.total, now.recomputed, now.score.edition) == (10.0, 10.0, 2)
    model.refresh_from_db()
    assert recomputed(manager, past.score, model, then) == 58.0
    client.force_login(manager)
    page = client.get("/evaluate/projects/PUMPS/", {"as_of": then.isoformat()}).content.decode()
    assert "58.0 of 100" in page
    assert "Edition 1 of the model." in page
    assert "The score comes out again from what was known when it was made." in page
