"""What a browser sends of a sheet: one field that holds all of it, or a field for each cell where no script ran."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mainstay.core.errors import Unreadable
from mainstay.core.sheet.numbers import decimal_mark
from mainstay.core.sheet.shape import KEY, Place, Sheet

LONGEST_CELL = 2000
BASE = ":base"
LINES = ":lines"
GONE = ":gone"
WHOSE = ":whose"


@dataclass(frozen=True)
class Sent:
    """The texts of the cells by line and column, with what the browser showed before anything was typed."""

    cells: dict[str, dict[str, str]]
    base: dict[str, dict[str, str]]
    gone: tuple[str, ...] = ()
    theirs: frozenset[Place] = frozenset()
    mark: str = "."
    refused: dict[Place, str] = field(default_factory=dict)


def sent_of(post: Any, sheet: Sheet) -> Sent:
    """The sheet that a form sent; a form that was taken apart on the way is refused."""
    base = _table(_loaded(post.get(sheet.name + BASE) or "{}"))
    whole = post.get(sheet.name)
    return _whole(_loaded(whole), base) if whole else _by_cell(post, sheet, base)


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise Unreadable("The sheet was not sent whole; open the page again. Nothing was saved.") from None


def _whole(told: Any, base: dict[str, dict[str, str]]) -> Sent:
    if not isinstance(told, Mapping) or not isinstance(told.get("lines"), list):
        raise Unreadable("The sheet was not sent whole; open the page again. Nothing was saved.")
    cells = {}
    for line in told["lines"]:
        if not isinstance(line, Mapping):
            raise Unreadable("The sheet was not sent whole; open the page again. Nothing was saved.")
        cells |= _table({str(line.get("key", "")): line.get("cells")})
    gone = told.get("gone") if isinstance(told.get("gone"), list) else []
    return Sent(cells, base, tuple(key for key in gone if isinstance(key, str) and KEY.fullmatch(key)))


def _table(told: Any) -> dict[str, dict[str, str]]:
    """Texts by line and column; anything else has no place in a sheet."""
    table = {}
    for key, line in told.items() if isinstance(told, Mapping) else ():
        if not KEY.fullmatch(key) or not isinstance(line, Mapping):
            raise Unreadable("The sheet was not sent whole; open the page again. Nothing was saved.")
        table[key] = {str(column): _text(cell) for column, cell in line.items()}
    return table


def _text(cell: Any) -> str:
    if not isinstance(cell, str) or len(cell) > LONGEST_CELL or "\x00" in cell:
        raise Unreadable("A cell of the sheet holds what is no text; open the page again. Nothing was saved.")
    return cell


def _by_cell(post: Any, sheet: Sheet, base: dict[str, dict[str, str]]) -> Sent:
    keys = [key for key in post.getlist(sheet.name + LINES) if KEY.fullmatch(key)]
    cells = {
        key: {
            column.key: _text(post[name])
            for column in sheet.columns
            if (name := f"{sheet.name}:{key}:{column.key}") in post
        }
        for key in keys
    }
    gone = tuple(key for key in post.getlist(sheet.name + GONE) if KEY.fullmatch(key))
    return Sent(cells, base, gone, _taken(post, sheet, keys), _mark(cells, base, sheet))


def _taken(post: Any, sheet: Sheet, keys: list[str]) -> frozenset[Place]:
    """The cells where the person chose what the other one saved."""
    places = {(key, column.key) for key in keys for column in sheet.columns}
    begin = f"{sheet.name}{WHOSE}:"
    return frozenset(place for place in places if post.get(begin + ":".join(place)) == "theirs")


def _mark(cells: dict[str, dict[str, str]], base: dict[str, dict[str, str]], sheet: Sheet) -> str:
    """The decimal mark by what the person typed, not by what the page had written before."""
    return decimal_mark(
        text
        for key, line in cells.items()
        for column, text in line.items()
        if column in sheet.by_key and sheet.by_key[column].is_number and text != base.get(key, {}).get(column)
    )
