"""How cost, benefit or demand runs over time: amounts by period, stacked by type."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import altair as alt

from mainstay.charts import parts, words
from mainstay.charts.figure import Column, Figure, Kind, Row, Spec


@dataclass(frozen=True, slots=True)
class PeriodAmount:
    """The amount of one type in one period, in the figure's unit; below zero for what flows out."""

    period: str
    kind: str
    amount: float
    url: str = ""


def profile_by_period(
    amounts: Sequence[PeriodAmount],
    noun: str,
    unit: str,
    *,
    kind: Kind = "money",
    order: Sequence[str] = (),
    cumulative: bool = False,
) -> Figure:
    """Columns by period in the order given, stacked by type; with `cumulative` a line of the sum so far.

    noun, unit: what runs over time ("Cost", "GBP"). kind: "money" where the unit is a currency. `order` lists all
    types, so that each keeps its colour on every page. Amounts of one period and type are added up.

    >>> flows = [PeriodAmount("2027", "Hardware", 2e6), PeriodAmount("2028", "Licences", 6e6)]
    >>> profile_by_period(flows, "Cost", "GBP").title
    'Cost is GBP 8.0m, the most of it in 2028 (GBP 6.0m)'
    """
    periods = list(dict.fromkeys(amount.period for amount in amounts))
    kinds = list(order) or list(dict.fromkeys(amount.kind for amount in amounts))
    rows = _rows(amounts, periods, kinds, unit, kind)
    return Figure(
        spec=_spec(noun, unit, kind == "money", cumulative, all(float(row["amount"]).is_integer() for row in rows)),
        rows=rows,
        columns=(
            Column("Period", "period"),
            Column("Type", "kind"),
            Column(noun, "amount", kind, unit),
            *((Column(f"{noun} up to then", "so_far", kind, unit),) if cumulative else ()),
        ),
        title=_title(rows, noun, unit, kind),
        description=_description(noun, unit, cumulative),
        params={"order": kinds},
    )


def _rows(
    amounts: Sequence[PeriodAmount], periods: Sequence[str], kinds: Sequence[str], unit: str, kind: Kind
) -> tuple[Row, ...]:
    rows: list[Row] = []
    so_far = 0.0
    for number, period in enumerate(periods):
        here = [amount for amount in amounts if amount.period == period]
        so_far += sum(amount.amount for amount in here)
        named = [(name, [amount for amount in here if amount.kind == name]) for name in kinds]
        rows += [
            {
                "period": period,
                "number": number,
                "kind": name,
                "rank": kinds.index(name),
                "amount": sum(amount.amount for amount in given),
                "so_far": so_far,
                "label": "",
                "url": next((amount.url for amount in given if amount.url), ""),
            }
            for name, given in named
            if given
        ]
    if rows:
        rows[-1] = {**rows[-1], "label": _written(so_far, unit, kind)}
    return tuple(rows)


def _written(value: float, unit: str, kind: Kind) -> str:
    return words.money(value, unit) if kind == "money" else f"{words.compact(value)} {unit}".rstrip()


def _title(rows: Sequence[Row], noun: str, unit: str, kind: Kind) -> str:
    if not any(row["amount"] for row in rows):
        return f"{noun} has no amount in any period yet"
    by_period: dict[str, float] = {}
    for row in rows:
        by_period[row["period"]] = by_period.get(row["period"], 0.0) + row["amount"]
    peak = max(by_period, key=lambda period: abs(by_period[period]))
    whole, most = (_written(value, unit, kind) for value in (sum(by_period.values()), by_period[peak]))
    if len(by_period) == 1:
        return f"{noun} is {whole}, all of it in {peak}"
    if any(value < 0 for value in by_period.values()):
        return f"{noun} comes to {whole}; the largest amount is {most} in {peak}"
    return f"{noun} is {whole}, the most of it in {peak} ({most})"


def _description(noun: str, unit: str, cumulative: bool) -> str:
    line = "; the line is the sum up to each period" if cumulative else ""
    return f"Columns of {noun.lower()} by period in {unit}, stacked by type{line}."


@lru_cache(maxsize=64)
def _spec(noun: str, unit: str, compact: bool, cumulative: bool, whole: bool) -> Spec:
    across = alt.Axis(title=None, labelAngle=0, labelOverlap="greedy", labelSeparation=8)
    up = alt.Axis(title=f"{noun}, {unit}", tickCount=5, titleAnchor="end")
    if compact:
        up["labelExpr"] = parts.COMPACT_LABEL
    if whole:
        up["tickMinStep"] = 1
    x = alt.X("period", type="ordinal", sort=None, axis=across)
    legend = alt.Legend(title=None, symbolType="square", columns=parts.LEGEND_COLUMNS)
    colour = alt.Color("kind", type="nominal", scale=alt.Scale(domain=alt.ExprRef(expr="order")), legend=legend)
    rows = alt.Chart(parts.rows())
    bars = rows.mark_bar(
        cursor="pointer", cornerRadiusEnd=0, stroke=parts.named("page"), width=alt.RelativeBandSize(0.8)
    )
    columns = bars.encode(
        x=x,
        y=alt.Y("amount", type="quantitative", stack="zero", axis=up),
        color=colour,
        order=alt.Order("rank", type="quantitative"),
    )
    zero = rows.mark_rule(color=parts.named("quiet"), aria=False).encode(y=alt.YDatum(0))
    return parts.finish(alt.layer(columns, zero, *(_line(x) if cumulative else ())), 280)


def _line(x: alt.X) -> tuple[alt.Chart, alt.Chart, alt.Chart]:
    """The sum so far, a point a period, its last figure in words."""
    rows = alt.Chart(parts.rows())
    y = alt.Y("so_far", type="quantitative")
    once = rows.transform_aggregate(so_far="max(so_far)", groupby=["period", "number"]).encode(x=x, y=y)
    line = once.mark_line(color=parts.named("ink"), strokeWidth=2).encode(
        order=alt.Order("number", type="quantitative")
    )
    points = once.mark_circle(color=parts.named("ink"), size=36, opacity=1)
    text = rows.mark_text(align="right", baseline="bottom", dy=-6, fontSize=11, fontWeight=600)
    return line, points, text.encode(x=x, y=y, text=alt.Text("label", type="nominal"))
