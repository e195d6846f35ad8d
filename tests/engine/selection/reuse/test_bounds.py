"""Relaxations, cuts and cases: bounds that no plan passes, for a program and for its neighbours."""

from itertools import product
from math import inf

import numpy as np
import pytest

from benchmarks.generated import portfolio
from mainstay.engine.selection import Problem, read_problem, solve
from mainstay.engine.selection.frontier.axis import Axis
from mainstay.engine.selection.model import Model
from mainstay.engine.selection.reuse.cuts import root_cuts
from mainstay.engine.selection.reuse.tree import Tree
from mainstay.engine.selection.reuse.warm import WarmRelaxation
from mainstay.engine.selection.solver import Effort
from mainstay.engine.selection.turning import turned_round
from tests.engine.selection.brute_force import BruteForce
from tests.engine.selection.builders import candidate, example, problem
from tests.engine.selection.random_problems import random_problem


@pytest.fixture(scope="module")
def asked() -> Problem:
    return read_problem(portfolio(40, 3, 4, "typical", 2))


def test_the_relaxation_of_the_five_projects_is_no_less_than_their_best_plan():
    model = Model(read_problem(example("five-projects")))
    relaxed = WarmRelaxation(model.program, Effort()).solve(model.program)
    assert relaxed is not None
    assert relaxed.worth * model.program.unit == 90


def test_bounds_of_tiny_problems_hold_with_every_candidate_turned_round():
    for seed in range(40):
        document = random_problem(seed)
        model, brute_force = Model(read_problem(document)), BruteForce(document)
        relaxation = WarmRelaxation(model.program, Effort())
        relaxation.add(root_cuts(model.program, Effort()))
        free = [each["id"] for each in document["candidates"] if each["forced"] is None]
        for name, wanted in product(free, (True, False)):
            best = brute_force.turned(name, wanted=wanted)
            relaxed = relaxation.solve(turned_round(model, name, wanted=wanted))
            assert relaxed is not None
            worth = -inf if best is None else best.objective
            assert relaxed.worth * model.program.unit >= worth - 1e-7, (seed, name)


def test_a_problem_without_a_plan_has_no_relaxation():
    document = problem([candidate("A", 5, money=3)], money=2)
    document["candidates"][0]["forced"] = "in"
    model = Model(read_problem(document))
    relaxed = WarmRelaxation(model.program, Effort()).solve(model.program)
    assert relaxed is not None
    assert relaxed.is_impossible


def test_the_relaxation_comes_back_to_where_it_was(asked: Problem):
    model = Model(asked)
    relaxation = WarmRelaxation(model.program, Effort())
    first = relaxation.solve(model.program)
    between = relaxation.solve(turned_round(model, asked.candidates[0].id, wanted=False))
    again = relaxation.solve(model.program)
    assert first is not None
    assert between is not None
    assert again is not None
    assert again.worth == first.worth >= between.worth


def test_cuts_lower_the_bound_and_hold_for_every_plan(asked: Problem):
    model, effort = Model(asked), Effort()
    cuts = root_cuts(model.program, effort)
    assert cuts is not None
    assert cuts.floor == -np.inf
    plain, sharp = WarmRelaxation(model.program, effort), WarmRelaxation(model.program, effort)
    sharp.add(cuts)
    best = solve(asked)
    assert best.status == "optimal"
    bounds = [each.solve(model.program) for each in (plain, sharp)]
    assert all(each is not None for each in bounds)
    assert best.objective / model.program.unit <= bounds[1].worth < bounds[0].worth


def test_cuts_of_a_large_amount_hold_for_smaller_ones(asked: Problem):
    axis = Axis(asked, "money")
    amounts = axis.amounts(5)
    largest = Model(axis.at(amounts[-1])).program
    relaxation = WarmRelaxation(largest, Effort())
    relaxation.add(root_cuts(largest, Effort()))
    for amount in amounts:
        here = axis.at(amount)
        relaxed = relaxation.solve(Model(here).program)
        assert relaxed is not None
        assert relaxed.worth * largest.unit >= solve(here, gap=0.002).objective


def test_telling_cases_apart_lowers_the_bound_down_to_the_best_plan(asked: Problem):
    program, best = Model(asked).program, solve(asked)
    relaxation = WarmRelaxation(program, Effort())
    first = relaxation.solve(program)
    tree = Tree(relaxation)
    few = tree.bound(program, -np.inf, 10, Effort())
    many = tree.bound(program, -np.inf, 60, Effort())
    assert first is not None
    assert best.objective <= many * program.unit + 1e-6
    assert many < few < first.worth


def test_cases_told_apart_once_hold_for_the_next_program(asked: Problem):
    model, best = Model(asked), solve(asked)
    tree = Tree(WarmRelaxation(model.program, Effort()))
    tree.bound(model.program, -np.inf, 30, Effort())
    chosen = best.chosen_ids()[0]
    turned = turned_round(model, chosen, wanted=False)
    without = solve(asked.with_forced(chosen, "out"))
    bound = tree.bound(turned, -np.inf, 0, Effort()) * model.program.unit
    assert (
        without.objective - 1e-6 <= bound < WarmRelaxation(model.program, Effort()).solve(turned).worth * turned.unit
    )


def test_a_tree_nobody_has_time_for_says_nothing(asked: Problem):
    program = Model(asked).program
    tree = Tree(WarmRelaxation(program, Effort()))
    assert tree.bound(program, -np.inf, 10, Effort(cancelled=lambda: True)) == np.inf
