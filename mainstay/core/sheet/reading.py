"""Reading a sheet that was sent: every cell is read, and every cell that cannot be read says why."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from mainstay.core.errors import Unreadable
from mainstay.core.sheet.entered import Entered
from mainstay.core.sheet.numbers import NoNumber, read_number, shown
from mainstay.core.sheet.sent import Sent, sent_of
from mainstay.core.sheet.shape import Column, Kind, Line, LineKind, Sheet, Value


class BadCell(ValueError):
    """What stands in a cell cannot be kept there."""


def read_sheet(post: Any, sheet: Sheet) -> Entered:
    """What a form sent for `sheet`, which is built from what is stored now; nothing is ever half read."""
    sent = sent_of(post, sheet)
    lines = tuple(_lines(sent, sheet))
    if len(lines) > max(sheet.most_lines, len(sheet.lines)):
        raise Unreadable(f"This sheet holds {sheet.most_lines} lines at most. Nothing was saved.")
    stored = {line.key for line in sheet.lines if line.kind == LineKind.STORED}
    removed = tuple(key for key in sent.gone if sheet.can_remove_lines and key in stored)
    return Entered(sheet, lines, removed, _base(sent, sheet))


def _lines(sent: Sent, sheet: Sheet) -> Iterator[Line]:
    stored = {line.key: line for line in sheet.lines}
    gone = sent.gone if sheet.can_remove_lines else ()
    for key, cells in sent.cells.items():
        known = stored.get(key)
        if key in gone or (known is not None and known.kind == LineKind.FIXED):
            continue
        line = _line(known or Line(key, kind=LineKind.NEW), cells, sent, sheet)
        if line.kind == LineKind.NEW and line.is_empty:
            continue
        yield _complete(line, sheet)


def _line(line: Line, cells: dict[str, str], sent: Sent, sheet: Sheet) -> Line:
    """A line with what was sent for it; what was sent as it stands stays exactly as stored."""
    values, typed, errors = dict(line.values), {}, {}
    for column in sheet.columns:
        as_stored = sheet.written(line.values.get(column.key), column)
        if cells.get(column.key, as_stored) == as_stored or (line.key, column.key) in sent.theirs:
            continue
        try:
            values[column.key] = _value(cells[column.key], column, sent, sheet)
        except (NoNumber, BadCell) as error:
            values[column.key] = None
            typed[column.key] = cells[column.key]
            errors[column.key] = str(error)
    return replace(line, values=values, typed=typed, errors=errors)


def _value(text: str, column: Column, sent: Sent, sheet: Sheet) -> Value:
    if column.kind == Kind.NUMBER:
        return _number(text, column, sent, sheet)
    text = " ".join(text.split())
    if column.kind == Kind.CHOICE:
        return _choice(text, column)
    if len(text) > column.longest:
        raise BadCell(f"Too long: {column.longest} characters at most.")
    return text


def _number(text: str, column: Column, sent: Sent, sheet: Sheet) -> Decimal | None:
    value = read_number(text, sent.mark, column.unit or sheet.unit)
    if value is None:
        return None
    value = sheet.rounded(value, column)
    if column.minimum is not None and value < column.minimum:
        raise BadCell(f"At least {sheet.written(column.minimum, column)}.")
    if column.maximum is not None and value > column.maximum:
        raise BadCell(f"At most {sheet.written(column.maximum, column)}.")
    return value


def _choice(text: str, column: Column) -> str:
    if not text:
        return ""
    for value, label in column.choices:
        if text.casefold() in {value.casefold(), label.casefold()}:
            return value
    raise BadCell(f"“{shown(text)}” is none of: {', '.join(label for _, label in column.choices)}.")


def _complete(line: Line, sheet: Sheet) -> Line:
    """The line with its complaints about what is missing, or about the line itself."""
    errors = dict(line.errors)
    for column in sheet.columns:
        if column.is_required and line.values.get(column.key) in {None, ""}:
            errors.setdefault(column.key, "Needed.")
    if line.kind == LineKind.NEW and not sheet.can_add_lines and sheet.columns:
        errors[sheet.columns[0].key] = "Somebody removed this line meanwhile; it cannot be saved here any more."
    return replace(line, errors=errors)


def _base(sent: Sent, sheet: Sheet) -> dict[str, dict[str, Value]]:
    """The values the person began with, as the page had written them."""
    base: dict[str, dict[str, Value]] = {}
    for key, cells in sent.base.items():
        base[key] = {
            column: _began(text, sheet.by_key[column], sheet)
            for column, text in cells.items()
            if column in sheet.by_key
        }
    return base


def _began(text: str, column: Column, sheet: Sheet) -> Value:
    if not column.is_number:
        return text
    try:
        return read_number(text, ".", column.unit or sheet.unit)
    except NoNumber:
        return None
