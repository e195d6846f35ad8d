"""How amounts run month by month: a line for each, with its last figure in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import altair as alt

from mainstay.charts import parts, words
from mainstay.charts.figure import Column, Figure, Row, Spec


@dataclass(frozen=True, slots=True)
class MonthValue:
    """The amount of one line at the end of a month (`2027-03`), in the figure's unit."""

    month: str
    name: str
    amount: float
    url: str = ""


def month_lines(values: Sequence[MonthValue], noun: str, unit: str) -> Figure:
    """A line for each name over the months in the order given, with a point a month; the scale starts at zero.

    noun: whose amounts they are ("Committed work"). unit: the currency of all amounts.

    >>> month_lines([MonthValue("2027-01", "Cost", 2e6), MonthValue("2027-02", "Cost", 3e6)], "Work", "GBP").title
    'Work since January 2027: cost up by GBP 1.0m to GBP 3.0m'
    """
    names = list(dict.fromkeys(value.name for value in values))
    last = {value.name: value for value in values}
    return Figure(
        spec=_spec(unit),
        rows=tuple(_row(value, last[value.name] is value, unit) for value in values),
        columns=(Column("Month", "label"), Column("What", "name"), Column("Amount", "amount", "money", unit)),
        title=_title(values, names, noun, unit),
        description=f"Lines of {words.listed([name.lower() for name in names])} by month in {unit}.",
        params={"order": names},
    )


def _row(value: MonthValue, is_last: bool, unit: str) -> Row:
    return {
        "month": f"{value.month}-01",
        "label": _words(value.month),
        "name": value.name,
        "amount": value.amount,
        "said": f"{value.name} {words.money(value.amount, unit)}" if is_last else "",
        "url": value.url,
    }


def _words(month: str) -> str:
    return f"{date.fromisoformat(f'{month}-01'):%B %Y}"


def _title(values: Sequence[MonthValue], names: Sequence[str], noun: str, unit: str) -> str:
    if not values:
        return f"{noun} has no amounts yet"
    told = [_course([value.amount for value in values if value.name == name], name, unit) for name in names]
    since = f" since {_words(values[0].month)}" if len({value.month for value in values}) > 1 else ""
    return f"{noun}{since}: {words.listed(told)}"


def _course(amounts: Sequence[float], name: str, unit: str) -> str:
    now, apart = words.money(amounts[-1], unit), amounts[-1] - amounts[0]
    if len(amounts) == 1:
        return f"{name.lower()} {now}"
    if not apart:
        return f"{name.lower()} unchanged at {now}"
    return f"{name.lower()} {'up' if apart > 0 else 'down'} by {words.money(abs(apart), unit)} to {now}"


@lru_cache(maxsize=16)
def _spec(unit: str) -> Spec:
    across = alt.Axis(title=None, format="%b %y", labelAngle=0, labelOverlap="greedy", labelSeparation=8)
    up = alt.Axis(title=f"Amount, {unit}", titleAnchor="end", tickCount=5, labelExpr=parts.COMPACT_LABEL)
    legend = alt.Legend(title=None, symbolType="stroke", columns=parts.LEGEND_COLUMNS)
    colour = alt.Color("name", type="nominal", scale=alt.Scale(domain=alt.ExprRef(expr="order")), legend=legend)
    base = alt.Chart(parts.rows()).encode(
        x=alt.X("month", type="temporal", timeUnit="yearmonth", axis=across),
        y=alt.Y("amount", type="quantitative", axis=up, scale=alt.Scale(zero=True)),
        color=colour,
    )
    line = base.mark_line(strokeWidth=2)
    points = base.mark_circle(size=36, opacity=1, cursor="pointer")
    text = base.mark_text(align="right", baseline="bottom", dy=-7, fontSize=11, fontWeight=600)
    return parts.finish(alt.layer(line, points, text.encode(text=alt.Text("said", type="nominal"))), 220)
