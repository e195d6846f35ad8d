"""What lies in a planning cycle: upper rooms register what they keep for one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Kept:
    """One thing that belongs to a cycle: its name, its address, how it stands."""

    name: str
    url: str
    state: str = ""


@dataclass(frozen=True)
class Shelf:
    """Things of one kind that belong to a cycle."""

    title: str
    things: tuple[Kept, ...]


Reader = Callable[[Any, Any, datetime | None], Iterable[Kept]]
_readers: dict[str, Reader] = {}


def register_content(title: str, reader: Reader) -> None:
    """Let an upper room say what a person may see of its things in a cycle, as known on a date."""
    _readers[title] = reader


def contents(cycle: Any, user: Any, as_of: datetime | None = None) -> list[Shelf]:
    """Everything the person may see in the cycle, by kind; kinds with nothing are left out."""
    shelves = [Shelf(title, tuple(reader(cycle, user, as_of))) for title, reader in _readers.items()]
    return [shelf for shelf in shelves if shelf.things]
