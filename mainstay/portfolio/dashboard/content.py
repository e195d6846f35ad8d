"""What a part of a dashboard says: figures one can trust, charts, lists and a sentence."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from mainstay.charts import Figure, words

Number = float | int | Decimal | None


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure with what makes it trustworthy.

    amount: the figure itself in its unit, for programs. have, of: how many of how many things (`noun`) it is made
    of. status: a kind (good, warn, bad, none) and a word, where the figure has limits.
    """

    label: str
    value: str
    definition: str
    url: str = ""
    comparison: str = ""
    trend: str = ""
    note: str = ""
    unit: str = ""
    amount: Number = None
    have: int | None = None
    of: int | None = None
    noun: str = "projects"
    status: tuple[str, str] | None = None

    @property
    def completeness(self) -> str:
        """Of how many things it is made, in words."""
        if self.of is None or self.have is None:
            return ""
        return f"{words.number(self.have)} of {words.number(self.of)} {self.noun}"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its text, the record it opens, and a kind (good, warn, bad, none) where it is a status."""

    text: str
    url: str = ""
    status: str = ""
    is_figure: bool = False


def figure(text: str, url: str = "") -> Cell:
    """A cell with a number, set right."""
    return Cell(text, url, is_figure=True)


@dataclass(frozen=True, slots=True)
class Table:
    """Records behind a figure: headings and rows of cells, and where there are more of them."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    more: str = ""
    more_url: str = ""
    is_folded: bool = False
    """Whether it opens only when asked for, because the figures above it say enough."""

    def columns(self) -> list[tuple[str, bool]]:
        """The headings, each with whether numbers stand below it."""
        first = self.rows[0] if self.rows else ()
        figures = [cell.is_figure for cell in first] or [False] * len(self.heads)
        return list(zip(self.heads, figures, strict=True))

    def lines(self) -> list[list[tuple[str, Cell]]]:
        """The rows, each cell with its heading."""
        return [list(zip(self.heads, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Empty:
    """What a part says while it has nothing to show, and the next step."""

    text: str
    url: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """Everything a part says: first a sentence, then figures, charts and tables; or why there is nothing."""

    sentence: str = ""
    headline: str = ""
    """The same in a few words, for the sentence below the title of the page."""
    indicators: tuple[Indicator, ...] = ()
    charts: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()
    empty: Empty | None = None
    url: str = ""
    """The page that tells more."""
    fresh: datetime | None = None
    """When what it shows was last changed, where it knows better than the marks of change."""
    choices: tuple[tuple[str, str, bool], ...] = ()
    """Ways to show it: label, address, and whether it is shown so now."""


def plain(content: Content) -> dict[str, Any]:
    """The same for programs: figures, the rows of charts, and tables."""
    return {
        "sentence": content.sentence or (content.empty.text if content.empty else ""),
        "figures": [_indicator(one) for one in content.indicators],
        "charts": [
            {"title": one.title, "description": one.description, "rows": [dict(row) for row in one.rows]}
            for one in content.charts
        ],
        "tables": [_table(one) for one in content.tables],
    }


def _table(one: Table) -> dict[str, Any]:
    return {
        "caption": one.caption,
        "heads": list(one.heads),
        "rows": [[cell.text for cell in row] for row in one.rows],
    }


def _indicator(one: Indicator) -> dict[str, Any]:
    amount = None if one.amount is None else str(one.amount)
    told = {
        name: getattr(one, name) for name in ("label", "value", "unit", "definition", "url", "have", "of", "note")
    }
    return told | {"amount": amount, "status": one.status[1] if one.status else ""}
