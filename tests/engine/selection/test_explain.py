"""Explanations of candidates that are forced, blocked or not reached in time."""

import numpy as np

from mainstay.engine.selection import Effort, Explanation, Member, read_problem, solve
from mainstay.engine.selection.explain import explain
from mainstay.engine.selection.highs import HighsSolver
from mainstay.engine.selection.optimum import find_optimum
from tests.engine.selection.builders import Document, candidate, example, problem


def explained(document: Document, candidate: str) -> Explanation:
    """The explanation of one candidate."""
    (explanation,) = solve(read_problem(document), explain=candidate).explanations
    return explanation


def test_a_candidate_forced_out_has_a_negative_price_when_that_costs_something():
    why = explained(example("every-rule"), "G")
    assert (why.reason, why.chosen, why.price_of_inclusion, why.flip) == ("forced_out", False, -34, ())


def test_a_candidate_forced_in_against_its_worth_has_a_negative_value():
    document = problem([candidate("A", -3, money=1), candidate("B", 5, money=1)], money=1)
    document["candidates"][0]["forced"] = "in"
    why = explained(document, "A")
    assert (why.reason, why.value_of_having, why.enters, why.displaces) == ("forced_in", -8, ("B",), ())


def test_a_candidate_that_can_never_be_in_names_what_blocks_it_and_what_would_help():
    document = problem([candidate("A", 9, money=5), candidate("B", 1, money=1)], money=4)
    why = explained(document, "A")
    assert (why.reason, why.price_of_inclusion, why.blocked_by) == ("cannot_be_in", None, (Member("limit", "money"),))
    assert [(flip.limit, flip.change, flip.then_enters, flip.then_leaves) for flip in why.flip] == [
        ("money", 1, ("A",), ("B",))
    ]


def test_a_candidate_that_others_need_cannot_be_out():
    rules = ({"id": "base", "kind": "requires", "candidate": "B", "needs": "A"},)
    document = problem([candidate("A", -1, money=1), candidate("B", 5, money=1)], money=9, rules=rules)
    document["candidates"][1]["forced"] = "in"
    why = explained(document, "A")
    assert (why.reason, why.value_of_having) == ("cannot_be_out", None)
    assert why.blocked_by == (Member("rule", "base"), Member("forcing", "B"))


def test_a_candidate_that_no_limit_keeps_out_has_no_flip():
    why = explained(problem([candidate("A", -2, money=1), candidate("B", 5, money=1)], money=9), "A")
    assert (why.price_of_inclusion, why.flip, why.proven) == (2, (), True)


def test_more_of_a_limit_with_overload_brings_a_candidate_in_when_it_saves_enough():
    document = problem([candidate("A", 3, team=2), candidate("B", 9, team=2)])
    document["limits"] = [{"id": "team", "by_period": [2], "overload": {"share": 1, "price": 2}}]
    why = explained(document, "A")
    (flip,) = why.flip
    assert why.price_of_inclusion == 1
    assert (round(flip.change, 6), flip.then_enters, flip.then_leaves) == (0.5, ("A",), ())


def test_a_flip_is_the_first_of_several_and_not_only_some():
    costs = {"A": 10, "B": 9, "C": 6, "D": 5}
    values = {"A": 10, "B": 8.8, "C": 6.1, "D": 4.9}
    document = problem([candidate(each, values[each], money=costs[each]) for each in costs], money=14)
    base = solve(read_problem(document))
    for why in solve(read_problem(document), explain="all").explanations:
        for flip in why.flip:
            changes = np.arange(1, round(flip.change))
            chosen = [solve(read_problem(document).with_more({"money": more})).chosen_ids() for more in changes]
            assert all(why.candidate not in ids for ids in chosen)
            with_it = solve(read_problem(document).with_more({"money": flip.change}).with_forced(why.candidate, "in"))
            assert with_it.objective == solve(read_problem(document).with_more({"money": flip.change})).objective
    assert base.chosen_ids() == ("B", "D")


def test_what_time_does_not_allow_is_not_claimed():
    asked = read_problem(example("five-projects"))
    optimum = find_optimum(asked, HighsSolver(), Effort())
    explanations = explain(asked, optimum, ["A", "D"], HighsSolver(), Effort(cancelled=lambda: True))
    assert [(each.candidate, each.reason, each.proven) for each in explanations] == [
        ("A", "out_of_time", False),
        ("D", "out_of_time", False),
    ]
    assert all(each.price_of_inclusion is None and each.value_of_having is None for each in explanations)
