"""Effort, stopping, other solvers, and the promise that an answer holds."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.check import check
from mainstay.engine.selection import Effort, answer_to_dict, problem_sha256, read_problem, solve
from mainstay.engine.selection.highs import HighsSolver
from mainstay.engine.selection.program import Floats, Program
from mainstay.engine.selection.solver import Ended
from tests.engine.selection.builders import Document, candidate, example, problem


def knapsack(size: int = 40) -> Document:
    """A problem with two budgets that is settled in a moment."""
    draw = np.random.default_rng(7)
    costs, hours, values = draw.integers(100, 1000, (3, size)).tolist()
    rows = enumerate(zip(costs, hours, values, strict=True))
    candidates = [candidate(f"P{nth:02}", value, money=cost, hours=hour) for nth, (cost, hour, value) in rows]
    return problem(candidates, money=sum(costs) // 3, hours=sum(hours) // 3)


def hard_knapsack() -> Document:
    """A problem whose values are so close to its costs that the proof would take very long."""
    document = knapsack(120)
    for each in document["candidates"]:
        option = each["options"][0]
        option["value"] = option["use"]["money"][0] + option["use"]["hours"][0] + option["value"] % 7
    return document


class Stub:
    """A solver that answers what it was told to, then what HiGHS answers."""

    name = "Stub 1"

    def __init__(self, *first: Ended) -> None:
        self.first = list(first)
        self.programs: list[Program] = []

    def maximise(self, program: Program, effort: Effort, first: Floats | None = None) -> Ended:
        """The next prepared answer."""
        self.programs.append(program)
        return self.first.pop(0) if self.first else HighsSolver().maximise(program, effort, first)


def test_the_same_seed_gives_the_same_answer():
    asked = read_problem(knapsack())
    one, other = (replace(solve(asked, seed=3), seconds=0.0, explanation_seconds=0.0) for _ in range(2))
    assert one == other
    assert one.seed == 3


def test_another_seed_and_more_threads_give_the_same_plan():
    asked = read_problem(knapsack(25))
    answers = [solve(asked), solve(asked, seed=9), solve(asked, threads=2)]
    assert [each.status for each in answers] == ["optimal"] * 3
    assert len({each.chosen for each in answers}) == 1


def test_progress_is_told_with_incumbent_and_bound():
    told: list[tuple[float | None, float | None, float | None, float]] = []
    answer = solve(read_problem(knapsack()), progress=lambda *figures: told.append(figures))
    assert len(told) >= 2
    assert told[-1] == (answer.objective, answer.bound, 0.0, answer.seconds)
    assert all(incumbent is None or incumbent <= answer.objective for incumbent, _, _, _ in told)
    assert all(bound is None or bound >= answer.objective for _, bound, _, _ in told)
    assert [seconds for _, _, _, seconds in told] == sorted(seconds for _, _, _, seconds in told)


def test_a_gap_that_is_good_enough_stops_early_and_is_reported():
    document = hard_knapsack()
    answer = solve(read_problem(document), gap=0.05)
    assert answer.status == "optimal"
    assert answer.objective < answer.bound
    assert answer.gap == (answer.bound - answer.objective) / answer.objective
    assert answer.gap <= 0.05
    assert check(document, answer_to_dict(answer)) == []


def test_cancelling_gives_the_best_plan_so_far():
    document = hard_knapsack()
    bounds: list[float | None] = [None]
    answer = solve(
        read_problem(document),
        progress=lambda _, bound, __, ___: bounds.append(bound),
        cancelled=lambda: bounds[-1] is not None,
    )
    assert answer.status == "feasible"
    assert answer.objective < answer.bound
    assert answer.gap == (answer.bound - answer.objective) / answer.objective
    assert check(document, answer_to_dict(answer)) == []


def test_a_failure_while_telling_progress_reaches_the_caller():
    with pytest.raises(ZeroDivisionError):
        solve(read_problem(knapsack()), progress=lambda *_: 1 / 0)


def test_time_that_is_out_at_once_is_told_as_unknown():
    solver = Stub(Ended("unknown", None, None, None))
    answer = solve(read_problem(example("budget-only")), solver=solver)
    assert (answer.status, answer.objective, answer.bound, answer.gap) == ("unknown", None, None, None)
    assert (answer.chosen, answer.limits, answer.conflict) == ((), (), None)
    assert answer.solver == "Stub 1"


def test_a_plan_that_only_holds_within_the_solvers_tolerance_is_not_taken():
    asked = read_problem(example("budget-only"))
    all_five = Ended("optimal", np.ones(5), 107.0, 107.0)
    solver = Stub(all_five)
    answer = solve(asked, solver=solver)
    assert (answer.status, answer.objective, answer.chosen_ids()) == ("optimal", 92, ("A", "B", "C", "E"))
    assert len(solver.programs[1].row_lower) == len(solver.programs[0].row_lower) + 1


def test_large_figures_are_kept_to_the_last_unit():
    cost = 333_333_333
    asked = problem([candidate(each, 1, money=cost) for each in "ABC"], money=3 * cost - 1)
    answer = solve(read_problem(asked))
    assert (answer.objective, answer.chosen_ids()) == (2, ("A", "B"))
    assert solve(read_problem(asked).with_more({"money": 1})).objective == 3


def test_a_problem_without_candidates_has_an_empty_plan():
    answer = solve(read_problem(problem([], money=5)), explain="all")
    assert (answer.status, answer.objective, answer.chosen, answer.explanations) == ("optimal", 0, (), ())
    assert (answer.limits[0].used, answer.limits[0].slack) == (0, 5)


def test_a_problem_without_limits_takes_all_that_is_worth_something():
    answer = solve(read_problem(problem([candidate("A", 5), candidate("B", -1), candidate("C", 0.25)])))
    assert (answer.objective, answer.chosen_ids()) == (5.25, ("A", "C"))


def test_an_unknown_candidate_cannot_be_explained():
    with pytest.raises(KeyError, match="Z"):
        solve(read_problem(example("budget-only")), explain=["Z"])


@pytest.mark.parametrize("effort", [{"seconds": 0}, {"gap": -0.1}, {"gap": 1}, {"seed": -1}, {"threads": 0}])
def test_a_nonsensical_effort_is_refused(effort: dict[str, float]):
    with pytest.raises(ValueError):
        solve(read_problem(example("budget-only")), **effort)


def test_the_answer_carries_the_fingerprint_of_its_problem():
    asked = read_problem(example("budget-only"))
    assert solve(asked).problem_sha256 == problem_sha256(asked)
