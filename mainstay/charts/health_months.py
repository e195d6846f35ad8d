"""How committed work is doing month by month: columns of projects by reported health."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import altair as alt

from mainstay.charts import parts, words
from mainstay.charts.figure import Column, Figure, Row, Spec
from mainstay.charts.health import STATES


@dataclass(frozen=True, slots=True)
class HealthMonth:
    """The projects of a month (`2027-03`) that are on track, at risk, off track, or have not reported."""

    month: str
    on_track: int
    at_risk: int
    off_track: int
    silent: int
    url: str = ""

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """Numbers of projects in the order of the states."""
        return self.on_track, self.at_risk, self.off_track, self.silent


def health_months(months: Sequence[HealthMonth]) -> Figure:
    """Columns by month in the order given, stacked by health, with its shape and word in the legend.

    >>> health_months([HealthMonth("2027-01", 6, 2, 0, 2), HealthMonth("2027-02", 5, 2, 3, 0)]).title
    '3 of 10 projects are off track, against 0 of 10 in January 2027'
    """
    return Figure(
        spec=_spec(),
        rows=tuple(row for month in months for row in _rows(month)),
        columns=(Column("Month", "label"), Column("Health", "state"), Column("Projects", "count", "number")),
        title=_title(months),
        description="Columns of committed projects by month and reported health, as known at the end of the month.",
    )


def _rows(month: HealthMonth) -> list[Row]:
    named = zip(STATES.values(), month.counts, strict=True)
    return [
        {
            "month": f"{month.month}-01",
            "label": _words(month.month),
            "state": state,
            "rank": rank,
            "count": count,
            "url": month.url,
        }
        for rank, ((state, _), count) in enumerate(named)
        if count
    ]


def _words(month: str) -> str:
    return f"{date.fromisoformat(f'{month}-01'):%B %Y}"


def _title(months: Sequence[HealthMonth]) -> str:
    told = [month for month in months if sum(month.counts)]
    if not told:
        return "No project was under way in these months"
    first, last = told[0], told[-1]
    verb = "is" if last.off_track == 1 else "are"
    now = f"{_share(last)} {verb} off track"
    if first is last:
        return now
    then = f"{words.number(first.off_track)} of {words.number(sum(first.counts))}"
    return f"{now}, against {then} in {_words(first.month)}"


def _share(month: HealthMonth) -> str:
    return f"{words.number(month.off_track)} of {words.counted(sum(month.counts), 'project')}"


@cache
def _spec() -> Spec:
    across = alt.Axis(title=None, format="%b %y", labelAngle=0, labelOverlap="greedy", labelSeparation=8)
    up = alt.Axis(title="Projects", titleAnchor="end", tickCount=5, tickMinStep=1, format=",d")
    bars = alt.Chart(parts.rows()).mark_bar(cursor="pointer", stroke=parts.named("page"))
    columns = bars.encode(
        x=alt.X("month", type="ordinal", timeUnit="yearmonth", axis=across),
        y=alt.Y("count", type="quantitative", stack="zero", axis=up),
        color=parts.status_colour("state", dict(STATES.values()), legend=True),
        order=alt.Order("rank", type="quantitative"),
    )
    return parts.finish(alt.layer(columns), 220)
