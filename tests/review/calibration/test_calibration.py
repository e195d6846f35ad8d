"""Calibration: promises of finished projects against what came, factors by class, offers and their effect."""

import math
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mainstay.authorisation.models import Baseline
from mainstay.authorisation.operations.selections import prepare_selection
from mainstay.core.errors import Forbidden
from mainstay.core.system import MAINSTAY
from mainstay.evaluation.models import Correction
from mainstay.evaluation.operations.corrections import apply_correction, lift_correction, offer_correction
from mainstay.identification.operations.cases import open_case
from mainstay.portfolio.models import Project, Stage
from mainstay.portfolio.operations.projects import advance_project, edit_project
from mainstay.portfolio.queries.reading import Reading
from mainstay.review.calibration.classes import Calibrated
from mainstay.review.calibration.effect import effect_on
from mainstay.review.calibration.finished import promises
from mainstay.review.calibration.forecasts import stage_forecasts
from mainstay.review.calibration.views import terms_of
from tests.monitoring.going import let_run

from .finishing import NINE, finish

pytestmark = pytest.mark.django_db


def calibrated(world, what="cost", by="theme"):
    """What the portfolio manager reads of Networks."""
    return Calibrated(Reading(world.portfolio_manager), what, by, world.networks)


def test_the_golden_ratios_give_the_factor_of_the_formulae_and_are_too_few(world):
    finish(world, (1.10, 1.30, 1.25))
    found = calibrated(world)
    (one,) = found.classes
    # All cases lie in the class, so it is drawn towards itself: e to the mean of the three.
    assert (one.name, one.cases, round(one.factor, 4)) == ("Resilience", 3, 1.2136)
    assert not one.is_enough
    assert not one.can_be_offered
    assert found.finding == "3 finished projects in 1 class; none has the 5 it takes to correct by."


def test_a_class_is_drawn_towards_all_as_the_formula_says(world):
    finish(world, NINE)
    finish(world, (0.9, 0.95, 1.0), theme="Growth", prefix="GROWN")
    found = calibrated(world)
    nine, three = (sum(math.log(ratio) for ratio in group) for group in (NINE, (0.9, 0.95, 1.0)))
    mean = (nine + 3 * (nine + three) / 12) / 12
    assert [(one.name, one.cases) for one in found.classes] == [("Resilience", 9), ("Growth", 3)]
    assert found.classes[0].factor == pytest.approx(math.exp(mean), abs=1e-9)
    assert found.classes[0].helps
    assert found.classes[0].held is not None
    assert found.coverage.cases == 12


def test_duration_runs_from_the_start_to_the_day_it_was_finished(world):
    finish(world, NINE)
    outcomes = calibrated(world, "duration").found.outcomes
    assert [(one.estimate, one.actual) for one in outcomes][:2] == [(100.0, 105.0), (100.0, 110.0)]


def test_without_a_baseline_the_promise_is_the_project_as_it_was_committed(world):
    finish(world, NINE)
    let_run(world.pumps, world.project_manager)
    edit_project(world.pumps, actor=MAINSTAY, cost=Decimal(1_500_000))
    Baseline.objects.filter(project=world.pumps).delete()
    done = Project.objects.get(code="DONE-1")
    Project.objects.filter(pk=world.pumps.pk).update(stage=done.stage, stage_since=done.stage_since)
    found = calibrated(world).found
    assert [project.code for project in found.left_out] == ["PUMPS"]
    assert promises([world.pumps], Reading(world.portfolio_manager))[world.pumps.pk].cost == Decimal(1_200_000)


def test_nobody_learns_of_projects_whose_figures_are_closed_to_them(world, client):
    finish(world, NINE)
    assert Calibrated(Reading(world.project_manager), "cost", "theme").found.outcomes == []
    client.force_login(world.stranger)
    assert client.get("/calibration/").status_code == 404
    client.force_login(world.project_manager)
    answer = client.post("/calibration/offers/", {"portfolio": "NET", "what": "cost", "class": "Resilience"})
    assert answer.status_code in (403, 404)
    assert not Correction.objects.exists()


