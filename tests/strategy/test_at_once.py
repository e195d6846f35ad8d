"""Shares given at the same moment never add up to more than the whole, on both databases."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections
from django.db.models import Sum

from mainstay.core.system import MAINSTAY
from mainstay.portfolio.models import Project
from mainstay.portfolio.operations.projects import propose_project
from mainstay.strategy.models import Contribution, Goal
from mainstay.strategy.operations.contributions import set_contribution
from mainstay.strategy.operations.goals import create_goal
from tests.world import build_world

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 6


@pytest.fixture
def many_connections(tmp_path, monkeypatch):
    """Lets every thread have a connection of its own: the test database of SQLite is copied into a file for them."""

    def open_up():
        if connection.vendor != "sqlite":
            return
        file = tmp_path / "copy.sqlite3"
        with sqlite3.connect(file) as copy:
            connection.connection.backup(copy)
        monkeypatch.setitem(connections.settings["default"], "NAME", str(file))

    return open_up


def test_of_many_shares_at_one_moment_only_those_that_fit_are_kept(many_connections):
    world = build_world()
    goal = create_goal(None, actor=MAINSTAY, name="Halve the leaks")
    for number in range(AT_ONCE):
        propose_project(world.networks, actor=MAINSTAY, name=f"Mains {number}", code=f"MAINS-{number}")
    many_connections()
    gate = Barrier(AT_ONCE)

    def give(number):
        try:
            project, same = Project.objects.get(code=f"MAINS-{number}"), Goal.objects.get(pk=goal.pk)
            gate.wait()
            set_contribution(project, actor=MAINSTAY, goal=same, share=Decimal(30))
            return "kept"
        except ValidationError as refused:
            return refused.messages[0]
        finally:
            connection.close()

    def count():
        try:
            return Contribution.objects.aggregate(total=Sum("share"))["total"]
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = sorted(pool.map(give, range(AT_ONCE)))
        total = pool.submit(count).result()
    told = "The shares of Halve the leaks would add up to 120%. 90% is given to other work, so at most 10% is left."
    assert (answers, total) == ([told] * 3 + ["kept"] * 3, 90)
