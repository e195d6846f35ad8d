"""A list of projects as a file: the same rows and columns in the same order as its page."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from mainstay.core import exchange
from mainstay.core.models import Person
from mainstay.portfolio.inventory import Inventory
from mainstay.portfolio.models import Phase
from mainstay.portfolio.queries import Column, Kind, Reading
from mainstay.portfolio.queries.columns import COLUMNS

Row = dict[str, Any]
Say = Callable[[Any], Any]
_KINDS = {
    Kind.MONEY: exchange.Kind.MONEY,
    Kind.NUMBER: exchange.Kind.NUMBER,
    Kind.DATE: exchange.Kind.DATE,
    Kind.YES_NO: exchange.Kind.YES_NO,
}


def export_list(inventory: Inventory, format: str) -> Any:
    """The whole list as a download, row by row."""
    return exchange.export_response(_columns(inventory), inventory.ordered_values(), format, name="projects")


def _columns(inventory: Inventory) -> list[exchange.Column]:
    """The columns of the list; an amount never goes without its currency."""
    shown = list(inventory.columns)
    if any(column.kind is Kind.MONEY for column in shown) and COLUMNS["currency"] not in shown:
        shown.append(COLUMNS["currency"])
    says = _sayings(inventory.reading)
    return [
        exchange.Column(c.name, c.label, _KINDS.get(c.kind, exchange.Kind.TEXT), write=_writer(c, says.get(c.kind)))
        for c in shown
    ]


def _writer(column: Column, say: Say | None) -> Callable[[Row], Any]:
    path, labels = column.path, dict(column.options)
    if labels:
        return lambda row: labels.get(row[path], row[path]) if row[path] else ""
    if say is None:
        return lambda row: row[path]
    return lambda row: None if row[path] is None else say(row[path])


def _sayings(reading: Reading) -> dict[Kind, Say]:
    """How values are written that stand for something else, or are stored as text."""
    people = dict(Person.objects.visible_to(reading.user).values_list("pk", "name"))
    return {
        Kind.STAGE: lambda value: reading.stages[value].name,
        Kind.PHASE: lambda value: Phase(reading.stages[value].phase).label,
        Kind.PERSON: lambda value: people.get(value, ""),
        Kind.PORTFOLIO: lambda value: _name(reading.portfolios.get(value)),
        Kind.PROGRAMME: lambda value: _name(reading.programmes.get(value)),
        Kind.NUMBER: Decimal,
        Kind.MONEY: Decimal,
        Kind.DATE: lambda value: date.fromisoformat(value) if isinstance(value, str) else value,
        Kind.YES_NO: lambda value: value in {True, "true"},
    }


def _name(row: Any) -> str:
    return row.name if row else ""
