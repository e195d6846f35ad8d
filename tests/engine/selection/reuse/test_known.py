"""Answers turned back into plans, and work that is watched."""

import threading

import pytest

from mainstay.engine.selection import Choice, Effort, read_problem, solve
from mainstay.engine.selection.plan import objective
from mainstay.engine.selection.reuse.known import Circumstances, answer_with, gap_between, is_close, plan_of
from mainstay.engine.selection.reuse.watched import watched
from tests.engine.selection.builders import example


def test_the_plan_of_an_answer_is_worth_what_the_answer_says():
    problem = read_problem(example("five-projects"))
    answer = solve(problem)
    plan = plan_of(problem, answer.chosen)
    assert (objective(problem, plan), plan.choices(problem)) == (89, answer.chosen)


def test_a_choice_the_problem_does_not_offer_is_refused():
    problem = read_problem(example("five-projects"))
    with pytest.raises(KeyError, match="A full 9"):
        plan_of(problem, (Choice("A", "full", 9),))


@pytest.mark.parametrize(
    ("bound", "gap", "status", "apart"),
    [
        (89.0, 0.0, "optimal", 0.0),
        (89 + 1e-8, 0.0, "optimal", 0.0),
        (97.9, 0.0, "feasible", 0.1),
        (97.9, 0.11, "optimal", 0.1),
    ],
)
def test_an_answer_is_optimal_within_its_gap(bound: float, gap: float, status: str, apart: float):
    problem = read_problem(example("five-projects"))
    plan = plan_of(problem, solve(problem).chosen)
    answer = answer_with(problem, plan, bound, Circumstances(gap, 1.0, 7, "Nobody 1"))
    assert (answer.status, answer.seed, answer.solver) == (status, 7, "Nobody 1")
    assert answer.gap == pytest.approx(apart, abs=1e-9)


def test_a_gap_needs_a_bound_and_something_to_compare_it_with():
    assert (gap_between(5, None), gap_between(0, 3), gap_between(4, 5), gap_between(5, 4)) == (None, None, 0.25, 0.0)
    assert (is_close(5, None, 0.1), is_close(float("-inf"), 5, 0.1), is_close(0, 0, 0)) == (False, False, True)


def test_whoever_asked_is_asked_back_in_their_own_thread():
    here, asked_in = threading.get_ident(), set()

    def cancelled() -> bool:
        asked_in.add(threading.get_ident())
        return len(told) > 2

    def work(effort: Effort) -> int:
        while not effort.cancelled():
            threading.Event().wait(0.01)
        return threading.get_ident()

    told: list[int] = []
    there = watched(Effort(cancelled=cancelled), work, lambda: told.append(threading.get_ident()))
    assert asked_in == {here}
    assert set(told) == {here}
    assert there != here


def test_a_failure_of_the_work_reaches_whoever_asked():
    with pytest.raises(ZeroDivisionError):
        watched(Effort(), lambda effort: 1 / 0, lambda: None)


def test_a_failure_while_telling_stops_the_work():
    stopped = threading.Event()

    def work(effort: Effort) -> None:
        while not effort.cancelled():
            threading.Event().wait(0.01)
        stopped.set()

    with pytest.raises(ZeroDivisionError):
        watched(Effort(), work, lambda: 1 / 0)
    assert stopped.is_set()
