"""Two hundred tiny problems, each answered exactly as trying out every plan answers it."""

import pytest

from benchmarks.check import check
from mainstay.engine.selection import Answer, Explanation, Problem, answer_to_dict, read_problem, solve
from tests.engine.selection.brute_force import BruteForce
from tests.engine.selection.random_problems import random_problem

BATCH = 10


@pytest.mark.parametrize("first", range(0, 200, BATCH))
def test_every_answer_equals_trying_out_every_plan(first: int):
    for seed in range(first, first + BATCH):
        document = random_problem(seed)
        problem, brute_force = read_problem(document), BruteForce(document)
        answer = solve(problem, explain="all")
        best = brute_force.best()
        if best is None:
            assert_names_a_smallest_conflict(answer, brute_force, seed)
            continue
        assert (answer.status, answer.gap) == ("optimal", 0.0), seed
        assert answer.objective == pytest.approx(best.objective, abs=1e-9), seed
        assert answer_to_dict(answer)["chosen"] == best.chosen, seed
        assert check(document, answer_to_dict(answer)) == [], seed
        for explanation in answer.explanations:
            assert_turns_round_as_it_says(explanation, answer, brute_force, seed)
            assert_flips_as_it_says(explanation, problem, brute_force, seed)


def assert_names_a_smallest_conflict(answer: Answer, brute_force: BruteForce, seed: int):
    assert (answer.status, answer.chosen, answer.objective) == ("infeasible", (), None), seed
    assert answer.conflict is not None
    assert answer.conflict.smallest, seed
    named = frozenset(f"{each.kind} {each.id}" for each in answer.conflict.members)
    assert brute_force.is_conflict(named), seed
    assert len(named) == brute_force.smallest_conflict_size(), seed


def assert_turns_round_as_it_says(explanation: Explanation, answer: Answer, brute_force: BruteForce, seed: int):
    name = explanation.candidate
    turned = brute_force.turned(name, wanted=not explanation.chosen)
    if turned is None:
        assert explanation.objective is None, (seed, name)
        blocked_by = {f"{each.kind} {each.id}" for each in explanation.blocked_by}
        assert all(
            plan.broken & blocked_by for plan in brute_force.plans if (name in plan.names) != explanation.chosen
        )
        return
    kept = frozenset(answer.chosen_ids()) - {name}
    loss = explanation.value_of_having if explanation.chosen else explanation.price_of_inclusion
    assert explanation.proven, (seed, name)
    assert loss == pytest.approx(answer.objective - turned.objective, abs=1e-9), (seed, name)
    assert frozenset(explanation.displaces) == kept - turned.names, (seed, name)
    assert frozenset(explanation.enters) == turned.names - kept - {name}, (seed, name)


def assert_flips_as_it_says(explanation: Explanation, problem: Problem, brute_force: BruteForce, seed: int):
    if explanation.chosen or explanation.reason == "forced_out":
        assert explanation.flip == ()
        return
    changes = {flip.limit: flip.change for flip in explanation.flip}
    for limit in problem.limits:
        if limit.overload is None:  # with overload the objective itself changes with the limit
            expected = brute_force.smallest_flip(explanation.candidate, limit.id)
            assert changes.get(limit.id) == pytest.approx(expected, abs=1e-7), (seed, explanation.candidate, limit.id)
