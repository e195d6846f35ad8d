"""Small files for the tests of imports."""

import io
import json
from typing import Any

import xlsxwriter

from mainstay.core.exchange import BadFile, Table, read_table


def csv_file(text: str, encoding: str = "utf-8") -> io.BytesIO:
    """A CSV file with this text."""
    return io.BytesIO(text.encode(encoding))


def json_file(value: Any) -> io.BytesIO:
    """A JSON file with this value."""
    return io.BytesIO(json.dumps(value).encode())


def workbook(*rows: list[Any], hidden_first: bool = False, further: str = "") -> io.BytesIO:
    """An XLSX file with these rows in its first visible sheet."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    if hidden_first:
        front = book.add_worksheet("Lookups")
        front.write_row(0, 0, ["not", "this"])
    sheet = book.add_worksheet("List")
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            arguments = (cell, day) if hasattr(cell, "year") else (cell,)
            sheet.write(number, place, *arguments)
    if hidden_first:
        sheet.activate()
        sheet.set_first_sheet()
        front.hide()
    if further:
        book.add_worksheet(further)
    book.close()
    file.seek(0)
    return file


def cells(table: Table) -> list[tuple[Any, ...]]:
    """The rows of a table without their numbers."""
    return [line.cells for line in table.lines]


def refusal(file: io.BytesIO, name: str = "list.csv") -> BadFile:
    """What is wrong with the file."""
    try:
        read_table(file, name)
    except BadFile as bad:
        return bad
    raise AssertionError("The file was read.")
