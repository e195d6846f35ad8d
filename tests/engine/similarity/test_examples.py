import doctest
import importlib

import pytest


@pytest.mark.parametrize("name", ["corpus", "reading", "vector"])
def test_the_examples_in_the_docstrings_run(name):
    tried = doctest.testmod(importlib.import_module(f"mainstay.engine.similarity.{name}"))
    assert (tried.failed, tried.attempted > 0) == (0, True)
