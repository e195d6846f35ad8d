"""Exchanges of single columns where there are only budgets to keep."""

import numpy as np
import pytest

from benchmarks.generated import portfolio
from mainstay.engine.selection import Effort, read_problem
from mainstay.engine.selection.highs import HighsSolver
from mainstay.engine.selection.model import Model
from mainstay.engine.selection.program import Program
from mainstay.engine.selection.search.incumbent import Incumbent
from mainstay.engine.selection.search.pool import Pool
from mainstay.engine.selection.search.relaxation import relax
from mainstay.engine.selection.search.swaps import Swaps, swaps_for
from tests.engine.selection.builders import Document, candidate, problem
from tests.engine.selection.test_solving import knapsack


def swaps(document: Document, seed: int = 0) -> tuple[Program, Swaps | None]:
    program = Model(read_problem(document)).program
    return program, swaps_for(program, relax(program, Effort()), np.random.default_rng(seed))


@pytest.mark.parametrize("seed", range(4))
def test_exchanges_find_the_best_plan_of_a_knapsack(seed: int):
    program, found = swaps(knapsack(30), seed)
    best = HighsSolver().maximise(program, Effort())
    numbers = np.zeros(30)
    for _ in range(4):
        numbers, _ = found.burst(numbers)
        assert Incumbent(program).offer(numbers) is True
    assert program.gain @ numbers == round(best.objective / program.unit)


def test_the_same_seed_exchanges_the_same():
    one, other = (swaps(knapsack(40), seed=3)[1].burst(np.zeros(40)) for _ in range(2))
    assert [each.tolist() for each in one] == [each.tolist() for each in other]


def test_where_rules_hold_or_values_are_negative_nothing_is_exchanged():
    assert swaps(portfolio(30, 3, 6))[1] is None
    assert swaps(problem([candidate("A", 5, money=1), candidate("B", -1, money=1)], money=1))[1] is None
    assert swaps(problem([candidate("A", 5, money=1), candidate("B", 1, money=1)], money=2))[1] is None


def test_a_pool_keeps_the_best_and_nothing_twice():
    program, _ = swaps(knapsack(40))
    pool = Pool(program, np.random.default_rng(0))
    plans = [np.eye(40)[nth] for nth in range(40)]
    for each in [*plans, *plans]:
        pool.add(each)
    best = plans[int(np.argmax(program.gain))]
    kept = {pool.other(best).tobytes() for _ in range(500)}
    expected = sorted(plans, key=lambda each: -(program.gain @ each))[1:16]
    assert kept == {each.tobytes() for each in expected}
    assert pool.some(best, wide=False) is best
