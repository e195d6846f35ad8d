"""The order of lists: any column, up or down, always settled by the id in the end."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F

from mainstay.core.errors import Unreadable
from mainstay.portfolio.queries.column import Column
from mainstay.portfolio.queries.columns import column_named, columns, with_columns
from mainstay.portfolio.queries.reading import Reading

MOST_KEYS = 5
USUAL = "code"


@dataclass(frozen=True)
class SortKey:
    """One step of an order."""

    column: Column
    is_descending: bool = False

    @property
    def text(self) -> str:
        """As it is written in an address: `-cost`."""
        return ("-" if self.is_descending else "") + self.column.name

    def expression(self) -> Any:
        """As the database takes it; what is missing comes last either way."""
        path = self.column.order_path
        if not self.column.may_be_empty:
            return F(path).desc() if self.is_descending else F(path).asc()
        return F(path).desc(nulls_last=True) if self.is_descending else F(path).asc(nulls_last=True)


def sort_keys(text: str, reading: Reading) -> list[SortKey]:
    """The order written as `-cost,name`; unknown columns are refused."""
    known = columns(reading)
    keys: dict[str, SortKey] = {}
    for word in (text or USUAL).split(","):
        if name := word.strip().removeprefix("-"):
            keys.setdefault(name, SortKey(column_named(name, known), word.strip().startswith("-")))
    if len(keys) > MOST_KEYS:
        raise Unreadable(f"A list is sorted by at most {MOST_KEYS} columns.")
    return list(keys.values())


def sorted_by(queryset: Any, text: str, reading: Reading, *, first: Column | None = None) -> Any:
    """The rows in the order written as `-cost,name`, groups of `first` together, settled by the id."""
    keys = sort_keys(text, reading)
    if first is not None:
        keys = [SortKey(first), *(key for key in keys if key.column.name != first.name)]
    queryset = with_columns(queryset, [key.column for key in keys], reading, to_sort=True)
    return queryset.order_by(*(key.expression() for key in keys), reading.key)
