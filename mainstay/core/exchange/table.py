"""A file as a table: one header line and numbered rows, checked while it is read."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from mainstay.core.exchange import limits
from mainstay.core.exchange.problems import BadFile
from mainstay.core.exchange.safe import without_guard

Cell = str | Decimal | bool | date | None
LINES_ABOVE_HEADER = 20
LINE_BREAKS = str.maketrans({"\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"})
NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff]")


@dataclass(frozen=True)
class Line:
    """A row of the file with the number the file gives it."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """What was read: headers, rows, what to know about the reading, and what the file says once for all rows."""

    headers: tuple[str, ...]
    lines: Sequence[Line]
    warnings: tuple[str, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)

    def samples(self, index: int, count: int = 3) -> list[str]:
        """The first different values of a column, as text."""
        found: dict[str, None] = {}
        for line in self.lines[:500]:
            if text := as_text(line.cells[index]):
                found[text] = None
            if len(found) == count:
                break
        return list(found)


def as_text(cell: Cell) -> str:
    """A cell as the text a person would read in it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return cell.isoformat() if isinstance(cell, date) else cell


def letter(index: int) -> str:
    """The name a spreadsheet gives a column: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


class Builder:
    """Builds a table row by row and stops at the first thing that cannot be right."""

    def __init__(self, *, guarded: bool = True, ragged_is_wrong: bool = False) -> None:
        self._guarded = guarded
        self._ragged_is_wrong = ragged_is_wrong
        self._headers: list[str] = []
        self._lines: list[Line] = []
        self._cells = 0

    @property
    def has_header(self) -> bool:
        """Whether the header line has been read."""
        return bool(self._headers)

    def header(self, number: int, cells: Iterable[Any]) -> None:
        """Take the names of the columns."""
        names = [_header(cell) for cell in cells]
        while names and not names[-1]:
            names.pop()
        if len(names) > limits.COLUMNS:
            raise BadFile(f"The file has more than {limits.COLUMNS} columns.", "Leave out what is not needed.")
        self._headers = [name or f"Column {letter(index)}" for index, name in enumerate(names)]
        _refuse_twins(self._headers, number)

    def row(self, number: int, cells: Sequence[Any]) -> None:
        """Take a row; one without any value is passed over."""
        width = len(self._headers)
        given = len(cells)
        while given and (cells[given - 1] is None or cells[given - 1] == ""):
            given -= 1
        if not given:
            return
        if given > width or (self._ragged_is_wrong and len(cells) < width):
            raise BadFile(
                f"It has {len(cells)} cells, but the header has {width}.",
                "A separator or a quotation mark is missing or too many.",
                row=number,
            )
        self._count(number, width)
        clean = [self._clean(number, index, cell) for index, cell in enumerate(cells[:given])]
        self._lines.append(Line(number, (*clean, *[None] * (width - given))))

    def _count(self, number: int, width: int) -> None:
        self._cells += width
        if len(self._lines) >= limits.ROWS:
            raise BadFile(f"The file has more than {limits.ROWS:,} rows.", "Import it in parts.", row=number)
        if self._cells > limits.CELLS:
            raise BadFile(f"The file has more than {limits.CELLS:,} cells.", "Import it in parts.", row=number)

    def _clean(self, number: int, index: int, cell: Any) -> Cell:
        if isinstance(cell, str):
            try:
                return self._text(cell)
            except ValueError as error:
                raise BadFile(str(error), row=number, column=self._headers[index]) from None
        return _value(cell)

    def _text(self, text: str) -> str | None:
        text = clean_text(text)
        return (without_guard(text) if self._guarded else text) or None

    def table(self, *, warnings: Iterable[str] = (), constants: Mapping[str, str] | None = None) -> Table:
        """The finished table; a file without a header or without rows is refused."""
        if not self._headers:
            raise BadFile("The file is empty.", "It needs a line of column names and at least one row.")
        if not self._lines:
            raise BadFile("The file has column names but no rows.", "Add the rows below the column names.")
        return Table(tuple(self._headers), self._lines, tuple(warnings), constants or {})


def clean_text(text: str) -> str:
    """Text with one kind of line break and no blanks around it; ValueError where it holds what no text holds."""
    if not text.isprintable():
        text = text.replace("\r\n", "\n").replace("\r", "\n").translate(LINE_BREAKS)
        if NO_TEXT.search(text):
            raise ValueError("The cell holds a character that no text has; type it anew.")
    if len(text) > limits.CELL_CHARACTERS:
        raise ValueError(f"The cell has {len(text):,} characters; at most {limits.CELL_CHARACTERS:,} fit.")
    return text.strip()


def _value(cell: Any) -> Cell:
    """A typed cell of a spreadsheet or of JSON in one of the kinds a table holds."""
    if isinstance(cell, float):
        return Decimal(repr(cell)).normalize() if cell != int(cell) else Decimal(int(cell))
    if isinstance(cell, int) and not isinstance(cell, bool):
        return Decimal(cell)
    if isinstance(cell, datetime):
        return cell.date() if cell.time() == time() else cell.isoformat(sep=" ")
    return cell if isinstance(cell, (bool, date, Decimal)) or cell is None else str(cell)


def _header(cell: Any) -> str:
    try:
        return clean_text(without_guard(as_text(_value(cell))))
    except ValueError as error:
        raise BadFile(f"A column name cannot be read: {error}") from None


def _refuse_twins(headers: list[str], number: int) -> None:
    seen: dict[str, int] = {}
    for index, name in enumerate(headers):
        folded = " ".join(name.casefold().split())
        if folded in seen:
            raise BadFile(
                f"The column name appears twice, in columns {letter(seen[folded])} and {letter(index)}.",
                "Rename one of them.",
                row=number,
                column=name.splitlines()[0],
            )
        seen[folded] = index


def header_line(records: Sequence[Sequence[Any]]) -> int:
    """Which of the first lines names the columns: the first with two names, so that a title above is no header."""
    filled = [sum(1 for cell in record if cell not in (None, "")) for record in records[:LINES_ABOVE_HEADER]]
    for index, count in enumerate(filled):
        if count > 1:
            return index
    return next((index for index, count in enumerate(filled) if count), 0)
