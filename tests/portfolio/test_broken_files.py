"""Broken lists of projects: each imports nothing at all and says where it is broken."""

import io
from collections.abc import Callable
from typing import Any

import pytest

from mainstay.core.errors import Refusal
from mainstay.core.exchange import BadFile, Problem, commit, propose, read_table, sheet_named
from mainstay.core.models import Event
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.models import Project
from tests.core.exchange import test_workbook as workbooks
from tests.core.exchange.files import csv_file, workbook
from tests.world import World

HEAD = "Key,Name,Stage,Owner,Start,End,Currency,Cost,Risk\n"
GOOD = 'K1,Bridge,Candidate,grace,2026-01-01,2026-12-31,GBP,"1,000",20\n'


def rows(*lines: str, head: str = HEAD) -> io.BytesIO:
    """A list of projects whose second row is right and whose others are as given."""
    return csv_file(head + GOOD + "".join(f"{line}\n" for line in lines))


BROKEN_ROWS = {
    "a duplicate key": ("K1,Tunnel,,,,,,,", 3, "Key", "K1 stands in row 2 already."),
    "no key": (",Tunnel,,,,,,,", 3, "", "Nothing identifies the row."),
    "no name": ("K2,,,,,,,,", 3, "Name", "The cell is empty."),
    "a date that is no day": ("K2,Tunnel,,,2026-02-30,,,,", 3, "Start", "“2026-02-30” is no day of the calendar."),
    "a date that is no date": ("K2,Tunnel,,,,soon,,,", 3, "End", "“soon” is no date."),
    "an end before the start": ("K2,Tunnel,,,2026-05-01,2026-04-30,,,", 3, "End", "The end lies before the start."),
    "a cost that is no number": ("K2,Tunnel,,,,,,a lot,", 3, "Cost", "“a lot” is no number."),
    "a negative cost": ("K2,Tunnel,,,,,,-5,", 3, "Cost", "A cost is not negative."),
    "a cost too large to keep": (
        "K2,Tunnel,,,,,,99999999999999999999,",
        3,
        "Cost",
        "“99999999999999999999” is larger than any number kept here.",
    ),
    "a comma where a point is meant": ('K2,Tunnel,,,,,,"12,34",', 3, "Cost", "“12,34” is no number."),
    "an amount in another currency": (
        "K2,Tunnel,,,,,GBP,€500,",
        3,
        "Cost",
        "The amount is in EUR, but the row is in GBP.",
    ),
    "a currency that is none": ("K2,Tunnel,,,,,P$,5,", 3, "Currency", "“P$” is no currency."),
    "an unknown stage": ("K2,Tunnel,Someday,,,,,,", 3, "Stage", "“Someday” is not one of the choices."),
    "an unknown person": ("K2,Tunnel,,nobody,,,,,", 3, "Owner", "There is nobody called “nobody”."),
    "a risk above 100": (
        "K2,Tunnel,,,,,,,101",
        3,
        "Risk",
        "Ensure this value is less than or equal to 100.",
    ),
    "a risk that is no whole number": ("K2,Tunnel,,,,,,,2.5", 3, "Risk", "2.5 is no whole number."),
    "a name that is too long": (
        f"K2,{'x' * 201},,,,,,,",
        3,
        "Name",
        "It has 201 characters; at most 200 fit.",
    ),
    "too many cells": ("K2,Tunnel,,,,,,,5,6", 3, "", "It has 10 cells, but the header has 9."),
    "too few cells": ("K2,Tunnel", 3, "", "It has 2 cells, but the header has 9."),
    "a quotation mark left open": ('K2,"Tunnel,,,,,,,', 3, "", "A quotation mark is opened and not closed"),
    "a character that no text has": (
        "K2,Tun\x07nel,,,,,,,",
        3,
        "Name",
        "The cell holds a character that no text has; type it anew.",
    ),
    "a NUL character": ("K2,Tun\0nel,,,,,,,", 3, "", "It holds a NUL character: the file is damaged or no text."),
    "a cell without end": (
        f"K2,{'x' * 20_001},,,,,,,",
        3,
        "Name",
        "The cell has 20,001 characters; at most 20,000 fit.",
    ),
}

FILES: dict[str, tuple[Callable[[], io.BytesIO], str, str]] = {
    "an unknown encoding": (
        lambda: io.BytesIO(b"K\x81y,Name\n1,x\n"),
        "a.csv",
        "The file is not text in an encoding",
    ),
    "text without any separator": (
        lambda: csv_file("Bridge\nTunnel\n"),
        "a.csv",
        "No column says which row is which",
    ),
    "nothing": (lambda: csv_file(""), "a.csv", "The file is empty."),
    "only column names": (lambda: csv_file(HEAD), "a.csv", "The file has column names but no rows."),
    "no column of names": (lambda: csv_file("Key,Cost\n1,5\n"), "a.csv", "New rows need this"),
    "a column twice": (lambda: csv_file("Key,Name,NAME\n1,x,y\n"), "a.csv", "The column name appears twice"),
    "a million rows": (
        lambda: csv_file("Key,Name\n" + "1,x\n" * 1_000_000),
        "a.csv",
        "The file has more than 50,000",
    ),
    "rubbish": (lambda: io.BytesIO(bytes(range(256)) * 20), "a.csv", "The file is not text in an encoding"),
    "rubbish called a workbook": (lambda: io.BytesIO(b"\x93\xfa" * 99), "a.xlsx", "This is no workbook"),
    "an old workbook": (
        lambda: io.BytesIO(b"\xd0\xcf\x11\xe0" * 99),
        "a.xls",
        "This is an old or password-protected",
    ),
    "a workbook cut off": (
        lambda: io.BytesIO(workbook(["Key", "Name"], [1, "x"]).getvalue()[:-99]),
        "a.xlsx",
        "The workbook is damaged or cut off.",
    ),
    "a zip bomb": (
        lambda: workbooks.package_of({"xl/zeros.bin": b"\0" * 30_000_000}),
        "a.xlsx",
        "The workbook unpacks to far more than its size",
    ),
    "a workbook of far corners": (
        lambda: workbooks.package_of(
            {
                "xl/worksheets/sheet1.xml": workbooks.SHEET.format(
                    '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
                ).encode()
            }
        ),
        "a.xlsx",
        "The file has more than 50,000 rows.",
    ),
    "JSON that is no list": (lambda: io.BytesIO(b'{"projects": 5}'), "a.json", "The file is not a list of objects."),
    "JSON cut off": (lambda: io.BytesIO(b'[{"key": 1, "na'), "a.json", "The JSON is broken or cut off."),
    "JSON within JSON": (lambda: io.BytesIO(b'[{"key": [1]}]'), "a.json", "A cell holds a list or an object."),
}


