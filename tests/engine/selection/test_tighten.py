"""Rules said with fewer and stronger rows."""

from mainstay.engine.selection import read_problem
from mainstay.engine.selection.highs import HighsSolver
from mainstay.engine.selection.model import Model
from mainstay.engine.selection.solver import Effort
from mainstay.engine.selection.tighten import follow_finished, joined_exclusions
from tests.engine.selection.builders import candidate, problem
from tests.engine.selection.random_problems import random_problem


def excluding(*pairs: str):
    rules = [{"id": pair, "kind": "at_most_one", "candidates": list(pair)} for pair in pairs]
    return read_problem(problem([candidate(each, 1, money=1) for each in "ABCD"], money=9, rules=rules))


def test_exclusions_in_pairs_become_one_of_three():
    assert joined_exclusions(excluding("AB", "BC", "AC", "CD")) == [(("A", "B", "C"), None), (("C", "D"), None)]


def test_a_prerequisite_that_is_followed_is_one_statement_with_the_longest_lag():
    rules = [
        {"id": "r1", "kind": "requires", "candidate": "B", "needs": "A"},
        {"id": "r2", "kind": "finish_to_start", "before": "A", "after": "B", "lag": 1},
        {"id": "r3", "kind": "finish_to_start", "before": "A", "after": "B", "lag": 2},
        {"id": "r4", "kind": "finish_to_start", "before": "B", "after": "C", "lag": 0},
    ]
    asked = read_problem(problem([candidate(each, 1, money=1) for each in "ABC"], money=9, rules=rules))
    assert follow_finished(asked) == {("A", "B"): 2}


def test_the_tight_model_has_the_same_best_plans_and_no_weaker_bound():
    for seed in range(60):
        asked = read_problem(random_problem(seed))
        tight, plain = (Model(asked, tight=wanted).program for wanted in (True, False))
        best = [HighsSolver().maximise(program, Effort()) for program in (tight, plain)]
        bounds = [HighsSolver().maximise(program.relaxed(), Effort()) for program in (tight, plain)]
        assert best[0].status == best[1].status, seed
        if best[0].objective is not None:
            assert abs(best[0].objective - best[1].objective) < 1e-6, seed
            assert bounds[0].objective <= bounds[1].objective + 1e-6, seed
