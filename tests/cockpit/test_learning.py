"""The page of learning: plans against what happened, scores against returns, and how the process runs."""

from datetime import timedelta
from decimal import Decimal

import pytest

from mainstay.authorisation.models import Decision, DecisionLine, Outcome
from mainstay.authorisation.operations.adoption import adopt_selection
from mainstay.authorisation.operations.selections import prepare_selection
from mainstay.authorisation.solving import solve_now
from mainstay.core.system import MAINSTAY
from mainstay.identification.operations.triage import accept_request
from mainstay.portfolio.dashboard import Sight, parts_for
from mainstay.portfolio.models import Project, Stage
from mainstay.portfolio.operations.projects import advance_project, edit_project
from mainstay.portfolio.queries import ProjectFilter, Reading
from mainstay.review.operations import complete_closure, prepare_closure
from tests.identification.conftest import Intake
from tests.review.test_closing import ALL_DONE, advance

pytestmark = pytest.mark.django_db


def fill(key, person):
    return parts_for(person)[key].fill(Sight(ProjectFilter.read({}, Reading(person))))


def amounts(content):
    return {one.label: one.amount for one in content.indicators}


@pytest.fixture
def adopted(world):
    """Pumps and meters are candidates, the pumps are chosen; they become dearer afterwards."""
    for project in (world.pumps, world.meters):
        edit_project(project, actor=MAINSTAY, owner=world.sponsor)
        for key in ("under_evaluation", "candidate"):
            advance_project(Project.objects.get(pk=project.pk), actor=MAINSTAY, target=Stage.objects.get(key=key))
    terms = {"name": "Plan", "maximise": "benefit", "budget": Decimal(1_200_000), "currency": "GBP"}
    selection = prepare_selection(world.networks, actor=world.portfolio_manager, **terms)
    solved = solve_now(selection, actor=world.portfolio_manager, seconds=5.0)
    adopt_selection(solved or selection, actor=MAINSTAY, note="Chosen")
    edit_project(Project.objects.get(pk=world.pumps.pk), actor=MAINSTAY, cost=Decimal(1_500_000))
    return world


def test_a_plan_is_told_with_what_was_believed_and_what_is_known_now(adopted):
    assert dict(DecisionLine.objects.values_list("project__code", "outcome")) == {
        "PUMPS": Outcome.AUTHORISED,
        "METERS": Outcome.WAITING,
    }
    told = fill("past_plans", adopted.director)
    assert amounts(told) == {
        "Plans": 1, "Believed cost": 1_200_000, "Cost now": 1_500_000, "Dropped since": 0, "Left out, done later": 0,
    }  # fmt: skip
    assert told.headline == "authorised work costs 25% more than believed"
    row = [cell.text for cell in told.tables[0].rows[0]]
    assert (row[0], row[2:]) == (
        Decision.objects.get().title,
        ["1", "0", "GBP 1.2m", "GBP 1.5m", "GBP 0", "GBP 0", "1"],
    )


def test_who_sees_no_figures_is_told_of_no_plan(adopted):
    assert fill("past_plans", adopted.project_manager).empty is not None


def test_scores_are_not_judged_by_too_few_projects(world):
    told = fill("score_predicts", world.director)
    assert told.empty.text == "No finished work has both a cost and a benefit that was read yet."


def test_the_process_is_measured_against_its_aims(world, bring):
    intake = Intake(world)
    first, second = intake.submitted("Portal"), intake.submitted("Counter")
    accept_request(first, actor=intake.amara)
    assert second.pk
    project = advance(bring(world.pumps, "active"), "closing")
    late = {"final_end": project.end_date + timedelta(days=9), "final_cost": project.cost - 1}
    complete_closure(prepare_closure(project, actor=MAINSTAY, answers=ALL_DONE, **late), actor=MAINSTAY)
    advance(project, "closed")
    told = fill("process_health", world.director)
    found = amounts(told)
    assert (found["Accepted at once"], found["On time"], found["On budget"], found["Churn"]) == (1.0, 0.0, 1.0, 0.0)
    assert round(found["Intake"], 1) == 0.0
    assert (found["Throughput"], found["Gates"]) == (1 / 12, None)


def test_the_page_of_learning_asks_three_questions(world, client):
    client.force_login(world.director)
    page = client.get("/learning/").content.decode()
    for text in ("What did we choose, believe and get?", "Do our scores foretell it?", "How does our process run?"):
        assert text in page
