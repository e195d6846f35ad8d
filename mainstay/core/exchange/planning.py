"""What an import would do: which rows are new, which change and how, and what stands in the way."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from mainstay.core.errors import FieldChange
from mainstay.core.exchange.columns import Column
from mainstay.core.exchange.entries import Entry, Reading
from mainstay.core.exchange.problems import BadCell, Problem, Problems
from mainstay.core.history import values_of
from mainstay.core.operation import UNTOLD, label_of
from mainstay.core.values import differences

TELL_EVERY = 250
Tell = Callable[[float], None]


class Importer(ABC):
    """Turns the entries of one file into rows; whatever it needs to look up is loaded once."""

    def __init__(self, entries: Sequence[Entry], target: Any, actor: Any, columns: Sequence[Column]) -> None:
        self.entries = entries
        self.target = target
        self.actor = actor
        self.columns = {column.name: column for column in columns}
        self.notes: Counter[str] = Counter()
        """What people should know although it is no error, with the number of rows it is about."""

    @abstractmethod
    def keys_of(self, entry: Entry) -> list[tuple[str, Any]]:
        """The fields by which the row is known, each with what no other row may have; none: nothing identifies it."""

    @abstractmethod
    def existing(self, entry: Entry) -> Any:
        """The row that is meant, or None when it is new."""

    @abstractmethod
    def fresh(self, entry: Entry) -> Any:
        """A new row for the entry."""

    @abstractmethod
    def put(self, row: Any, entry: Entry, name: str, value: Any) -> None:
        """Set a field; BadCell says why it cannot be."""

    def completed(self, row: Any, entry: Entry) -> Any:
        """The row when all fields are set and what follows from them is done."""
        return row

    def shown(self, name: str, value: Any) -> Any:
        """A stored value as people read it."""
        return value


@dataclass(frozen=True)
class Changed:
    """A row that would change: where it stands in the file, what it is, what it was read at, and what changes."""

    number: int
    row: Any
    version: int
    fields: list[FieldChange]


@dataclass
class Plan:
    """What an import would do."""

    new: list[Any] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    unchanged: int = 0
    problems: Problems = field(default_factory=Problems)
    states: list[str] = field(default_factory=list)
    """What happens to each entry, in order: new, changed, unchanged or wrong."""
    met: dict[int, int] = field(default_factory=dict)
    """The rows that entries were found to mean, with the number of the entry."""


def make_plan(importer: Importer, reading: Reading, tell: Tell) -> Plan:
    """The plan for all entries; writes nothing."""
    plan = Plan()
    _refuse_twins(plan, importer, reading)
    missing = [column.label for column in importer.columns.values() if _is_missing(column, reading)]
    for index, entry in enumerate(reading.entries):
        if index % TELL_EVERY == 0:
            tell(index / len(reading.entries))
        _plan_one(plan, importer, entry, reading, is_complete=not missing)
    for label in missing if plan.new else []:
        told = "New rows need this, and no column of the file is read into it."
        plan.problems.add(Problem(told, "Add the column, or choose it in the mapping.", column=label))
    return plan


def _is_missing(column: Column, reading: Reading) -> bool:
    return column.required and column.is_read and column.name not in reading.headers


def _refuse_twins(plan: Plan, importer: Importer, reading: Reading) -> None:
    seen: dict[tuple[str, Any], int] = {}
    for entry in reading.entries:
        keys = importer.keys_of(entry)
        if not keys:
            plan.problems.add(Problem("Nothing identifies the row.", "Fill in its key.", row=entry.number))
        for key in keys:
            if key in seen:
                told = f"{entry.values[key[0]]} stands in row {seen[key]} already."
                header = reading.headers.get(key[0], importer.columns[key[0]].label)
                plan.problems.add(Problem(told, "Each row needs its own.", entry.number, header))
            seen.setdefault(key, entry.number)


def _plan_one(plan: Plan, importer: Importer, entry: Entry, reading: Reading, *, is_complete: bool) -> None:
    try:
        row = importer.existing(entry)
    except BadCell as bad:
        plan.problems.add(Problem(bad.message, bad.advice, entry.number))
        plan.states.append("wrong")
        return
    if row is not None and plan.met.setdefault(row.pk, entry.number) != entry.number:
        told = f"It is the same {row.noun} as in row {plan.met[row.pk]}."
        plan.problems.add(Problem(told, "Leave one of the two.", entry.number))
    before = values_of(row) if row is not None else None
    known_before = plan.problems.count
    row = row if row is not None else importer.fresh(entry)
    _fill(plan, importer, row, entry, reading)
    after = values_of(row)
    if before == after:
        plan.unchanged += 1
        plan.states.append("unchanged")
        return
    if plan.problems.count == known_before and entry.is_sound and (is_complete or before is not None):
        _validate(plan, row, entry, reading)
    if before is None:
        plan.new.append(row)
    else:
        plan.changed.append(Changed(entry.number, row, row.version, _changes(importer, row, before, after)))
    plan.states.append("new" if before is None else "changed")


def _fill(plan: Plan, importer: Importer, row: Any, entry: Entry, reading: Reading) -> None:
    for name, value in entry.values.items():
        try:
            importer.put(row, entry, name, value)
        except BadCell as bad:
            header = reading.headers.get(name, importer.columns[name].label)
            plan.problems.add(Problem(bad.message, bad.advice, entry.number, header))
    row = importer.completed(row, entry)
    for name, currencies in entry.currencies.items():
        if row.currency not in currencies:
            told = f"The amount is in {' or '.join(sorted(currencies))}, but the row is in {row.currency}."
            plan.problems.add(Problem(told, "Import each currency by itself.", entry.number, reading.headers[name]))


def _validate(plan: Plan, row: Any, entry: Entry, reading: Reading) -> None:
    """The model's own checks; that related rows exist was seen when they were looked up."""
    related = [one.name for one in row._meta.concrete_fields if one.is_relation]
    errors: dict[str, list[str]] = {}
    for checks in (lambda: row.clean_fields(exclude=related), row.clean):
        try:
            checks()
        except ValidationError as error:
            errors |= error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    for name, messages in errors.items():
        header = "" if name == NON_FIELD_ERRORS else reading.headers.get(name, label_of(type(row), name))
        for message in messages:
            plan.problems.add(Problem(message, row=entry.number, column=header))


def _changes(importer: Importer, row: Any, before: dict[str, Any], after: dict[str, Any]) -> list[FieldChange]:
    return [
        FieldChange(name, label_of(type(row), name), importer.shown(name, old), importer.shown(name, new))
        for name, old, new in differences(before, after)
        if name not in UNTOLD
    ]
