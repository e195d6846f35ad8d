"""What is worth its risk: value against risk, with the cost as size and the theme as colour."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median
from typing import Any, Literal

import altair as alt

from mainstay.charts import parts, words
from mainstay.charts.figure import Column, Figure, Row, Spec

LABELS = 12
LETTER_WIDTH, LABEL_LETTERS, LABEL_HEIGHT = 0.0165, 24, 0.06
"""Shares of the plot that a letter and a line of text take on a dashboard's half column."""


@dataclass(frozen=True, slots=True)
class ValueRisk:
    """One project: value and risk in the figure's units, cost in its currency; None where not known."""

    project: str
    risk: float | None
    value: float | None
    cost: float | None = None
    theme: str = ""
    url: str = ""


def value_risk(
    projects: Sequence[ValueRisk],
    currency: str,
    *,
    order: Sequence[str] = (),
    value_unit: str = "points",
    risk_unit: str = "points",
) -> Figure:
    """Bubbles for the projects with value and risk; the largest are named where their names do not meet.

    `order` lists all themes, so that each keeps its colour on every page.

    >>> value_risk([ValueRisk("A", 1, 9), ValueRisk("B", 3, 5)], "GBP").title
    '1 of 2 projects gives above-median value at below-median risk'
    """
    drawn = [row for row in projects if row.value is not None and row.risk is not None]
    drawn.sort(key=lambda row: (-(row.cost or 0.0), row.project))
    named = _named(drawn)
    risk, value = _middle(row.risk for row in drawn), _middle(row.value for row in drawn)
    middle = _largest(row.risk for row in drawn) / 2
    themes = list(order) or sorted({row.theme for row in drawn})
    return Figure(
        spec=_spec(currency, value_unit, risk_unit),
        rows=tuple(_row(row, row.project in named, middle, currency) for row in drawn),
        columns=(
            Column("Project", "project"),
            Column("Theme", "theme"),
            Column("Risk", "risk", "number", risk_unit),
            Column("Value", "value", "number", value_unit),
            Column("Cost", "cost", "money", currency),
        ),
        title=_title(drawn, risk, value),
        description=_description(len(projects) - len(drawn), currency),
        params={
            "order": themes,
            "present": [theme for theme in themes if any(row.theme == theme for row in drawn)],
        },
    )


def _row(row: ValueRisk, is_named: bool, middle: float, currency: str) -> Row:
    return {
        "project": row.project,
        "theme": row.theme,
        "risk": row.risk,
        "value": row.value,
        "cost": row.cost,
        "size": max(row.cost or 0.0, 0.0),
        "cost_label": words.money(row.cost, currency),
        "label": row.project if is_named else "",
        "side": "left" if (row.risk or 0.0) > middle else "right",
        "url": row.url,
    }


def _named(drawn: Sequence[ValueRisk]) -> set[str]:
    """Names of the largest whose labels stay clear of each other, on a unit square."""
    places: list[tuple[float, float, float]] = []
    chosen: set[str] = set()
    most_risk, most_value = _largest(row.risk for row in drawn), _largest(row.value for row in drawn)
    for row in drawn:
        x, y = (row.risk or 0.0) / most_risk, (row.value or 0.0) / most_value
        length = min(len(row.project), LABEL_LETTERS) * LETTER_WIDTH
        left, right = (x - length, x) if x > 0.5 else (x, x + length)
        clear = all(abs(y - up) > LABEL_HEIGHT or right < start or end < left for start, end, up in places)
        if clear and len(chosen) < LABELS:
            places.append((left, right, y))
            chosen.add(row.project)
    return chosen


def _largest(values: Iterable[float | None]) -> float:
    return max((abs(value) for value in values if value is not None), default=0.0) or 1.0


def _middle(values: Iterable[float | None]) -> float:
    return median([value for value in values if value is not None] or [0.0])


def _title(drawn: Sequence[ValueRisk], risk: float, value: float) -> str:
    if not drawn:
        return "No project has both a value and a risk yet"
    good = sum(1 for row in drawn if (row.value or 0.0) > value and (row.risk or 0.0) < risk)
    verb = "gives" if good == 1 else "give"
    share = f"{words.number(good)} of {words.counted(len(drawn), 'project')}"
    return f"{share} {verb} above-median value at below-median risk"


def _description(missing: int, currency: str) -> str:
    left_out = f" {words.counted(missing, 'project')} without a value or a risk not drawn." if missing else ""
    drawn = f"Bubbles of projects by risk and value, area by cost in {currency}; dashed lines are the medians."
    return drawn + left_out


@cache
def _spec(currency: str, value_unit: str, risk_unit: str) -> Spec:
    scale = alt.Scale(zero=True)
    risk = alt.Axis(title=f"Risk, {risk_unit}", tickCount=5)
    value = alt.Axis(title=f"Value, {value_unit}", tickCount=5, labelExpr=parts.COMPACT_LABEL)
    x = alt.X("risk", type="quantitative", axis=risk, scale=scale)
    y = alt.Y("value", type="quantitative", axis=value, scale=scale)
    base = alt.Chart(parts.rows()).encode(x=x, y=y)
    rule = alt.Chart(parts.rows()).mark_rule(color=parts.named("quiet"), strokeDash=[3, 3], opacity=0.7)
    middle = rule.transform_aggregate(risk="median(risk)", value="median(value)")
    labels = [*_labels(base, "right", "left"), *_labels(base, "left", "right")]
    return parts.finish(alt.layer(middle.encode(x=x), middle.encode(y=y), _bubbles(base), *labels), 380)


def _bubbles(base: alt.Chart) -> alt.Chart:
    points: alt.Chart = base.mark_circle(cursor="pointer", opacity=0.72, stroke=parts.named("page"), strokeWidth=1)
    legend = alt.Legend(
        title=None, values=alt.ExprRef(expr="present"), symbolType="circle", columns=parts.LEGEND_COLUMNS
    )
    domain = alt.Scale(domain=alt.ExprRef(expr="order"))
    return points.encode(
        size=alt.Size("size", type="quantitative", scale=alt.Scale(range=[30, 1100], zero=True), legend=None),
        color=alt.Color("theme", type="nominal", scale=domain, legend=legend),
    )


def _labels(base: alt.Chart, side: str, align: Literal["left", "right"]) -> list[alt.Chart]:
    """Names that run towards `side` of their bubble, on a halo; a narrow screen has no room for them."""
    chosen = base.transform_filter(f"datum.side === '{side}'").encode(text=alt.Text("label", type="nominal"))
    room = alt.ExprRef(expr="width < 320 ? 0 : 1")
    look: dict[str, Any] = {"align": align, "dy": -10, "baseline": "bottom", "limit": 150, "opacity": room}
    halo = chosen.mark_text(fontSize=11, stroke=parts.named("page"), strokeWidth=3, **look)
    return [halo, chosen.mark_text(fontSize=11, **look)]
