"""Frontiers of the five projects and of larger portfolios: the curve, progress, stopping, work in pieces."""

import pytest

from benchmarks.check import check
from benchmarks.generated import portfolio
from mainstay.engine.selection import Effort, Problem, answer_to_dict, problem_to_dict, read_problem, solve
from mainstay.engine.selection.frontier import Frontier, exact_steps, frontier, frontier_to_dict, joined
from mainstay.engine.selection.frontier.axis import Axis
from tests.engine.selection.builders import candidate, example, problem


@pytest.fixture(scope="module")
def five() -> Problem:
    return read_problem(example("five-projects"))


@pytest.fixture(scope="module")
def large() -> Problem:
    return read_problem(portfolio(200, 4, 6, "typical", 1))


def objectives(found: Frontier) -> list[float | None]:
    return [each.answer.objective for each in found.points]


def assert_is_a_curve(problem: Problem, axis: str, found: Frontier):
    """Objectives and bounds rise along the curve, and every answer holds."""
    bounds = [each.answer.bound for each in found.points]
    assert objectives(found) == sorted(objectives(found))
    assert bounds == sorted(bounds)
    for point in found.points:
        assert check(problem_to_dict(Axis(problem, axis).at(point.amount)), answer_to_dict(point.answer)) == []


def test_the_five_projects_with_less_and_more_money(five: Problem):
    found = frontier(five, "money", (300, 310, 320, 330, 380))
    assert objectives(found) == [81, 81, 89, 92, 103]
    assert (found.axis, found.present, found.is_proven) == ("money", 320, True)


def test_the_steps_of_the_five_projects(five: Problem):
    steps = exact_steps(five, "money", 300, 400)
    assert [(each.amount, each.objective) for each in steps.steps] == [(300, 81), (320, 89), (330, 92), (380, 103)]
    assert [each.candidate for each in steps.steps[2].chosen] == ["A", "B", "C", "D"]
    assert (steps.worth(329), steps.worth(330), steps.worth(299)) == (89, 92, None)


def test_a_limit_with_overload_has_no_steps(five: Problem):
    document = problem([candidate("A", 3, team=2)])
    document["limits"] = [{"id": "team", "by_period": [2], "overload": {"share": 1, "price": 2}}]
    with pytest.raises(ValueError, match="overload"):
        exact_steps(read_problem(document), "team", 0, 4)


def test_steps_that_time_does_not_allow_are_not_claimed(five: Problem):
    steps = exact_steps(five, "money", 0, 400, effort=Effort(cancelled=lambda: True))
    assert (steps.steps, steps.proven_from) == ((), float("inf"))


def test_a_large_portfolio_gives_a_curve_within_the_gap(large: Problem):
    found = frontier(large, "money", 8, effort=Effort(60, gap=0.02))
    assert found.is_proven
    assert all(each.answer.gap <= 0.02 for each in found.points)
    assert_is_a_curve(large, "money", found)


def test_the_curve_against_the_risk_of_a_large_portfolio(large: Problem):
    found = frontier(large, "risk", (100.0, 300.0, 600.0), effort=Effort(60, gap=0.02))
    assert found.present is None
    assert_is_a_curve(large, "risk", found)


def test_two_threads_give_a_curve_too(large: Problem):
    assert_is_a_curve(large, "money", frontier(large, "money", 6, effort=Effort(60, gap=0.02, threads=2)))


def test_pieces_worked_out_apart_join_to_the_same_curve(five: Problem):
    low = frontier(five, "money", (300, 310))
    high = frontier(five, "money", (320, 330, 380), known=low.points)
    assert [each.answer.objective for each in joined(five, "money", (*high.points, *low.points))] == [
        81,
        81,
        89,
        92,
        103,
    ]


def test_what_is_known_of_a_neighbour_is_taken_over(five: Problem):
    known = frontier(five, "money", (320, 329)).points
    asked: list[object] = []

    class Nobody:
        name = "Nobody 1"

        def maximise(self, program, effort, first=None):
            asked.append(program)
            raise AssertionError("everything is known")

    found = frontier(five, "money", (322, 325), known=known, solver=Nobody())
    assert (objectives(found), found.is_proven, asked) == ([89, 89], True, [])


def test_joining_lifts_a_point_to_what_its_neighbour_below_knows(five: Problem):
    good = frontier(five, "money", (320,)).points[0]
    blind = frontier(five, "money", (325,), effort=Effort(cancelled=lambda: True)).points[0]
    assert (blind.answer.status, blind.answer.objective) == ("unknown", None)
    assert [each.answer.objective for each in joined(five, "money", (blind, good))] == [89, 89]


def test_progress_tells_how_many_points_are_settled(five: Problem):
    told: list[tuple[int, int, float | None]] = []
    frontier(five, "money", (300, 320), progress=lambda *figures: told.append(figures))
    assert told[-1] == (2, 2, 0.0)


def test_cancelling_gives_what_is_known_so_far(large: Problem):
    found = frontier(large, "money", 4, effort=Effort(60, cancelled=lambda: True))
    assert [each.answer.status for each in found.points] == ["unknown"] * 4
    assert not found.is_proven


def test_amounts_below_any_plan_are_infeasible():
    document = problem([candidate("A", 5, money=3)], money=9)
    document["candidates"][0]["forced"] = "in"
    found = frontier(read_problem(document), "money", (1, 2, 3))
    assert [(each.answer.status, each.answer.objective) for each in found.points] == [
        ("infeasible", None),
        ("infeasible", None),
        ("optimal", 5),
    ]


def test_a_point_at_the_present_amount_agrees_with_solving(large: Problem):
    here = frontier(large, "money", 1, effort=Effort(60, gap=0.02)).points[0].answer
    known = solve(large, gap=0.02)
    assert (here.status, known.status) == ("optimal", "optimal")
    assert here.bound >= known.objective
    assert known.bound >= here.objective


def test_a_frontier_is_written_as_a_document(five: Problem):
    written = frontier_to_dict(frontier(five, "money", (320, 330)))
    assert (written["format"], written["axis"], written["present"], written["proven"]) == (
        "mainstay-frontier/1",
        "money",
        320,
        True,
    )
    assert [(each["amount"], each["objective"]) for each in written["points"]] == [(320, 89), (330, 92)]
    assert written["points"][0]["chosen"][0] == {"candidate": "A", "option": "full", "start": 2}
