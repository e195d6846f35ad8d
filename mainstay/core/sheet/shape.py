"""What a sheet is made of: columns, lines, and how its figures are written."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cached_property

from mainstay.engine.basics import Curve

type Value = Decimal | str | None
type Place = tuple[str, str]

KEY = re.compile(r"[A-Za-z0-9_.-]{1,80}")
NEW = "new-"


class Kind(StrEnum):
    """What a column takes."""

    NUMBER = "number"
    TEXT = "text"
    CHOICE = "choice"


class LineKind(StrEnum):
    """Whether a line is stored already, was added here, or is only shown beside the others."""

    STORED = "stored"
    NEW = "new"
    FIXED = "fixed"


class Totals(StrEnum):
    """Which sums a sheet shows."""

    BOTH = "both"
    LINES = "lines"
    COLUMNS = "columns"
    NONE = "none"


@dataclass(frozen=True)
class Column:
    """One column: `key` names it in data, `group` stands above it and its neighbours of the same group."""

    key: str
    label: str
    group: str = ""
    kind: Kind = Kind.NUMBER
    choices: tuple[tuple[str, str], ...] = ()
    unit: str = ""
    decimals: int | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    is_required: bool = False
    is_summed: bool = True
    longest: int = 200

    def __post_init__(self) -> None:
        if not KEY.fullmatch(self.key):
            raise ValueError(f"“{self.key}” cannot name a column: letters, digits, point, dash and underscore can.")

    @property
    def is_number(self) -> bool:
        """Whether figures stand in it."""
        return self.kind == Kind.NUMBER


@dataclass(frozen=True)
class Line:
    """One line: its key (the id of the stored row), its fixed heading cells, and a value for each column.

    `typed` keeps what could not be read as it was typed; `errors`, `theirs` and `taken` are told by column:
    what is wrong, what somebody else saved meanwhile, and which cells were taken over from them. `hints` stand
    pale in empty cells as a suggestion.
    """

    key: str
    labels: tuple[str, ...] = ()
    values: Mapping[str, Value] = field(default_factory=dict)
    kind: LineKind = LineKind.STORED
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    theirs: Mapping[str, Value] = field(default_factory=dict)
    taken: frozenset[str] = frozenset()
    hints: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not KEY.fullmatch(self.key):
            raise ValueError(f"“{self.key}” cannot name a line: letters, digits, point, dash and underscore can.")

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all stands in it."""
        return not self.typed and all(value is None or value == "" for value in self.values.values())


@dataclass(frozen=True)
class Sheet:
    """A sheet as it is shown: `name` begins the names of its fields, `title` is what screen readers call it.

    `headings` name the fixed cells before the columns, one for each of a line's `labels`. `unit` is a currency or
    what else the figures count, `decimals` how many are kept; `curves` offers to lay a total over periods. `base` is
    what the person began with, where that differs from the lines; `gone` are the keys of lines removed but not saved
    yet; `who` saved what lines carry as `theirs`.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    headings: tuple[str, ...] = ()
    unit: str = ""
    decimals: int = 2
    totals: Totals = Totals.BOTH
    can_add_lines: bool = False
    can_remove_lines: bool = False
    is_open: bool = True
    most_lines: int = 200
    curves: tuple[Curve, ...] = ()
    noun: str = "line"
    who: str = ""
    base: Mapping[str, Mapping[str, Value]] | None = None
    gone: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not KEY.fullmatch(self.name):
            raise ValueError(f"“{self.name}” cannot name a sheet.")
        if len(self.by_key) < len(self.columns) or len({line.key for line in self.lines}) < len(self.lines):
            raise ValueError(f"The sheet “{self.name}” has two columns or two lines of one key.")

    @cached_property
    def by_key(self) -> dict[str, Column]:
        """The columns by their keys."""
        return {column.key: column for column in self.columns}

    def decimals_of(self, column: Column) -> int:
        """How many decimals are kept in a column."""
        return self.decimals if column.decimals is None else column.decimals

    def rounded(self, value: Decimal, column: Column) -> Decimal:
        """A figure as it is kept: half a unit of the last place goes away from zero."""
        return _rounded(value, self.decimals_of(column))

    def written(self, value: Value, column: Column) -> str:
        """A value as it stands in its cell."""
        if value is None or isinstance(value, str):
            return value or ""
        return f"{self.rounded(value, column):,f}"

    def total(self, lines: tuple[Line, ...], columns: tuple[Column, ...]) -> Decimal:
        """The sum over lines and columns, of what is summed."""
        cells = (line.values.get(c.key) for line in lines for c in columns if c.is_number and c.is_summed)
        return sum((value for value in cells if isinstance(value, Decimal)), Decimal(0))

    def total_in_words(self, lines: tuple[Line, ...], columns: tuple[Column, ...]) -> str:
        """The same as it stands at the end of a line or column; nothing where nothing is summed."""
        if not any(column.is_number and column.is_summed for column in columns):
            return ""
        places = self.decimals if len(columns) > 1 else self.decimals_of(columns[0])
        return f"{_rounded(self.total(lines, columns), places):,f}"


def _rounded(value: Decimal, places: int) -> Decimal:
    # Adding zero turns a minus zero into zero.
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) + 0
