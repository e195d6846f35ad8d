"""Budget, actual and forecast month by month, as amounts of each month or added up from the first one on."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import altair as alt

from mainstay.charts import parts, words
from mainstay.charts.figure import Column, Figure, Row, Spec

KINDS = ("Budget", "Actual", "Forecast")


@dataclass(frozen=True, slots=True)
class MoneyMonth:
    """One month, all amounts in the figure's unit. `forecast` is None where the month is over."""

    month: str
    budget: float
    actual: float
    forecast: float | None = None
    url: str = ""


def money_course(months: Sequence[MoneyMonth], unit: str, *, cumulative: bool = True) -> Figure:
    """A line for each of budget, actual and forecast over the months in the order given.

    unit: the currency of all amounts ("GBP"). With `cumulative` the amounts are added up; the forecast then goes on
    from what was spent. Actual ends where the forecast begins. No months give a figure that says so.

    >>> months = [MoneyMonth("2027-01", 2e6, 3e6), MoneyMonth("2027-02", 2e6, 0, 2e6)]
    >>> money_course(months, "GBP").title
    'GBP 3.0m of GBP 4.0m are spent; the outlook is GBP 5.0m, GBP 1.0m above the budget'
    """
    rows = tuple(_rows(months, cumulative=cumulative))
    return Figure(
        spec=_spec(unit, cumulative),
        rows=rows,
        columns=(
            Column("Month", "month"),
            Column("What", "kind"),
            Column("Amount up to then" if cumulative else "Amount", "amount", "money", unit),
        ),
        title=_title(months, unit),
        description=f"Lines of budget, actual and forecast by month in {unit}"
        + (", added up from the first month on." if cumulative else "."),
    )


def _rows(months: Sequence[MoneyMonth], *, cumulative: bool) -> list[Row]:
    rows: list[Row] = []
    sums = dict.fromkeys(KINDS, 0.0)
    for number, month in enumerate(months):
        is_over = month.forecast is None
        spent = month.actual if is_over else month.forecast or 0.0
        amounts = {"Budget": month.budget, "Actual": month.actual, "Forecast": spent}
        for kind, amount in amounts.items():
            sums[kind] += amount
        shown = sums if cumulative else amounts
        told = ("Budget", "Actual") if is_over else ("Budget", "Forecast")
        begins = is_over and number + 1 < len(months) and months[number + 1].forecast is not None
        drawn = (*told, *(("Forecast",) if begins and cumulative else ()))
        about = {"month": month.month, "number": number, "url": month.url}
        rows += [about | {"kind": kind, "amount": shown[kind]} for kind in drawn]
    return rows


def _title(months: Sequence[MoneyMonth], unit: str) -> str:
    if not months:
        return "No money is planned or spent yet"
    budget, spent = sum(one.budget for one in months), sum(one.actual for one in months)
    outlook = sum(one.actual if one.forecast is None else one.forecast for one in months)
    begin = f"{words.money(spent, unit)} of {words.money(budget, unit)} are spent"
    gap = outlook - budget
    if round(gap, 2) == 0:
        return f"{begin}; the outlook is the budget"
    way = "above" if gap > 0 else "below"
    return f"{begin}; the outlook is {words.money(outlook, unit)}, {words.money(abs(gap), unit)} {way} the budget"


@lru_cache(maxsize=32)
def _spec(unit: str, cumulative: bool) -> Spec:
    across = alt.Axis(title=None, labelAngle=0, labelOverlap="greedy", labelSeparation=8)
    title = f"Up to the month, {unit}" if cumulative else f"Each month, {unit}"
    up = alt.Axis(title=title, tickCount=5, titleAnchor="end", labelExpr=parts.COMPACT_LABEL)
    legend = alt.Legend(title=None, symbolType="square", columns=parts.LEGEND_COLUMNS)
    base = alt.Chart(parts.rows()).encode(
        x=alt.X("month", type="ordinal", sort=None, axis=across),
        y=alt.Y("amount", type="quantitative", axis=up),
        color=alt.Color("kind", type="nominal", scale=alt.Scale(domain=list(KINDS)), legend=legend),
        order=alt.Order("number", type="quantitative"),
    )
    dashes = alt.StrokeDash(
        "kind", type="nominal", scale=alt.Scale(domain=list(KINDS), range=[[1, 0], [1, 0], [5, 4]]), legend=None
    )
    lines = base.mark_line(strokeWidth=2).encode(strokeDash=dashes)
    points = base.mark_point(filled=True, size=36, opacity=1, cursor="pointer")
    return parts.finish(alt.layer(lines, points), 280)
