"""The small world, laid down once for the tests of a file that stand in it; what each of them does is taken back.

Laying it down takes longer than most tests. It is kept in an open transaction, and every test works in a savepoint
of that. Tests that commit lay down their own, and those that begin with an empty database do not see it.
"""

import copy
from contextlib import ExitStack
from typing import Any

import pytest

COMMITTING = {"transactional_db", "live_server", "django_db_serialized_rollback"}


class Kept:
    """The world that is laid down now, if any, and the test that is about to run."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self._world: Any = None
        self._item: Any = None
        self._blocker: Any = None

    def is_next(self, item: Any) -> None:
        """A test is about to run: one that has no part in the world must not see it."""
        self._item = item
        if self._world is not None and not _stands_in(item):
            self.take_away()

    def lay_down(self, blocker: Any) -> None:
        """Lay the world down, unless the test that is about to run commits what it does."""
        from django.db import transaction

        from tests.world import build_world

        if not _stands_in(self._item):
            return
        self._blocker = blocker
        with blocker.unblock():
            self._open.enter_context(transaction.atomic())
            self._world = build_world()

    def take_away(self) -> None:
        """Take back the world with everything in it."""
        from django.db import transaction

        if self._world is None:
            return
        with self._blocker.unblock():
            transaction.set_rollback(True)
            self._open.close()
        self._world = None

    def copied(self) -> Any:
        """The world for one test, whose objects are its own; nothing where none is laid down."""
        return copy.deepcopy(self._world)


kept = Kept()


def _stands_in(item: Any) -> bool:
    marker = item.get_closest_marker("django_db")
    commits = bool(marker and (marker.kwargs.get("transaction") or marker.args[:1] == (True,)))
    return "world" in item.fixturenames and not commits and COMMITTING.isdisjoint(item.fixturenames)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before the fixtures of a test."""
    kept.is_next(item)


@pytest.fixture(scope="module")
def world_of_the_file(django_db_setup: None, django_db_blocker: Any) -> Any:
    """The world that the tests of a file share."""
    kept.lay_down(django_db_blocker)
    yield
    kept.take_away()


@pytest.fixture
def world(world_of_the_file: None, db: None) -> Any:
    """The small world of tests/world.py: one tree, seven people with their roles, four projects."""
    from django.core.cache import cache

    from tests.world import build_world

    cache.clear()  # what was remembered in the test before had the same numbers
    return kept.copied() or build_world()
