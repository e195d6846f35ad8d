"""Programs: optimum, bound, prices, and what is no answer."""

import doctest
import importlib
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainstay.engine.linear import Effort, Program, maximise

ENTRIES = st.lists(st.integers(1, 9), min_size=3, max_size=3)


def _knapsack(gain: list, weight: list, room: float, *, whole: bool) -> Program:
    count = len(gain)
    kinds = np.full(count, whole)
    rows, columns = np.zeros(count, dtype=np.int64), np.arange(count)
    bounds = np.zeros(count), np.ones(count)
    return Program(np.array(gain, float), *bounds, kinds, rows, columns, np.array(weight, float), np.array([room]))


@settings(max_examples=30)
@given(ENTRIES, ENTRIES, st.integers(0, 20))
def test_the_best_is_found_and_the_prices_prove_its_bound(gain, weight, room) -> None:
    mixed = maximise(_knapsack(gain, weight, room, whole=True), Effort())
    plain = maximise(_knapsack(gain, weight, room, whole=False), Effort())
    best = max(np.dot(gain, x) for x in product([0, 1], repeat=3) if np.dot(weight, x) <= room)
    assert mixed.objective == pytest.approx(best)
    assert mixed.bound == pytest.approx(best)
    price = plain.prices[0]
    proven = price * room + sum(max(0, g - price * w) for g, w in zip(gain, weight, strict=True))
    assert plain.objective == pytest.approx(proven)
    assert plain.bound >= mixed.objective - 1e-9


def test_an_impossible_program_is_an_answer() -> None:
    program = _knapsack([1, 1], [1, 1], 1, whole=True).within(np.ones(2), np.ones(2))
    assert maximise(program, Effort()).status == "infeasible"


def test_a_program_without_columns_is_worth_nothing() -> None:
    ended = maximise(_knapsack([], [], 1, whole=False), Effort())
    assert (ended.status, ended.objective, ended.bound) == ("optimal", 0.0, 0.0)


def test_numbers_to_begin_from_are_kept_when_there_is_no_time_for_better() -> None:
    program = _knapsack([5, 4, 3], [4, 3, 2], 5, whole=True)
    ended = maximise(program, Effort(cancelled=lambda: True), np.array([0.0, 1.0, 1.0]))
    assert ended.status in ("feasible", "optimal")
    assert ended.objective == 7.0


@pytest.mark.parametrize("nonsense", [{"seconds": 0}, {"gap": 1}, {"seed": -1}])
def test_an_effort_that_makes_no_sense_is_refused(nonsense: dict) -> None:
    with pytest.raises(ValueError, match="Seconds are above zero"):
        Effort(**nonsense)


def test_a_program_that_does_not_fit_is_refused() -> None:
    one, no = np.ones(1), np.zeros(1, dtype=np.int64)
    with pytest.raises(ValueError, match="equally many"):
        Program.continuous(one, np.ones(2), no, no, one, one)
    with pytest.raises(ValueError, match="a row and a column"):
        Program.continuous(one, one, no, no, np.ones(2), one)


def test_the_examples_in_the_docstrings_run() -> None:
    tried = doctest.testmod(importlib.import_module("mainstay.engine.linear.maximise"))
    assert (tried.failed, tried.attempted >= 4) == (0, True)
