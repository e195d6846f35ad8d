"""The commands that prepare and look after the database."""

import pytest

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


def test_manage_hands_the_words_to_django(capsys):
    assert main(["manage", "showmigrations", "portfolio", "--plan"]) == 0
    assert "portfolio.0001_initial" in capsys.readouterr().out


def test_a_worker_called_once_does_what_waits_and_leaves(world, monkeypatch):
    monkeypatch.setitem(runs._jobs, "count", runs.Job("count", lambda reporter, **_: {"counted": 3}))
    run = start_run(None, actor=world.portfolio_manager, kind="count", title="Count", parameters={})
    assert main(["worker", "--once"]) == 0
    run = Run.objects.get(pk=run.pk)
    assert (run.state, run.result) == (RunState.SUCCEEDED, {"counted": 3})
