"""What the smaller sheets share: plain fields, an owner, and rows found again by one key."""

from typing import Any, ClassVar

from mainstay.core.exchange import BadCell, Entry, Importer
from mainstay.portfolio.sheets.base import People


class SimpleImporter(Importer):
    """Turns entries into rows whose fields are set as they are."""

    texts: ClassVar[frozenset[str]] = frozenset()
    """Fields that hold an empty text where nothing is given."""

    def people(self) -> People:
        """Everybody who may stand in the file."""
        names = [name for name, column in self.columns.items() if column.kind == "person"]
        return People(self.actor, (entry.values.get(name) for entry in self.entries for name in names))

    def put(self, row: Any, entry: Entry, name: str, value: Any) -> None:
        if name in self.texts:
            setattr(row, name, value or "")
        elif setter := getattr(self, f"put_{name}", None):
            setter(row, value)
        else:
            setattr(row, name, value)


def found(rows: dict[str, Any], text: str | None, what: str) -> Any:
    """The row of that code; BadCell when there is none."""
    row = rows.get((text or "").casefold())
    if row is None:
        raise BadCell(f"There is no {what} {text} here.", "Create it first.")
    return row
