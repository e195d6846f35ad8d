"""Which of several equally good plans is the answer."""

from mainstay.engine.selection import read_problem, solve
from tests.engine.selection.builders import Document, candidate, problem


def chosen(document: Document) -> dict[str, int]:
    """The candidates of the answer with their starts."""
    return {each.candidate: each.start for each in solve(read_problem(document)).chosen}


def test_of_two_equal_candidates_the_first_by_id_is_chosen_whatever_their_order():
    pair = [candidate("B", 5, money=1), candidate("A", 5, money=1)]
    assert chosen(problem(pair, money=1)) == {"A": 0}
    assert chosen(problem(pair[::-1], money=1)) == {"A": 0}


def test_the_smaller_sum_of_starts_comes_before_the_id():
    late, early = candidate("A", 5, starts=(2,), money=1), candidate("B", 5, starts=(1,), money=1)
    assert chosen(problem([late, early], periods=3, money=1)) == {"B": 1}


def test_the_earlier_start_goes_to_the_first_by_id():
    pair = [candidate(each, 5, starts=(0, 1), team=1) for each in "AB"]
    document = problem(pair, periods=2)
    document["limits"] = [{"id": "team", "by_period": [1, 1]}]
    assert chosen(document) == {"A": 0, "B": 1}


def test_of_two_equal_options_the_one_listed_first_is_chosen():
    twice = candidate("A", 5, money=1)
    twice["options"].append({**twice["options"][0], "id": "another"})
    answer = solve(read_problem(problem([twice], money=1)))
    assert answer.chosen[0].option == "full"


def test_ties_among_many_candidates_are_settled_beyond_one_block():
    many = [candidate(f"P{nth:02}", 1, money=1) for nth in reversed(range(50))]
    answer = solve(read_problem(problem(many, money=30)))
    assert sorted(answer.chosen_ids()) == [f"P{nth:02}" for nth in range(30)]


def test_values_that_differ_only_by_rounding_are_a_tie():
    pair = [candidate("A", 0.3, money=1), candidate("B", 0.1 + 0.2, money=1)]
    assert chosen(problem(pair, money=1)) == {"A": 0}
