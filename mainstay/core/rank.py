"""What a ranked list shows: its columns, its rows in order, the line below which nothing is chosen.

A room builds a `RankList`, shows it by `{% rank ranking %}` and answers moves with `mainstay.core.rank_moves`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

Value = Decimal | float | int | str | None


@dataclass(frozen=True)
class RankColumn:
    """One column; `kind` is money, number, percent or text, and only numbers that add up have `is_totalled`."""

    key: str
    label: str
    unit: str = ""
    kind: str = "number"
    places: int = 0
    is_totalled: bool = True

    @property
    def adds_up(self) -> bool:
        """Whether the figures above and below the line are worth a sum."""
        return self.is_totalled and self.kind in {"money", "number"}


@dataclass(frozen=True)
class Override:
    """Somebody moved a row away from the place its score gives it."""

    before: int
    after: int
    who: str
    reason: str
    at: datetime | None = None
    undo_url: str = ""


@dataclass(frozen=True)
class RankRow:
    """One row: `values` by column key (None where unknown), `is_must` where it stands before all others."""

    key: str
    name: str
    values: Mapping[str, Any]
    code: str = ""
    url: str = ""
    is_must: bool = False
    override: Override | None = None


@dataclass(frozen=True)
class RankLimit:
    """What the rows above the line may need together: a column and how much of it there is, None: not chosen yet."""

    column: str
    amount: Decimal | None
    label: str = "Budget"


@dataclass(frozen=True)
class RankList:
    """A ranked list. Must-haves come first; the line follows from `limit`, or stands after `cut` rows.

    `move_url` takes what `MoveForm` reads; without it the list is only read. `version` comes back as
    `expected_version` of a move.
    """

    name: str
    label: str
    columns: Sequence[RankColumn]
    rows: Sequence[RankRow]
    limit: RankLimit | None = None
    cut: int | None = None
    move_url: str = ""
    version: int | None = None

    def __post_init__(self) -> None:
        musts = [row.is_must for row in self.rows]
        if musts != sorted(musts, reverse=True):
            raise ValueError("Must-haves come before all other rows.")
        if len(self.places) != len(self.rows):
            raise ValueError("Every row has a key of its own.")

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each row stands, counted from 1."""
        return {row.key: place for place, row in enumerate(self.rows, 1)}

    @cached_property
    def musts(self) -> int:
        """How many rows at the top must be done."""
        return sum(row.is_must for row in self.rows)

    def row(self, key: str) -> RankRow:
        """The row with this key."""
        return self.rows[self.places[key] - 1]

    def line(self, amount: Decimal | None = None) -> int | None:
        """How many rows stand above the line; `amount` asks about another limit than the one in force.

        The line is drawn before the first row that no longer fits, though must-haves always stand above it. A row
        without a figure takes nothing: the totals say how many those are. Where no amount is chosen there is no line.
        """
        if self.limit is None:
            return self.cut
        left = self.limit.amount if amount is None else amount
        if left is None:
            return None
        for place, row in enumerate(self.rows):
            left -= _needed(row.values.get(self.limit.column))
            if left < 0 and not row.is_must:
                return place
        return len(self.rows)


def _needed(value: Value) -> Decimal:
    return Decimal(str(value)) if isinstance(value, (Decimal, float, int)) else Decimal(0)


def settled(order: Sequence[str], places: Mapping[str, int]) -> list[str]:
    """The order after overrides: keys in `places` stand where it says (from 1), the others fill up as they come.

    >>> settled(["a", "b", "c", "d"], {"d": 2})
    ['a', 'd', 'b', 'c']
    """
    known = set(order)
    held = sorted((place, key) for key, place in places.items() if key in known)
    rest = [key for key in order if key not in places]
    for place, key in held:
        rest.insert(max(0, place - 1), key)
    return rest
