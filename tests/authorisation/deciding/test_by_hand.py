"""What settling by hand and waiting cost, on the golden portfolio with two skills: the best is worth 89."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from mainstay.authorisation.deciding.by_hand import by_hand, compared
from mainstay.authorisation.deciding.waiting import waits_of
from mainstay.authorisation.models import Decision
from mainstay.authorisation.operations.adoption import adopt_selection
from mainstay.authorisation.rulewords import COMMITTED_ALREADY
from mainstay.engine import selection as engine

FIVE = Path(__file__).parents[3] / "docs/examples/five-projects.json"


@pytest.fixture
def five():
    return engine.read_problem(json.loads(FIVE.read_text()))


def settled(problem, code, way, reason="Promised"):
    forced = tuple(
        replace(each, forced=way, reason=reason) if each.id == code else each for each in problem.candidates
    )
    return replace(problem, candidates=forced)


def answer_to(problem):
    return engine.answer_to_dict(engine.solve(problem, seconds=10))


def chosen(answer):
    return {each["candidate"] for each in answer["chosen"]}


def test_what_was_put_in_by_hand_costs_what_the_best_plan_loses(five):
    problem = settled(five, "D", "in")
    answer = answer_to(problem)
    told = compared(problem, answer, chosen(answer))
    assert (told.decided, told.best, told.price, told.is_proven) == (81, 89, 8, True)
    assert (told.enters, told.leaves, told.changed) == (("C",), ("D",), ())
    assert [(one.code, one.way, one.reason, one.price) for one in told.settled] == [("D", "in", "Promised", 8)]


def test_what_was_kept_out_by_hand_costs_its_value(five):
    problem = settled(five, "A", "out")
    answer = answer_to(problem)
    told = compared(problem, answer, chosen(answer))
    assert (told.price, told.decided) == (14, 75)


def test_what_is_committed_already_is_not_settled_by_hand(five):
    problem = settled(five, "D", "in", COMMITTED_ALREADY)
    answer = answer_to(problem)
    told = compared(problem, answer, chosen(answer))
    assert (told.price, told.settled) == (0, ())


def test_a_choice_other_than_the_answer_is_worth_what_it_brings_at_its_best_starts(five):
    answer = answer_to(five)
    told = compared(five, answer, {"A", "B", "D", "E"})
    assert (told.decided, told.price, told.changed) == (81, 8, ("C", "D"))


def test_a_choice_that_breaks_a_limit_has_no_price(five):
    told = compared(five, answer_to(five), {"A", "B", "C", "D", "E"})
    assert (told.decided, told.price, told.best) == (None, None, 89)


def test_waiting_costs_what_the_best_starts_would_bring_more(five):
    waits = waits_of(five, answer_to(five))
    assert sum(one.lost for one in waits) == 92 - 89
    assert all(one.periods == one.lost for one in waits)


@pytest.mark.django_db
def test_an_adopted_selection_tells_the_price_of_its_forced_candidate(golden):
    rules = {"forced": [{"code": "D", "way": "in", "reason": "Promised to the board"}]}
    adopt_selection(golden.solved(rules=rules), actor=golden.member, note="")
    told = by_hand(Decision.objects.get())
    assert (told.decided, told.best, told.price, told.enters, told.leaves) == (83, 92, 9, ("C",), ("D",))
