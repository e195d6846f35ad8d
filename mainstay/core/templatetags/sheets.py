"""`{% sheet sheet %}`: a table of fields to type figures into, which the island makes a grid of.

The caller puts it inside its own form; without a script every cell is a field of that form.
"""

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from mainstay.core.sheet import Column, Kind, Line, LineKind, Sheet, Totals
from mainstay.core.sheet.shape import NEW
from mainstay.core.sheet.told import base_of, clashes_of, complaints, data_of, id_of, in_words, names_of, text_of
from mainstay.core.templatetags.chart import FOR_SCRIPT

register = template.Library()
BLANK_LINES = 3


@register.inclusion_tag("core/components/sheet.html")
def sheet(shown: Sheet) -> dict[str, Any]:
    """A `mainstay.core.sheet.Sheet`, with its errors, its totals and what somebody else saved meanwhile."""
    lines = [*shown.lines, *_blank_lines(shown)]
    return {
        "sheet": shown,
        "data": mark_safe(json.dumps(data_of(shown), separators=(",", ":")).translate(FOR_SCRIPT)),
        "base": json.dumps(base_of(shown), separators=(",", ":")),
        "groups": list(_groups(shown)),
        "has_groups": any(column.group for column in shown.columns),
        "headings": shown.headings,
        "columns": shown.columns,
        "body": mark_safe("".join(_line(line, shown) for line in lines)),
        "foot": _foot(shown) if shown.totals in {Totals.BOTH, Totals.COLUMNS} else "",
        "sums_lines": shown.totals in {Totals.BOTH, Totals.LINES},
        "article": "an" if shown.noun[:1] in "aeiou" else "a",
        "removes": shown.is_open and shown.can_remove_lines,
        "errors": list(complaints(shown)),
        "clashes": list(clashes_of(shown)),
        "taken": sum(len(line.taken) for line in shown.lines),
    }  # fmt: skip


def _groups(shown: Sheet) -> Iterator[tuple[str, int]]:
    """Names above the columns with the number of columns below; columns without a group stand alone."""
    for name, those in groupby(shown.columns, key=lambda column: column.group):
        count = len(list(those))
        yield from [(name, count)] if name else [("", 1)] * count


def _blank_lines(shown: Sheet) -> list[Line]:
    """Empty lines to type new ones into where no script adds them."""
    room = shown.most_lines - len(shown.lines)
    count = min(BLANK_LINES, room) if shown.is_open and shown.can_add_lines else 0
    known = {line.key for line in shown.lines}
    keys = (f"{NEW}{number}" for number in range(1, len(known) + BLANK_LINES + 1))
    free = [key for key in keys if key not in known]
    return [Line(key, kind=LineKind.NEW) for key in free[: max(count, 0)]]


def _line(line: Line, shown: Sheet) -> str:
    labels = [*line.labels, *[""] * len(shown.headings)][: len(shown.headings)]
    cells = [_fenced(escape(label), "head", is_head=place == 0) for place, label in enumerate(labels)]
    is_open = shown.is_open and line.kind != LineKind.FIXED
    cells += [
        _cell(line, column, shown, is_open, is_head=place == 0 and not labels and not column.is_number)
        for place, column in enumerate(shown.columns)
    ]
    if shown.totals in {Totals.BOTH, Totals.LINES}:
        total = "" if line.is_empty else shown.total_in_words((line,), shown.columns)
        cells.append(_fenced(total, "number sum"))
    if shown.is_open and shown.can_remove_lines:
        cells.append(_fenced(_removal(line, shown) if is_open and line.kind == LineKind.STORED else "", "removal"))
    if is_open and cells:
        key = f'<input type="hidden" name="{shown.name}:lines" value="{line.key}">'
        cells[0] = cells[0].replace(">", f">{key}", 1)
    return f'<tr class="{line.kind}">{"".join(cells)}</tr>'


def _fenced(inside: str, css: str, is_head: bool = False) -> str:
    return f'<th scope="row" class="{css}">{inside}</th>' if is_head else f'<td class="{css}">{inside}</td>'


def _cell(line: Line, column: Column, shown: Sheet, is_open: bool, is_head: bool) -> str:
    css = f"{column.kind}{' taken' * (column.key in line.taken)}{' clash' * (column.key in line.theirs)}"
    text = text_of(line, column, shown)
    if not is_open:
        return _fenced(escape(in_words(text, column)), css, is_head)
    place, error = id_of(shown, line, column.key), line.errors.get(column.key, "")
    told = f' aria-invalid="true" aria-describedby="{place}-error"' if error else ""
    label = escape(", ".join(part for part in names_of(shown, line, column) if part))
    name = f'id="{place}" name="{shown.name}:{line.key}:{column.key}" aria-label="{label}" data-no-draft{told}'
    if column.kind == Kind.CHOICE and column.key not in line.typed:
        control = f"<select {name}>{_options(line, column)}</select>"
    else:
        mode = ' inputmode="decimal"' if column.is_number else ""
        hint = f' placeholder="{escape(line.hints[column.key])}"' if column.key in line.hints else ""
        control = f'<input {name} value="{escape(text)}" autocomplete="off"{mode}{hint}>'
    beside = f'<small class="sheet-error" id="{place}-error">{escape(error)}</small>' if error else ""
    return _fenced(control + beside, css, is_head)


def _options(line: Line, column: Column) -> str:
    now = line.values.get(column.key) or ""
    options = [("", ""), *column.choices]
    return "".join(
        f'<option value="{escape(value)}"{" selected" * (value == now)}>{escape(label)}</option>'
        for value, label in options
    )


def _removal(line: Line, shown: Sheet) -> str:
    label = escape(f"Remove {names_of(shown, line)[0]}")
    return (
        f'<input class="form-check-input" type="checkbox" name="{shown.name}:gone" value="{line.key}"'
        f' aria-label="{label}" data-no-draft>'
    )


def _foot(shown: Sheet) -> SafeString:
    """The cells of the last line after its headings: a sum under each column of figures."""
    lines = tuple(line for line in shown.lines if line.kind != LineKind.FIXED)
    cells = [
        _fenced(shown.total_in_words(lines, (column,)), "number sum") if column.is_number else "<td></td>"
        for column in shown.columns
    ]
    if not shown.headings and not shown.columns[0].is_number:
        cells[0] = _fenced("Total", "head", is_head=True)
    if shown.totals == Totals.BOTH:
        cells.append(_fenced(shown.total_in_words(lines, shown.columns), "number sum"))
    return mark_safe("".join(cells))
