"""XLSX: values, hidden sheets, and everything that makes a workbook dangerous or useless."""

import io
import os
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter

from mainstay.core.exchange import limits, read_table
from tests.core.exchange.files import cells, refusal, workbook


def test_values_keep_their_kinds():
    table = read_table(workbook(["Key", "Cost", "End", "Open"], [7, 12.5, date(2026, 3, 31), True]), "a.xlsx")
    assert cells(table) == [(Decimal(7), Decimal("12.5"), date(2026, 3, 31), True)]


def test_a_list_may_begin_anywhere_and_rows_keep_their_numbers():
    table = read_table(workbook([], ["", "Projects of 2026"], ["", "Key", "Name"], [], ["", 1, "Pumps"]), "a.xlsx")
    assert table.headers == ("Key", "Name")
    assert [(line.number, line.cells) for line in table.lines] == [(5, (Decimal(1), "Pumps"))]


def test_only_the_first_visible_sheet_is_read_and_the_others_are_named():
    table = read_table(workbook(["Key", "Name"], [1, "Pumps"], hidden_first=True, further="Notes"), "a.xlsx")
    assert table.headers == ("Key", "Name")
    assert table.warnings == ("Only the sheet “List” was read; left out: “Notes”.",)


def test_the_content_counts_and_not_the_name():
    assert read_table(workbook(["Key", "Name"], [1, "Pumps"]), "list.csv").headers == ("Key", "Name")
    assert refusal(io.BytesIO(b"Key,Name\n1,Pumps\n"), "list.xlsx").problem.message == (
        "This is no workbook, whatever its name says."
    )


def saved(book: openpyxl.Workbook) -> io.BytesIO:
    file = io.BytesIO()
    book.save(file)
    return file


def test_a_formula_without_a_value_is_refused_with_its_place():
    book = openpyxl.Workbook()
    book.active.append(["Key", "Cost"])
    book.active.append(["1", "=2+3"])
    bad = refusal(saved(book), "a.xlsx")
    assert (bad.problem.row, bad.problem.column) == (2, "B")
    assert bad.problem.message == "The cell holds a formula without a value."


def test_a_formula_with_a_value_is_read_as_its_value():
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Key", "Cost"])
    sheet.write(1, 0, "1")
    sheet.write_formula(1, 1, "=2+3", None, 5)
    book.close()
    assert cells(read_table(file, "a.xlsx")) == [("1", Decimal(5))]


def test_an_error_in_a_cell_is_refused_with_its_place():
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Key", "Cost"])
    sheet.write_formula(2, 1, "=1/0", None, "#DIV/0!")
    book.close()
    bad = refusal(file, "a.xlsx")
    assert (bad.problem.row, bad.problem.column, bad.problem.message) == (3, "B", "The cell holds the error #DIV/0!.")


def test_a_workbook_cut_off_is_refused():
    whole = workbook(["Key", "Name"], [1, "Pumps"]).getvalue()
    assert refusal(io.BytesIO(whole[:-200]), "a.xlsx").problem.message == "The workbook is damaged or cut off."


def test_rubbish_in_a_package_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("hello.txt", "no workbook")
    assert refusal(file, "a.xlsx").problem.message == "The workbook is damaged or cut off."


def package_of(parts: dict[str, bytes]) -> io.BytesIO:
    """A workbook with some of its parts replaced or added."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(workbook(["Key", "Name"], [1, "Pumps"])) as whole,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package,
    ):
        for name in {*whole.namelist(), *parts}:
            package.writestr(name, parts.get(name) or whole.read(name))
    return file


def test_a_zip_bomb_is_not_opened():
    bad = refusal(package_of({"xl/media/zeros.bin": b"\0" * 40_000_000}), "a.xlsx")
    assert bad.problem.message == "The workbook unpacks to far more than its size; it is not opened."


def test_a_workbook_that_unpacks_to_too_much_is_not_opened(monkeypatch):
    monkeypatch.setattr(limits, "UNPACKED_BYTES", 100_000)
    bad = refusal(package_of({"xl/media/noise.bin": os.urandom(100_000)}), "a.xlsx")
    assert bad.problem.message == "The workbook unpacks to far more than its size; it is not opened."


def test_a_zip_bomb_that_lies_about_its_size_is_not_opened():
    name = "xl/worksheets/sheet1.xml"
    content = bytearray(package_of({name: b"\0" * 20_000_000}).getvalue())
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as package:
        member = package.getinfo(name)
    said = (20_000_000).to_bytes(4, "little")
    for place in (content.index(said), content.rindex(said)):
        content[place : place + 4] = (1_000).to_bytes(4, "little")
    assert member.file_size == 20_000_000
    assert refusal(io.BytesIO(bytes(content)), "a.xlsx").problem.message == (
        "The workbook lies about its size; it is not opened."
    )


def test_too_many_parts_are_not_opened():
    bad = refusal(package_of({f"xl/media/{number}.bin": b"x" * 9 for number in range(2_000)}), "a.xlsx")
    assert bad.problem.message == "The workbook unpacks to far more than its size; it is not opened."


def test_macros_are_refused():
    assert refusal(package_of({"xl/vbaProject.bin": b"x"}), "a.xlsm").problem.message == "The workbook holds macros."


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_a_document_type_is_refused(part):
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><worksheet><sheetData/></worksheet>'
    assert refusal(package_of({part: bomb}), "a.xlsx").problem.message == "The workbook is damaged or cut off."


SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = f'<worksheet xmlns="{SPACE}"><sheetData>{{}}</sheetData></worksheet>'


def test_a_cell_in_the_far_corner_is_refused_before_room_is_made_for_all_between():
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    bad = refusal(package_of({"xl/worksheets/sheet1.xml": SHEET.format(rows).encode()}), "a.xlsx")
    assert (bad.problem.row, bad.problem.message) == (1_048_576, "The file has more than 50,000 rows.")


def test_formatting_far_below_the_list_is_no_row():
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="2"><c r="A2"><v>3</v></c></row>'
        '<row r="900000"><c r="A900000" s="1"/></row>'
    )
    assert cells(read_table(package_of({"xl/worksheets/sheet1.xml": SHEET.format(rows).encode()}), "a.xlsx")) == [
        (Decimal(3), None)
    ]


def test_a_million_rows_are_refused_while_they_are_counted():
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 60_000))
    bad = refusal(package_of({"xl/worksheets/sheet1.xml": SHEET.format(rows).encode()}), "a.xlsx")
    assert (bad.problem.row, bad.problem.message) == (50_002, "The file has more than 50,000 rows.")
