"""The two things done with a file: see what an import would do, and do all of it or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from mainstay.core import access
from mainstay.core.errors import Impossible, Stale
from mainstay.core.exchange.columns import Column, Kind
from mainstay.core.exchange.entries import Entry, Reading, read_entries
from mainstay.core.exchange.mapping import ColumnMapping, NewField
from mainstay.core.exchange.planning import Changed, Plan, Tell, make_plan
from mainstay.core.exchange.problems import Problem
from mainstay.core.exchange.sheet import Sheet
from mainstay.core.exchange.table import Table, as_text
from mainstay.core.models import Channel
from mainstay.core.operations.rows import import_rows
from mainstay.core.surrounding import acting
from mainstay.core.verbs import Verb

ATTEMPTS = 3
PREVIEW_ROWS = 10
PREVIEW_COLUMNS = 8
READ_SHARE = 0.3


@dataclass(frozen=True)
class Preview:
    """The first rows as they were understood."""

    labels: tuple[str, ...] = ()
    rows: tuple[tuple[int, str, tuple[tuple[str, str], ...]], ...] = ()
    """Number, what happens to it, and its values, each with its label."""


@dataclass(frozen=True)
class Check:
    """What an import would do or did."""

    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: tuple[Problem, ...] = ()
    problem_count: int = 0
    warnings: tuple[str, ...] = ()
    preview: Preview = Preview()
    changes: tuple[Changed, ...] = ()
    committed: bool = False
    target: Any = None
    """Where it was imported into."""
    plan: Plan = field(default_factory=Plan, repr=False)

    @property
    def is_clean(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.problem_count

    def as_dict(self) -> dict[str, Any]:
        """The report for programs."""
        return {
            "rows": self.rows,
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "errors": [problem.as_dict() for problem in self.problems],
            "error_count": self.problem_count,
            "warnings": list(self.warnings),
            "committed": self.committed,
        }


def _silent(share: float) -> None:
    """Tells nobody how far it is."""


def check(sheet: Sheet, table: Table, mapping: ColumnMapping, target: Any, actor: Any, tell: Tell = _silent) -> Check:
    """What importing the table into the target would do; nothing is written."""
    access.require(actor, Verb.ROWS_IMPORT, _place(target))
    columns = sheet.columns(mapping.fields)
    reading = read_entries(table, mapping, columns)
    _refuse_without_key(reading, sheet, columns)
    _refuse_hidden(reading, columns, target, actor)
    _refuse_fields(reading, sheet.absent_fields(mapping.fields), actor)
    if not reading.entries:
        return _report(reading, Plan(), table, columns)
    tell(READ_SHARE)
    importer = sheet.importer(reading.entries, target, actor, columns)
    plan = make_plan(importer, reading, lambda share: tell(READ_SHARE + share * (1 - READ_SHARE)))
    reading.warnings += [f"{note} ({count:,} rows)." for note, count in importer.notes.items()]
    return _report(reading, plan, table, columns)


def commit(
    sheet: Sheet, table: Table, mapping: ColumnMapping, target: Any, actor: Any, tell: Tell = _silent
) -> Check:
    """Import the table into the target, all of it or nothing; what stood in the way is in the answer."""
    for _ in range(ATTEMPTS):
        checked = check(sheet, table, mapping, target, actor, tell)
        if not checked.is_clean:
            return checked
        try:
            with acting(Channel.IMPORT), transaction.atomic():
                return _write(checked, sheet, table, mapping, target, actor)
        except (IntegrityError, Stale):
            continue
    raise Impossible("Other people keep changing these rows; nothing was imported. Try again in a moment.")


def _write(checked: Check, sheet: Sheet, table: Table, mapping: ColumnMapping, target: Any, actor: Any) -> Check:
    sheet.add_fields(sheet.absent_fields(mapping.fields), actor)
    if getattr(target, "pk", None) is None and target is not None:
        target = sheet.settle(target, actor)
        checked = check(sheet, table, mapping, target, actor)
    plan = checked.plan
    if plan.new or plan.changed:
        import_rows(target, actor=actor, plan=plan)
        sheet.follow(plan.new, actor)
    return replace(checked, committed=True, target=target)


def _place(target: Any) -> Any:
    """The place whose grants decide; a target that is yet to be created hangs below the whole."""
    return None if target is None or target.pk is None else target.scope


def _refuse_without_key(reading: Reading, sheet: Sheet, columns: Sequence[Column]) -> None:
    labels = {column.name: column.label for column in columns}
    if not reading.headers.keys() & set(sheet.keys):
        names = " or ".join(f"“{labels[name]}”" for name in sheet.keys)
        told = "No column says which row is which, so a second import could not find the rows again."
        reading.problems.add(Problem(told, f"Choose the column that is the {names}."))
    elif not reading.headers.keys() & set(sheet.keys[:-1] or sheet.keys):
        reading.warnings.append(f"Rows are found again by “{labels[sheet.keys[-1]]}”, because no column is a key.")


def _refuse_hidden(reading: Reading, columns: Sequence[Column], target: Any, actor: Any) -> None:
    if access.may(actor, Verb.SEE_FIGURES, _place(target)):
        return
    for column in columns:
        if column.is_figure and column.name in reading.headers:
            told = "You may not see or change business-case figures here."
            reading.problems.add(Problem(told, "Leave the column out.", column=reading.headers[column.name]))


def _refuse_fields(reading: Reading, absent: Sequence[NewField], actor: Any) -> None:
    if not absent:
        return
    names = ", ".join(f"“{new_field.label}”" for new_field in absent)
    if access.may(actor, Verb.FIELD_CREATE):
        reading.warnings.append(f"These fields will be added: {names}.")
        return
    told = f"These fields do not exist yet, and you may not add them: {names}."
    reading.problems.add(Problem(told, "Ask an administrator to add them, or leave their columns out."))


def _report(reading: Reading, plan: Plan, table: Table, columns: Sequence[Column]) -> Check:
    problems = reading.problems
    problems.extend(plan.problems)
    return Check(
        rows=len(reading.entries) or len(table.lines),
        new=len(plan.new),
        changed=len(plan.changed),
        unchanged=plan.unchanged,
        problems=tuple(sorted(problems, key=lambda problem: problem.row or 0)),
        problem_count=problems.count,
        warnings=tuple(reading.warnings),
        preview=_preview(reading, plan, columns),
        changes=tuple(plan.changed),
        plan=plan,
    )


def _preview(reading: Reading, plan: Plan, columns: Sequence[Column]) -> Preview:
    short = [column for column in columns if column.kind != Kind.LONG_TEXT]
    shown = [column for column in short if column.name in reading.headers][:PREVIEW_COLUMNS]
    if len(plan.states) != len(reading.entries):
        return Preview()
    rows = tuple(
        (entry.number, state, tuple((column.label, _shown(entry, column)) for column in shown))
        for entry, state in list(zip(reading.entries, plan.states, strict=True))[:PREVIEW_ROWS]
    )
    return Preview(tuple(column.label for column in shown), rows)


def _shown(entry: Entry, column: Column) -> str:
    value = entry.values.get(column.name)
    if value is None:
        return entry.given.get(column.name, "")
    if isinstance(value, Decimal):
        return f"{value.normalize():,f}"
    return str(dict(column.choices).get(value, value)) if column.choices else as_text(value)
