"""Problems written and read again, and their fingerprint."""

import pytest

from mainstay.engine.selection import answer_to_dict, problem_sha256, problem_to_dict, read_problem, solve
from tests.engine.selection.builders import example
from tests.engine.selection.random_problems import random_problem


@pytest.mark.parametrize("name", ["budget-only", "every-rule", "five-projects", "impossible"])
def test_a_problem_that_is_written_is_read_as_the_same(name: str):
    problem = read_problem(example(name))
    assert read_problem(problem_to_dict(problem)) == problem


def test_a_problem_of_any_kind_is_read_as_the_same():
    for seed in range(50):
        problem = read_problem(random_problem(seed))
        assert read_problem(problem_to_dict(problem)) == problem


def test_names_reasons_and_decimal_points_leave_the_fingerprint():
    document = example("every-rule")
    before = problem_sha256(read_problem(document))
    document["limits"][0].update(total=400.0, unit="GBP", name="Budget")
    document["candidates"][0].update(reason="because", name="Alpha")
    assert problem_sha256(read_problem(document)) == before


def test_another_figure_changes_the_fingerprint():
    document = example("every-rule")
    before = problem_sha256(read_problem(document))
    document["candidates"][0]["options"][0]["measures"]["risk"] = 5
    assert problem_sha256(read_problem(document)) != before


def test_a_conflict_is_written_as_ids():
    written = answer_to_dict(solve(read_problem(example("impossible"))))
    assert (written["status"], written["objective"], written["chosen"]) == ("infeasible", None, [])
    assert (written["conflict"], written["conflict_is_smallest"]) == (["money", "A", "B"], True)
    assert written["limits"] == []
