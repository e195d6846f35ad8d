"""A sheet: a noun as a list with columns, read from files and written to them. Rooms register theirs."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from mainstay.core.errors import Missing, Unreadable
from mainstay.core.exchange.columns import Column
from mainstay.core.exchange.entries import Entry
from mainstay.core.exchange.mapping import NewField

if TYPE_CHECKING:
    from mainstay.core.exchange.planning import Importer


class Sheet(ABC):
    """A noun as a list."""

    name: ClassVar[str]
    """The word in addresses and commands: `projects`."""
    label: ClassVar[str]
    """The word on pages: `Projects`."""
    keys: ClassVar[tuple[str, ...]]
    """The fields of which one has to be read from the file, so that rows are found again; the surest first."""
    constants: ClassVar[tuple[str, ...]] = ()
    """The fields that are often the same for a whole file."""
    takes_fields: ClassVar[bool] = False
    """Whether an import may add further fields."""

    @abstractmethod
    def columns(self, fields: Sequence[NewField] = ()) -> tuple[Column, ...]:
        """The columns an import may fill, with fields that are yet to be added."""

    @abstractmethod
    def export_columns(self, user: Any, as_of: datetime | None = None) -> tuple[Column, ...]:
        """The columns of an export for this person, each able to write a row's value."""

    @abstractmethod
    def rows_for(self, user: Any, as_of: datetime | None = None, within: Any = None) -> Any:
        """The rows the person may see, today's or as known on a date, within a target or everywhere."""

    @abstractmethod
    def targets_for(self, user: Any) -> Any:
        """The places the person may import into."""

    @abstractmethod
    def target_named(self, user: Any, text: str, currency: str = "") -> Any:
        """The place with this code or name; a new one, not yet saved, where there is none and the person may."""

    @abstractmethod
    def place_named(self, user: Any, text: str) -> Any:
        """The place with this code or name, among those the person may see; for an export."""

    @abstractmethod
    def settle(self, target: Any, actor: Any) -> Any:
        """The place as a saved row; a new one is created."""

    @abstractmethod
    def importer(self, entries: Sequence[Entry], target: Any, actor: Any, columns: Sequence[Column]) -> "Importer":
        """What turns entries into rows."""

    @abstractmethod
    def list_url(self, target: Any) -> str:
        """The page that shows what was imported."""

    def follow(self, rows: Sequence[Any], actor: Any) -> None:  # noqa: B027  (most nouns have nothing to follow)
        """What has to happen with new rows in the same breath, before anybody sees them."""

    def absent_fields(self, fields: Sequence[NewField]) -> list[NewField]:
        """Those of the fields that would have to be added first."""
        return []

    def add_fields(self, fields: Sequence[NewField], actor: Any) -> None:
        """Add the fields that are not there yet."""
        if fields:
            raise Unreadable(f"{self.label} take no further fields.")


_sheets: dict[str, Sheet] = {}


def register(sheet: Sheet) -> Sheet:
    """Let a room offer one of its nouns as a sheet; called when the room is ready."""
    _sheets[sheet.name] = sheet
    return sheet


def sheets() -> tuple[Sheet, ...]:
    """Every sheet."""
    return tuple(_sheets.values())


def sheet_named(name: str) -> Sheet:
    """The sheet of this name."""
    if name not in _sheets:
        raise Missing(f"There is no list of {name}; there are {', '.join(sorted(_sheets))}.")
    return _sheets[name]
