"""Reading JSON: a list of objects, one for each row."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, BinaryIO

from mainstay.core.exchange import limits
from mainstay.core.exchange.problems import BadFile
from mainstay.core.exchange.table import Builder, Table
from mainstay.core.exchange.text import encoding_of

SHAPE = ("The file is not a list of objects.", 'Write it as [{"name": "...", "cost": 1200}, ...].')
BLANK = " \t\r\n"


def read_objects(stream: BinaryIO) -> Table:
    """A JSON list of objects as a table; the first object is row 1."""
    encoding = encoding_of(stream)
    stream.seek(0)
    rows = list(_objects(stream.read().decode(encoding)))
    names: dict[str, None] = {}
    for row in rows:
        names |= dict.fromkeys(row)
    builder = Builder(guarded=False)
    builder.header(0, names)
    for number, row in enumerate(rows, 1):
        builder.row(number, [_plain(row.get(name), number, name) for name in names])
    return builder.table()


def _objects(text: str) -> Iterator[dict[str, Any]]:
    """The objects one after the other, so that a list that is too long is not built first."""
    decoder = json.JSONDecoder(
        parse_float=Decimal, parse_int=Decimal, parse_constant=_no_number, object_pairs_hook=_object
    )
    position = _skip(text, 0)
    if text[position : position + 1] != "[":
        raise BadFile(*SHAPE)
    position, number = _skip(text, position + 1), 0
    while text[position : position + 1] != "]":
        number += 1
        if number > limits.ROWS:
            raise BadFile(f"The file has more than {limits.ROWS:,} rows.", "Import it in parts.", row=number)
        row, position = _next(decoder, text, position, number)
        yield row
        position = _skip(text, position)
        if text[position : position + 1] == ",":
            position = _skip(text, position + 1)
        elif text[position : position + 1] != "]":
            raise BadFile("The JSON is broken or cut off.", "Send the whole file.", row=number)
    if _skip(text, position + 1) != len(text):
        raise BadFile("Something follows the end of the list.", SHAPE[1])


def _next(decoder: json.JSONDecoder, text: str, position: int, number: int) -> tuple[dict[str, Any], int]:
    try:
        row, end = decoder.raw_decode(text, position)
    except _Twice as twice:
        raise BadFile("The object names this twice.", "Leave one.", row=number, column=str(twice)) from None
    except (ValueError, RecursionError):
        raise BadFile("The JSON is broken or cut off.", "Send the whole file.", row=number) from None
    if not isinstance(row, dict):
        raise BadFile(*SHAPE, row=number)
    return row, end


class _Twice(Exception):
    """A name that an object gives twice."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    row = dict(pairs)
    if len(row) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Twice(next(name for name in names if names.count(name) > 1))
    return row


def _no_number(word: str) -> None:
    raise ValueError(word)


def _skip(text: str, position: int) -> int:
    while position < len(text) and text[position] in BLANK:
        position += 1
    return position


def _plain(value: Any, number: int, name: str) -> Any:
    if isinstance(value, (dict, list)):
        raise BadFile("A cell holds a list or an object.", "Write one value.", row=number, column=name)
    return value
