"""What a column of a list of projects is."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from mainstay.portfolio.queries.reading import Reading


class Kind(StrEnum):
    """What a column holds, which decides how it is shown, filtered and written."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes_no"
    PERSON = "person"
    USERNAME = "username"
    STAGE = "stage"
    PHASE = "phase"
    PORTFOLIO = "portfolio"
    PROGRAMME = "programme"
    HEALTH = "health"
    CONFIDENCE = "confidence"


Expression = Callable[[Reading], Any]


@dataclass(frozen=True)
class Column:
    """One column: `path` is read; `order` is sorted by; expressions, where given, are annotated under those names."""

    name: str
    label: str
    kind: Kind
    path: str
    order: str = ""
    read: Expression | None = None
    sort: Expression | None = None
    options: tuple[tuple[str, str], ...] = ()
    unit: str = ""
    is_default: bool = False
    may_group: bool = False
    may_bulk: bool = False
    may_be_empty: bool = True

    @property
    def order_path(self) -> str:
        """What a list is sorted by."""
        return self.order or self.path

    @property
    def is_numeric(self) -> bool:
        """Whether it is shown right aligned."""
        return self.kind in {Kind.NUMBER, Kind.MONEY}
