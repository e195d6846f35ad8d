"""One vocabulary: each verb that changes something is one operation, and there is no other."""

import importlib
import pkgutil

import pytest

from tests.architecture import files


@pytest.fixture(scope="module")
def operations():
    """Every operation, once all the rooms have been read."""
    from mainstay.core import operation

    for room in files.ROOMS:
        package = importlib.import_module(f"mainstay.{room}")
        names = [found.name for found in pkgutil.walk_packages(package.__path__, f"mainstay.{room}.")]
        for name in names:
            if ".operations" in name:
                importlib.import_module(name)
    return operation.registered()


def test_verbs_and_operations_match_one_to_one(operations):
    from mainstay.core.verbs import Verb

    assert set(operations) == {verb for verb in Verb if not verb.reads}
    assert len(set(operations.values())) == len(operations)


def test_every_operation_takes_the_actor_as_a_keyword(operations):
    without = sorted(verb.value for verb, operation in operations.items() if "actor" not in operation.takes)
    assert without == []
