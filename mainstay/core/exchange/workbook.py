"""Reading XLSX: the first visible sheet, values only."""

from typing import BinaryIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from mainstay.core.exchange.guard import DAMAGED, open_package, scan_sheet, sheet_parts
from mainstay.core.exchange.problems import BadFile
from mainstay.core.exchange.table import Builder, Table, header_line


def read_workbook(stream: BinaryIO) -> Table:
    """The first visible sheet of a workbook as a table."""
    package = open_package(stream)
    parts = sheet_parts(package)
    stream.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(stream)
        names = _visible(book)
        if not names or names[0] not in parts:
            raise BadFile("The workbook has no visible sheet.", "Show the sheet that holds the list.")
        scan_sheet(package, parts[names[0]])
        return _table(book.get_sheet_by_name(names[0]), _left_out(names))
    except (CalamineError, OSError):
        raise BadFile(*DAMAGED) from None


def _visible(book: CalamineWorkbook) -> list[str]:
    return [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
    ]


def _left_out(names: list[str]) -> list[str]:
    if len(names) < 2:
        return []
    others = ", ".join(f"“{name}”" for name in names[1:6])
    return [f"Only the sheet “{names[0]}” was read; left out: {others}."]


def _table(sheet: CalamineSheet, warnings: list[str]) -> Table:
    builder = Builder()
    if sheet.start is None:
        return builder.table()
    rows = [[cell if cell != "" else None for cell in row] for row in sheet.iter_rows()]
    header = header_line(rows)
    builder.header(header + 1, rows[header])
    for index in range(header + 1, len(rows)):
        builder.row(index + 1, rows[index])
    return builder.table(warnings=warnings)
