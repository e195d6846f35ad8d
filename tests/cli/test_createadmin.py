"""Naming an administrator on the server's own console."""

import io

import pytest

from mainstay.cli import main
from mainstay.core import access
from mainstay.core.models import Grant, Person
from mainstay.core.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data_of_its_own(monkeypatch, tmp_path):
    monkeypatch.setenv("MAINSTAY_DATA", str(tmp_path))


def typed(monkeypatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def test_an_administrator_may_sign_in_and_hold_everything(monkeypatch, capsys):
    typed(monkeypatch, "seven green kettles\n")
    assert main(["createadmin", "ada", "--name", "Ada Byron", "--email", "ada@example.org", "--password-stdin"]) == 0
    ada = Person.objects.get()
    assert (ada.username, ada.name, ada.email) == ("ada", "Ada Byron", "ada@example.org")
    assert ada.check_password("seven green kettles")
    grant = Grant.objects.get()
    assert (grant.person, grant.role, grant.path) == (ada, Role.ADMINISTRATOR, access.ROOT)
    assert capsys.readouterr().out == "ada may sign in and do everything an administrator may.\n"


def test_a_weak_password_creates_nobody(monkeypatch, capsys):
    typed(monkeypatch, "12\n")
    assert main(["createadmin", "ada", "--password-stdin"]) == 1
    line = capsys.readouterr().err
    assert line.startswith("mainstay createadmin: password: This password is too short.")
    assert line.count("\n") == 1
    assert not Person.objects.exists()
    assert not Grant.objects.exists()


def test_a_name_that_is_taken_creates_nobody(monkeypatch, capsys):
    for password in ("seven green kettles", "eight green kettles"):
        typed(monkeypatch, f"{password}\n")
        code = main(["createadmin", "ada", "--password-stdin"])
    assert code == 1
    assert "already exists" in capsys.readouterr().err
    assert Person.objects.get().check_password("seven green kettles")
    assert Grant.objects.count() == 1


def test_no_password_is_wrong_use(monkeypatch, capsys):
    typed(monkeypatch, "\n")
    assert main(["createadmin", "ada", "--password-stdin"]) == 2
    assert capsys.readouterr().err == "mainstay createadmin: an administrator needs a password\n"
    assert not Person.objects.exists()


def test_without_a_terminal_the_password_has_to_be_piped_in(monkeypatch, capsys):
    typed(monkeypatch, "seven green kettles\n")
    assert main(["createadmin", "ada"]) == 2
    assert capsys.readouterr().err == (
        "mainstay createadmin: give the password in a terminal, or on standard input with --password-stdin\n"
    )
    assert not Person.objects.exists()
