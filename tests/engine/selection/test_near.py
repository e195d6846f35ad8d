"""Simple exchanges that turn one candidate round."""

from mainstay.engine.selection import read_problem, solve
from mainstay.engine.selection.highs import HighsSolver
from mainstay.engine.selection.near import near_plan
from mainstay.engine.selection.optimum import find_optimum
from mainstay.engine.selection.plan import Plan
from mainstay.engine.selection.problem import Problem
from mainstay.engine.selection.solver import Effort
from tests.engine.selection.builders import candidate, example, problem
from tests.engine.selection.random_problems import random_problem


def base_plan(asked: Problem) -> Plan:
    plan = find_optimum(asked, HighsSolver(), Effort()).plan
    assert plan is not None
    return plan


def test_the_least_valuable_that_is_in_the_way_leaves():
    document = problem([candidate(each, value, money=2) for each, value in (("A", 5), ("B", 4), ("C", 1))], money=4)
    asked = read_problem(document)
    plan = near_plan(asked.with_forced("C", "in"), base_plan(asked), "C")
    assert plan is not None
    assert plan.ids(asked) == {"A", "C"}


def test_taking_one_out_leaves_the_rest_as_it_is():
    asked = read_problem(example("five-projects"))
    base = base_plan(asked)
    plan = near_plan(asked.with_forced("B", "out"), base, "B")
    assert plan is not None
    assert plan.ids(asked) == base.ids(asked) - {"B"}


def test_what_is_needed_by_others_cannot_simply_leave():
    rules = ({"id": "base", "kind": "requires", "candidate": "B", "needs": "A"},)
    asked = read_problem(problem([candidate("A", 1, money=1), candidate("B", 5, money=1)], money=9, rules=rules))
    assert near_plan(asked.with_forced("A", "out"), base_plan(asked), "A") is None


def test_a_forced_candidate_does_not_leave():
    document = problem([candidate("A", 5, money=2), candidate("B", 4, money=2)], money=2)
    document["candidates"][0]["forced"] = "in"
    asked = read_problem(document)
    assert near_plan(asked.with_forced("B", "in"), base_plan(asked), "B") is None


def test_a_near_plan_breaks_nothing_and_is_never_better_than_the_exact_one():
    found = 0
    for seed in range(60):
        asked = read_problem(random_problem(seed))
        optimum = find_optimum(asked, HighsSolver(), Effort())
        for each in asked.candidates if optimum.plan else ():
            chosen = each.id in optimum.plan.ids(asked)
            turned = asked.with_forced(each.id, "out" if chosen else "in")
            plan = near_plan(turned, optimum.plan, each.id)
            if plan is not None:
                found += 1
                assert_is_a_plan_no_better_than_the_best(turned, plan)
    assert found >= 60


def assert_is_a_plan_no_better_than_the_best(turned: Problem, plan: Plan):
    forced = turned
    for each in turned.candidates:
        forced = forced.with_forced(each.id, "in" if each.id in plan.ids(turned) else "out")
    exact = solve(turned)
    assert exact.status == "optimal"
    assert solve(forced).objective <= exact.objective + 1e-9
