"""Which column of a file means which field, how it is read, and what holds for every row."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any, Self

from mainstay.core.errors import Unreadable
from mainstay.core.exchange.columns import Kind
from mainstay.core.exchange.dates import ORDERS

REFUSE, KEEP, DROP = "refuse", "keep", "drop"
BROKEN = "This column mapping cannot be read."
MOST_LINKS = 2_000
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
ADDABLE = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.NUMBER, Kind.MONEY, Kind.DATE, Kind.YES_NO})
"""What a mapping may add as a further field."""


@dataclass(frozen=True)
class Options:
    """How the cells of one column are read."""

    scale: Decimal = Decimal(1)
    decimal: str = "."
    dates: str = "dmy"
    text: str = REFUSE
    """What to do with text where a value belongs: refuse the row, keep it as text, or drop it."""
    words: Mapping[str, str] = field(default_factory=dict)
    """What the file's own words mean."""
    first_of: str = ""
    """A separator: only the first part of the cell is taken."""
    overflow: str = ""
    """The field that keeps the whole text where it is too long here."""

    def __post_init__(self) -> None:
        right = self.decimal in {".", ","} and self.dates in ORDERS and self.text in {REFUSE, KEEP, DROP}
        texts = [self.first_of, self.overflow, *self.words, *self.words.values()]
        if not right or not all(isinstance(text, str) for text in texts):
            raise Unreadable(BROKEN)
        if not self.scale.is_finite() or not 0 < self.scale <= Decimal(10) ** 12:
            raise Unreadable(BROKEN)


@dataclass(frozen=True)
class Link:
    """A field and the file's column it is read from; several links to one field: the first with a value."""

    column: str
    """The column's name; `*` stands for anything, `|` separates names it may have."""
    field: str
    options: Options = Options()
    is_required: bool = False


@dataclass(frozen=True)
class NewField:
    """A further field a mapping needs; it is added when it is not there yet."""

    key: str
    label: str
    kind: str = "text"
    unit: str = ""
    is_confidential: bool = False
    position: int = 100

    def __post_init__(self) -> None:
        right = KEY.fullmatch(self.key) and self.label.strip() and self.kind in ADDABLE
        if not right or len(self.label) > 80 or len(self.unit) > 20 or not 0 <= self.position <= 1_000:
            raise Unreadable(BROKEN)


@dataclass(frozen=True)
class ColumnMapping:
    """How one kind of file is read into one sheet."""

    links: tuple[Link, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    fields: tuple[NewField, ...] = ()

    def with_constants(self, constants: Mapping[str, str]) -> Self:
        """The same mapping with further values for every row."""
        return replace(self, constants={**self.constants, **{k: v for k, v in constants.items() if v}})

    def currency_in(self, said: Mapping[str, str]) -> str:
        """The currency of all rows, where the mapping or the file itself says one."""
        return self.constants.get("currency") or said.get("currency", "")

    def as_dict(self) -> dict[str, Any]:
        """The mapping as it is saved."""
        links = [_plain_link(link) for link in self.links]
        return {
            "links": links,
            "constants": dict(self.constants),
            "fields": [asdict(new_field) for new_field in self.fields],
        }

    @classmethod
    def from_dict(cls, saved: Any) -> Self:
        """The mapping that was saved, in full or as plain pairs of column and field; Unreadable when it is none."""
        try:
            if "links" not in saved:
                return cls(tuple(Link(str(column), str(named)) for column, named in saved.items()))
            links = tuple(_link(link) for link in saved["links"])
            constants = {str(name): str(value) for name, value in saved.get("constants", {}).items()}
            fields = tuple(NewField(**new_field) for new_field in saved.get("fields", []))
            if len(links) > MOST_LINKS:
                raise Unreadable(BROKEN)
        except (TypeError, KeyError, AttributeError, ValueError, InvalidOperation):
            raise Unreadable(BROKEN) from None
        return cls(links, constants, fields)


def _plain_link(link: Link) -> dict[str, Any]:
    options = asdict(link.options) | {"scale": str(link.options.scale), "words": dict(link.options.words)}
    kept = {name: value for name, value in options.items() if value != _DEFAULTS[name]}
    required = {"is_required": True} if link.is_required else {}
    return {"column": link.column, "field": link.field, "options": kept, **required}


def _link(saved: dict[str, Any]) -> Link:
    options = dict(saved.get("options", {}))
    if "scale" in options:
        options["scale"] = Decimal(str(options["scale"]))
    return Link(
        str(saved["column"]), str(saved["field"]), Options(**options), is_required=bool(saved.get("is_required"))
    )


_DEFAULTS = asdict(Options()) | {"scale": "1"}
