"""The examples in the docstrings run."""

import doctest

from mainstay.engine.levelling import move


def test_the_examples_in_the_docstrings_run() -> None:
    tried = doctest.testmod(move)
    assert (tried.failed, tried.attempted >= 1) == (0, True)
