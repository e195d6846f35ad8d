"""Finding a file's columns by name: case, spaces, definitions in brackets and years do not matter."""

import re
from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase

from mainstay.core.exchange.mapping import ColumnMapping, Link
from mainstay.core.exchange.table import Line, Table, as_text

BRACKETS = re.compile(r"\([^)]*\)")
YEAR = re.compile(r"\b(?:19|20)\d\d(?:\s*[/-]\s*(?:19|20)?\d\d)?\b")
TURNED = "The file names its fields down the side; it was turned, so “row 3” means column C."
NOT_WORDS = re.compile(r"[^\w£%]+")


def plain(name: str) -> str:
    """A column's name for comparison: its first line, small letters, single spaces."""
    lines = name.strip().splitlines()
    return " ".join(lines[0].casefold().split()) if lines else ""


def bare(name: str) -> str:
    """The name without what is in brackets and without signs between the words."""
    return " ".join(NOT_WORDS.sub(" ", BRACKETS.sub(" ", plain(name))).split())


def timeless(name: str) -> str:
    """The name with years taken out, so that last year's file matches this year's."""
    return " ".join(NOT_WORDS.sub(" ", YEAR.sub("year", BRACKETS.sub(" ", plain(name)))).split())


def find(wanted: str, headers: Sequence[str]) -> int | None:
    """The place of the column with this name, or one of these names; the surest way of comparing first."""
    names = wanted.split("|")
    for compared in (plain, bare, timeless):
        places = {place for name in names for place in _places(compared(name), headers, compared)}
        if len(places) == 1:
            return places.pop()
    for pattern in (timeless_pattern(name) for name in names if "*" in name):
        places = {place for place, header in enumerate(headers) if fnmatchcase(timeless(header), pattern)}
        if len(places) == 1:
            return places.pop()
    return None


def timeless_pattern(name: str) -> str:
    """A name with `*` in it, ready to be compared with timeless names."""
    return "*".join(timeless(part) for part in name.split("*"))


def _places(wanted: str, headers: Sequence[str], compared: Callable[[str], str]) -> list[int]:
    return [place for place, header in enumerate(headers) if wanted and compared(header) == wanted]


def bound(mapping: ColumnMapping, headers: Sequence[str]) -> tuple[list[tuple[Link, int]], list[Link]]:
    """Each link with the place of its column in the file, and the links whose column is not there."""
    found, absent = [], []
    for link in mapping.links:
        place = find(link.column, headers)
        if place is None:
            absent.append(link)
        else:
            found.append((link, place))
    return found, absent


def upright(table: Table, mapping: ColumnMapping) -> Table:
    """The table with one row for each thing: a file that names its fields down the side is turned."""
    needed = [link.column for link in mapping.links if link.is_required]
    if not needed or any(find(name, table.headers) is not None for name in needed):
        return table
    names = [table.headers[0], *(as_text(line.cells[0]) or f"Row {line.number}" for line in table.lines)]
    if any(find(name, names) is None for name in needed):
        return table
    lines = [
        Line(place + 1, (header, *(line.cells[place] for line in table.lines)))
        for place, header in enumerate(table.headers)
        if place
    ]
    return Table(tuple(names), lines, (*table.warnings, TURNED), table.constants)
