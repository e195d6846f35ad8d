"""Explanations of a plan that is not proven: intervals that hold the truth."""

import pytest

from mainstay.engine.selection import Answer, Choice, Effort, Explanation, answer_to_dict, read_problem, solve
from mainstay.engine.selection.explain import explain, explain_plan
from mainstay.engine.selection.highs import HighsSolver
from mainstay.engine.selection.optimum import Optimum
from mainstay.engine.selection.plan import objective
from mainstay.engine.selection.reuse.known import plan_of
from tests.engine.selection.brute_force import BruteForce, Document
from tests.engine.selection.builders import example
from tests.engine.selection.random_problems import random_problem


def unproven(document: Document, brute_force: BruteForce, nth: int) -> tuple[Optimum, float] | None:
    """Some plan that breaks nothing, as if nobody knew whether it is the best."""
    problem = read_problem(document)
    holding = [each for each in brute_force.plans if not each.broken]
    if not holding:
        return None
    tried = holding[nth % len(holding)]
    plan = plan_of(problem, [Choice(each["candidate"], each["option"], each["start"]) for each in tried.chosen])
    worth = objective(problem, plan)
    return Optimum("feasible", plan, worth, None), worth


@pytest.mark.parametrize("first", range(0, 60, 10))
def test_the_truth_lies_within_the_interval(first: int):
    for seed in range(first, first + 10):
        document = random_problem(seed)
        brute_force = BruteForce(document)
        known = unproven(document, brute_force, seed)
        if known is None:
            continue
        names = [each["id"] for each in document["candidates"]]
        for each in explain(read_problem(document), known[0], names, HighsSolver(), Effort()):
            assert_holds_the_truth(each, known[1], brute_force, seed)


def assert_holds_the_truth(told: Explanation, worth: float, brute_force: BruteForce, seed: int):
    turned = brute_force.turned(told.candidate, wanted=not told.chosen)
    if turned is None:
        assert told.objective is None, seed
        return
    figure = told.value_of_having if told.chosen else told.price_of_inclusion
    assert told.proven is False
    assert told.at_least - 1e-7 <= worth - turned.objective <= figure + 1e-7, (seed, told.candidate)
    priced = {each["id"] for each in brute_force.problem["limits"] if "overload" in each}
    for flip in told.flip:
        assert 0 <= flip.at_least <= flip.change
        if flip.limit not in priced:  # with overload the objective itself changes with the limit
            needed = least_increase(brute_force, told.candidate, flip.limit, worth)
            assert flip.at_least - 1e-6 <= needed <= flip.change + 1e-6, (seed, told.candidate, flip.limit)


def least_increase(brute_force: BruteForce, name: str, limit: str, worth: float) -> float:
    """The least increase of a limit with which a plan with the candidate is as good as the one at hand."""
    others = {f"limit {limit}"}
    good = [plan for plan in brute_force.plans if plan.broken <= others and name in plan.names]
    return min(plan.exceeded_by[limit] for plan in good if plan.objective >= worth - 1e-9)


def test_a_plan_that_is_stored_is_explained_without_solving_for_it_again():
    problem = read_problem(example("five-projects"))
    answer = solve(problem)
    told = {each.candidate: each for each in explain_plan(problem, answer)}
    assert {name: told[name].value_of_having for name in "ABCE"} == {"A": 14, "B": 12, "C": 8, "E": 11}
    assert (told["D"].price_of_inclusion, told["D"].at_least, told["D"].proven) == (8, 8, True)
    assert [(flip.limit, flip.change, flip.at_least) for flip in told["D"].flip] == [("money", 10, 10)]


def test_two_threads_explain_the_same():
    problem = read_problem(example("five-projects"))
    answer = solve(problem)
    assert explain_plan(problem, answer, effort=Effort(threads=2)) == explain_plan(problem, answer)


def test_progress_counts_both_steps_of_every_candidate():
    problem = read_problem(example("five-projects"))
    told: list[tuple[int, int]] = []
    explain_plan(problem, solve(problem), ["A", "D"], progress=lambda *figures: told.append(figures))
    assert told[-1] == (4, 4)
    assert told == sorted(told)


def test_an_answer_without_a_plan_has_nothing_to_explain():
    problem = read_problem(example("impossible"))
    assert explain_plan(problem, solve(problem)) == ()


def test_an_unknown_candidate_is_refused():
    problem = read_problem(example("five-projects"))
    with pytest.raises(KeyError, match="Z"):
        explain_plan(problem, solve(problem), ["Z"])


def test_the_interval_is_written_with_the_answer():
    answer: Answer = solve(read_problem(example("five-projects")), explain="D")
    written = answer_to_dict(answer)["explanations"][0]
    assert (written["at_least"], written["price_of_inclusion"]) == (8, 8)
