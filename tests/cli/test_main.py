"""The command as a whole: what it answers to wrong use, and where it puts its data."""

import os
from pathlib import Path

import pytest

from mainstay.cli import main, place
from mainstay.cli.registry import COMMANDS


@pytest.fixture(autouse=True)
def untouched_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands set MAINSTAY_DATA; no test leaves that behind."""
    monkeypatch.setenv("MAINSTAY_DATA", os.environ["MAINSTAY_DATA"])


def refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """The one line on standard error, after making sure that it is one line and the code is 2."""
    with pytest.raises(SystemExit) as leaving:
        main(arguments)
    printed = capsys.readouterr()
    assert leaving.value.code == 2
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    return printed.err.rstrip("\n")


def test_no_command_is_wrong_use(capsys):
    names = ", ".join(command.name for command in COMMANDS)
    assert refused([], capsys) == f"mainstay: say what to do, one of: {names} (see `mainstay --help`)"


def test_an_option_nobody_knows_is_wrong_use(capsys):
    line = refused(["migrate", "--frobnicate"], capsys)
    assert line == "mainstay: migrate does not understand --frobnicate (see `mainstay --help`)"


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1"])
def test_a_port_that_does_not_exist_is_wrong_use(port, capsys):
    assert refused(["serve", f"--port={port}"], capsys) == (
        f"mainstay serve: argument --port: {port!r} is not a whole number between 1 and 65535 "
        "(see `mainstay serve --help`)"
    )


def test_an_abbreviated_option_is_not_guessed(capsys):
    line = refused(["demo", "--no-ser"], capsys)
    assert line == "mainstay: demo does not understand --no-ser (see `mainstay --help`)"


@pytest.mark.parametrize("name", [command.name for command in COMMANDS])
def test_every_command_takes_a_data_folder_and_explains_itself(name, capsys):
    with pytest.raises(SystemExit) as leaving:
        main([name, "--help"])
    assert leaving.value.code == 0
    assert "--data DIR" in capsys.readouterr().out


@pytest.mark.parametrize("before", [True, False])
def test_the_data_folder_may_stand_before_or_after_the_command(before, tmp_path, capsys):
    option = ["--data", str(tmp_path / "here")]
    plan = ["plan", str(tmp_path / "absent.json")]
    assert main([*option, *plan] if before else [*plan, *option]) == 2
    assert os.environ["MAINSTAY_DATA"] == str(tmp_path / "here")


def test_the_option_wins_over_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("MAINSTAY_DATA", str(tmp_path / "said"))
    assert place.choose(str(tmp_path / "asked")) == tmp_path / "asked"
    assert os.environ["MAINSTAY_DATA"] == str(tmp_path / "asked")


def test_a_folder_given_relatively_is_kept_as_it_was_meant(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    place.choose("mine")
    monkeypatch.chdir("/")
    assert os.environ["MAINSTAY_DATA"] == str(tmp_path / "mine")


def test_without_a_word_the_data_is_kept_in_the_checkout(monkeypatch, checkout: Path):
    monkeypatch.delenv("MAINSTAY_DATA")
    assert place.choose(None) == checkout / ".data"


def test_a_data_folder_that_cannot_be_made_is_refused_in_one_line(tmp_path, capsys):
    (tmp_path / "file").write_text("in the way")
    assert main(["migrate", "--data", str(tmp_path / "file" / "below")]) == 1
    assert capsys.readouterr().err == (
        f"mainstay migrate: the data folder {tmp_path}/file/below cannot be made: Not a directory\n"
    )
    assert (tmp_path / "file").read_text() == "in the way"
