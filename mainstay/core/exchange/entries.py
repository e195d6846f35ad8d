"""From a table and a mapping to entries: one for each row, with the values its fields take."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from mainstay.core.exchange.columns import Column
from mainstay.core.exchange.mapping import ColumnMapping, Link, Options
from mainstay.core.exchange.matching import bound, upright
from mainstay.core.exchange.problems import BadCell, Problem, Problems
from mainstay.core.exchange.readers import Read, read_cell
from mainstay.core.exchange.table import Line, Table


@dataclass
class Entry:
    """A row as an import takes it: only the fields the file speaks of."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    given: dict[str, str] = field(default_factory=dict)
    currencies: dict[str, frozenset[str]] = field(default_factory=dict)
    is_sound: bool = True
    """Whether every cell could be read."""


@dataclass
class Reading:
    """All entries of a file, which column each field came from, and what is wrong."""

    entries: list[Entry] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    problems: Problems = field(default_factory=Problems)
    notes: Counter[tuple[str, str]] = field(default_factory=Counter)
    warnings: list[str] = field(default_factory=list)


def read_entries(table: Table, mapping: ColumnMapping, columns: Sequence[Column]) -> Reading:
    """Every row of the table as an entry."""
    known = {column.name: column for column in columns if column.is_read}
    table = upright(table, mapping)
    found, absent = bound(mapping, table.headers)
    reading = Reading(warnings=list(table.warnings))
    _complain_of_absent(reading, absent, found, known)
    usable = _usable(reading, found, known)
    reading.headers |= {link.field: first_line(table.headers[place]) for link, place in reversed(usable)}
    constants = _constants(reading, {**table.constants, **mapping.constants}, known)
    _tell_left_out(reading, table, {place for _, place in usable})
    if not reading.problems:
        plan = [(known[link.field], link.options, place, known.get(link.options.overflow)) for link, place in usable]
        reading.entries.extend(_entry(reading, line, plan, constants) for line in table.lines)
        _complain_of_empty(reading, known)
    _tell_notes(reading)
    return reading


def first_line(header: str) -> str:
    """A column's name without the definition below it."""
    return header.splitlines()[0].strip()


def _usable(reading: Reading, found: list[tuple[Link, int]], known: dict[str, Column]) -> list[tuple[Link, int]]:
    usable = [(link, place) for link, place in found if link.field in known]
    for link, _ in found:
        if link.field not in known:
            reading.problems.add(Problem(f"There is no field {link.field}.", "Choose another.", column=link.column))
    return usable


def _complain_of_absent(
    reading: Reading, absent: list[Link], found: list[tuple[Link, int]], known: dict[str, Column]
) -> None:
    fields = {link.field for link, _ in found}
    names: dict[str, None] = {}
    for link in absent:
        needed = link.is_required or (link.field in known and known[link.field].required)
        name = link.column.split("|")[0]
        if needed and link.field not in fields:
            advice = "Check the column names, or choose another mapping."
            reading.problems.add(Problem("The file has no such column.", advice, row=1, column=name))
        elif link.field not in fields:
            names[name] = None
    if names:
        reading.warnings.append(f"Not in this file: {_quoted(names)}.")


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"“{name}”" for name in list(names)[:20])


def _tell_left_out(reading: Reading, table: Table, used: set[int]) -> None:
    names = [first_line(header) for place, header in enumerate(table.headers) if place not in used]
    if names:
        reading.warnings.append(f"Left out, because no field is chosen for them: {_quoted(names)}.")


def _constants(reading: Reading, given: dict[str, str], known: dict[str, Column]) -> dict[str, Any]:
    values = {}
    for name, text in given.items():
        if name not in known:
            reading.problems.add(Problem(f"There is no field {name} to set for every row."))
            continue
        try:
            values[name] = read_cell(text, known[name], Options()).value
        except BadCell as bad:
            reading.problems.add(Problem(bad.message, bad.advice, column=known[name].label))
    return values


Step = tuple[Column, Options, int, Column | None]


def _entry(reading: Reading, line: Line, plan: list[Step], constants: dict[str, Any]) -> Entry:
    entry = Entry(line.number)
    for column, options, place, overflow in plan:
        name = column.name
        if entry.values.get(name) is not None:
            continue
        read = _read(reading, line, place, column, options)
        if read is None:
            entry.is_sound = False
        else:
            entry.values[name] = read.value
            _take(reading, entry, column, read, overflow)
    for name, value in constants.items():
        if entry.values.get(name) is None:
            entry.values[name] = value
    return entry


def _read(reading: Reading, line: Line, place: int, column: Column, options: Options) -> Read | None:
    try:
        return read_cell(line.cells[place], column, options)
    except BadCell as bad:
        header = reading.headers[column.name]
        reading.problems.add(Problem(bad.message, bad.advice, row=line.number, column=header))
        return None


def _take(reading: Reading, entry: Entry, column: Column, read: Read, overflow: Column | None) -> None:
    name = column.name
    if read.value is not None:
        entry.given.pop(name, None)
    elif read.given:
        entry.given.setdefault(name, read.given)
        reading.notes[name, "kept as text where a value belongs"] += 1
    if read.currencies:
        entry.currencies[name] = read.currencies
    if read.note:
        reading.notes[name, read.note] += 1
    if read.overflow and overflow is not None and entry.values.get(overflow.name) is None:
        entry.values[overflow.name] = read.overflow


def _complain_of_empty(reading: Reading, known: dict[str, Column]) -> None:
    required = [column for column in known.values() if column.required and column.name in reading.headers]
    for entry in reading.entries:
        for column in required:
            if entry.values.get(column.name, "") is None and column.name not in entry.given:
                entry.is_sound = False
                header = reading.headers[column.name]
                reading.problems.add(Problem("The cell is empty.", "It is required.", entry.number, header))


def _tell_notes(reading: Reading) -> None:
    for (name, note), count in reading.notes.items():
        rows = "1 row" if count == 1 else f"{count:,} rows"
        reading.warnings.append(f"Column “{reading.headers[name]}”: {note} in {rows}.")
