"""Lists on the command line: reports, exit codes, and what is written."""

import json
from pathlib import Path
from typing import Any

import pytest

from mainstay.cli import main
from mainstay.core.models import Event
from mainstay.monitoring.models import LedgerLine
from mainstay.portfolio.models import Portfolio, Project
from tests.monitoring.money.conftest import FILE, build_books
from tests.world import World

GMPP = "gmpp_2022/GMPP_Government_Major_Projects_Portfolio_AR_Data_March_2022.csv"


@pytest.fixture(autouse=True)
def data_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MAINSTAY_DATA", str(tmp_path))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A list of two projects."""
    path = tmp_path / "list.csv"
    path.write_text("Ref,Project,Cost\nA1,Bridge,5\nA2,Tunnel,7\n")
    return path


def reported(capsys: Any, *words: str) -> tuple[int, dict[str, Any]]:
    """The exit code and the report as a document."""
    code = main(["import", "projects", *words, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_the_governments_file_is_checked_imported_and_then_left_alone(
    shared_data: Path, capsys: Any, db: None
) -> None:
    words = (str(shared_data / GMPP), "--mapping", "gmpp", "--portfolio", "UK Government")
    code, report = reported(capsys, *words, "--dry-run")
    assert (code, report["rows"], report["new"], report["errors"], report["committed"]) == (0, 235, 235, [], False)
    assert not Portfolio.objects.exists()
    code, report = reported(capsys, *words, "--commit")
    assert (code, report["new"], report["committed"], Project.objects.count()) == (0, 235, True, 235)
    events = Event.objects.count()
    code, report = reported(capsys, *words, "--commit")
    assert (code, report["new"], report["changed"], report["unchanged"]) == (0, 0, 0, 235)
    assert Event.objects.count() == events


def test_without_a_word_nothing_is_written(file: Path, capsys: Any, world: World) -> None:
    assert main(["import", "projects", str(file), "--portfolio", "NET"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("2 rows: 2 new, 0 changed, 0 unchanged, 0 errors.\n")
    assert printed.endswith("Nothing was imported yet; add --commit to do it.\n")
    assert Project.objects.count() == 4


def test_errors_end_with_1_and_are_named_by_row_and_column(file: Path, capsys: Any, world: World) -> None:
    file.write_text("Ref,Project,Cost\nA1,Bridge,5\nA2,Tunnel,much\n")
    code, report = reported(capsys, str(file), "--portfolio", "NET", "--commit")
    assert (code, report["committed"], Project.objects.count()) == (1, False, 4)
    assert report["errors"] == [
        {
            "row": 3,
            "column": "Cost",
            "message": "“much” is no number.",
            "advice": "Write digits only, or choose that text in this column is kept as text.",
        }
    ]
    assert main(["import", "projects", str(file), "--portfolio", "NET", "--commit"]) == 1
    assert "  Row 3, column “Cost”: “much” is no number." in capsys.readouterr().out


def test_a_file_that_cannot_be_read_ends_with_1(file: Path, capsys: Any, world: World) -> None:
    file.write_bytes(b"Ref,Project\n1,\x00\n")
    code, report = reported(capsys, str(file), "--portfolio", "NET", "--commit")
    assert (code, report["rows"], report["errors"][0]["row"], report["committed"]) == (1, 0, 2, False)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["projects", "absent.csv", "--portfolio", "NET"], "absent.csv is no file"),
        (["widgets", "FILE", "--portfolio", "NET"], "There is no list of widgets; there are"),
        (
            ["projects", "FILE", "--portfolio", "NET", "--mapping", "x"],
            "There is no mapping x for projects; there are",
        ),
        (["projects", "FILE", "--portfolio", "NET", "--actor", "x"], "There is nobody with the sign-in name x."),
        (["projects", "FILE", "--portfolio", "NET", "--set", "PLN"], "--set takes FIELD=VALUE, not PLN"),
        (
            ["projects", "FILE", "--portfolio", "NM", "--actor", "amara"],
            "There is no portfolio NM that you may import",
        ),
        (["projects", "FILE", "--portfolio", ""], "Say which portfolio to import into."),
    ],
)
def test_wrong_use_ends_with_2_and_one_line(
    words: list[str], line: str, file: Path, capsys: Any, world: World
) -> None:
    assert main(["import", *[str(file) if word == "FILE" else word for word in words], "--commit"]) == 2
    printed = capsys.readouterr()
    assert printed.err.startswith(f"mainstay import: {line}")
    assert (printed.out, printed.err.count("\n"), Project.objects.count()) == ("", 1, 4)


def test_a_dry_run_and_a_commit_exclude_each_other(file: Path, capsys: Any) -> None:
    with pytest.raises(SystemExit) as leaving:
        main(["import", "projects", str(file), "--portfolio", "NET", "--dry-run", "--commit"])
    assert leaving.value.code == 2


def test_values_for_every_row_may_be_given(file: Path, capsys: Any, world: World) -> None:
    words = ["import", "projects", str(file), "--portfolio", "NET", "--commit", "--actor", "amara"]
    assert main([*words, "--set", "currency=PLN", "--set", "stage=candidate"]) == 0
    bridge = Project.objects.get(external_key="A1")
    assert (bridge.currency, bridge.stage.key, bridge.proposed_by) == ("PLN", "candidate", world.portfolio_manager)


def test_a_list_is_written_as_a_person_sees_it(tmp_path: Path, world: World) -> None:
    out = tmp_path / "out.json"
    assert main(["export", "projects", "--format", "json", "--actor", "amara", "--output", str(out)]) == 0
    assert [row["code"] for row in json.loads(out.read_text())] == ["METERS", "PUMPS"]
    assert main(["export", "projects", "--format", "json", "--portfolio", "Northmoor", "--output", str(out)]) == 0
    assert [row["code"] for row in json.loads(out.read_text())] == ["DEPOT", "HERON", "METERS", "PUMPS"]


def test_a_ledger_is_booked_once_and_waits_for_projects_it_does_not_know(
    file: Path, capsys: Any, world: World
) -> None:
    build_books(world)
    file.write_text(FILE)
    words = ["import", "ledger", str(file), "--portfolio", "NET", "--actor", "mei", "--json"]
    for more, new, known, lines in (([], 6, 0, 0), (["--commit"], 6, 0, 6), (["--commit"], 0, 6, 6)):
        assert main([*words, *more]) == 0
        report = json.loads(capsys.readouterr().out)
        assert (report["new"], report["unchanged"], LedgerLine.objects.count()) == (new, known, lines)
        assert report["committed"] == bool(more)
    assert LedgerLine.objects.filter(project=None).count() == 2
    assert main([*words[:-1], "--commit", "--set", "currency=GBP"]) == 2
    assert main(["import", "ledger", str(file), "--portfolio", "NET", "--actor", "jonas", "--commit"]) == 2
    assert main([word for word in words if word not in {"--actor", "mei"}]) == 0
    assert json.loads(capsys.readouterr().out)["unchanged"] == 6
    file.write_text(FILE.replace("500.05", "500.06"))
    assert main(words) == 1
    assert json.loads(capsys.readouterr().out)["errors"][0]["row"] == 4


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["widgets"], "There is no list of widgets"),
        (["projects", "--portfolio", "UND", "--actor", "amara"], "There is no portfolio UND."),
        (["projects", "--as-of", "someday"], "The as-of date is written as"),
    ],
)
def test_an_export_that_cannot_be_meant_ends_with_2(words: list[str], line: str, capsys: Any, world: World) -> None:
    assert main(["export", *words]) == 2
    assert capsys.readouterr().err.startswith(f"mainstay export: {line}")
