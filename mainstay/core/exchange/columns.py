"""What a column of a sheet holds."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """The kinds of values a column may hold."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    MONEY = "money"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    PERSON = "person"
    YES_NO = "yes_no"
    CODE = "code"

    @property
    def is_text(self) -> bool:
        """Whether any text is a value of it."""
        return self in {Kind.TEXT, Kind.LONG_TEXT, Kind.CODE, Kind.PERSON}


def _nothing(row: Any) -> None:
    """What a column writes that only reads."""


@dataclass(frozen=True)
class Column:
    """A column of a sheet: what it is called, what it holds, how a row's value is written."""

    name: str
    label: str
    kind: Kind = Kind.TEXT
    required: bool = False
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    also_called: tuple[str, ...] = ()
    longest: int | None = None
    decimals: int = 2
    keeps_text: bool = False
    """Whether text given instead of a value has a place beside it."""
    is_figure: bool = False
    """Whether only those who may see business-case figures may read it."""
    is_read: bool = True
    """Whether an import may set it."""
    write: Callable[[Any], Any] = _nothing
    """The value of a row, for an export."""
