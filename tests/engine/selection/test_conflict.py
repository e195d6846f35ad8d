"""The smallest set of limits, rules and forcings that cannot hold together."""

from mainstay.engine.selection import Member, read_problem, solve
from mainstay.engine.selection.conflict import find_conflict
from mainstay.engine.selection.highs import HighsSolver
from mainstay.engine.selection.solver import Effort
from tests.engine.selection.builders import candidate, example, problem


def test_two_obligations_and_the_budget_they_exceed():
    answer = solve(read_problem(example("impossible")))
    assert answer.conflict is not None
    assert answer.conflict.smallest
    assert answer.conflict.members == (Member("limit", "money"), Member("forcing", "A"), Member("forcing", "B"))


def test_a_smaller_conflict_is_found_behind_a_larger_one():
    rules = (
        {"id": "chain 1", "kind": "requires", "candidate": "A", "needs": "B"},
        {"id": "chain 2", "kind": "requires", "candidate": "B", "needs": "C"},
        {"id": "no more", "kind": "measure", "measure": "risk", "min": 9},
    )
    document = problem([candidate(each, 1, money=1) for each in "ABC"], money=9, rules=rules)
    document["candidates"][0]["forced"] = "in"
    document["candidates"][2]["forced"] = "out"
    document["candidates"][1]["options"][0]["measures"] = {"risk": 1}
    answer = solve(read_problem(document))
    assert answer.conflict is not None
    assert (answer.conflict.members, answer.conflict.smallest) == ((Member("rule", "no more"),), True)


def test_one_forced_candidate_that_fits_no_budget():
    document = problem([candidate("A", 1, money=5), candidate("B", 1, money=1)], money=4)
    document["candidates"][0]["forced"] = "in"
    answer = solve(read_problem(document))
    assert answer.conflict is not None
    assert answer.conflict.members == (Member("limit", "money"), Member("forcing", "A"))


def test_a_problem_that_can_be_solved_has_no_conflict():
    asked = read_problem(example("five-projects"))
    assert find_conflict(asked, HighsSolver(), Effort()) is None
