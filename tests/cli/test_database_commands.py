"""The commands that prepare and look after the database."""

import os
import subprocess
import sys
from uuid import uuid4

import pytest
from django.db import connection
from django.test import override_settings

from mainstay.cli import main
from mainstay.core import runs
from mainstay.core.models import Run, RunState
from mainstay.core.operations.runs import start_run
from mainstay.portfolio.models import Stage
from mainstay.portfolio.standard import STAGES

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data_of_its_own(monkeypatch, tmp_path):
    monkeypatch.setenv("MAINSTAY_DATA", str(tmp_path))


@pytest.mark.django_db(transaction=True)
def test_an_empty_database_is_brought_to_this_version(tmp_path):
    surroundings = os.environ | {"MAINSTAY_DATA": str(tmp_path / "empty")}
    name = f"empty_{uuid4().hex}"
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
        surroundings["DATABASE_URL"] = os.environ["DATABASE_URL"].replace("/mainstay?", f"/{name}?")
    command = [sys.executable, "-m", "mainstay.cli", "migrate"]
    said = [subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False) for _ in range(2)]
    assert [each.returncode for each in said] == [0, 0], said[0].stderr
    assert said[0].stdout.startswith("Applied ")
    assert said[1].stdout == "The database is up to date.\n"


def test_migrate_says_when_there_is_nothing_to_do_and_lays_down_the_life_cycle(capsys):
    assert main(["migrate"]) == 0
    assert capsys.readouterr().out == "The database is up to date.\n"
    assert list(Stage.objects.values_list("key", flat=True)) == [stage[0] for stage in STAGES]


def test_a_second_migrate_changes_nothing():
    main(["migrate"])
    before = list(Stage.objects.values())
    main(["migrate"])
    assert list(Stage.objects.values()) == before


def test_manage_without_a_word_is_wrong_use(capsys):
    assert main(["manage"]) == 2
    assert capsys.readouterr().err == ("mainstay manage: say which management command, for example makemigrations\n")


@override_settings(MIGRATION_MODULES={})
def test_manage_hands_the_words_to_django(capsys):
    assert main(["manage", "showmigrations", "portfolio", "--plan"]) == 0
    assert "portfolio.0001_initial" in capsys.readouterr().out


def test_a_worker_called_once_does_what_waits_and_leaves(world, monkeypatch):
    monkeypatch.setitem(runs._jobs, "count", runs.Job("count", lambda reporter, **_: {"counted": 3}))
    run = start_run(None, actor=world.portfolio_manager, kind="count", title="Count", parameters={})
    assert main(["worker", "--once"]) == 0
    run = Run.objects.get(pk=run.pk)
    assert (run.state, run.result) == (RunState.SUCCEEDED, {"counted": 3})
