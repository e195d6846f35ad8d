"""The examples in the docstrings run."""

import doctest
import importlib
import pkgutil

from mainstay.engine import control


def test_the_examples_in_the_docstrings_run() -> None:
    names = [f"{control.__name__}.{module.name}" for module in pkgutil.iter_modules(control.__path__)]
    tried = [doctest.testmod(importlib.import_module(name)) for name in names]
    assert sum(each.failed for each in tried) == 0
    assert sum(each.attempted for each in tried) == 6
