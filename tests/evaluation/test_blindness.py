"""Until a round or a session closes nobody learns what another one said: by page, API, event, export or history."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from mainstay.core.models import Event, Person, Pulse
from mainstay.core.operations.tokens import issue_token
from mainstay.core.roles import Role
from mainstay.evaluation.models import Comparison, Judgement, Recusal, RoundItem, ScoringRound
from mainstay.evaluation.operations.judgements import recuse
from mainstay.evaluation.operations.pairwise import close_session
from mainstay.evaluation.operations.rounds import close_round, finish_round, repeat_round
from tests.evaluation.judging import EVALUATORS, answers, invited_session, judged_model, opened, person, says

WHY = "zq9rationale: named on page 3"
CONFLICT = "zq9conflict: a brother"
PAGES = (
    "/", "/evaluate/rounds/", "/evaluate/rounds/{round}/", "/evaluate/rounds/{round}/?as_of={soon}",
    "/evaluate/models/{model}/", "/evaluate/projects/PUMPS/", "/projects/PUMPS/", "/projects/PUMPS/history/",
    "/activity/", "/notices/", "/search/?q=zq9rationale", "/projects/export/?format=csv", "/governance/cycles/",
    "/evaluate/pairwise/", "/evaluate/pairwise/{session}/", "/evaluate/pairwise/{session}/?together=priorities",
)  # fmt: skip
CALLS = (
    "judgements", "recusals", "comparisons", "rounds", "rounds/{round}", "rounds/{round}/result",
    "rounds/{round}/progress", "rounds/{round}/note", "sessions/{session}", "sessions/{session}/group", "scores",
    "events", "events?q=zq9rationale", "notices", "judgements?as_of={soon}", "comparisons?as_of={soon}",
    "judgements?rationale_contains=zq9&count=true", "sessions/{session}/effect",
)  # fmt: skip


@pytest.fixture
def people(world):
    """Olive, Otto, Omar and Opal, evaluators of the networks."""
    return [person(world, username) for username in EVALUATORS]


@pytest.fixture
def auditor(world):
    """Aud, who may see judgements of the networks."""
    return person(world, "aud", Role.AUDITOR)


@pytest.fixture
def begun(world, people):
    """A round and a session in which Olive has answered and Otto stood aside."""
    model = judged_model(world)
    held = opened(world, model, people)
    says(held, people[0], "PUMPS", 2, WHY)
    says(held, people[0], "METERS", 0, WHY)
    recuse(RoundItem.objects.get(round=held, project__code="PUMPS"), actor=people[1], conflict=CONFLICT)
    session = invited_session(world, model, people)
    answers(session, people[0], Fit__Risk=7.0)
    return {"round": held.pk, "session": session.pk, "model": model.pk, "held": held, "open": session}


def _addresses(names, begun):
    soon = (timezone.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return [name.format(soon=soon, **begun) for name in names]


def _everything_told(client, who, begun):
    """Every page and every answer of the API somebody gets, as one text."""
    client.force_login(who)
    told = []
    for address in _addresses(PAGES, begun):
        response = client.get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        told.append(f"{address} {response.status_code} {body.decode()}")
    _, key = issue_token(who, actor=who, name="Test", scopes=["read", "write"])
    headers = {"Authorization": f"Bearer {key}"}
    for call in _addresses(CALLS, begun):
        response = client.get(f"/api/v1/{call}", headers=headers)
        told.append(f"{call} {response.status_code} {response.content.decode()}")
    return told


def _leaks(told):
    """What gives away Olive's words, her level or her answer."""
    marks = (
        WHY,
        '"criterion":"Fit","points"',
        '"level":2',
        '"ratio":7.0',
        "Named in the strategy</td>",
        ">7.00<",
    )
    return [(mark, each[:60]) for each in told for mark in marks if mark in each]


@pytest.mark.parametrize("who", ["amara", "dora", "ada", "grace", "otto", "aud", "jonas"])
def test_nobody_learns_what_another_said_while_it_is_open(world, begun, auditor, client, who):
    told = _everything_told(client, Person.objects.get(username=who), begun)
    assert _leaks(told) == []


def test_the_evaluator_sees_what_they_said(begun, people, client):
    olive = Person.objects.get(username="olive")
    assert {row.rationale for row in Judgement.objects.visible_to(olive)} == {WHY}
    assert [row.ratio for row in Comparison.objects.visible_to(olive)] == [7.0]
    client.force_login(olive)
    assert WHY in client.get(f"/evaluate/rounds/{begun['round']}/judging/PUMPS/").content.decode()


