"""When projects end: how many finish in each quarter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import altair as alt

from mainstay.charts import parts, words
from mainstay.charts.figure import Column, Figure, Row, Spec


@dataclass(frozen=True, slots=True)
class EndingQuarter:
    """Projects whose end falls in one calendar or fiscal quarter with its first and last day."""

    label: str
    start_date: date
    end_date: date
    count: int
    url: str = ""

    def __post_init__(self) -> None:
        """A quarter that ends before it starts is refused."""
        if self.end_date < self.start_date:
            raise ValueError(f"Quarter {self.label!r} ends before it starts")


def ends_timeline(quarters: Sequence[EndingQuarter], today: date) -> Figure:
    """Columns of projects by the quarter of their end; quarters already over on `today` are grey.

    >>> quarter = EndingQuarter("2027 Q1", date(2027, 1, 1), date(2027, 3, 31), 5)
    >>> ends_timeline([quarter], date(2027, 2, 3)).title
    '5 projects end within the next four quarters'
    """
    ordered = sorted(quarters, key=lambda quarter: quarter.start_date)
    return Figure(
        spec=_spec(),
        rows=tuple(_row(quarter, today) for quarter in ordered),
        columns=(
            Column("Quarter", "quarter"),
            Column("Ends", "end_date", "date"),
            Column("Projects ending", "count", "number"),
            Column("State", "state"),
        ),
        title=_title(ordered, today),
        description="Columns of the number of projects by the quarter of their end; past quarters are grey.",
    )


def _row(quarter: EndingQuarter, today: date) -> Row:
    return {
        "quarter": quarter.label,
        "end_date": quarter.end_date.isoformat(),
        "count": quarter.count,
        "state": _state(quarter, today),
        "url": quarter.url,
    }


def _state(quarter: EndingQuarter, today: date) -> str:
    if quarter.end_date < today:
        return "Past"
    return "Now" if quarter.start_date <= today else "To come"


def _title(ordered: Sequence[EndingQuarter], today: date) -> str:
    if not any(quarter.count for quarter in ordered):
        return "No project has an end date yet"
    ahead = [quarter for quarter in ordered if quarter.end_date >= today]
    near = sum(quarter.count for quarter in ahead if _quarters_away(quarter.start_date, today) < 4)
    past = sum(quarter.count for quarter in ordered if quarter.end_date < today)
    verb = "ends" if near < 2 else "end"
    tail = f"; {words.number(past)} ended before this quarter" if past else ""
    subject = words.counted(near, "project") if near else "No project"
    return f"{subject} {verb} within the next four quarters{tail}"


def _quarters_away(start: date, today: date) -> int:
    months = (start.year - today.year) * 12 + start.month - today.month
    return max(0, -(-months // 3))


@cache
def _spec() -> Spec:
    axis = alt.Axis(title=None, labelAngle=0, labelOverlap="greedy", labelSeparation=8)
    length = alt.Y("count", type="quantitative", axis=alt.Axis(title="Projects ending", tickMinStep=1, tickCount=4))
    base = alt.Chart(parts.rows()).encode(x=alt.X("quarter", type="ordinal", sort=None, axis=axis), y=length)
    scale = alt.Scale(
        domain=["Past", "Now", "To come"],
        range=[parts.named("past"), parts.named("accent"), parts.named("accent")],
    )
    bars = base.mark_bar(cursor="pointer", width=alt.RelativeBandSize(0.8)).encode(
        color=alt.Color("state", type="nominal", scale=scale, legend=None)
    )
    text = base.mark_text(baseline="bottom", dy=-3, fontSize=11).encode(text=alt.Text("count", type="quantitative"))
    return parts.finish(alt.layer(bars, text.transform_filter("datum.count > 0")), 200)
