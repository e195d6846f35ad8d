"""A chart in a page: the picture, and one toggle away the table that says the same."""

import json
from datetime import date
from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from mainstay.charts import Column, Figure, words
from mainstay.core.templatetags.figures import MISSING, day

register = template.Library()
FOR_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.inclusion_tag("core/components/chart.html")
def chart(figure: Figure, level: int = 2, note: bool = True) -> dict[str, Any]:
    """`{% chart figure %}`: an `m-chart` with the finding as its heading."""
    return {
        "figure": figure,
        "heading": f"h{int(level)}",
        "data": _data(figure),
        "head": [(column.label, column.unit, _is_figure(column)) for column in figure.columns],
        "body": mark_safe("".join(_line(row, figure.columns) for row in figure.rows)),
        "note": note,
    }


def _data(figure: Figure) -> SafeString:
    columns = [{"label": c.label, "field": c.field, "kind": c.kind, "unit": c.unit} for c in figure.columns]
    text = json.dumps({"spec": figure.vega(title=False), "columns": columns}, separators=(",", ":"), default=str)
    return mark_safe(text.translate(FOR_SCRIPT))


def _is_figure(column: Column) -> bool:
    return column.kind in {"number", "money", "percent"}


def _line(row: Any, columns: tuple[Column, ...]) -> str:
    cells = []
    for place, column in enumerate(columns):
        text = _written(row.get(column.field), column)
        if place == 0 and row.get("url"):
            text = f'<a href="{escape(row["url"])}">{text}</a>'
        tag, kind = (
            ("th", ' scope="row" class="name"') if place == 0 else ("td", ' class="number"' * _is_figure(column))
        )
        cells.append(f'<{tag}{kind} data-label="{escape(column.label)}">{text}</{tag}>')
    return f"<tr>{''.join(cells)}</tr>"


def _written(value: Any, column: Column) -> str:
    if value is None or value == "":
        return MISSING
    if column.kind == "money":
        return words.compact(float(value))
    if column.kind == "number":
        return words.number(float(value), 0 if float(value).is_integer() else 1)
    if column.kind == "percent":
        return words.percent(float(value))
    if column.kind == "date":
        return str(day(date.fromisoformat(str(value))))
    return escape(value)
