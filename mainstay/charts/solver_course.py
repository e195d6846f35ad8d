"""How a solver gets on: the best plan found so far and the most that any plan could bring, over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import altair as alt

from mainstay.charts import parts, words
from mainstay.charts.figure import Column, Figure, Row, Spec

FOUND, BOUND = "Best plan so far", "No plan can bring more than"


@dataclass(frozen=True, slots=True)
class Stand:
    """After so many seconds: what the best plan found brings and the proven bound, each None until it is known."""

    seconds: float
    found: float | None
    bound: float | None


def solver_course(stands: Sequence[Stand]) -> Figure:
    """Two step lines over seconds that close on each other; when they meet, the plan is proven best.

    >>> solver_course([Stand(0.1, None, 120), Stand(0.5, 90, 110), Stand(1, 100, 105)]).title
    'The best plan so far brings 100; no plan can bring more than 105, 5.0% above it'
    """
    rows = [row for stand in stands for row in _rows(stand)]
    return Figure(
        spec=_spec(),
        rows=tuple(rows),
        columns=(
            Column("Seconds", "seconds", "number"),
            Column("What", "kind"),
            Column("Value", "value", "number"),
        ),
        title=_title(stands),
        description="Step lines of the best plan found and of the proven bound over the seconds of solving.",
    )


def _rows(stand: Stand) -> list[Row]:
    pairs = ((FOUND, stand.found), (BOUND, stand.bound))
    return [{"seconds": stand.seconds, "kind": kind, "value": value} for kind, value in pairs if value is not None]


def _title(stands: Sequence[Stand]) -> str:
    last = stands[-1] if stands else Stand(0.0, None, None)
    if last.found is None:
        return "No plan is found yet"
    found, bound = _apart(last.found, last.bound)
    told = f"The best plan so far brings {found}"
    if last.bound is None:
        return told
    if last.bound <= last.found:
        return f"{told}, and that is proven best"
    apart = f", {words.percent((last.bound - last.found) / abs(last.found), 1)} above it" if last.found else ""
    return f"{told}; no plan can bring more than {bound}{apart}"


def _apart(found: float, bound: float | None) -> tuple[str, str]:
    """Both in a few characters, or in full where these would look the same."""
    short = words.compact(found), words.compact(bound)
    return short if short[0] != short[1] or found == bound else (words.number(found), words.number(bound))


@cache
def _spec() -> Spec:
    x = alt.X("seconds", type="quantitative", axis=alt.Axis(title="Seconds", titleAnchor="start", tickCount=6))
    axis = alt.Axis(title="Value", titleAnchor="end", tickCount=5, labelExpr=parts.COMPACT_LABEL)
    y = alt.Y("value", type="quantitative", axis=axis, scale=alt.Scale(zero=False))
    scale = alt.Scale(domain=[FOUND, BOUND], range=[parts.named("accent"), parts.named("quiet")])
    legend = alt.Legend(title=None, symbolType="stroke", symbolStrokeWidth=3, columns=1, labelLimit=320)
    colour = alt.Color("kind", type="nominal", scale=scale, legend=legend)
    dashes = alt.StrokeDash(
        "kind", type="nominal", scale=alt.Scale(domain=[FOUND, BOUND], range=[[1, 0], [6, 4]]), legend=None
    )
    rows = alt.Chart(parts.rows()).encode(x=x, y=y, color=colour)
    lines = rows.mark_line(interpolate="step-after", strokeWidth=2).encode(strokeDash=dashes)
    return parts.finish(alt.layer(lines, rows.mark_circle(size=30, opacity=1)), 260)