def test_the_office_offers_a_class_on_the_page_and_too_few_are_refused(world, client):
    finish(world, NINE)
    finish(world, (0.9, 0.95, 1.0), theme="Growth", prefix="GROWN")
    client.force_login(world.portfolio_manager)
    page = client.get("/calibration/?portfolio=NET&class=Resilience").content.decode()
    for words in ("Offer to new cases", "Too few", "Correcting helps", "Finished DONE-1", "may be too strong"):
        assert words in page
    sent = {"portfolio": "NET", "what": "cost", "by": "theme"}
    assert client.post("/calibration/offers/", sent | {"class": "Resilience"}).status_code == 302
    made = Correction.objects.get()
    assert (made.cases, made.class_value, round(made.factor, 2)) == (9, "Resilience", Decimal("1.13"))
    assert made.source.startswith("9 finished projects, median error ")
    answer = client.post("/calibration/offers/", sent | {"class": "Growth"}, follow=True)
    assert "too few to correct by" in answer.content.decode()
    assert Correction.objects.count() == 1
    told = client.get("/api/v1/calibration?portfolio=NET").json()
    assert [(one["name"], one["cases"], one["is_enough"]) for one in told["classes"]] == [
        ("Resilience", 9, True),
        ("Growth", 3, False),
    ]


def test_a_correction_changes_the_best_choice_and_lifting_it_gives_the_same_one_again(world):
    finish(world, NINE)
    case = open_case(world.pumps, actor=MAINSTAY)
    terms = {"name": "Next", "maximise": "benefit", "budget": Decimal(1_200_000), "currency": "GBP"}
    stages = [world.pumps.stage.key]
    asked = prepare_selection(world.networks, actor=world.portfolio_manager, **terms, stages=stages)
    found = calibrated(world)
    offer = offer_correction(world.networks, actor=world.director, **terms_of(found, found.class_named("Resilience")))
    before = effect_on(asked, world.portfolio_manager)
    assert [sorted(one.chosen) for one in before.choices] == [["PUMPS"], ["PUMPS"], ["METERS"]]
    assert before.finding == "The corrections that are switched on leave the best choice as it is."
    apply_correction(case, actor=world.project_manager, correction=offer)
    during = effect_on(asked, world.portfolio_manager)
    assert [sorted(one.chosen) for one in during.choices] == [["PUMPS"], ["METERS"], ["METERS"]]
    assert during.finding == "The corrections that are switched on take 1 out of the best choice and bring 1 in."
    assert [(row.code, row.is_in) for row in during.moved] == [
        ("METERS", (False, True, True)),
        ("PUMPS", (True, False, False)),
    ]
    lift_correction(case, actor=world.project_manager, correction=offer)
    assert effect_on(asked, world.portfolio_manager) == before


def test_the_page_asks_the_same_number_of_queries_for_more_projects(world, client):
    finish(world, NINE)
    client.force_login(world.portfolio_manager)
    client.get("/calibration/?portfolio=NET")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/calibration/?portfolio=NET")
    finish(world, NINE, prefix="MORE")
    with CaptureQueriesContext(connection) as many:
        client.get("/calibration/?portfolio=NET")
    assert len(many) == len(few)


def test_stages_are_judged_by_what_came_of_their_projects(world):
    reading = Reading(world.portfolio_manager)
    assert stage_forecasts(reading, world.networks) is None
    let_run(world.pumps, world.project_manager)
    edit_project(world.meters, actor=MAINSTAY, owner=world.portfolio_manager)
    advance_project(world.meters, actor=MAINSTAY, target=Stage.objects.get(key="under_evaluation"))
    Project.objects.filter(pk=world.meters.pk).update(stage=Stage.objects.get(key="rejected"))
    likely = dict(Stage.objects.values_list("key", "probability"))
    found = stage_forecasts(reading, world.networks)
    expected = ((likely["candidate"] / 100 - 1) ** 2 + (likely["under_evaluation"] / 100) ** 2) / 2
    assert (found.cases, round(found.score, 9)) == (2, round(expected, 9))


def test_who_may_not_plan_offers_nothing(world):
    finish(world, NINE)
    found = calibrated(world)
    with pytest.raises(Forbidden):
        offer_correction(world.networks, actor=world.controller, **terms_of(found, found.classes[0]))
    assert not Correction.objects.exists()
