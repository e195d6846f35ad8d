"""The examples in docstrings run, and the problems in the documents have the answers told there."""

import doctest
import importlib
import pkgutil

import pytest

from benchmarks.check import check
from mainstay.engine import selection
from mainstay.engine.selection import answer_to_dict, read_problem, solve
from tests.engine.selection.builders import example

MODULES = [f"{selection.__name__}.{module.name}" for module in pkgutil.iter_modules(selection.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_docstrings_run(name: str):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize(
    ("name", "objective"), [("budget-only", 92), ("five-projects", 89), ("every-rule", 96), ("in-flight", 90)]
)
def test_the_examples_in_the_documents_are_answered_and_checked(name: str, objective: float):
    document = example(name)
    answer = solve(read_problem(document), explain="all")
    assert (answer.status, answer.objective) == ("optimal", objective)
    assert check(document, answer_to_dict(answer)) == []
