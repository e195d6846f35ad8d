"""A first plan and a first bound, before any solver has answered."""

import numpy as np
import pytest

from benchmarks.generated import portfolio
from mainstay.engine.selection import Effort, read_problem
from mainstay.engine.selection.feasibility import broken
from mainstay.engine.selection.highs import HighsSolver
from mainstay.engine.selection.model import Model
from mainstay.engine.selection.search.greedy import Greedy
from mainstay.engine.selection.search.incumbent import Incumbent
from mainstay.engine.selection.search.prices import bound_with, find_prices
from mainstay.engine.selection.search.relaxation import relax
from tests.engine.selection.builders import candidate, problem
from tests.engine.selection.random_problems import random_problem


def first_plan(model: Model, base: np.ndarray | None = None) -> np.ndarray | None:
    start = np.zeros(len(model.gain)) if base is None else base
    return Greedy(model.program).plan(start, find_prices(model.program).reduced, Effort())


def test_prices_of_any_problem_bound_its_best_plan():
    compared = 0
    for seed in range(100):
        program = Model(read_problem(random_problem(seed))).program
        best = HighsSolver().maximise(program, Effort())
        if best.numbers is not None:
            assert find_prices(program).bound * program.unit >= best.objective - 1e-9, seed
            compared += 1
    assert compared >= 60


def test_the_prices_of_the_relaxation_prove_its_worth():
    program = Model(read_problem(portfolio(60, 4, 8))).program
    relaxation = relax(program, Effort())
    assert bound_with(program, relaxation.prices) == pytest.approx(program.gain @ relaxation.numbers, rel=1e-9)


def test_a_first_plan_of_any_problem_holds():
    found = 0
    for seed in range(100):
        model = Model(read_problem(random_problem(seed)))
        numbers = first_plan(model)
        if numbers is not None:
            assert broken(model.problem, model.columns.plan(numbers)) == (), seed
            assert Incumbent(model.program).offer(numbers) is True, seed
            found += 1
    assert found >= 60


def test_what_pays_most_for_what_it_takes_goes_in_first():
    asked = problem([candidate("A", 10, money=10), candidate("B", 9, money=5), candidate("C", 8, money=5)], money=10)
    model = Model(read_problem(asked))
    assert first_plan(model).tolist() == [0, 1, 1]


def test_what_needs_another_brings_it_in():
    needs = {"id": "r", "kind": "requires", "candidate": "A", "needs": "B"}
    asked = problem([candidate("A", 10, money=1), candidate("B", -1, money=1)], money=2, rules=(needs,))
    assert first_plan(Model(read_problem(asked))).tolist() == [1, 1]


def test_a_plan_that_no_longer_fits_loses_what_is_worth_least():
    asked = problem([candidate("A", 9, money=4), candidate("B", 2, money=4), candidate("C", 8, money=4)], money=8)
    model = Model(read_problem(asked))
    assert first_plan(model, np.ones(3)).tolist() == [1, 0, 1]


def test_obligations_that_cannot_hold_give_no_plan():
    forced = [{**candidate(each, 1, money=4), "forced": "in"} for each in "AB"]
    assert first_plan(Model(read_problem(problem(forced, money=5)))) is None
