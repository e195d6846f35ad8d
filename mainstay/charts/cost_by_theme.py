"""Where the money goes: cost by strategic theme."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import altair as alt

from mainstay.charts import parts, words
from mainstay.charts.figure import Column, Figure, Row, Spec


@dataclass(frozen=True, slots=True)
class ThemeCost:
    """Projects of one theme: their number, their whole-life cost, and how many lack a cost."""

    theme: str
    count: int
    cost: float
    without_cost: int = 0
    url: str = ""


def cost_by_theme(themes: Sequence[ThemeCost], currency: str, *, order: Sequence[str] = ()) -> Figure:
    """Bars of cost, largest first; `order` lists all themes so that each keeps its colour on every page.

    >>> cost_by_theme([ThemeCost("Grid", 3, 9e6), ThemeCost("Digital", 2, 3e6)], "GBP").title
    'Grid takes 75% of the cost, GBP 9.0m of GBP 12.0m'
    """
    ranked = sorted(themes, key=lambda row: (-row.cost, row.theme))
    total = sum(row.cost for row in ranked)
    return Figure(
        spec=_spec(currency),
        rows=tuple(_row(row, total, currency) for row in ranked),
        columns=(
            Column("Theme", "theme"),
            Column("Projects", "count", "number"),
            Column("Cost", "cost", "money", currency),
            Column("Share of cost", "share", "percent"),
            Column("Without a cost", "without_cost", "number"),
        ),
        title=_title(ranked, total, currency),
        description=_description(ranked, currency),
        params={
            "order": list(order) or sorted(row.theme for row in ranked),
            "reach": max((row.cost for row in ranked), default=1.0) or 1.0,
        },
    )


def _row(row: ThemeCost, total: float, currency: str) -> Row:
    share = row.cost / total if total else None
    return {
        "theme": row.theme,
        "count": row.count,
        "cost": row.cost,
        "share": share,
        "without_cost": row.without_cost,
        "label": f"{words.money(row.cost, currency)} · {words.percent(share)}",
        "url": row.url,
    }


def _title(ranked: Sequence[ThemeCost], total: float, currency: str) -> str:
    if not ranked:
        return "No project has a theme yet"
    if total == 0:
        return f"{words.counted(sum(row.count for row in ranked), 'project')}, none with a cost yet"
    first = ranked[0]
    amount, whole = words.money(first.cost, currency), words.money(total, currency)
    return f"{first.theme} takes {words.percent(first.cost / total)} of the cost, {amount} of {whole}"


def _description(ranked: Sequence[ThemeCost], currency: str) -> str:
    missing = sum(row.without_cost for row in ranked)
    left_out = f" {words.counted(missing, 'project')} without a cost not counted." if missing else ""
    return f"Bars of whole-life cost in {currency} by theme, largest first.{left_out}"


@cache
def _spec(currency: str) -> Spec:
    base = alt.Chart(parts.rows()).encode(
        y=parts.names("theme"), x=parts.lengths("cost", f"Whole-life cost, {currency}", compact=True)
    )
    colour = alt.Color("theme", type="nominal", scale=alt.Scale(domain=alt.ExprRef(expr="order")), legend=None)
    bars = base.mark_bar(cursor="pointer").encode(color=colour)
    return parts.finish(alt.layer(bars, parts.label(base, "label")))
