"""The relaxation with cuts: a lower bound, and what it rules out for better plans."""

import json

import numpy as np
import pytest

from benchmarks.generated import portfolio
from mainstay.engine.selection import Effort, read_problem
from mainstay.engine.selection.highs import HighsSolver
from mainstay.engine.selection.model import Model
from mainstay.engine.selection.program import Program
from mainstay.engine.selection.search import relaxation as relaxations
from mainstay.engine.selection.search.relaxation import Relaxation, relax, tightened


@pytest.fixture(scope="module")
def program() -> Program:
    return Model(read_problem(json.dumps(portfolio(40, 3, 6)))).program


@pytest.fixture(scope="module")
def plain(program: Program) -> Relaxation:
    found = relax(program, Effort())
    assert found is not None
    return found


def test_cuts_lower_the_bound_but_never_below_the_best_plan(program: Program, plain: Relaxation) -> None:
    best = HighsSolver().maximise(program, Effort())
    tight = tightened(program, plain, Effort())
    assert best.status == "optimal"
    assert best.objective is not None
    assert best.objective <= tight.worth * program.unit + 1e-6
    assert tight.worth < float(program.gain @ plain.numbers)


def test_narrowing_keeps_the_best_plan_and_fixes_some_columns(program: Program, plain: Relaxation) -> None:
    tight = tightened(program, plain, Effort())
    best = HighsSolver().maximise(program, Effort())
    near = HighsSolver().maximise(program, Effort(gap=0.01))
    assert best.numbers is not None
    assert near.numbers is not None
    narrow = tight.narrowed(program, np.rint(near.numbers))
    assert (narrow.lower == narrow.upper).sum() > (program.lower == program.upper).sum()
    assert HighsSolver().maximise(narrow, Effort()).objective == pytest.approx(best.objective)


def test_a_relaxation_without_a_known_bound_rules_nothing_out(program: Program, plain: Relaxation) -> None:
    narrow = plain.narrowed(program, np.zeros(len(program.gain)))
    assert (narrow.upper == program.upper).all()
    assert (narrow.lower == program.lower).all()


def test_of_a_program_too_large_for_cuts_the_plain_relaxation_stays(
    program: Program, plain: Relaxation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relaxations, "_MOST_ENTRIES", 0)
    assert tightened(program, plain, Effort()) is plain
