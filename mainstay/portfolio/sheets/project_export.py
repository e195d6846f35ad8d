"""How a project's values are written into a list."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from mainstay.core.exchange import Column, Kind
from mainstay.core.models import Person
from mainstay.portfolio.queries.reading import Reading

Row = dict[str, Any]
Write = Callable[[Row], Any]
CUSTOM = "custom."


def writers(columns: Sequence[Column], reading: Reading) -> tuple[Column, ...]:
    """The columns, each able to write a row of the projects' sheet."""
    usernames = dict(Person.objects.visible_to(reading.user).values_list("pk", "username"))
    related: dict[str, Write] = {
        "portfolio": lambda row: _code(reading.portfolios, row["portfolio_id"]),
        "programme": lambda row: _code(reading.programmes, row["programme_id"]),
        "stage": lambda row: reading.stages[row["stage_id"]].name,
        "owner": lambda row: usernames.get(row["owner_id"], ""),
        "manager": lambda row: usernames.get(row["manager_id"], ""),
    }
    return tuple(replace(column, write=related.get(column.name) or _writer(column)) for column in columns)


def _code(rows: dict[int, Any], key: int | None) -> str:
    row = rows.get(key) if key else None
    return row.code if row else ""


def _writer(column: Column) -> Write:
    if column.name.startswith(CUSTOM):
        return _custom(column)
    if column.is_figure:
        return _figure(column.name)
    name, labels = column.name, dict(column.choices)
    if labels:
        return lambda row: labels.get(row[name], row[name]) if row[name] else row["given_text"].get(name, "")
    if column.keeps_text:
        return lambda row: row["given_text"].get(name, "") if row[name] is None else row[name]
    return lambda row: row[name]


def _figure(name: str) -> Write:
    """A figure where the person may see figures, else nothing: neither it nor the text that stands for it."""
    seen = f"{name}_seen"

    def write(row: Row) -> Any:
        if row[seen] is not None or not row["figures_seen"]:
            return row[seen]
        return row["given_text"].get(name, "")

    return write


def _custom(column: Column) -> Write:
    key = column.name.removeprefix(CUSTOM)
    typed = _TYPED.get(column.kind, lambda value: value)

    def write(row: Row) -> Any:
        if column.is_figure and not row["figures_seen"]:
            return None
        value = row["custom"].get(key)
        return row["given_text"].get(key, "") if value is None else typed(value)

    return write


_TYPED: dict[Kind, Callable[[Any], Any]] = {
    Kind.MONEY: Decimal,
    Kind.NUMBER: Decimal,
    Kind.DATE: date.fromisoformat,
}
