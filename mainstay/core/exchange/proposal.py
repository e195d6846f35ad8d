"""Proposing a mapping: fields by the likeness of names, and how to read each column by what is in it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from difflib import SequenceMatcher

from mainstay.core.exchange.columns import Column, Kind
from mainstay.core.exchange.mapping import KEEP, REFUSE, ColumnMapping, Link, Options
from mainstay.core.exchange.mappings import mapping_named, mapping_names
from mainstay.core.exchange.matching import bare, bound, plain, upright
from mainstay.core.exchange.problems import BadCell
from mainstay.core.exchange.readers import read_cell
from mainstay.core.exchange.sheet import Sheet
from mainstay.core.exchange.table import Cell, Table, as_text

LIKE_ENOUGH = 0.8
SURE = 0.95
MOST_WORDS_AROUND_ONE = 3
LOOKED_AT = 1_000
MILLIONS = re.compile(r"[£€$]\s?m\b|\b[a-z]{3}\s?m\b|\bmn\b|\bmillions?\b", re.IGNORECASE)
THOUSANDS = re.compile(r"[£€$]\s?k\b|['’]000|\bthousands?\b|\b[a-z]{3} k\b", re.IGNORECASE)
COMMA_DECIMALS = re.compile(r"[^\d]*\d{1,3}((\.|\s)\d{3})*,\d{1,2}[^\d]*|[^\d]*\d{1,3}(\.\d{3}){2,}[^\d]*")
POINT_DECIMALS = re.compile(r"[^\d]*\d{1,3}(,\d{3})+(\.\d+)?[^\d]*|[^\d]*\d+\.(\d{1,2}|\d{4,})[^\d]*")
SLASHED = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ]\d{2,4}")
WORD = re.compile(r"[^\W\d_]{3,}")


def propose(sheet: Sheet, table: Table) -> ColumnMapping:
    """The mapping that is most likely meant; what is like nothing is left out."""
    columns = [column for column in sheet.columns() if column.is_read]
    links = []
    for place, header in enumerate(table.headers):
        column = field_for(header, table.headers, columns)
        if column is None:
            continue
        options = options_for(table, place, column)
        if _likeness(header, column) >= SURE or _is_plausible(table, place, column, options):
            links.append(Link(header, column.name, options))
    return ColumnMapping(tuple(links))


def _is_plausible(table: Table, place: int, column: Column, options: Options) -> bool:
    """Whether at least half of the cells can be read so; a name that is only similar proves little."""
    cells = [line.cells[place] for line in table.lines[:LOOKED_AT] if line.cells[place] is not None]
    return sum(_is_readable(cell, column, options) for cell in cells) * 2 >= len(cells)


def _is_readable(cell: Cell, column: Column, options: Options) -> bool:
    try:
        read_cell(cell, column, replace(options, text=REFUSE))
    except BadCell:
        return False
    return True


def suggest(sheet: Sheet, table: Table) -> tuple[str, ColumnMapping]:
    """The mapping for a file nobody chose one for: a named one that fits it, else the most likely by names."""
    proposed = propose(sheet, table)
    best, most = ("", proposed), len(proposed.links)
    for name in mapping_names(sheet.name):
        mapping = mapping_named(sheet.name, name)
        found, absent = bound(mapping, upright(table, mapping).headers)
        places = {place for _, place in found}
        if len(places) > most and not any(link.is_required for link in absent):
            best, most = (name, mapping), len(places)
    return best


def field_for(header: str, headers: Sequence[str], columns: Sequence[Column]) -> Column | None:
    """The column a header means, unless another header means it more."""
    likeness, column = _best(header, columns)
    if column is None or likeness < LIKE_ENOUGH:
        return None
    rivals = [other for other in headers if other != header and _likeness(other, column) > likeness]
    earlier = headers[: headers.index(header)]
    tied = any(_likeness(other, column) == likeness for other in earlier)
    return None if rivals or tied else column


def _best(header: str, columns: Sequence[Column]) -> tuple[float, Column | None]:
    rated = [(_likeness(header, column), -place) for place, column in enumerate(columns)]
    if not rated:
        return 0.0, None
    likeness, place = max(rated)
    return likeness, columns[-place]


def _likeness(header: str, column: Column) -> float:
    name = plain(header)
    exact = {plain(column.label), column.name, f"{plain(column.label)} [{column.name}]"}
    if name in exact:
        return 1.0
    if bare(header) in {bare(called) for called in (column.label, *column.also_called)}:
        return 0.95
    return max(max(_alike(one, header), _within(one, header)) for one in (column.label, *column.also_called))


def _alike(name: str, header: str) -> float:
    return 0.9 * SequenceMatcher(None, bare(header), bare(name)).ratio()


def _within(name: str, header: str) -> float:
    """How much of a longer header a name is, when all its words are in it."""
    wanted, given = _words(name), _words(header)
    if not wanted or not wanted <= given or (len(wanted) == 1 and len(given) > MOST_WORDS_AROUND_ONE):
        return 0.0
    return 0.8 + 0.1 * len(wanted) / len(given)


def _words(name: str) -> set[str]:
    return {word.removesuffix("s") for word in bare(name).split()}


def options_for(table: Table, place: int, column: Column) -> Options:
    """How the cells of a column are most likely written."""
    if column.kind.is_text or column.kind in {Kind.CHOICE, Kind.YES_NO}:
        return Options(text=_handling(table, place, column, Options()))
    texts = [text for line in table.lines[:LOOKED_AT] if isinstance(text := line.cells[place], str)]
    options = Options(
        scale=_scale(table.headers[place]) if column.kind == Kind.MONEY else Decimal(1),
        decimal="," if _is_comma(texts) else ".",
        dates="mdy" if _is_american(texts) else "dmy",
    )
    handling = _handling(table, place, column, options)
    return Options(scale=options.scale, decimal=options.decimal, dates=options.dates, text=handling)


def _scale(header: str) -> Decimal:
    if MILLIONS.search(header):
        return Decimal(1_000_000)
    return Decimal(1_000) if THOUSANDS.search(header) else Decimal(1)


def _is_comma(texts: Sequence[str]) -> bool:
    numeric = [text for text in texts if any(character.isdigit() for character in text)]
    if any(POINT_DECIMALS.fullmatch(text) for text in numeric):
        return False
    return any(COMMA_DECIMALS.fullmatch(text) for text in numeric)


def _is_american(texts: Sequence[str]) -> bool:
    dates = [found for text in texts if (found := SLASHED.fullmatch(text))]
    return any(int(date[2]) > 12 for date in dates) and all(int(date[1]) <= 12 for date in dates)


def _handling(table: Table, place: int, column: Column, options: Options) -> str:
    """Sentences where values belong are kept as text; anything else that is no value stays an error."""
    if not column.keeps_text:
        return REFUSE
    for line in table.lines:
        cell = line.cells[place]
        if cell is None or len(WORD.findall(as_text(cell))) < 3:
            continue
        try:
            read_cell(cell, column, options)
        except BadCell:
            return KEEP
    return REFUSE
