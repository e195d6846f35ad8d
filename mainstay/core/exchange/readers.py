"""Reading one cell into what its column holds: a value, nothing, or text that was given instead of a value."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from mainstay.core.exchange.amounts import read_amount, shown
from mainstay.core.exchange.columns import Column, Kind
from mainstay.core.exchange.dates import read_date
from mainstay.core.exchange.mapping import DROP, KEEP, Options
from mainstay.core.exchange.problems import BadCell
from mainstay.core.exchange.table import Cell, as_text

NOTHING = frozenset({"", "na", "n/a", "n.a.", "-", "–", "—", "null", "none", "nil", "#n/a", "tbc", "tbd"})
YES = frozenset({"yes", "y", "true", "1", "x", "✓"})
NO = frozenset({"no", "n", "false", "0"})


@dataclass(frozen=True)
class Read:
    """What a cell gave."""

    value: Any = None
    given: str = ""
    note: str = ""
    overflow: str = ""
    currencies: frozenset[str] = frozenset()


EMPTY = Read()


def read_cell(cell: Cell, column: Column, options: Options) -> Read:
    """The cell as the column takes it; BadCell says what is wrong with it."""
    if cell is None:
        return EMPTY
    try:
        return _READERS[column.kind](cell, column, options)
    except BadCell:
        if options.text == DROP:
            return EMPTY
        if options.text == KEEP and column.keeps_text and isinstance(cell, str):
            return Read(given=cell)
        raise


def _word(cell: Cell, options: Options) -> str:
    """The cell's text with the file's own words put into ours."""
    text = as_text(cell)
    if options.first_of:
        text = text.split(options.first_of)[0].strip()
    if not options.words:
        return text
    return {word.casefold(): meant for word, meant in options.words.items()}.get(text.casefold(), text)


def _text(cell: Cell, column: Column, options: Options) -> Read:
    text = _word(cell, options)
    if column.kind != Kind.LONG_TEXT and "\n" in text:
        text = " ".join(text.split())
    if not column.longest or len(text) <= column.longest:
        return Read(text or None)
    if not options.overflow:
        raise BadCell(f"It has {len(text)} characters; at most {column.longest} fit.", "Shorten it.")
    cut = text[: column.longest - 1].rstrip() + "…"
    return Read(cut, note="shortened, with the whole text kept beside it", overflow=text)


def _number(cell: Cell, column: Column, options: Options) -> Read:
    if isinstance(cell, Decimal):
        return _scaled(cell, column, options, frozenset())
    word = _word(cell, options)
    if word.casefold() in NOTHING:
        return EMPTY
    if isinstance(cell, (bool, date)):
        raise BadCell(f"“{shown(word)}” is no number.")
    amount = read_amount(word, options.decimal)
    if amount.currencies and column.kind != Kind.MONEY:
        raise BadCell(f"“{shown(word)}” is an amount of money, not a number.")
    return _scaled(amount.value, column, options, amount.currencies)


def _scaled(value: Decimal, column: Column, options: Options, currencies: frozenset[str]) -> Read:
    if column.kind != Kind.MONEY:
        return Read(value * options.scale)
    value *= options.scale
    exact = value.quantize(Decimal(10) ** -column.decimals, ROUND_HALF_EVEN)
    note = "" if exact == value else f"rounded to {column.decimals} decimal places"
    return Read(exact, note=note, currencies=currencies)


def _date(cell: Cell, column: Column, options: Options) -> Read:
    if isinstance(cell, date):
        return Read(cell)
    word = _word(cell, options)
    if word.casefold() in NOTHING:
        return EMPTY
    if isinstance(cell, (Decimal, bool)):
        raise BadCell(f"“{shown(word)}” is a number, no date.", "Format the column as a date in the workbook.")
    return Read(read_date(word, options.dates))


def _choice(cell: Cell, column: Column, options: Options) -> Read:
    word = _word(cell, options).casefold()
    for value, label in column.choices:
        if word in {value.casefold(), label.casefold()}:
            return Read(value or None)
    if word in NOTHING:
        return EMPTY
    known = ", ".join(label for value, label in column.choices if value)
    raise BadCell(f"“{shown(as_text(cell))}” is not one of the choices.", f"Choose from: {known}.")


def _yes_no(cell: Cell, column: Column, options: Options) -> Read:
    word = _word(cell, options).casefold()
    if word in YES or word in NO:
        return Read(word in YES)
    if word in NOTHING:
        return EMPTY
    raise BadCell(f"“{shown(as_text(cell))}” is neither yes nor no.", "Write yes or no.")


_READERS: dict[Kind, Callable[[Cell, Column, Options], Read]] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.CODE: _text,
    Kind.PERSON: _text,
    Kind.MONEY: _number,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.CHOICE: _choice,
    Kind.YES_NO: _yes_no,
}
