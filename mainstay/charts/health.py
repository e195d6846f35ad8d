"""How work in progress is doing, as its project managers report it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import altair as alt

from mainstay.charts import parts, words
from mainstay.charts.figure import Column, Figure, Row, Spec

STATES = {
    "green": ("\N{BLACK CIRCLE} On track", "good"),
    "amber": ("\N{BLACK UP-POINTING TRIANGLE} At risk", "warn"),
    "red": ("\N{BLACK DIAMOND} Off track", "bad"),
    "": ("\N{EN DASH} Not reported", "none"),
}


@dataclass(frozen=True, slots=True)
class HealthCount:
    """Projects with one health (green, amber, red, or empty for not reported), in all or within one group."""

    health: str
    count: int
    group: str = ""
    url: str = ""

    def __post_init__(self) -> None:
        """A health outside the scale is refused."""
        if self.health not in STATES:
            raise ValueError(f"Unknown health: {self.health!r}")


def health(counts: Sequence[HealthCount]) -> Figure:
    """One strip of health in all, or one for each group in the order given; each segment carries its shape.

    >>> health([HealthCount("green", 12), HealthCount("red", 3), HealthCount("", 2)]).title
    '3 of 17 projects are off track and 0 at risk; 2 have not reported'
    """
    grouped = any(row.group for row in counts)
    heading = (Column("Group", "group"),) if grouped else ()
    return Figure(
        spec=_spec(grouped),
        rows=tuple(_row(row) for row in counts if row.count),
        columns=(*heading, Column("Health", "state"), Column("Projects", "count", "number")),
        title=_title(counts),
        description="Strips of projects by reported health: on track, at risk, off track, not reported.",
    )


def _row(row: HealthCount) -> Row:
    state = STATES[row.health][0]
    return {
        "group": row.group,
        "state": state,
        "rank": list(STATES).index(row.health),
        "count": row.count,
        "label": f"{state[0]} {words.number(row.count)}",
        "url": row.url,
    }


def _title(counts: Sequence[HealthCount]) -> str:
    total = dict.fromkeys(STATES, 0)
    for row in counts:
        total[row.health] += row.count
    everything, silent = sum(total.values()), total[""]
    if everything == 0:
        return "No project is under way"
    if silent == everything:
        return f"None of {words.counted(everything, 'project')} has reported its health"
    verb = "is" if total["red"] == 1 else "are"
    tail = f"; {words.number(silent)} {'has' if silent == 1 else 'have'} not reported" if silent else ""
    red = f"{words.number(total['red'])} of {words.counted(everything, 'project')} {verb} off track"
    return f"{red} and {words.number(total['amber'])} at risk{tail}"


@cache
def _spec(grouped: bool) -> Spec:
    y = parts.names("group") if grouped else alt.Y("group", type="nominal", axis=None)
    axis = alt.Axis(title="Projects", titleAnchor="start", tickCount=5, tickMinStep=1, format=",d")
    colour = parts.status_colour("state", dict(STATES.values()), legend=True)
    base = alt.Chart(parts.rows()).encode(y=y, order=alt.Order("rank", type="quantitative"))
    bars = base.mark_bar(cursor="pointer", stroke=parts.named("page")).encode(
        x=alt.X("count", type="quantitative", stack="zero", axis=axis), color=colour
    )
    ink = alt.condition("datum.rank % 2", alt.value(parts.named("onbright")), alt.value(parts.named("page")))
    text = base.mark_text(baseline="middle", fontWeight=600).encode(
        x=alt.X("count", type="quantitative", stack="zero", bandPosition=0.5),
        detail=alt.Detail("state", type="nominal"),
        text=alt.Text("label", type="nominal"),
        color=ink,
    )
    return parts.finish(alt.layer(bars, text), step=parts.BAND + 8)
