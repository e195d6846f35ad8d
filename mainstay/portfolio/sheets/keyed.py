"""Sheets of rows that another system knows by a key of its own, and that are otherwise found by what they say."""

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar

from mainstay.core.exchange import BadCell, Column, Entry, Importer, NewField
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Portfolio
from mainstay.portfolio.queries.reading import Reading
from mainstay.portfolio.sheets.base import RegisterSheet
from mainstay.portfolio.sheets.simple import SimpleImporter

KEY = Column("external_key", "Key in the source", longest=80, also_called=("Source key", "External key", "ID"))


class KeyedImporter(SimpleImporter):
    """Turns entries into rows found by the key in the source, else by what `told` gives of them."""

    texts: ClassVar[frozenset[str]] = frozenset({"external_key", "note"})
    named: ClassVar[str]
    """The column that is told where two rows of a file say the same."""

    def remember(self, rows: Iterable[Any]) -> None:
        """Keep the rows that may be found again."""
        known = list(rows)
        self.stored = {row.pk: copy(row) for row in known}
        self.by_key = {row.external_key: row for row in known if row.external_key}
        self.by_told = {self.told_of(row): row for row in known}

    def told(self, entry: Entry) -> Any:
        """What an entry says that makes out a row."""
        raise NotImplementedError

    def told_of(self, row: Any) -> Any:
        """The same of a stored row."""
        raise NotImplementedError

    def keys_of(self, entry: Entry) -> list[tuple[str, Any]]:
        key = entry.values.get("external_key")
        return [("external_key", key)] if key else [(self.named, self.told(entry))]

    def existing(self, entry: Entry) -> Any:
        key = entry.values.get("external_key")
        if key and (row := self.by_key.get(key)):
            return row
        row = self.by_told.get(self.told(entry))
        if row is not None and key and row.external_key:
            raise BadCell(f"This is known already, by the key {row.external_key}.", "Give that key.")
        return row

    def put(self, row: Any, entry: Entry, name: str, value: Any) -> None:
        """Set a field; when the last one is set, what speaks against the row is told."""
        super().put(row, entry, name, value)
        self.after(row, entry, name)

    def after(self, row: Any, entry: Entry, name: str) -> None:
        """A field was set: with the last one of a sound entry the row as a whole is looked at."""
        if name == list(entry.values)[-1] and entry.is_sound:
            self.refuse(row)

    def refuse(self, row: Any) -> None:
        """BadCell where the row as a whole may not be."""


class KeyedSheet(RegisterSheet):
    """Rows below a portfolio; importing them needs the right to write them one by one, too."""

    told: ClassVar[tuple[Column, ...]]
    verb: ClassVar[Verb]
    reader: ClassVar[type[KeyedImporter]]
    place: ClassVar[str]
    """The way from a row to its portfolio."""

    def targets_for(self, user: Any) -> Any:
        """The portfolios the person may import into, where they may also write these rows."""
        may_write = Portfolio.objects.visible_to(user, self.verb).values("pk")
        return super().targets_for(user).filter(pk__in=may_write)

    def columns(self, fields: Sequence[NewField] = ()) -> tuple[Column, ...]:
        """What an import reads."""
        return tuple(column for column in self.told if column.is_read)

    def export_columns(self, user: Any, as_of: datetime | None = None) -> tuple[Column, ...]:
        """Every column, written from a row."""
        writers = self.writers()
        return tuple(replace(one, write=writers.get(one.name) or _attribute(one.name)) for one in self.told)

    def writers(self) -> dict[str, Any]:
        """How the columns are written that are no plain fields."""
        raise NotImplementedError

    def rows(self, user: Any, as_of: datetime | None) -> Any:
        """The rows the person may see."""
        raise NotImplementedError

    def rows_for(self, user: Any, as_of: datetime | None = None, within: Portfolio | None = None) -> Any:
        """The rows the person may see, within a portfolio or everywhere."""
        rows = self.rows(user, as_of)
        return rows if within is None else rows.filter(**{f"{self.place}__in": Reading(user, as_of).below(within.pk)})

    def importer(
        self, entries: Sequence[Entry], target: Portfolio, actor: Any, columns: Sequence[Column]
    ) -> Importer:
        """Turns entries into rows."""
        return self.reader(entries, target, actor, columns)


def _attribute(name: str) -> Any:
    return lambda row: getattr(row, name)
