"""The proof by branch and bound over a relaxation that stays warm."""

import json
from threading import Event

import numpy as np
import pytest

from benchmarks.generated import portfolio
from mainstay.engine.selection import Effort, read_problem
from mainstay.engine.selection.highs import HighsSolver
from mainstay.engine.selection.model import Model
from mainstay.engine.selection.program import Floats, Program
from mainstay.engine.selection.reuse.cuts import Cuts, root_cuts
from mainstay.engine.selection.search import branching
from mainstay.engine.selection.search.branching import Branching
from mainstay.engine.selection.search.incumbent import Incumbent
from mainstay.engine.selection.search.neighbourhoods import Neighbourhoods
from mainstay.engine.selection.search.prover import Prover
from mainstay.engine.selection.search.relaxation import relax
from mainstay.engine.selection.search.rows import FREE, Closed, GrowingRelaxation, Point
from tests.engine.selection.random_problems import random_problem


class _Witness(Incumbent):
    """Remembers every bound it was told."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self.told: list[float] = []

    def prove(self, bound: float) -> None:
        self.told.append(bound)
        super().prove(bound)


@pytest.fixture(scope="module")
def program() -> Program:
    return Model(read_problem(json.dumps(portfolio(60, 4, 8)))).program


@pytest.fixture(scope="module")
def cuts(program: Program) -> Cuts:
    found = root_cuts(program, Effort(60))
    assert found is not None
    return found


@pytest.fixture(scope="module")
def best(program: Program) -> Floats:
    ended = HighsSolver().maximise(program, Effort(120))
    assert ended.status == "optimal"
    assert ended.numbers is not None
    return ended.numbers


@pytest.mark.parametrize("knows_the_best", [True, False])
def test_tiny_programs_are_proven_as_highs_proves_them(knows_the_best: bool):
    compared = 0
    for seed in range(120):
        program = Model(read_problem(random_problem(seed))).program
        wanted = HighsSolver().maximise(program, Effort())
        if wanted.numbers is None:
            continue
        witness = _Witness(program)
        if knows_the_best:
            assert witness.offer(wanted.numbers), seed
        ended = Branching(program, None, Effort(60), witness).prove()
        assert ended is not None, seed
        assert (ended.status, ended.objective) == ("optimal", pytest.approx(wanted.objective, abs=1e-6)), seed
        assert min(witness.told, default=np.inf) >= witness.worth - 1e-9, seed
        compared += 1
    assert compared >= 80


def test_without_any_plan_there_is_nothing_to_tell():
    program = Model(read_problem(json.dumps(portfolio(20, 2, 4)))).program
    impossible = program.with_row(np.array([0]), np.array([1.0]), 2.0, 2.0)
    incumbent = Incumbent(impossible)
    ended = Branching(impossible, None, Effort(10), incumbent).prove()
    assert ended is not None
    assert (ended.status, ended.numbers) == ("infeasible", None)
    assert incumbent.numbers is None


@pytest.mark.parametrize("most_open", [3, 100_000])
def test_with_cuts_and_many_cases_no_bound_ever_passes_below_the_best(
    program: Program, cuts: Cuts, best: Floats, most_open: int, monkeypatch: pytest.MonkeyPatch
):
    """Also when cases are followed to their end because too many are open."""
    monkeypatch.setattr(branching, "_MOST_OPEN", most_open)
    witness = _Witness(program)
    ended = Branching(program, cuts, Effort(120), witness).prove()
    worth = float(program.gain @ np.rint(best))
    assert ended is not None
    assert witness.worth == pytest.approx(worth)
    assert ended.bound == pytest.approx(worth * program.unit)
    assert min(witness.told) >= worth - 1e-6
    assert witness.told == sorted(witness.told, reverse=True) or most_open == 3
    assert len(witness.told) > 20


def test_what_is_fixed_stays_fixed(program: Program, cuts: Cuts, best: Floats):
    narrow = program.with_fixed(np.arange(40), np.rint(best[:40]))
    incumbent = Incumbent(narrow)
    ended = Branching(narrow, cuts, Effort(60), incumbent).prove()
    assert ended is not None
    assert incumbent.worth == pytest.approx(float(program.gain @ np.rint(best)))
    assert (incumbent.numbers[:40] == np.rint(best[:40])).all()


def test_an_effort_that_is_over_leaves_a_bound_that_holds(program: Program, best: Floats):
    stop = Event()

    class Stopping(_Witness):
        def prove(self, bound: float) -> None:
            super().prove(bound)
            if len(self.told) == 5:
                stop.set()

    witness = Stopping(program)
    assert Branching(program, None, Effort(60, cancelled=stop.is_set), witness).prove() is None
    assert len(witness.told) == 5
    assert witness.bound >= float(program.gain @ np.rint(best))
    assert witness.bound < witness.told[0] + 1e-9


def test_the_other_process_branches_when_it_is_given_cuts(program: Program, cuts: Cuts, best: Floats):
    incumbent = Incumbent(program)
    ended = Prover(program, incumbent, cuts).prove(Effort(120))
    assert ended is not None
    assert ended.status == "optimal"
    assert incumbent.worth == pytest.approx(float(program.gain @ np.rint(best)))
    assert incumbent.bound >= incumbent.worth
    assert len(incumbent.leads) > 0


def test_the_growing_relaxation_is_the_relaxation(program: Program, best: Floats):
    growing = GrowingRelaxation(program, Effort(60))
    random = np.random.default_rng(1)
    for _ in range(25):
        marks = np.where(random.random(len(best)) < 0.3, np.rint(best), FREE).astype(np.int8)
        marks[~program.whole] = FREE
        fixed = np.flatnonzero(marks != FREE)
        wanted = relax(program.with_fixed(fixed, marks[fixed].astype(float)), Effort(60))
        found = growing.solve(marks)
        assert isinstance(found, Point)
        assert found.worth == pytest.approx(float(program.gain @ wanted.numbers), rel=1e-7)


def test_the_growing_relaxation_closes_what_is_not_asked_for(program: Program):
    growing = GrowingRelaxation(program, Effort(60))
    nothing = np.full(len(program.gain), FREE, dtype=np.int8)
    found = growing.solve(nothing)
    assert isinstance(found, Point)
    growing.ask_for(found.worth * 1.01)
    assert growing.solve(np.where(program.whole, 0, FREE).astype(np.int8)) is Closed.PRUNED
    growing.ask_for(found.worth * 0.99)
    assert isinstance(growing.solve(nothing), Point)


def test_where_the_proof_leads_the_search_follows(program: Program, best: Floats):
    relaxation = relax(program, Effort())
    incumbent = Incumbent(program)
    chooser = Neighbourhoods(program, relaxation, np.random.default_rng(0), leads=incumbent.leads)
    way = chooser.ways - 1
    assert way not in {chooser.choose() for _ in range(100)}
    here = np.rint(best)
    there = here.copy()
    moved = np.flatnonzero(program.group == program.group[here > 0][0])
    there[moved] = 0.5
    incumbent.lead(there)
    assert 20 < sum(chooser.choose() == way for _ in range(100)) < 80
    assert chooser.free(way, here, 1)[moved].any()
    assert chooser.free(way, here, 1).sum() <= len(moved) + (program.group < 0).sum()
