"""The pages of judging: what they show, what they refuse in words, and that longer lists cost no more questions."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mainstay.core.models import Person
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.evaluation.models import Bypass, Comparison, Judgement, PairwiseSession, ScoreModel, ScoringRound
from mainstay.portfolio.operations.projects import propose_project
from mainstay.strategy.operations.drivers import create_driver
from tests.evaluation.judging import (
    EVALUATORS,
    answers,
    invited_session,
    judged_model,
    opened,
    person,
    says,
)
from tests.second_save import answered

LEVELS = "0 Not in the strategy\n50 Supports an objective\n100 Named in the strategy"
FORM = {
    "criteria-TOTAL_FORMS": "2",
    "criteria-INITIAL_FORMS": "0",
    "criteria-0-label": "Fit",
    "criteria-0-kind": "fit",
    "criteria-0-way": "judged",
    "criteria-0-question": "How well does it fit?",
    "criteria-0-levels": LEVELS,
    "criteria-0-weight": "60",
    "criteria-1-label": "Risk",
    "criteria-1-kind": "risk",
    "criteria-1-way": "measured",
    "criteria-1-source": "risk",
    "criteria-1-worst": "100",
    "criteria-1-best": "0",
    "criteria-1-weight": "40",
    "criteria-1-is_gate": "on",
    "criteria-1-threshold": "50",
    "portfolio": "NET",
    "name": "Judged",
}


def words(response):
    """What a page says, without its markup."""
    text = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", text)


@pytest.fixture
def people(world):
    """Olive, Otto, Omar and Opal, evaluators of the networks."""
    return [person(world, username) for username in EVALUATORS]


def test_levels_and_gates_are_written_in_the_page(world, client):
    client.force_login(world.portfolio_manager)
    saved = client.post("/evaluate/models/new/", FORM)
    assert saved.status_code == 302
    fit, risk = ScoreModel.objects.get().criteria.order_by("position")
    assert [(level["points"], level["words"]) for level in fit.levels] == [
        (0.0, "Not in the strategy"),
        (50.0, "Supports an objective"),
        (100.0, "Named in the strategy"),
    ]
    assert (risk.is_gate, risk.threshold, risk.kind) == (True, 50, "risk")
    page = client.get(f"/evaluate/models/{ScoreModel.objects.get().pk}/edit/").content.decode()
    assert "50 Supports an objective" in page


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {"criteria-0-levels": "Fifty Supports an objective"},
            "Begin with the points, then say what the level means",
        ),
        ({"criteria-0-levels": "0 Nothing"}, "This criterion needs 2 to 11 levels to choose from."),
        ({"criteria-1-threshold": ""}, "Say what a project must reach."),
        ({"criteria-0-weight": "0"}, "Only a gate may weigh nothing."),
        ({"criteria-1-worst": ""}, "This field is required."),
    ],
)
def test_what_is_wrong_with_a_criterion_is_said_beside_it(world, client, changes, told):
    client.force_login(world.portfolio_manager)
    page = client.post("/evaluate/models/new/", FORM | changes)
    assert page.status_code == 422
    assert told in words(page)
    assert "How well does it fit?" in page.content.decode()
    assert not ScoreModel.objects.exists()


def test_drivers_of_the_strategy_are_offered_with_their_impact_statements(world, client):
    create_driver(
        world.networks, actor=MAINSTAY, name="Clean rivers", code="D-1", statements={"extreme": "No spill in a year"}
    )
    client.force_login(world.portfolio_manager)
    page = client.get("/evaluate/models/new/", {"portfolio": "NET", "offer": "D-1"}).content.decode()
    assert 'value="Clean rivers"' in page
    assert "0 Impact: none\n25 Impact: low" in page
    assert "100 No spill in a year" in page


def test_a_model_is_published_in_the_page_and_says_so(world, client):
    model = judged_model(world)
    client.force_login(world.portfolio_manager)
    client.post(f"/evaluate/models/{model.pk}/publication/", {"reason": "For 2027", "version": model.version})
    assert ScoreModel.objects.get().published_edition == 1
    assert "For 2027" in words(client.get(f"/evaluate/models/{model.pk}/"))


def test_a_project_that_must_be_done_is_named_and_lifted_in_the_page(world, client):
    model = judged_model(world)
    client.force_login(world.portfolio_manager)
    client.post(f"/evaluate/models/{model.pk}/bypasses/", {"project": "PUMPS", "reason": "Law"})
    bypass = Bypass.objects.get()
    assert "Replace the pumps Law" in words(client.get(f"/evaluate/models/{model.pk}/"))
    client.post(f"/evaluate/models/{model.pk}/bypasses/{bypass.pk}/removal/")
    assert not Bypass.objects.exists()
    client.post(f"/evaluate/models/{model.pk}/bypasses/", {"project": "NONE", "reason": "Law"})
    assert not Bypass.objects.exists()


def test_a_round_is_opened_in_the_page_and_what_was_typed_stays(world, people, client):
    model = judged_model(world)
    client.force_login(world.portfolio_manager)
    address = f"/evaluate/models/{model.pk}/rounds/new/"
    sent = {"name": "Round", "tolerance": "30", "combined": "mean", "projects": [world.pumps.pk]}
    refused = client.post(address, sent)
    assert refused.status_code == 422
    assert 'value="Round"' in refused.content.decode()
    assert not ScoringRound.objects.exists()
    client.post(address, sent | {"evaluators": [people[0].pk, world.stranger.pk]})
    held = ScoringRound.objects.get()
    page = words(client.get(f"/evaluate/rounds/{held.pk}/"))
    assert "Tom Stranger 0 0 of 1 0 PUMPS" in page


def test_an_evaluator_goes_from_project_to_project(world, people, client):
    held = opened(world, judged_model(world), people)
    client.force_login(Person.objects.get(username="olive"))
    address = f"/evaluate/rounds/{held.pk}/judging/"
    assert client.post(f"{address}METERS/", {"level-0": "2", "why-0": "Page 3"})["Location"] == f"{address}PUMPS/"
    assert client.post(f"{address}PUMPS/", {"level-0": "1"})["Location"] == address
    assert client.post(f"{address}PUMPS/", {}).status_code == 422
    assert client.get(f"{address}DEPOT/").status_code == 404
    assert sorted(Judgement.objects.values_list("level", "rationale")) == [(1, ""), (2, "Page 3")]


def test_a_pair_is_answered_in_place_and_without_scripts(world, client):
    executive = person(world, "edda", Role.EXECUTIVE)
    session = invited_session(world, judged_model(world), [executive])
    client.force_login(executive)
    address = f"/evaluate/pairwise/{session.pk}/pairs/"
    assert client.post(address, {"left": "Fit", "right": "Risk", "ratio": "nan"}).status_code == 422
    assert client.post(address, {"left": "Fit", "right": "Risk", "ratio": "3.0"})["Location"] == address
    fragment = client.post(
        address, {"left": "Fit", "right": "Risk", "way": "skip"}, headers={"hx-request": "true"}
    ).content.decode()
    assert "<html" not in fragment
    assert "0 of 1 pairs answered, 1 skipped" in words(client.get(address))
    assert Comparison.objects.get().ratio is None


def test_the_effect_stands_before_the_button_that_publishes(world, client):
    executive = person(world, "edda", Role.EXECUTIVE)
    session = invited_session(world, judged_model(world), [executive])
    answers(session, executive, Fit__Risk=1 / 9)
    client.force_login(world.portfolio_manager)
    client.post(f"/evaluate/pairwise/{session.pk}/closing/")
    page = client.get(f"/evaluate/pairwise/{session.pk}/publication/").content.decode()
    assert page.index("Effect on today's ranking") < page.index("Publish as a new edition")
    refused = client.post(f"/evaluate/pairwise/{session.pk}/publication/", {"reason": ""})
    assert refused.status_code == 422
    assert "Say why these weights shall count from now on." in words(refused)
    assert PairwiseSession.objects.get().state == "closed"


def _questions(client, address):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_a_longer_round_costs_no_more_questions(world, people, client):
    model = judged_model(world)
    more = [
        propose_project(world.networks, actor=MAINSTAY, code=f"MORE-{number}", name=f"More {number}")
        for number in range(6)
    ]
    small = opened(world, model, people)
    large = opened(world, model, people, name="Large", projects=[world.pumps, world.meters, *more])
    for held, codes in ((small, ("PUMPS",)), (large, ("PUMPS", "METERS", "MORE-1", "MORE-2"))):
        for code in codes:
            says(held, people[0], code, 1)
    client.force_login(world.portfolio_manager)
    client.get("/evaluate/rounds/")
    assert _questions(client, f"/evaluate/rounds/{small.pk}/") == _questions(client, f"/evaluate/rounds/{large.pk}/")
    client.force_login(Person.objects.get(username="olive"))
    client.get("/evaluate/rounds/")
    few, many = (f"/evaluate/rounds/{held.pk}/judging/" for held in (small, large))
    assert _questions(client, few) == _questions(client, many)


def test_who_saves_a_round_second_is_told_of_people_invited_meanwhile(world, client, people):
    held = opened(world, judged_model(world), people[:2])
    url = f"/evaluate/rounds/{held.pk}/edit/"
    client.force_login(world.portfolio_manager)
    page = answered(client.get(url))
    invited = {"evaluators": [str(one.pk) for one in people[:3]]}
    assert client.post(url, page | invited).status_code == 302
    second = client.post(url, page | {"note": "Be fair"})
    assert second.status_code == 409
    assert "Taken over as saved: Evaluators." in words(second)
    assert ScoringRound.objects.get().note == ""
    assert client.post(url, answered(second)).status_code == 302
    saved = ScoringRound.objects.get()
    assert (saved.note, saved.evaluators.count()) == ("Be fair", 3)


def test_what_both_changed_in_a_round_is_a_choice(world, client, people):
    held = opened(world, judged_model(world), people)
    url = f"/evaluate/rounds/{held.pk}/edit/"
    client.force_login(world.portfolio_manager)
    page = answered(client.get(url))
    assert client.post(url, page | {"tolerance": "20"}).status_code == 302
    second = client.post(url, page | {"tolerance": "40"})
    assert "Tolerance, in points: whose version stays?" in words(second)
    assert client.post(url, answered(second, tolerance="theirs")).status_code == 302
    assert ScoringRound.objects.get().tolerance == 20
