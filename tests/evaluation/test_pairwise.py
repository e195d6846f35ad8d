"""Pairwise sessions: who is invited, what answers come to, and how weights come to count."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from mainstay.core.errors import Forbidden, Impossible, Missing
from mainstay.core.models import Event, Person
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
from mainstay.evaluation.comparing import Standing, group_of, hundredths, standings_of
from mainstay.evaluation.effect import effect_of
from mainstay.evaluation.models import Comparison, PairwiseSession, Score, ScoreModel
from mainstay.evaluation.operations.criteria import Wanted
from mainstay.evaluation.operations.models import create_model, edit_model, publish_model
from mainstay.evaluation.operations.pairwise import close_session, compare_pair, publish_session
from mainstay.evaluation.operations.scores import score_projects
from mainstay.strategy.models import Driver
from mainstay.strategy.operations.drivers import create_driver
from tests.evaluation.judging import answers, invited_session, person

NAMES = ("Benefit", "Risk", "Cost", "Duration")
SOURCES = (("benefit", 0, 4_000_000), ("risk", 100, 0), ("cost", 2_000_000, 0), ("days", 1000, 0))
GOLDEN = {
    "Benefit__Risk": 3.0,
    "Benefit__Cost": 5.0,
    "Benefit__Duration": 2.0,
    "Risk__Cost": 3.0,
    "Risk__Duration": 1 / 2,
    "Cost__Duration": 1 / 4,
}


@pytest.fixture
def four(world):
    """A model of four criteria that weigh the same."""
    criteria = [
        Wanted(name, source, Decimal(worst), Decimal(best), Decimal(25))
        for name, (source, worst, best) in zip(NAMES, SOURCES, strict=True)
    ]
    return create_model(world.networks, actor=world.portfolio_manager, name="Four", criteria=criteria)


@pytest.fixture
def people(world):
    """Three executives."""
    return [person(world, username, Role.EXECUTIVE) for username in ("edda", "emil", "enno")]


@pytest.fixture
def session(world, four, people):
    """An open session about the four criteria."""
    return invited_session(world, four, people)


def standing(session, who):
    participant = session.participants.get(person=who)
    return standings_of(session, [participant])[participant.pk]


def test_the_golden_answers_give_the_golden_weights(session, people):
    answers(session, people[0], **GOLDEN)
    own = standing(session, people[0])
    assert [round(weight, 4) for _, weight in own.in_order] == [0.4729, 0.1699, 0.0729, 0.2844]
    assert round(own.weights.consistency_ratio, 4) == 0.0189
    assert (own.is_consistent, own.misfit, own.answered) == (True, None, 6)


def test_the_answer_that_contradicts_the_others_is_pointed_out_and_left_alone(session, people):
    answers(session, people[0], **GOLDEN | {"Benefit__Cost": 1 / 5})
    own = standing(session, people[0])
    assert round(own.weights.consistency_ratio, 2) == 0.8
    assert {own.labels[own.misfit.first], own.labels[own.misfit.second]} == {"Benefit", "Cost"}
    kept = Comparison.objects.get(left="Benefit", right="Cost")
    assert (kept.ratio, kept.version) == (1 / 5, 1)
    answers(session, people[0], Benefit__Cost=5.0)
    assert standing(session, people[0]).is_consistent


def test_pairs_may_be_skipped_while_the_rest_connects_everything(session, people):
    answers(session, people[0], Benefit__Risk=3.0, Benefit__Cost=None, Risk__Cost=2.0)
    own = standing(session, people[0])
    assert (own.answered, own.skipped, own.weights) == (2, 1, None)
    assert "Duration" in own.unconnected
    answers(session, people[0], Cost__Duration=1.0)
    assert standing(session, people[0]).weights.missing == 3


def test_an_answer_named_the_other_way_round_is_the_same_pair(session, people):
    answers(session, people[0], Risk__Benefit=4.0)
    kept = Comparison.objects.get()
    assert (kept.left, kept.right, kept.ratio) == ("Benefit", "Risk", 0.25)


def test_nobody_answers_for_somebody_else_or_beyond_the_scale(world, session, people):
    participant = session.participants.get(person=people[0])
    with pytest.raises(Missing):
        compare_pair(participant, actor=people[1], left="Benefit", right="Risk", ratio=3.0)
    for left, right, ratio in (("Benefit", "Risk", 10.0), ("Benefit", "Luck", 3.0), ("Risk", "Risk", 1.0)):
        with pytest.raises(ValidationError):
            compare_pair(participant, actor=people[0], left=left, right=right, ratio=ratio)
    close_session(session, actor=world.portfolio_manager)
    with pytest.raises(Impossible, match="Weights 2027 is closed"):
        compare_pair(participant, actor=people[0], left="Benefit", right="Risk", ratio=3.0)
    assert not Comparison.objects.exists()


def test_only_people_who_may_compare_are_invited(world, four):
    with pytest.raises(ValidationError, match="Tom Stranger may not compare in Networks"):
        invited_session(world, four, [world.stranger])
    assert not PairwiseSession.objects.exists()


def test_the_group_is_the_geometric_mean_or_the_joint_weights(world, session, people):
    answers(session, people[0], Benefit__Risk=2.0, Risk__Cost=1.0, Cost__Duration=1.0)
    answers(session, people[1], Benefit__Risk=8.0, Risk__Cost=1.0, Cost__Duration=1.0)
    assert group_of(session) is None
    close_session(session, actor=world.portfolio_manager)
    session = PairwiseSession.objects.get()
    joined = group_of(session)
    assert [round(weight, 6) for weight in joined.weights] == [0.571429, 0.142857, 0.142857, 0.142857]
    assert (joined.pairs[0].left, joined.pairs[0].right, round(joined.pairs[0].ratio, 6)) == ("Benefit", "Risk", 4.0)
    assert [round(share, 4) for share in joined.ends(0)] == [0.4, 0.7273]
    assert len(group_of(session, "priorities").standings) == 2


def test_shares_add_up_exactly():
    assert hundredths([1 / 3, 1 / 3, 1 / 3], Decimal(100)) == [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]
    assert sum(hundredths([0.99999, 0.000005, 0.000005], Decimal(100))) == 100
    assert min(hundredths([0.99999, 0.000005, 0.000005], Decimal(100))) == Decimal("0.01")


def _closed(world, session, people):
    answers(session, people[0], **GOLDEN)
    close_session(session, actor=world.portfolio_manager)
    return PairwiseSession.objects.get(pk=session.pk)


def test_the_effect_is_told_before_anything_changes(world, four, session, people):
    closed = _closed(world, session, people)
    score_projects(four, actor=world.portfolio_manager)
    events = Event.objects.count()
    shares = {"Benefit": Decimal(1), "Risk": Decimal(1), "Cost": Decimal(97), "Duration": Decimal(1)}
    moves = effect_of(world.portfolio_manager, four, shares, line=1)
    assert [(one.project.code, one.before, one.after, one.moved, one.crosses) for one in moves] == [
        ("METERS", 2, 1, 1, "in"),
        ("PUMPS", 1, 2, -1, "out"),
    ]
    assert Event.objects.count() == events
    assert closed.state == "closed"


def test_published_weights_are_a_new_edition_with_its_reason_in_the_log(world, four, session, people):
    manager = world.portfolio_manager
    publish_model(four, actor=manager, note="Equal weights")
    score_projects(four, actor=manager)
    closed = _closed(world, session, people)
    done = publish_session(closed, actor=manager, reason="Agreed by the executives")
    model = ScoreModel.objects.get()
    assert (model.edition, model.published_edition, done.published_edition) == (2, 2, 2)
    assert model.edition_note == "Weights 2027: Agreed by the executives"
    assert dict(model.criteria.values_list("label", "weight")) == {
        "Benefit": Decimal("47.29"),
        "Risk": Decimal("16.99"),
        "Cost": Decimal("7.28"),
        "Duration": Decimal("28.44"),
    }
    assert done.weights["Benefit"] == "47.29"
    event = Event.objects.filter(verb=Verb.SESSION_PUBLISH).get()
    assert (event.reason, event.label, event.who) == ("Agreed by the executives", "Weights 2027", "Amara Diallo")
    assert set(Score.objects.values_list("edition", flat=True)) == {2}
    with pytest.raises(Impossible, match="is published; close it, then publish it once"):
        publish_session(done, actor=manager, reason="Again")


def test_weights_are_not_published_where_that_makes_no_sense(world, four, session, people):
    manager = world.portfolio_manager
    with pytest.raises(Impossible, match="is open"):
        publish_session(session, actor=manager, reason="Now")
    closed = _closed(world, session, people)
    with pytest.raises(ValidationError, match="Say why these weights shall count"):
        publish_session(closed, actor=manager, reason=" ")
    with pytest.raises(Forbidden):
        publish_session(closed, actor=people[0], reason="Mine")
    edit_model(four, actor=manager, criteria=[Wanted("Luck", "risk", Decimal(100), Decimal(0), Decimal(100))])
    with pytest.raises(Impossible, match="are others than those compared"):
        publish_session(closed, actor=manager, reason="Now")
    assert ScoreModel.objects.get().published_edition == 0
    assert PairwiseSession.objects.get().state == "closed"


def test_a_session_nobody_answered_gives_no_weights(world, session):
    close_session(session, actor=world.portfolio_manager)
    with pytest.raises(Impossible, match="The answers give no weights yet"):
        publish_session(PairwiseSession.objects.get(), actor=world.portfolio_manager, reason="Now")
    assert ScoreModel.objects.get().edition == 1


def test_drivers_of_the_strategy_are_weighed_the_same_way(world, people):
    for code, name in (("D-1", "Clean rivers"), ("D-2", "Low bills")):
        create_driver(world.networks, actor=MAINSTAY, name=name, code=code)
    session = invited_session(world, None, people)
    assert session.keys == ["D-1", "D-2"]
    participant = session.participants.get(person=people[0])
    compare_pair(participant, actor=Person.objects.get(pk=people[0].pk), left="D-1", right="D-2", ratio=4.0)
    close_session(session, actor=world.portfolio_manager)
    publish_session(PairwiseSession.objects.get(), actor=world.portfolio_manager, reason="Agreed")
    assert dict(Driver.objects.values_list("code", "weight")) == {"D-1": Decimal("80.00"), "D-2": Decimal("20.00")}


def test_the_next_pair_is_the_first_that_was_neither_answered_nor_skipped(session):
    assert Standing(session, {}).next_pair == (0, 1)
    assert Standing(session, {(0, 1): 2.0, (1, 2): None}).next_pair == (2, 3)
