"""Narrowing a list by custom fields: `custom.region=North`, `custom.votes_min=500`, `custom.due_to=2026-12-31`."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q

from mainstay.core.errors import Unreadable
from mainstay.portfolio.queries.column import Column, Kind
from mainstay.portfolio.queries.columns import columns
from mainstay.portfolio.queries.reading import Reading
from mainstay.portfolio.queries.words import NONE, a_date, a_number, words_of

BOUNDS = {"_min": "gte", "_max": "lte", "_from": "gte", "_to": "lte"}
WORDS = {"_min": "from", "_max": "up to", "_from": "from", "_to": "up to"}


def read(name: str, texts: tuple[str, ...], reading: Reading) -> tuple[Column, Q]:
    """The column a parameter is about, and the condition it means on it."""
    known = columns(reading)
    if name in known:
        return known[name], _equal(known[name], texts)
    for ending, lookup in BOUNDS.items():
        column = known.get(name.removesuffix(ending))
        if column is not None and name.endswith(ending):
            return column, _bound(column, lookup, texts[-1])
    raise Unreadable(f"A list of projects cannot be narrowed by {name[:60]!r}.")


def _equal(column: Column, texts: tuple[str, ...]) -> Q:
    if NONE in texts:
        return Q(**{f"{column.path}__isnull": True})
    if "given" in texts:
        return Q(**{f"{column.path}__isnull": False})
    return _EQUAL.get(column.kind, _contains)(column, texts)


def _contains(column: Column, texts: tuple[str, ...]) -> Q:
    return Q(**{f"{column.path}__icontains": texts[-1]})


def _one_of(column: Column, texts: tuple[str, ...]) -> Q:
    return Q(**{f"{column.path}__in": texts})


def _yes_no(column: Column, texts: tuple[str, ...]) -> Q:
    answers = {"yes": "true", "no": "false"}
    if unknown := [word for word in words_of(texts) if word not in answers]:
        raise Unreadable(f"{column.label} is yes or no, not {unknown[0][:40]!r}.")
    return Q(**{f"{column.path}__in": [answers[word] for word in words_of(texts)]})


def _number(column: Column, texts: tuple[str, ...]) -> Q:
    return Q(**{column.order_path: a_number(texts[-1])})


_EQUAL: dict[Kind, Callable[[Column, tuple[str, ...]], Q]] = {
    Kind.CHOICE: _one_of,
    Kind.USERNAME: _one_of,
    Kind.YES_NO: _yes_no,
    Kind.NUMBER: _number,
    Kind.MONEY: _number,
    Kind.DATE: _one_of,
}


def _bound(column: Column, lookup: str, text: str) -> Q:
    value: Any
    if column.is_numeric:
        value = a_number(text)
    elif column.kind is Kind.DATE:
        value = a_date(text).isoformat()
    else:
        raise Unreadable(f"{column.label} has no lower or upper bound.")
    return Q(**{f"{column.order_path}__{lookup}": value})
