"""The pages of evaluation: the editor with its preview, the ranking, and who sees what."""

import re

import pytest

from mainstay.core.operations.grants import give_grant
from mainstay.core.operations.people import create_person
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.evaluation.models import Score, ScoreModel
from mainstay.evaluation.operations.scores import score_projects
from mainstay.portfolio.operations.projects import edit_project
from tests.second_save import answered

ROWS = {
    "criteria-TOTAL_FORMS": "3",
    "criteria-INITIAL_FORMS": "2",
    "criteria-0-label": "Benefit",
    "criteria-0-source": "benefit",
    "criteria-0-worst": "0",
    "criteria-0-best": "4000000",
    "criteria-0-weight": "60",
    "criteria-1-label": "Risk",
    "criteria-1-source": "risk",
    "criteria-1-worst": "100",
    "criteria-1-best": "0",
    "criteria-1-weight": "40",
    "criteria-2-source": "benefit",
}
RATHER_EQUAL = {"criteria-0-weight": "50", "criteria-1-weight": "50"}
FORM = ROWS | {"portfolio": "NET", "name": "Worth", "description": "For 2027"}


def words(response):
    """What a page says, without its markup."""
    text = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", text)


@pytest.fixture
def evaluator(world):
    """Edda, who sees the register of the networks but no figures."""
    person = create_person(None, actor=MAINSTAY, username="edda", name="Edda Eval")
    give_grant(person, actor=MAINSTAY, role=Role.EVALUATOR, path=world.networks.path)
    return person


def test_a_model_is_written_and_its_projects_are_ranked(world, client):
    client.force_login(world.portfolio_manager)
    saved = client.post("/evaluate/models/new/", FORM)
    model = ScoreModel.objects.get()
    assert (saved.status_code, saved["Location"]) == (302, f"/evaluate/models/{model.pk}/")
    assert list(model.criteria.values_list("label", flat=True)) == ["Benefit", "Risk"]
    client.post(f"/evaluate/models/{model.pk}/scores/")
    page = words(client.get(saved["Location"]))
    assert "Replace the pumps scores highest of 2 projects, with 58.0 of 100 points." in page