def problems(file: io.BytesIO, name: str, world: World) -> list[Problem]:
    """What is wrong, after making sure that nothing at all was written."""
    before = counts()
    try:
        sheet, table = sheet_named("projects"), read_table(file, name)
        report = commit(sheet, table, propose(sheet, table), world.networks, MAINSTAY)
        found = list(report.problems)
        assert not report.committed
    except BadFile as bad:
        found = [bad.problem]
    assert counts() == before
    return found


def counts() -> tuple[Any, ...]:
    """How many projects, versions and events there are."""
    return Project.objects.count(), Project.Version.objects.count(), Event.objects.count()


@pytest.mark.parametrize("kind", BROKEN_ROWS)
def test_a_broken_row_keeps_the_whole_list_out_and_is_named(kind: str, world: World) -> None:
    line, row, column, message = BROKEN_ROWS[kind]
    found = problems(rows(line), "list.csv", world)
    assert [(problem.row, problem.column) for problem in found] == [(row, column)]
    assert found[0].message.startswith(message)


@pytest.mark.parametrize("kind", FILES)
def test_a_broken_file_is_kept_out_as_a_whole(kind: str, world: World) -> None:
    make, name, message = FILES[kind]
    assert problems(make(), name, world)[0].message.startswith(message)


def test_every_broken_cell_is_named_and_not_only_the_first(world: World) -> None:
    found = problems(rows("K2,,Someday,,soon,,,x,", "K3,Tunnel,,,,,,y,200"), "list.csv", world)
    assert [(problem.row, problem.column) for problem in found] == [
        (3, "Stage"), (3, "Start"), (3, "Cost"), (3, "Name"), (4, "Cost"),
    ]  # fmt: skip


def test_thousands_of_errors_are_counted_and_the_first_thousand_told(world: World) -> None:
    sheet, table = sheet_named("projects"), read_table(csv_file("Key,Name,Cost\n" + "1,x,y\n" * 1_500), "a.csv")
    report = commit(sheet, table, propose(sheet, table), world.networks, MAINSTAY)
    assert (report.problem_count, len(report.problems), report.committed) == (2_999, 1_000, False)


def test_a_code_that_is_in_use_elsewhere_is_refused(world: World) -> None:
    found = problems(csv_file("Code,Name\nDEPOT,Another depot\n"), "a.csv", world)
    assert [(problem.row, problem.column, problem.message) for problem in found] == [
        (2, "Code", "The code DEPOT is in use.")
    ]


def test_two_rows_about_the_same_project_are_refused(world: World) -> None:
    sheet, table = sheet_named("projects"), read_table(csv_file("ID,Code,Name\nK9,METERS,Smart meters\n"), "a.csv")
    commit(sheet, table, propose(sheet, table), world.networks, MAINSTAY)
    found = problems(csv_file("ID,Code,Name\nK9,,Smart meters\n,METERS,Meters again\n"), "a.csv", world)
    assert [(problem.row, problem.message) for problem in found] == [(3, "It is the same project as in row 2.")]


def test_a_code_of_a_project_with_another_key_is_refused(world: World) -> None:
    sheet, table = sheet_named("projects"), read_table(csv_file("ID,Code,Name\nK9,METERS,Smart meters\n"), "a.csv")
    commit(sheet, table, propose(sheet, table), world.networks, MAINSTAY)
    found = problems(csv_file("ID,Code,Name\nK8,METERS,Smart meters\n"), "a.csv", world)
    assert found[0].message == "The code METERS belongs to the project with the key K9."


def test_a_row_changed_while_the_list_was_read_is_never_overwritten(world: World, monkeypatch: Any) -> None:
    from mainstay.core.exchange import checking
    from mainstay.portfolio.operations.projects import edit_project

    sheet, table = sheet_named("projects"), read_table(csv_file("Code,Name,Risk\nPUMPS,From the list,7\n"), "a.csv")
    plain = checking.check

    def and_somebody_edits(*arguments: Any) -> Any:
        report = plain(*arguments)
        edit_project(Project.objects.get(code="PUMPS"), actor=MAINSTAY, description=f"v{Event.objects.count()}")
        return report

    monkeypatch.setattr(checking, "check", and_somebody_edits)
    with pytest.raises(Refusal, match="Other people keep changing these rows"):
        commit(sheet, table, propose(sheet, table), world.networks, MAINSTAY)
    assert Project.objects.get(code="PUMPS").name == "Replace the pumps"
