"""Sending a list: every format, safely, piece by piece."""

import asyncio
import io
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from mainstay.core.errors import Unreadable
from mainstay.core.exchange import Column, Kind, export_file, export_response, read_table
from mainstay.core.exchange.exporting import export_parts
from tests.core.exchange.files import cells

COLUMNS = (
    Column("code", "Code", Kind.CODE, write=lambda row: row[0]),
    Column("name", "Name", write=lambda row: row[1]),
    Column("cost", "Cost", Kind.MONEY, write=lambda row: row[2]),
    Column("votes", "Votes", Kind.NUMBER, write=lambda row: row[3]),
    Column("end", "End", Kind.DATE, write=lambda row: row[4]),
    Column("open", "Open", Kind.YES_NO, write=lambda row: row[5]),
)
ROWS = [
    ("0012", "=1+1", Decimal("1234.50"), Decimal(7), date(2026, 3, 31), True),
    ("0013", "Żółw", None, Decimal("0.5"), None, False),
]


def test_csv_is_written_for_spreadsheets_in_every_language():
    assert b"".join(export_parts(COLUMNS, ROWS, "csv")).decode() == (
        "\ufeffCode,Name,Cost,Votes,End,Open\r\n0012,'=1+1,1234.50,7,2026-03-31,yes\r\n0013,Żółw,,0.5,,no\r\n"
    )


def test_json_keeps_money_exact_and_text_as_it_is():
    assert json.loads(b"".join(export_parts(COLUMNS, ROWS, "json"))) == [
        {"code": "0012", "name": "=1+1", "cost": "1234.50", "votes": 7, "end": "2026-03-31", "open": True},
        {"code": "0013", "name": "Żółw", "cost": None, "votes": "0.5", "end": None, "open": False},
    ]


def test_xlsx_holds_typed_cells_and_no_formula():
    file = io.BytesIO()
    export_file(COLUMNS, ROWS, "xlsx", file)
    sheet = openpyxl.load_workbook(file).active
    assert [[cell.data_type for cell in row] for row in sheet.iter_rows(min_row=2, max_row=2)] == [
        ["s", "s", "n", "n", "d", "b"]
    ]
    assert sheet["B2"].value == "'=1+1"
    assert sheet["C2"].value == 1234.5
    assert cells(read_table(file, "a.xlsx"))[0] == ROWS[0]


def test_a_number_with_more_digits_than_a_spreadsheet_keeps_is_written_as_text():
    file = io.BytesIO()
    export_file(COLUMNS[2:3], [(None, None, Decimal("1234567890123456.78"))], "xlsx", file)
    assert openpyxl.load_workbook(file).active["A2"].value == "1234567890123456.78"


@pytest.mark.parametrize(("form", "empty"), [("csv", b"\xef\xbb\xbfCode\r\n"), ("json", b"[]\n")])
def test_a_list_without_rows_is_still_a_list(form, empty):
    assert b"".join(export_parts(COLUMNS[:1], [], form)) == empty


def test_columns_of_the_same_name_are_told_apart():
    twins = (COLUMNS[1], Column("custom.name", "Name", write=lambda row: "x"))
    assert b"".join(export_parts(twins, [], "csv")) == b"\xef\xbb\xbfName [name],Name [custom.name]\r\n"


def test_an_unknown_format_is_refused():
    with pytest.raises(Unreadable, match="There is no format pdf"):
        export_parts(COLUMNS, ROWS, "pdf")


class Counting:
    """A queryset that tells in what portions it is read."""

    def __init__(self) -> None:
        self.given = 0

    def iterator(self, chunk_size: int) -> Any:
        for number in range(3 * chunk_size):
            self.given += 1
            yield (str(number), "x", None, None, None, None)


def test_rows_are_fetched_while_the_file_is_sent():
    rows = Counting()
    parts = export_parts(COLUMNS, rows, "csv")
    next(parts)
    assert rows.given == 500
    assert sum(part.count(b"\r\n") for part in parts) == 1_000
    assert rows.given == 1_500


def test_an_answer_names_the_file_and_streams_on_both_kinds_of_server():
    response = export_response(COLUMNS, ROWS, "csv", name="projects")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith('attachment; filename="projects-')
    assert response["Content-Disposition"].endswith('.csv"')

    async def read() -> bytes:
        return b"".join([part async for part in export_response(COLUMNS, ROWS, "csv", name="projects")])

    # In a thread of its own, because a browser of another test may keep an event loop in this one.
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: asyncio.run(read())).result() == response.getvalue()
