"""The realisation of benefits: what was planned to come up to each month, what came, and where it leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import altair as alt

from mainstay.charts import parts, words
from mainstay.charts.figure import Column, Figure, Row, Spec

MOST_POINTS = 36
DASHES = {"Planned": [1, 0], "Realised": [1, 0], "Forecast": [5, 4]}


@dataclass(frozen=True, slots=True)
class RealisedMonth:
    """What came up to the end of one month (`2027-03`), in the figure's unit; None where it is not known."""

    month: str
    planned: float
    realised: float | None = None
    forecast: float | None = None


def realisation_curve(months: Sequence[RealisedMonth], unit: str) -> Figure:
    """Cumulative lines of planned and realised benefits, the forecast dashed.

    unit: the currency of all amounts ("GBP"), or the unit of one measure.

    >>> months = [RealisedMonth("2027-01", 4e6, 3e6, 3e6), RealisedMonth("2027-02", 8e6)]
    >>> realisation_curve(months, "GBP").title
    'By January 2027, GBP 3.0m came: GBP 1.0m less than planned'
    """
    return Figure(
        spec=_spec(unit, len(months) <= MOST_POINTS),
        rows=tuple(row for number, month in enumerate(months) for row in _rows(month, number)),
        columns=(Column("Month", "month"), Column("What", "kind"), Column("Up to then", "amount", "money", unit)),
        title=_title(months, unit),
        description=f"Lines of planned, realised and forecast benefits up to each month in {unit}.",
        params={"order": list(DASHES)},
    )


def _rows(month: RealisedMonth, number: int) -> list[Row]:
    amounts = zip(DASHES, (month.planned, month.realised, month.forecast), strict=True)
    about = {"month": month.month, "number": number}
    return [about | {"kind": kind, "amount": amount} for kind, amount in amounts if amount is not None]


def _title(months: Sequence[RealisedMonth], unit: str) -> str:
    known = [month for month in months if month.realised is not None]
    if not months:
        return "No benefit is planned yet"
    if not known:
        return f"{words.money(months[-1].planned, unit)} of benefits are planned; nothing was read yet"
    last = known[-1]
    came = last.realised or 0.0
    gap = came - last.planned
    begin = f"By {date.fromisoformat(f'{last.month}-01'):%B %Y}, {words.money(came, unit)} came"
    if round(gap, 2) == 0:
        return f"{begin}, as planned"
    return f"{begin}: {words.money(abs(gap), unit)} {'more' if gap > 0 else 'less'} than planned"


@lru_cache(maxsize=32)
def _spec(unit: str, with_points: bool) -> Spec:
    across = alt.Axis(title=None, labelAngle=0, labelOverlap="greedy", labelSeparation=8)
    up = alt.Axis(title=f"Up to the month, {unit}", tickCount=5, titleAnchor="end", labelExpr=parts.COMPACT_LABEL)
    stroke = {"symbolType": "square"} if with_points else {"symbolType": "stroke", "symbolStrokeWidth": 3}
    legend = alt.Legend(title=None, columns=parts.LEGEND_COLUMNS, **stroke)
    base = alt.Chart(parts.rows()).encode(
        x=alt.X("month", type="ordinal", sort=None, axis=across),
        y=alt.Y("amount", type="quantitative", axis=up),
        color=alt.Color("kind", type="nominal", scale=alt.Scale(domain=alt.ExprRef(expr="order")), legend=legend),
        order=alt.Order("number", type="quantitative"),
    )
    scale = alt.Scale(domain=list(DASHES), range=list(DASHES.values()))
    dashes = alt.StrokeDash("kind", type="nominal", scale=scale, legend=None)
    lines = base.mark_line(strokeWidth=2).encode(strokeDash=dashes)
    points = [base.mark_point(filled=True, size=30, opacity=1)] if with_points else []
    return parts.finish(alt.layer(lines, *points), 300)
