"""Scoring rounds: who is invited and let in, what is asked, and what the judgements come to."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from mainstay.core import access
from mainstay.core.errors import Forbidden, Impossible, Missing
from mainstay.core.models import Event, Notice
from mainstay.core.roles import Role
from mainstay.core.verbs import Verb
from mainstay.evaluation.models import Judgement, Recusal, RoundItem, Score, ScoringRound
from mainstay.evaluation.operations.judgements import recuse
from mainstay.evaluation.operations.models import edit_model
from mainstay.evaluation.operations.rounds import close_round, edit_round, finish_round, open_round, repeat_round
from mainstay.evaluation.operations.scores import score_projects
from mainstay.evaluation.outcome import Outcome, note_for
from mainstay.evaluation.queries import scores_of
from mainstay.evaluation.rounds import progress_of, waiting_for
from mainstay.portfolio.models import Member
from tests.evaluation.conftest import RISK
from tests.evaluation.judging import EVALUATORS, judged_model, opened, person, says


@pytest.fixture
def people(world):
    """Olive, Otto, Omar and Opal, evaluators of the networks."""
    return [person(world, username) for username in EVALUATORS]


@pytest.fixture
def held(world, people):
    """A round over two projects."""
    return opened(world, judged_model(world), people)


def again(held):
    return ScoringRound.objects.get(pk=held.pk)


def test_a_round_keeps_what_was_asked_whatever_becomes_of_the_model(world, held):
    whole = replace(RISK, weight=Decimal(100))
    edit_model(held.model, actor=world.portfolio_manager, criteria=[whole])
    assert again(held).labels == ["Fit"]
    assert [level["words"] for level in again(held).criteria[0]["levels"]] == [
        "Not in the strategy",
        "Supports an objective",
        "Named in the strategy",
    ]


def test_who_may_not_judge_a_project_yet_is_let_in_and_named(world):
    tom = world.stranger
    held = opened(world, judged_model(world), [tom], projects=[world.pumps])
    assert held.evaluators.get().gained == ["PUMPS"]
    assert Member.objects.get(person=tom).role == Role.EVALUATOR
    assert access.may(world.stranger, Verb.JUDGEMENT_GIVE, world.pumps)
    assert not access.may(world.stranger, Verb.SEE_REGISTER, world.meters)


def test_a_round_that_makes_no_sense_is_refused(world, model, people):
    fit = judged_model(world)
    tries = [
        (model, {"projects": [world.pumps]}, "Worth has no criterion that people judge"),
        (fit, {"projects": []}, "Choose 1 to 500 projects"),
        (fit, {"projects": [world.depot]}, "New depot does not belong to Networks"),
        (fit, {"projects": [world.pumps], "evaluators": []}, "Invite 1 to 50 people"),
    ]
    for asked, terms, told in tries:
        with pytest.raises(ValidationError, match=told):
            open_round(asked, actor=world.director, name="R", **{"evaluators": people, **terms})
    with pytest.raises(Forbidden):
        open_round(fit, actor=world.sponsor, name="R", projects=[world.pumps], evaluators=people)
    assert not ScoringRound.objects.exists()
    assert not RoundItem.objects.exists()


def test_only_the_invited_judge_and_only_while_it_is_open(world, held, people):
    stranger_to_it = person(world, "late")
    with pytest.raises(Missing):
        says(held, stranger_to_it, "PUMPS", 1)
    for level in (3, -1):
        with pytest.raises(ValidationError, match="Fit has no such level"):
            says(held, people[0], "PUMPS", level)
    close_round(held, actor=world.portfolio_manager)
    with pytest.raises(Impossible, match="Round 2027 is closed"):
        says(held, people[0], "PUMPS", 1)
    assert not Judgement.objects.exists()


def test_a_judgement_can_be_changed_until_the_round_closes(held, people):
    assert says(held, people[0], "PUMPS", 1, "Supports it") == 1
    assert says(held, people[0], "PUMPS", 1, "Supports it") == 0
    assert says(held, people[0], "PUMPS", 2, "Named on page 3") == 1
    row = Judgement.objects.get()
    assert (row.level, row.points, row.rationale, row.version) == (2, 100.0, "Named on page 3", 2)


def test_who_stands_aside_judges_no_more_and_says_why(held, people):
    olive = people[0]
    says(held, olive, "PUMPS", 2)
    item = RoundItem.objects.get(round=held, project__code="PUMPS")
    with pytest.raises(ValidationError, match="Say what the conflict of interest is"):
        recuse(item, actor=olive, conflict="")
    recuse(item, actor=olive, conflict="My brother supplies the pumps")
    assert not Judgement.objects.exists()
    with pytest.raises(Impossible, match="You stood aside"):
        says(held, olive, "PUMPS", 2)
    with pytest.raises(Impossible, match="already"):
        recuse(item, actor=olive, conflict="Again")
    assert Recusal.objects.count() == 1


def test_the_moderator_sees_how_far_people_are(held, people):
    says(held, people[0], "PUMPS", 1)
    says(held, people[0], "METERS", 1)
    says(held, people[1], "METERS", 1)
    recuse(RoundItem.objects.get(round=held, project__code="PUMPS"), actor=people[2], conflict="Family")
    told = {one.evaluator.person.username: (one.done, one.recused, one.total) for one in progress_of(again(held))}
    assert told == {"olive": (2, 0, 2), "otto": (1, 0, 2), "omar": (0, 1, 2), "opal": (0, 0, 2)}
    assert [(found.name, left) for found, left in waiting_for(people[1])] == [("Round 2027", 1)]
    assert waiting_for(people[0]) == []


def _judge(held, people, levels):
    for who, by_code in zip(people, levels, strict=True):
        for code, level in by_code.items():
            says(held, who, code, level)


def test_only_what_lies_outside_the_tolerance_is_judged_again(world, held, people):
    manager = world.portfolio_manager
    _judge(held, people, [{"PUMPS": 0, "METERS": 1}, {"PUMPS": 2, "METERS": 1}, {"PUMPS": 1}, {"METERS": 1}])
    with pytest.raises(Impossible, match="still open"):
        repeat_round(held, actor=manager)
    close_round(held, actor=manager)
    repeat_round(held, actor=manager)
    assert dict(RoundItem.objects.values_list("project__code", "turn")) == {"PUMPS": 2, "METERS": 1}
    with pytest.raises(Impossible, match="This project is not judged again"):
        says(held, people[0], "METERS", 2)
    says(held, people[0], "PUMPS", 1)
    says(held, people[1], "PUMPS", 1)
    close_round(again(held), actor=manager)
    assert Outcome(again(held)).items_apart() == []
    with pytest.raises(Impossible, match="Nobody lies further apart"):
        repeat_round(again(held), actor=manager)
    assert Judgement.objects.filter(turn=1).count() == 6


def test_the_result_is_the_mean_with_its_spread_and_counts_in_the_score(world, held, people):
    manager = world.portfolio_manager
    _judge(held, people, [{"PUMPS": 0}, {"PUMPS": 1}, {"PUMPS": 1}, {"PUMPS": 2, "METERS": 2}])
    with pytest.raises(Impossible, match="close it first"):
        finish_round(held, actor=manager)
    close_round(held, actor=manager)
    finish_round(again(held), actor=manager)
    result = RoundItem.objects.get(project=world.pumps).result["Fit"]
    assert {name: result[name] for name in ("points", "mean", "median", "spread", "count", "words")} == {
        "points": 50.0,
        "mean": 50.0,
        "median": 50.0,
        "spread": 100.0,
        "count": 4,
        "words": "Supports an objective",
    }
    assert result["deviation"] == pytest.approx(40.824829)
    totals = dict(Score.objects.values_list("project__code", "total"))
    assert totals == {"PUMPS": 0.6 * 50 + 0.4 * 70, "METERS": 0.6 * 100 + 0.4 * 40}
    assert Score.objects.get(project=world.pumps).parts[0]["round"] == "Round 2027"
    with pytest.raises(Impossible, match="is finished"):
        edit_round(again(held), actor=manager, name="Another")


def test_the_median_may_count_instead_of_the_mean(world, people):
    held = opened(world, judged_model(world), people, combined="median")
    _judge(held, people[:3], [{"PUMPS": 0}, {"PUMPS": 2}, {"PUMPS": 2}])
    close_round(held, actor=world.portfolio_manager)
    finish_round(again(held), actor=world.portfolio_manager)
    assert RoundItem.objects.get(project=world.pumps).result["Fit"]["points"] == 100.0
    assert RoundItem.objects.get(project=world.meters).result == {}


def test_the_scorecard_tells_the_trend_since_the_last_round(world, people):
    manager, model = world.portfolio_manager, judged_model(world)
    for name, level in (("Round 2026", 1), ("Round 2027", 2)):
        held = opened(world, model, people, name=name)
        says(held, people[0], "PUMPS", level)
        close_round(held, actor=manager)
        finish_round(again(held), actor=manager)
    _, (card,) = scores_of(manager, "PUMPS")
    line = card.card[0]
    assert (line.part["points"], line.part["words"], line.trend, line.former_round) == (
        100.0,
        "Named in the strategy",
        50.0,
        "Round 2026",
    )


def test_a_past_score_recomputes_with_the_round_of_its_time(world, people):
    manager, model = world.portfolio_manager, judged_model(world)
    for name, level in (("Round 2026", 1), ("Round 2027", 2)):
        held = opened(world, model, people, name=name)
        says(held, people[0], "PUMPS", level)
        close_round(held, actor=manager)
        finish_round(again(held), actor=manager)
        score_projects(model, actor=manager)
    first = Event.objects.filter(verb=Verb.ROUND_FINISH).order_by("pk").first()
    _, (past,) = scores_of(manager, "PUMPS", Event.objects.filter(pk__gt=first.pk).order_by("pk").first().at)
    assert (past.score.total, past.recomputed) == (58.0, 58.0)


def test_each_evaluator_alone_is_told_how_they_lie_against_the_others(world, held, people):
    _judge(
        held,
        people,
        [{"PUMPS": 2, "METERS": 2}, {"PUMPS": 1, "METERS": 1}, {"PUMPS": 1, "METERS": 1}, {"PUMPS": 1, "METERS": 1}],
    )
    assert note_for(again(held), people[0]) is None
    close_round(held, actor=world.portfolio_manager)
    assert note_for(again(held), people[0]) is None
    finish_round(again(held), actor=world.portfolio_manager)
    own = note_for(again(held), people[0])
    assert (own.bias, own.compared) == (50.0, 2)
    assert own.sentence == "On the same projects you gave 50 points more than the others on average."
    assert note_for(again(held), people[1]).sentence == (
        "On the same projects you gave 17 points fewer than the others on average."
    )
    assert note_for(again(held), world.portfolio_manager) is None


def test_people_are_added_and_taken_off_until_they_have_judged(world, held, people):
    manager, late = world.portfolio_manager, person(world, "late")
    says(held, people[0], "PUMPS", 1)
    with pytest.raises(ValidationError, match="Olive has judged already and stays on record"):
        edit_round(held, actor=manager, evaluators=[late])
    assert held.evaluators.count() == 4
    edit_round(held, actor=manager, evaluators=[people[0], late])
    assert sorted(held.evaluators.values_list("person__username", flat=True)) == ["late", "olive"]


def test_evaluators_are_told_what_waits_for_them(world, people, django_capture_on_commit_callbacks):
    manager = world.portfolio_manager
    with django_capture_on_commit_callbacks(execute=True):
        held = opened(world, judged_model(world), people[:2], due_date=date(2027, 11, 30))
    _judge(held, people[:2], [{"PUMPS": 0, "METERS": 1}, {"PUMPS": 2, "METERS": 1}])
    with django_capture_on_commit_callbacks(execute=True):
        close_round(held, actor=manager)
        repeat_round(again(held), actor=manager)
        close_round(again(held), actor=manager)
        finish_round(again(held), actor=manager)
    told = Notice.objects.filter(person=people[0]).order_by("pk").values_list("text", "url")
    assert list(told) == [
        ("2 to score: Round 2027, until 30 November.", f"/evaluate/rounds/{held.pk}/judging/"),
        ("Round 2027 is finished; see the result and your own note.", f"/evaluate/rounds/{held.pk}/"),
    ]
