"""A ranked list and the weights behind one: `{% load rank %}`, `{% rank ranking %}`, `{% weights weighing %}`."""

import json
from decimal import Decimal
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from mainstay.core.rank import RankColumn, RankList
from mainstay.core.rank_moves import MoveForm, move_form, read_amount
from mainstay.core.rank_rows import all_rows
from mainstay.core.rank_totals import left_words, totals
from mainstay.core.weighing import Weighing

register = template.Library()
MOST_SHOWN = 100
FOR_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.inclusion_tag("core/components/rank.html", takes_context=True)
def rank(context: template.Context, ranking: RankList, form: MoveForm | None = None) -> dict[str, Any]:
    """An `m-rank`: `?budget=` asks about another limit, `?move=` is the form of a row where there are no scripts."""
    asked = context["request"].GET
    limit, amount = ranking.limit, None
    if limit:
        amount = read_amount(asked.get("budget", ""))
        amount = limit.amount if amount is None else amount
    line = ranking.line(amount)
    key = asked.get("move", "") if ranking.move_url else ""
    moving = ranking.row(key) if key in ranking.places else None
    return {
        "request": context["request"],
        "csrf_token": context.get("csrf_token", ""),
        "ranking": ranking,
        "amount": amount,
        "limited": next((column for column in ranking.columns if limit and column.key == limit.column), None),
        "line": line,
        "above": len(ranking.rows) if line is None else line,
        "below": 0 if line is None else len(ranking.rows) - line,
        "sums": totals(ranking, line),
        "left": left_words(ranking, line, amount),
        "rows": all_rows(ranking, line),
        "form": form or move_form(ranking, key),
        "moving": moving,
        "data": _data(ranking, amount),
    }


def for_script(data: Any) -> SafeString:
    """Data for a JSON script, which no text in it can leave."""
    return mark_safe(json.dumps(data, separators=(",", ":"), default=str).translate(FOR_SCRIPT))


def _data(ranking: RankList, amount: Decimal | None) -> SafeString:
    columns = [column for column in ranking.columns if column.adds_up or _is_limited(ranking, column)]
    return for_script(
        {
            "columns": [
                {
                    "key": c.key,
                    "label": c.label,
                    "unit": c.unit,
                    "kind": c.kind,
                    "places": c.places,
                    "total": c.adds_up,
                }
                for c in columns
            ],
            "limit": ranking.limit
            and {"column": ranking.limit.column, "amount": amount, "label": ranking.limit.label},
            "cut": ranking.cut,
            "musts": ranking.musts,
            "rows": [[row.key, *(_number(row.values.get(c.key)) for c in columns)] for row in ranking.rows],
        }
    )


def _is_limited(ranking: RankList, column: RankColumn) -> bool:
    return ranking.limit is not None and ranking.limit.column == column.key


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, (Decimal, float, int)) else None


@register.inclusion_tag("core/components/weights.html", takes_context=True)
def weights(context: template.Context, weighing: Weighing) -> dict[str, Any]:
    """An `m-weights`: weights to slide, and the order of the projects as it follows from them."""
    line, shown = weighing.line, weighing.order[:MOST_SHOWN]
    rest = len(weighing.rows) - len(shown)
    return {
        "csrf_token": context.get("csrf_token", ""),
        "weighing": weighing,
        "sum": f"{sum(criterion.weight for criterion in weighing.criteria):f}",
        "effect": f"{line:,} of {len(weighing.rows):,} stand above the line." if line is not None else "",
        "lines": [
            {"row": row, "total": total, "is_in": line is not None and place < line}
            for place, (row, total) in enumerate(shown)
        ],
        "rest": f"and {rest:,} more below" if rest else "",
        "data": for_script(
            {
                "limit": weighing.limit and {"amount": _number(weighing.limit.amount), "label": weighing.limit.label},
                "shown": MOST_SHOWN,
                "rows": [
                    [row.key, row.name, row.code, row.url, row.is_must, _number(row.amount), *row.points]
                    for row in weighing.rows
                ],
            }
        ),
    }
