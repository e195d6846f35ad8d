"""The S-curve of a project: what was planned, earned and spent up to each month, and where it leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import altair as alt

from mainstay.charts import parts, words
from mainstay.charts.figure import Column, Figure, Row, Spec

DASHES = {"Planned": [1, 0], "Earned": [1, 0], "Spent": [1, 0], "Forecast": [5, 4], "Earlier plan": [2, 3]}


@dataclass(frozen=True, slots=True)
class EarnedMonth:
    """Money up to the end of one month (`2027-03`), in the figure's unit; None where it is not known or not asked."""

    month: str
    planned: float | None = None
    earned: float | None = None
    spent: float | None = None
    forecast: float | None = None
    earlier: float | None = None


def earned_curve(months: Sequence[EarnedMonth], unit: str) -> Figure:
    """Cumulative lines of planned value, earned value and actual cost, the forecast dashed up to its end.

    unit: the currency of all amounts ("GBP"). `earlier` is the plan of another baseline. Source: the S-curve of
    earned value, PMI.

    >>> months = [EarnedMonth("2027-01", 4e6, 3e6, 5e6), EarnedMonth("2027-02", 8e6)]
    >>> earned_curve(months, "GBP").title
    'By January 2027, GBP 3.0m are earned: GBP 1.0m behind the plan and GBP 2.0m less than was spent'
    """
    rows = tuple(row for number, month in enumerate(months) for row in _rows(month, number))
    return Figure(
        spec=_spec(unit),
        rows=rows,
        columns=(Column("Month", "month"), Column("What", "kind"), Column("Up to then", "amount", "money", unit)),
        title=_title(months, unit),
        description=f"Lines of planned value, earned value and actual cost up to each month in {unit}.",
        params={"order": [kind for kind in DASHES if any(row["kind"] == kind for row in rows)]},
    )


def _rows(month: EarnedMonth, number: int) -> list[Row]:
    amounts = zip(DASHES, (month.planned, month.earned, month.spent, month.forecast, month.earlier), strict=True)
    about = {"month": month.month, "number": number}
    return [about | {"kind": kind, "amount": amount} for kind, amount in amounts if amount is not None]


def _title(months: Sequence[EarnedMonth], unit: str) -> str:
    known = [one for one in months if one.earned is not None and one.planned is not None and one.spent is not None]
    if not months:
        return "No work is planned yet"
    if not known:
        whole = max(one.planned or 0.0 for one in months)
        return f"{words.money(whole, unit)} of work are planned; nothing is reported yet"
    last = known[-1]
    earned, planned, spent = last.earned or 0.0, last.planned or 0.0, last.spent or 0.0
    begin = f"By {date.fromisoformat(f'{last.month}-01'):%B %Y}, {words.money(earned, unit)} are earned"
    behind = _apart(earned - planned, unit, "ahead of the plan", "behind the plan", "as planned")
    over = _apart(earned - spent, unit, "more than was spent", "less than was spent", "as much as was spent")
    return f"{begin}: {behind} and {over}"


def _apart(gap: float, unit: str, above: str, below: str, same: str) -> str:
    if round(gap, 2) == 0:
        return same
    return f"{words.money(abs(gap), unit)} {above if gap > 0 else below}"


@lru_cache(maxsize=32)
def _spec(unit: str) -> Spec:
    across = alt.Axis(title=None, labelAngle=0, labelOverlap="greedy", labelSeparation=8)
    up = alt.Axis(title=f"Up to the month, {unit}", tickCount=5, titleAnchor="end", labelExpr=parts.COMPACT_LABEL)
    legend = alt.Legend(title=None, symbolType="square", columns=parts.LEGEND_COLUMNS)
    base = alt.Chart(parts.rows()).encode(
        x=alt.X("month", type="ordinal", sort=None, axis=across),
        y=alt.Y("amount", type="quantitative", axis=up),
        color=alt.Color("kind", type="nominal", scale=alt.Scale(domain=alt.ExprRef(expr="order")), legend=legend),
        order=alt.Order("number", type="quantitative"),
    )
    scale = alt.Scale(domain=list(DASHES), range=list(DASHES.values()))
    dashes = alt.StrokeDash("kind", type="nominal", scale=scale, legend=None)
    lines = base.mark_line(strokeWidth=2).encode(strokeDash=dashes)
    points = base.mark_point(filled=True, size=30, opacity=1)
    return parts.finish(alt.layer(lines, points), 300)
