"""First plans of large programs, rounded from the relaxation."""

import pytest

from mainstay.engine.selection import Effort, read_problem
from mainstay.engine.selection import rounding as module
from mainstay.engine.selection.feasibility import broken
from mainstay.engine.selection.highs import HighsSolver
from mainstay.engine.selection.model import Model
from tests.engine.selection.builders import candidate, problem
from tests.engine.selection.random_problems import random_problem


def test_a_rounded_plan_breaks_nothing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "WORTH_ROUNDING", 0)
    found = 0
    for seed in range(60):
        asked = read_problem(random_problem(seed))
        model = Model(asked)
        numbers = module.first_numbers(model.program, HighsSolver(), Effort())
        if numbers is not None:
            found += 1
            assert broken(asked, model.columns.plan(numbers)) == (), seed
    assert found >= 30


def test_a_large_knapsack_begins_close_to_its_best(monkeypatch: pytest.MonkeyPatch):
    many = [candidate(f"P{nth:03}", 10 + nth % 17, money=5 + nth % 11) for nth in range(500)]
    model = Model(read_problem(problem(many, money=2000)))
    effort = Effort()
    numbers = module.first_numbers(model.program, HighsSolver(), effort)
    best = HighsSolver().maximise(model.program, effort)
    assert numbers is not None
    assert model.gain @ numbers >= 0.99 * best.objective


def test_a_small_program_is_not_rounded():
    model = Model(read_problem(problem([candidate("A", 1, money=1)], money=1)))
    assert module.first_numbers(model.program, HighsSolver(), Effort()) is None
