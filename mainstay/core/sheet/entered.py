"""What was entered into a sheet, and how it is shown again: with its errors, or beside what somebody else saved."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from mainstay.core.sheet.shape import Line, LineKind, Place, Sheet, Value


@dataclass(frozen=True)
class Entered:
    """Lines as they were entered, keys of the lines that go, and the values the person began with."""

    sheet: Sheet
    lines: tuple[Line, ...]
    removed: tuple[str, ...] = ()
    base: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)

    @property
    def errors(self) -> dict[Place, str]:
        """What is wrong, by line and column."""
        return {(line.key, column): error for line in self.lines for column, error in line.errors.items()}

    @property
    def is_refused(self) -> bool:
        """Whether anything is wrong; then nothing may be saved."""
        return any(line.errors for line in self.lines)

    @property
    def added(self) -> tuple[Line, ...]:
        """The lines that are not stored yet."""
        return tuple(line for line in self.lines if line.kind == LineKind.NEW)

    @property
    def changed(self) -> tuple[Line, ...]:
        """The stored lines in which a value differs from what is stored now."""
        now = {line.key: line.values for line in self.sheet.lines}
        return tuple(
            line
            for line in self.lines
            if line.kind == LineKind.STORED
            and any(not self._same(column, value, now[line.key].get(column)) for column, value in line.values.items())
        )

    @property
    def is_unchanged(self) -> bool:
        """Whether there is nothing to save."""
        return not (self.added or self.changed or self.removed)

    def with_errors(self, errors: Mapping[Place, str]) -> "Entered":
        """The same, with what an operation refused beside its cells."""
        told: dict[str, dict[str, str]] = {}
        for (key, column), message in errors.items():
            told.setdefault(key, {})[column] = message
        lines = tuple(replace(line, errors={**line.errors, **told.get(line.key, {})}) for line in self.lines)
        return replace(self, lines=lines)

    def shown(self) -> Sheet:
        """The sheet as it was typed, errors beside their cells."""
        fixed = tuple(line for line in self.sheet.lines if line.kind == LineKind.FIXED)
        return replace(self.sheet, lines=(*self.lines, *fixed), base=self.base, gone=self.removed)

    def beside(self, now: Sheet, who: str = "") -> Sheet:
        """The typed sheet upon what is stored `now`, after `who` saved first.

        Cells only the other one changed are taken over and marked; cells both changed keep what was typed and carry
        the other value as `theirs`. Lines added meanwhile are shown; a line removed meanwhile is kept as a new one
        where something was changed in it.
        """
        mine = {line.key: line for line in self.lines}
        merged = [self._merged(mine.get(line.key), line) for line in now.lines]
        known = {line.key for line in now.lines}
        extra = [line for line in self.lines if line.key not in known and self._touched(line)]
        stored = {line.key: line.values for line in now.lines if line.kind == LineKind.STORED}
        lines = (*(line for line in merged if line), *(replace(line, kind=LineKind.NEW) for line in extra))
        gone = tuple(key for key in self.removed if key in known and key not in {line.key for line in lines})
        return replace(now, lines=lines, who=who, base=stored, gone=gone)

    def _merged(self, mine: Line | None, now: Line) -> Line | None:
        """One stored line with what was typed into it; None where it goes and nobody else changed it."""
        began = self.base.get(now.key, {})
        if now.kind == LineKind.FIXED:
            return now
        if mine is None:
            untouched = all(
                self._same(column, began.get(column), now.values.get(column)) for column in self.sheet.by_key
            )
            return None if now.key in self.removed and untouched else now
        values, theirs, taken = dict(now.values), {}, set()
        for column in self.sheet.by_key:
            saved, typed, before = now.values.get(column), mine.values.get(column), began.get(column)
            is_theirs = not self._same(column, saved, before)
            is_mine = column in mine.typed or not self._same(column, typed, before)
            if is_mine:
                values[column] = typed
            if is_mine and is_theirs and (column in mine.typed or not self._same(column, saved, typed)):
                theirs[column] = saved
            if is_theirs and not is_mine:
                taken.add(column)
        told = {"typed": mine.typed, "errors": mine.errors, "theirs": theirs, "taken": frozenset(taken)}
        return replace(now, values=values, **told)

    def _touched(self, line: Line) -> bool:
        began = self.base.get(line.key)
        return began is None or any(
            not self._same(column, value, began.get(column)) for column, value in line.values.items()
        )

    def _same(self, key: str, one: Value, other: Value) -> bool:
        """Whether two values read the same in their column."""
        column = self.sheet.by_key.get(key)
        return column is None or self.sheet.written(one, column) == self.sheet.written(other, column)
