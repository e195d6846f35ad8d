"""What a sheet says beside its table: its data for the island, what is wrong, and what two people changed."""

from collections.abc import Iterator
from typing import Any

from mainstay.core.sheet.shape import Column, Line, LineKind, Sheet


def data_of(shown: Sheet) -> dict[str, Any]:
    """The sheet as the island takes it."""
    return {
        "name": shown.name, "title": shown.title, "unit": shown.unit, "decimals": shown.decimals,
        "totals": shown.totals, "adds": shown.can_add_lines, "removes": shown.can_remove_lines,
        "open": shown.is_open, "most": shown.most_lines, "curves": shown.curves, "noun": shown.noun,
        "who": shown.who, "headings": shown.headings, "gone": shown.gone,
        "columns": [_column(column, shown) for column in shown.columns],
        "lines": [_told_line(line, shown) for line in shown.lines],
    }  # fmt: skip


def _column(column: Column, shown: Sheet) -> dict[str, Any]:
    return {
        "key": column.key, "label": column.label, "group": column.group, "kind": column.kind,
        "choices": column.choices, "unit": column.unit, "decimals": shown.decimals_of(column),
        "minimum": None if column.minimum is None else shown.written(column.minimum, column),
        "maximum": None if column.maximum is None else shown.written(column.maximum, column),
        "required": column.is_required, "summed": column.is_number and column.is_summed, "longest": column.longest,
    }  # fmt: skip


def _told_line(line: Line, shown: Sheet) -> dict[str, Any]:
    cells = {column.key: text_of(line, column, shown) for column in shown.columns}
    theirs = {key: shown.written(value, shown.by_key[key]) for key, value in line.theirs.items()}
    return {
        "key": line.key, "kind": line.kind, "labels": line.labels, "cells": cells,
        "errors": dict(line.errors), "theirs": theirs, "taken": sorted(line.taken), "hints": dict(line.hints),
    }  # fmt: skip


def text_of(line: Line, column: Column, shown: Sheet) -> str:
    """What stands in a cell: what was typed where it could not be read, else the value."""
    return line.typed.get(column.key) or shown.written(line.values.get(column.key), column)


def in_words(text: str, column: Column) -> str:
    """A cell's text as it is read: a choice by its label."""
    return dict(column.choices).get(text, text)


def base_of(shown: Sheet) -> dict[str, dict[str, str]]:
    """What the person began with, so that a later conflict knows which cells they changed themselves."""
    stored = (line for line in shown.lines if line.kind == LineKind.STORED)
    began = shown.base if shown.base is not None else {line.key: line.values for line in stored}
    columns = shown.by_key
    return {
        key: {name: shown.written(value, columns[name]) for name, value in values.items() if name in columns}
        for key, values in began.items()
    }


def names_of(shown: Sheet, line: Line, column: Column | None = None) -> tuple[str, str]:
    """What a line is called, and a column with its group."""
    words = [in_words(text_of(line, c, shown), c) for c in shown.columns if not c.is_number]
    name = next((text for text in (" ".join(filter(None, line.labels)), *words) if text), "New line")
    return name, " ".join(filter(None, (column.group, column.label))) if column else ""


def complaints(shown: Sheet) -> Iterator[dict[str, str]]:
    """Everything that is wrong, with the names of line and column and the id of the cell."""
    for line in shown.lines:
        for key, error in line.errors.items():
            name, heading = names_of(shown, line, shown.by_key.get(key))
            yield {"place": id_of(shown, line, key), "name": name, "heading": heading, "error": error}


def clashes_of(shown: Sheet) -> Iterator[dict[str, str]]:
    """The cells that two people changed, each with the choice whose figure stays."""
    for line in shown.lines:
        for key, saved in line.theirs.items():
            column = shown.by_key[key]
            name, heading = names_of(shown, line, column)
            yield {
                "field": f"{shown.name}:whose:{line.key}:{key}", "line": line.key, "column": key,
                "name": name, "heading": heading,
                "theirs": in_words(shown.written(saved, column), column) or "empty",
                "yours": in_words(text_of(line, column, shown), column) or "empty",
            }  # fmt: skip


def id_of(shown: Sheet, line: Line, key: str) -> str:
    """The id of a cell."""
    return f"{shown.name}-{line.key}-{key}"
