"""The commands that prepare and look after the database."""

import json
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


@pytest.fixture
def empty(tmp_path):
    """Surroundings with an empty database, as many as are asked for."""

    def make():
        name = f"empty_{uuid4().hex}"
        (tmp_path / name).mkdir()
        found = os.environ | {"MAINSTAY_DATA": str(tmp_path / name)}
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"CREATE DATABASE {name}")
            found["DATABASE_URL"] = os.environ["DATABASE_URL"].replace("/mainstay?", f"/{name}?")
        return found

    return make


def said_by(surroundings, *words):
    """What a command of Python prints there."""
    command = [sys.executable, *words]
    ended = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


@pytest.mark.django_db(transaction=True)
def test_an_empty_database_is_laid_out_and_then_up_to_date(empty):
    laid_out = empty()
    assert said_by(laid_out, "-m", "mainstay.cli", "migrate").startswith("Applied ")
    assert said_by(laid_out, "-m", "mainstay.cli", "migrate") == "The database is up to date.\n"


@pytest.mark.only_on("sqlite")
@pytest.mark.django_db(transaction=True)
def test_an_empty_database_is_laid_out_as_the_migrations_would_leave_it(empty):
    """Every migration tells what its models are like after it; the tables of the last state are made and compared."""
    laid_out, of_migrations = empty(), empty()
    django = {"DJANGO_SETTINGS_MODULE": "mainstay.config.settings"}
    said_by(laid_out, "-m", "mainstay.cli", "migrate")
    said_by(of_migrations | django, "-c", LAST_STATE)
    tables = [json.loads(said_by(each | django, "-c", TABLES)) for each in (laid_out, of_migrations)]
    del tables[0]["django_migrations"]
    assert len(tables[0]) > 100
    assert tables[0] == tables[1]


LAST_STATE = """
import django
from django.db import connection
from django.db.migrations.loader import MigrationLoader

django.setup()
with connection.schema_editor() as editor:
    for model in MigrationLoader(None).project_state().apps.get_models():
        editor.create_model(model)
"""


TABLES = """
import json
import django
from django.db import connection

django.setup()
found = {}
with connection.cursor() as cursor:
    for table in connection.introspection.table_names(cursor):
        columns = connection.introspection.get_table_description(cursor, table)
        constraints = connection.introspection.get_constraints(cursor, table)
        found[table] = [
            sorted([each.name, str(each.type_code), each.null_ok] for each in columns),
            sorted([str(each[part]) for part in ("columns", "unique", "primary_key", "foreign_key", "index")]
                   for each in constraints.values() if not each["check"]),
            sorted(name for name, each in constraints.items() if each["check"] and not name.startswith("__")),
        ]
print(json.dumps(found))
"""


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
