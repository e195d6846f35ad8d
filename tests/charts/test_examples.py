import doctest
import importlib
import pkgutil

import pytest

from mainstay import charts

MODULES = [f"mainstay.charts.{module.name}" for module in pkgutil.iter_modules(charts.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_docstrings_run(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
