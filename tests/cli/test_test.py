"""`mainstay test`: which tools run, on what, and what the closing lines say."""

import subprocess
from types import SimpleNamespace

import pytest

from mainstay.cli import build, main
from mainstay.cli import test as command
from tests.plugins import postgres


@pytest.fixture
def calls(monkeypatch, tmp_path):
    """What would have been run; nothing is."""
    calls = SimpleNamespace(made=[], codes={})

    def pretend(words, **settings):
        calls.made.append((words[1:], settings["env"]))
        return subprocess.CompletedProcess(words, calls.codes.get(len(calls.made), 0))

    monkeypatch.setattr(command.subprocess, "run", pretend)
    monkeypatch.setattr(build, "bring_up_to_date", lambda: False)
    monkeypatch.setattr(postgres, "is_available", lambda: True)
    monkeypatch.setenv("MAINSTAY_DATA", str(tmp_path))
    return calls


def words_of(calls) -> list[str]:
    return [" ".join(words) for words, _ in calls.made]


SQLITE = "-m pytest --db=sqlite -n 2 --dist=worksteal -q -rs"
POSTGRES = "-m pytest --db=postgres -n 2 --dist=worksteal -q -rs"


def test_words_it_does_not_know_go_to_pytest_and_leave_the_front_end_alone(calls):
    assert main(["test", "-k", "selection", "tests/cli", "--maxfail=2"]) == 0
    rest = "-k selection tests/cli --maxfail=2"
    assert words_of(calls) == [f"{SQLITE} {rest}", f"{POSTGRES} {rest} --database-tests-only"]


def test_one_database_is_enough_when_one_is_asked_for(calls):
    main(["test", "--db", "sqlite", "-x"])
    main(["test", "--db", "postgres", "-x"])
    assert words_of(calls) == [f"{SQLITE} -x", f"{POSTGRES} -x --database-tests-only"]


def test_all_forbids_skips(calls):
    main(["test", "--all", "--db=sqlite", "-x"])
    assert words_of(calls) == [f"{SQLITE} --forbid-skips -x"]


def test_a_failure_on_one_database_does_not_hide_the_other(calls, capsys):
    calls.codes[1] = 1
    assert main(["test", "-x"]) == 1
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "Tests on SQLite: failed (code 1)",
        "Tests on PostgreSQL: passed",
    ]


def test_a_word_that_matches_no_test_on_one_database_is_no_failure(calls, capsys):
    calls.codes[2] = 5
    assert main(["test", "-k", "mathematics"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "Tests on PostgreSQL: no test matched"


def test_a_run_in_which_nothing_ran_did_not_pass(calls):
    calls.codes |= {1: 5, 2: 5}
    assert main(["test", "-k", "nowhere"]) == 1


def test_a_missing_server_is_said_and_counts_as_failed_only_with_all(calls, capsys, monkeypatch):
    monkeypatch.setattr(postgres, "is_available", lambda: False)
    reason = "skipped: neither MAINSTAY_TEST_POSTGRES_URL nor pg_ctl was found"
    assert main(["test", "-x"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == f"Tests on PostgreSQL: {reason}"
    assert main(["test", "--all", "-x"]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == f"Tests on PostgreSQL: failed, because it was {reason}"


def test_tests_never_touch_the_data_of_this_installation(calls, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://real/work")
    main(["test", "--data", "/somewhere/real", "-x"])
    for _, surroundings in calls.made:
        assert {"MAINSTAY_DATA", "DATABASE_URL", "MAINSTAY_DEMO"} & set(surroundings) == set()


def test_an_installed_package_has_no_tests_to_run(calls, capsys, monkeypatch):
    monkeypatch.setattr(command.place, "checkout", lambda: None)
    assert main(["test"]) == 1
    assert capsys.readouterr().err == (
        "mainstay test: tests are run from a checkout, and this is an installed package\n"
    )
    assert calls.made == []