def test_the_ranking_is_shown_before_anything_is_saved(world, client):
    client.force_login(world.portfolio_manager)
    page = client.post("/evaluate/models/new/", FORM | {"action": "preview"})
    said = words(page)
    assert page.status_code == 200
    assert said.index("Replace the pumps PUMPS 58.0") < said.index("Smart meters METERS 38.5")
    assert not ScoreModel.objects.exists()
    assert not Score.objects.exists()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"criteria-1-weight": "30"}, "The weights add up to 90%; make them 100%."),
        ({"criteria-1-label": "Benefit"}, "Two criteria have the same name."),
        ({"criteria-1-best": "100"}, "This differs from the value that earns nothing."),
        ({"criteria-1-worst": "high"}, "Enter a number."),
        ({"criteria-0-DELETE": "on", "criteria-1-DELETE": "on"}, "A score model needs a criterion."),
        ({"name": ""}, "This field is required."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(world, client, changes, told):
    client.force_login(world.portfolio_manager)
    page = client.post("/evaluate/models/new/", FORM | changes)
    assert page.status_code == 422
    assert told in words(page)
    assert 'value="4000000"' in page.content.decode()
    assert not ScoreModel.objects.exists()


def test_two_people_change_one_model_and_the_second_is_told(world, model, client):
    client.force_login(world.portfolio_manager)
    url = f"/evaluate/models/{model.pk}/edit/"
    assert client.post(url, FORM | {"version": "1", "name": "First"}).status_code == 302
    second = client.post(url, FORM | {"version": "1", "name": "Second"})
    assert second.status_code == 409
    assert "Name: whose version stays?" in words(second)
    assert 'value="Second"' in second.content.decode()
    assert ScoreModel.objects.get().name == "First"


@pytest.mark.parametrize(
    ("typed", "choices", "weights"),
    [
        ({}, {"name": "theirs"}, [70, 30]),
        (RATHER_EQUAL, {"name": "theirs", "criteria": "theirs"}, [70, 30]),
        (RATHER_EQUAL, {"name": "theirs"}, [50, 50]),
    ],
)
def test_who_saves_a_model_second_chooses_and_overwrites_nothing_else(world, model, client, typed, choices, weights):
    client.force_login(world.portfolio_manager)
    url = f"/evaluate/models/{model.pk}/edit/"
    opened = answered(client.get(url))
    theirs = {"name": "First", "criteria-0-weight": "70", "criteria-1-weight": "30"}
    assert client.post(url, opened | theirs).status_code == 302
    second = client.post(url, opened | {"name": "Second", "description": "For 2028"} | typed)
    assert second.status_code == 409
    assert "Benefit, 70%" in words(second)
    assert client.post(url, answered(second, **choices)).status_code == 302
    saved = ScoreModel.objects.get()
    assert (saved.name, saved.description) == ("First", "For 2028")
    assert list(saved.criteria.order_by("position").values_list("weight", flat=True)) == weights


def test_without_figures_the_criteria_are_open_and_the_scores_are_not(world, model, evaluator, client):
    score_projects(model, actor=world.portfolio_manager)
    client.force_login(evaluator)
    page = words(client.get(f"/evaluate/models/{model.pk}/"))
    assert "Scores are open to those who may see business-case figures." in page
    assert "58.0" not in page
    assert "Replace the pumps" not in page
    assert "58.0" not in words(client.get("/evaluate/projects/PUMPS/"))
    assert client.get(f"/evaluate/models/{model.pk}/edit/").status_code == 403


def test_a_model_outside_ones_scope_does_not_exist(world, model, client):
    for person in (world.stranger, world.project_manager):
        client.force_login(person)
        assert client.get(f"/evaluate/models/{model.pk}/").status_code == 404
        assert "Worth" not in words(client.get("/evaluate/"))
        assert client.post(f"/evaluate/models/{model.pk}/scores/").status_code == 404
    assert not Score.objects.exists()


def test_the_scores_of_a_project_are_a_fragment_of_its_page(world, model, client):
    score_projects(model, actor=world.portfolio_manager)
    client.force_login(world.portfolio_manager)
    fragment = client.get("/evaluate/projects/PUMPS/", headers={"hx-request": "true"})
    assert "Worth : 58.0 of 100" in words(fragment)
    assert "<html" not in fragment.content.decode()
    assert "Replace the pumps: scores" in words(client.get("/evaluate/projects/PUMPS/"))
    assert client.get("/evaluate/projects/DEPOT/").status_code == 404


def test_the_ranking_can_be_read_as_known_on_a_past_day(world, model, client):
    from datetime import timedelta

    from django.utils import timezone

    score_projects(model, actor=world.portfolio_manager)
    before = timezone.now()
    edit_project(world.pumps, actor=MAINSTAY, risk=100)
    score_projects(model, actor=world.portfolio_manager)
    client.force_login(world.portfolio_manager)
    moment = (before + timedelta(microseconds=1)).isoformat()
    then = words(client.get(f"/evaluate/models/{model.pk}/", {"as_of": moment}))
    now = words(client.get(f"/evaluate/models/{model.pk}/"))
    assert "Replace the pumps scores highest of 2 projects, with 58.0 of 100 points." in then
    assert "Smart meters scores highest of 2 projects, with 38.5 of 100 points." in now
    assert "Score all projects" not in then


def test_who_saves_second_is_told_of_a_criterion_added_meanwhile_even_where_nothing_else_changed(
    world, model, client
):
    client.force_login(world.portfolio_manager)
    url = f"/evaluate/models/{model.pk}/edit/"
    opened = answered(client.get(url))
    fresh = {"label": "Cost", "source": "cost", "worst": "9000000", "best": "0", "weight": "10"}
    theirs = {f"criteria-2-{name}": value for name, value in fresh.items()} | {"criteria-0-weight": "50"}
    assert client.post(url, opened | theirs).status_code == 302
    second = client.post(url, opened | {"description": "For 2028"})
    assert second.status_code == 409
    said = words(second)
    assert "Cost, 10%, cost from 9,000,000 to 0" in said
    assert "Taken over as saved: Criteria." in said
    assert world.portfolio_manager.name in said
    assert ScoreModel.objects.get().description == "For 2027"
    assert client.post(url, answered(second)).status_code == 302
    saved = ScoreModel.objects.get()
    assert (saved.version, saved.description) == (3, "For 2028")
    assert list(saved.criteria.values_list("label", "weight")) == [("Benefit", 50), ("Risk", 40), ("Cost", 10)]


def test_criteria_that_both_changed_are_a_choice(world, model, client):
    client.force_login(world.portfolio_manager)
    url = f"/evaluate/models/{model.pk}/edit/"
    opened = answered(client.get(url))
    assert client.post(url, opened | {"criteria-0-weight": "70", "criteria-1-weight": "30"}).status_code == 302
    second = client.post(url, opened | RATHER_EQUAL)
    assert second.status_code == 409
    assert list(model.criteria.values_list("weight", flat=True)) == [70, 30]
    assert client.post(url, answered(second, criteria="mine")).status_code == 302
    assert list(model.criteria.values_list("weight", flat=True)) == [50, 50]
