"""Writing XLSX row by row, with text as text: nothing in it runs."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, BinaryIO

import xlsxwriter

from mainstay.core.exchange.columns import Kind
from mainstay.core.exchange.safe import guarded

LONGEST = 32_767
SURE_DIGITS = 15
SETTINGS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
WIDTHS = {Kind.LONG_TEXT: 50, Kind.TEXT: 24, Kind.MONEY: 18, Kind.CODE: 16, Kind.PERSON: 18}


def write_workbook(
    file: BinaryIO, headers: Sequence[str], kinds: Sequence[Kind], rows: Iterable[Sequence[Any]]
) -> None:
    """A workbook with one sheet: a header line that stays, then the rows."""
    book = xlsxwriter.Workbook(file, SETTINGS)
    sheet = book.add_worksheet("List")
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    formats = {
        Kind.MONEY: book.add_format({"num_format": "#,##0.00"}),
        Kind.DATE: book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    for index, (header, kind) in enumerate(zip(headers, kinds, strict=True)):
        sheet.set_column(index, index, WIDTHS.get(kind, 14))
        sheet.write_string(0, index, guarded(header), head)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, 1):
        for index, value in enumerate(row):
            _write(sheet, number, index, value, formats.get(kinds[index]))
    book.close()


def _write(sheet: Any, row: int, column: int, value: Any, shape: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, shape)
    elif isinstance(value, (int, float)) or (isinstance(value, Decimal) and _fits(value)):
        sheet.write_number(row, column, float(value), shape)
    else:
        text = format(value, "f") if isinstance(value, Decimal) else str(guarded(value))
        sheet.write_string(row, column, text[:LONGEST])


def _fits(value: Decimal) -> bool:
    """Whether a spreadsheet, which counts in binary, keeps every digit."""
    return len(value.normalize().as_tuple().digits) <= SURE_DIGITS
