"""How estimates came out: actual against estimate of finished projects as dots by class, with the factor of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import altair as alt

from mainstay.charts import parts, words
from mainstay.charts.figure import Column, Figure, Row, Spec

STATES = {"\N{BLACK CIRCLE} Enough cases": "accent", "\N{BLACK DIAMOND} Too few": "quiet"}
ENOUGH, TOO_FEW = STATES
SHAPES = {ENOUGH: "circle", TOO_FEW: "diamond"}


@dataclass(frozen=True, slots=True)
class FinishedRatio:
    """One finished project: its class, actual / estimate (1 is as estimated), and the factor of its class."""

    name: str
    project: str
    ratio: float
    factor: float
    is_enough: bool = True
    url: str = ""


def calibration_ratios(ratios: Sequence[FinishedRatio], noun: str) -> Figure:
    """Dots of actual / estimate by class in the order given; the upright bar is the factor, the dashed line is 1.

    noun: what was estimated, in lower case.

    >>> given = [FinishedRatio("Network", "A", 1.2, 1.15), FinishedRatio("Network", "B", 0.9, 1.15)]
    >>> calibration_ratios(given, "cost").title
    '1 of 2 finished projects came out above the estimated cost'
    """
    return Figure(
        spec=_spec(noun),
        rows=tuple(_row(each) for each in ratios),
        columns=(
            Column("Class", "class"),
            Column("Project", "project"),
            Column("Actual / estimate", "ratio_label"),
            Column("Factor of the class", "factor_label"),
            Column("State", "state"),
        ),
        title=_title(ratios, noun),
        description="Dots of actual / estimate by class; the bar is the factor of the class, the dashed line is 1.",
    )


def _row(each: FinishedRatio) -> Row:
    return {
        "class": each.name,
        "project": each.project,
        "ratio": each.ratio,
        "ratio_label": words.number(each.ratio, 2),
        "factor": each.factor,
        "factor_label": words.number(each.factor, 2),
        "state": ENOUGH if each.is_enough else TOO_FEW,
        "as_estimated": 1,
        "url": each.url,
    }


def _title(ratios: Sequence[FinishedRatio], noun: str) -> str:
    if not ratios:
        return f"No finished project tells what its {noun} came to yet"
    above = sum(1 for each in ratios if each.ratio > 1)
    counted = words.counted(len(ratios), "finished project")
    return f"{words.number(above)} of {counted} came out above the estimated {noun}"


@cache
def _spec(noun: str) -> Spec:
    y = parts.names("class")
    axis = alt.Axis(title=f"Actual / estimated {noun}", titleAnchor="start", tickCount=6, format=".2~f")
    x = alt.X("ratio", type="quantitative", axis=axis, scale=alt.Scale(zero=False, padding=12))
    rows = alt.Chart(parts.rows())
    once = rows.transform_aggregate(factor="average(factor)", groupby=["class"])
    bar = once.mark_tick(color=parts.named("ink"), thickness=3, size=24).encode(
        y=y, x=alt.X("factor", type="quantitative")
    )
    line = (
        rows.transform_aggregate(as_estimated="min(as_estimated)")
        .mark_rule(color=parts.named("quiet"), strokeDash=[5, 4])
        .encode(x=alt.X("as_estimated", type="quantitative"))
    )
    shapes = alt.Scale(domain=list(STATES), range=[SHAPES[state] for state in STATES])
    dots = rows.mark_point(
        filled=True, size=90, opacity=0.75, cursor="pointer", stroke=parts.named("page"), strokeWidth=1
    ).encode(
        y=y,
        x=x,
        color=parts.status_colour("state", STATES, legend=True),
        shape=alt.Shape("state", type="nominal", scale=shapes, legend=None),
    )
    return parts.finish(alt.layer(line, bar, dots))