def test_events_live_updates_and_versions_hold_no_judgement(world, begun, auditor):
    kept = json.dumps(
        [*Event.objects.values("label", "reason", "changes", "who"), *Pulse.objects.values()], default=str
    )
    assert [mark for mark in (WHY, CONFLICT) if mark in kept] == []
    told = [change for event in Event.objects.all() for change in event.changes]
    fields = {
        noun: {name for change in told if change["noun"] == noun for name in change["fields"]}
        for noun in ("judgement", "recusal", "comparison")
    }
    assert fields == {
        "judgement": {"id", "evaluator_id", "item_id", "criterion", "turn"},
        "recusal": {"id", "evaluator_id", "item_id"},
        "comparison": {"id", "participant_id", "left", "right"},
    }
    soon = timezone.now() + timedelta(days=1)
    for who in (world.portfolio_manager, world.director, auditor, Person.objects.get(username="otto")):
        assert not Judgement.objects.visible_to(who).exists()
        assert not Judgement.objects.as_of(soon).visible_to(who).exists()
        assert not Comparison.objects.visible_to(who).exists()
        assert not Comparison.objects.as_of(soon).visible_to(who).exists()


def test_the_reason_of_a_recusal_is_told_to_who_may_see_judgements_only(world, begun, auditor):
    for who in (world.portfolio_manager, world.director, auditor, Person.objects.get(username="otto")):
        assert [row.reason for row in Recusal.objects.visible_to(who)] == [CONFLICT]
    for who in (world.sponsor, world.project_manager, Person.objects.get(username="olive"), world.stranger):
        assert not Recusal.objects.visible_to(who).exists()


def test_once_it_is_closed_the_moderator_sees_names_and_evaluators_see_points_without_them(
    world, begun, people, auditor, client
):
    says(begun["held"], people[2], "PUMPS", 0)
    close_round(begun["held"], actor=world.portfolio_manager)
    for who in (world.portfolio_manager, auditor):
        assert Judgement.objects.visible_to(who).count() == 3
    opal = Person.objects.get(username="opal")
    assert not Judgement.objects.visible_to(opal).exists()
    client.force_login(opal)
    page = client.get(f"/evaluate/rounds/{begun['round']}/").content.decode()
    discussed = page.split('id="results"')[0]
    assert WHY in discussed
    assert "Evaluator 1" in discussed
    assert "Olive" not in discussed
    client.force_login(world.portfolio_manager)
    assert "Olive" in client.get(f"/evaluate/rounds/{begun['round']}/").content.decode().split('id="results"')[0]


def test_a_second_turn_is_blind_again_while_the_first_stays_told(world, begun, people):
    manager = world.portfolio_manager
    says(begun["held"], people[2], "PUMPS", 0)
    close_round(begun["held"], actor=manager)
    repeat_round(ScoringRound.objects.get(), actor=manager)
    says(ScoringRound.objects.get(), people[2], "PUMPS", 1, "zq9second thoughts")
    seen = Judgement.objects.visible_to(world.portfolio_manager)
    assert sorted(seen.values_list("turn", flat=True)) == [1, 1, 1]
    close_round(ScoringRound.objects.get(), actor=manager)
    assert Judgement.objects.visible_to(world.portfolio_manager).filter(turn=2).count() == 1


def test_a_bias_note_is_for_its_evaluator_alone(world, begun, people, client):
    says(begun["held"], people[2], "PUMPS", 0)
    says(begun["held"], people[2], "METERS", 0)
    close_round(begun["held"], actor=world.portfolio_manager)
    finish_round(ScoringRound.objects.get(), actor=world.portfolio_manager)
    address = f"/evaluate/rounds/{begun['round']}/"
    told = {}
    for username in ("olive", "omar", "opal", "amara", "dora"):
        client.force_login(Person.objects.get(username=username))
        page = client.get(address).content.decode()
        told[username] = "50 points more" in page, "50 points fewer" in page
    assert told == {
        "olive": (True, False),
        "omar": (False, True),
        "opal": (False, False),
        "amara": (False, False),
        "dora": (False, False),
    }


def test_an_answer_of_a_closed_session_is_told_to_who_may_see_judgements(world, begun, auditor):
    close_session(begun["open"], actor=world.portfolio_manager)
    for who in (world.portfolio_manager, auditor):
        assert [row.ratio for row in Comparison.objects.visible_to(who)] == [7.0]
    assert not Comparison.objects.visible_to(Person.objects.get(username="otto")).exists()
