"""The search in large neighbourhoods beside the exact solver."""

import json

import numpy as np
import pytest

from benchmarks.generated import portfolio
from mainstay.engine.selection import Effort, answer_to_dict, read_problem, solve
from mainstay.engine.selection.feasibility import broken
from mainstay.engine.selection.highs import HighsSolver
from mainstay.engine.selection.model import Model
from mainstay.engine.selection.search import HybridSolver, hybrid
from mainstay.engine.selection.search.incumbent import Incumbent
from mainstay.engine.selection.search.neighbourhoods import Neighbourhoods
from mainstay.engine.selection.search.part import part_of, rows_of_entries
from mainstay.engine.selection.search.relaxation import relax
from mainstay.engine.selection.search.search import Search
from tests.engine.selection.brute_force import BruteForce
from tests.engine.selection.random_problems import random_problem


@pytest.fixture
def always_searching(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(hybrid, "WORTH_SEARCHING", 0)
    monkeypatch.setattr(hybrid, "_NODES_ALONE", 0)


@pytest.fixture(scope="module")
def program():
    return Model(read_problem(json.dumps(portfolio(60, 4, 8)))).program


def test_a_part_is_the_program_with_the_rest_fixed():
    compared = 0
    for seed in range(40):
        program = Model(read_problem(random_problem(seed))).program
        best = HighsSolver().maximise(program, Effort())
        if best.numbers is None:
            continue
        free = np.random.default_rng(seed).random(len(program.gain)) < 0.5
        part = part_of(program, best.numbers, free, rows_of_entries(program))
        fixed = program.with_fixed(np.flatnonzero(~free), best.numbers[~free])
        wanted = HighsSolver().maximise(fixed, Effort())
        found = HighsSolver().maximise(part.program, Effort())
        whole = part.whole(found.numbers)
        assert program.gain @ whole * program.unit == pytest.approx(wanted.objective, abs=1e-6), seed
        compared += 1
    assert compared >= 20


def test_only_better_numbers_that_hold_become_the_incumbent(program):
    incumbent = Incumbent(program)
    assert incumbent.offer(np.ones(len(program.gain))) is False
    assert incumbent.numbers is None
    best = HighsSolver().maximise(program, Effort(2)).numbers
    assert incumbent.offer(best) is True
    worth = incumbent.worth
    assert incumbent.offer(best) is False
    assert incumbent.worth == worth


def test_every_way_frees_candidates_and_what_belongs_to_none(program):
    relaxation = relax(program, Effort())
    chooser = Neighbourhoods(program, relaxation, np.random.default_rng(0))
    for way in range(chooser.ways):
        free = chooser.free(way, np.rint(relaxation.numbers), 10)
        assert free[program.group < 0].all()
        assert 0 < free.sum() <= len(program.gain)


def test_the_same_seed_chooses_the_same_neighbourhoods(program):
    relaxation = relax(program, Effort())
    one, other = (Neighbourhoods(program, relaxation, np.random.default_rng(7)) for _ in range(2))
    for _ in range(20):
        way = one.choose()
        assert way == other.choose()
        assert (one.free(way, relaxation.numbers, 12) == other.free(way, relaxation.numbers, 12)).all()


def test_the_search_alone_comes_close_to_the_best(program):
    best = HighsSolver().maximise(program, Effort(20))
    incumbent = Incumbent(program)
    effort = Effort(4)
    search = Search(program, relax(program, effort), incumbent, effort)
    search.begin(effort)
    search.settle(effort)
    search.run(effort)
    assert incumbent.worth * program.unit >= 0.98 * best.objective


def test_a_search_that_is_stuck_begins_elsewhere_and_never_loses_what_it_has(program):
    relaxation, effort = relax(program, Effort(60)), Effort(60, seed=3)
    incumbent = Incumbent(program)
    search = Search(program, relaxation, incumbent, effort)
    search.begin(effort)
    before = incumbent.worth
    search.run(effort, patience=8)
    without = incumbent.worth
    incumbent.lead(relaxation.numbers)
    search.run(effort, patience=17)
    assert before <= without <= incumbent.worth
    assert incumbent.holds(incumbent.numbers)


@pytest.mark.parametrize("threads", [1, 2, 3])
@pytest.mark.parametrize("first", range(0, 200, 50))
def test_side_by_side_they_find_what_trying_out_every_plan_finds(threads: int, first: int, always_searching):
    for seed in range(first, first + {1: 50, 2: 12, 3: 6}[threads]):
        document = random_problem(seed)
        best = BruteForce(document).best()
        answer = solve(read_problem(document), threads=threads)
        if best is None:
            assert (answer.status, answer.chosen) == ("infeasible", ()), seed
            continue
        assert (answer.status, answer.gap) == ("optimal", 0.0), seed
        assert answer_to_dict(answer)["chosen"] == best.chosen, seed
        assert answer.objective == pytest.approx(best.objective, abs=1e-9), seed


def test_the_same_seed_takes_the_same_steps_on_one_thread(program):
    """Whatever else the machine does: the numbers, their order and what each neighbourhood gave are the same."""
    found = []
    for _ in range(2):
        incumbent, effort = Incumbent(program), Effort(600, seed=5)
        search = Search(program, relax(program, effort), incumbent, effort)
        search.begin(effort)
        search.run(effort, patience=5)
        found.append(incumbent.numbers)
    assert (found[0] == found[1]).all()


def test_the_same_seed_gives_the_same_answer_on_one_thread():
    asked = read_problem(portfolio(90, 4, 8))
    one, other = (solve(asked, seconds=120, gap=0.015, seed=2) for _ in range(2))
    assert (one.status, one.chosen, one.objective, one.bound) == (
        "optimal",
        other.chosen,
        other.objective,
        other.bound,
    )


def test_a_large_portfolio_gets_a_plan_that_holds_and_a_bound_above_it():
    asked = read_problem(json.dumps(portfolio(200, 8, 8, "tight")))
    model = Model(asked)
    ended = HybridSolver().maximise(model.program, Effort(3, threads=2))
    plan = model.columns.plan(ended.numbers)
    assert broken(asked, plan) == ()
    assert ended.objective <= ended.bound


def test_cancelling_stops_both_with_the_best_plan_so_far():
    asked = read_problem(json.dumps(portfolio(400, 15, 12, "scarce")))
    seen: list[float] = []

    def tell(incumbent: float | None, bound: float | None, gap: float | None, seconds: float) -> None:
        if incumbent is not None and incumbent > 0:
            seen.append(incumbent)

    answer = solve(asked, seconds=600, threads=2, progress=tell, cancelled=lambda: bool(seen))
    assert answer.status == "feasible"
    assert answer.objective >= seen[0]
    assert answer.bound >= answer.objective
