"""Frontiers of tiny problems, equal to trying out every plan for every amount."""

from math import fsum

import pytest

from benchmarks.check import check
from mainstay.engine.selection import answer_to_dict, read_problem
from mainstay.engine.selection.frontier import exact_steps, frontier
from tests.engine.selection.brute_force import BruteForce, Document
from tests.engine.selection.random_problems import random_problem

BATCH = 10
MONEY = (0.0, 3.0, 7.0, 12.0, 30.0)


def with_money(document: Document, amount: float) -> Document:
    """The problem with another budget."""
    return {
        **document,
        "limits": [{**each, "total": amount} if each["id"] == "money" else each for each in document["limits"]],
    }


def with_people(document: Document, amount: float) -> Document:
    """The problem with so many people over all periods, in the same proportions."""
    limits = []
    for each in document["limits"]:
        if each["id"] == "people":
            share = amount / fsum(each["by_period"])
            limits.append({**each, "by_period": [capacity * share for capacity in each["by_period"]]})
        else:
            limits.append(each)
    return {**document, "limits": limits}


def with_risk(document: Document, amount: float) -> Document:
    """The problem with another cap on the risk; a floor stays."""
    rules = [each for each in document["rules"] if each.get("measure") != "risk"]
    floors = [each["min"] for each in document["rules"] if each.get("measure") == "risk" and "min" in each]
    rules += [{"id": "floor", "kind": "measure", "measure": "risk", "min": each} for each in floors]
    return {**document, "rules": [*rules, {"id": "cap", "kind": "measure", "measure": "risk", "max": amount}]}


@pytest.mark.parametrize("first", range(0, 200, BATCH))
def test_every_point_equals_trying_out_every_plan(first: int):
    for seed in range(first, first + BATCH):
        document = random_problem(seed)
        axis, amounts, change = [
            ("money", MONEY, with_money),
            ("people", (3.0, 6.0, 12.0, 25.0), with_people),
            ("risk", (0.0, 2.0, 5.0, 9.0), with_risk),
        ][seed % 3]
        found = frontier(read_problem(document), axis, amounts)
        assert [each.amount for each in found.points] == list(amounts)
        for point in found.points:
            assert_is_best(change(document, point.amount), answer_to_dict(point.answer), seed)


def assert_is_best(document: Document, answer: Document, seed: int):
    best = BruteForce(document).best()
    if best is None:
        assert (answer["status"], answer["objective"]) == ("infeasible", None), seed
        return
    assert (answer["status"], answer["gap"]) == ("optimal", 0), seed
    assert answer["objective"] == pytest.approx(best.objective, abs=1e-7), seed
    assert check(document, answer) == [], seed


@pytest.mark.parametrize("first", range(0, 60, BATCH))
def test_every_step_equals_trying_out_every_plan(first: int):
    for seed in range(first, first + BATCH):
        document = random_problem(seed)
        steps = exact_steps(read_problem(document), "money", 0, 24)
        assert steps.proven_from == 0, seed
        assert [each.amount for each in steps.steps] == sorted({each.amount for each in steps.steps})
        for amount in range(25):
            best = BruteForce(with_money(document, amount)).best()
            expected = None if best is None else pytest.approx(best.objective, abs=1e-7)
            assert steps.worth(amount) == expected, (seed, amount)
