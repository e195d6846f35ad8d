"""Where projects stand: their number and their cost by stage of the lifecycle."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import altair as alt

from mainstay.charts import parts, words
from mainstay.charts.figure import Column, Figure, Row, Spec


@dataclass(frozen=True, slots=True)
class StageCount:
    """Projects in one stage: how many, and their whole-life cost in the figure's currency."""

    stage: str
    count: int
    cost: float = 0.0
    url: str = ""


def stage_counts(stages: Sequence[StageCount], currency: str) -> Figure:
    """Two bars a stage, in the order given: its share of all projects and its share of all cost.

    >>> stage_counts([StageCount("Candidate", 1, 3e6), StageCount("Active", 3, 9e6)], "GBP").title
    '3 of 4 projects are in stage Active, with 75% of the cost'
    """
    count, cost = sum(row.count for row in stages), sum(row.cost for row in stages)
    rows = tuple(_row(row, count, cost, currency) for row in stages)
    return Figure(
        spec=_spec(currency),
        rows=rows,
        columns=(
            Column("Stage", "stage"),
            Column("Projects", "count", "number"),
            Column("Share of projects", "Projects", "percent"),
            Column("Cost", "cost", "money", currency),
            Column("Share of cost", "Cost", "percent"),
        ),
        title=_title(stages, count, cost),
        description=f"Two bars a stage: its share of all projects and of all whole-life cost ({currency}).",
        params={"reach": max((max(row["Projects"], row["Cost"]) for row in rows), default=1.0) or 1.0},
    )


def _row(row: StageCount, count: int, cost: float, currency: str) -> Row:
    return {
        "stage": row.stage,
        "count": row.count,
        "cost": row.cost,
        "Projects": row.count / count if count else 0.0,
        "Cost": row.cost / cost if cost else 0.0,
        "count_label": words.counted(row.count, "project"),
        "cost_label": words.money(row.cost, currency),
        "url": row.url,
    }


def _title(stages: Sequence[StageCount], count: int, cost: float) -> str:
    if count == 0:
        return "There are no projects yet"
    most = max(stages, key=lambda row: row.count)
    verb, whole = "is" if most.count == 1 else "are", words.counted(count, "project")
    share = f", with {words.percent(most.cost / cost)} of the cost" if cost else ""
    return f"{words.number(most.count)} of {whole} {verb} in stage {most.stage}{share}"


@cache
def _spec(currency: str) -> Spec:
    base = (
        alt.Chart(parts.rows())
        .transform_fold(["Projects", "Cost"], as_=["measure", "share"])
        .transform_calculate(label="datum.measure === 'Projects' ? datum.count_label : datum.cost_label")
        .encode(
            y=parts.names("stage"),
            yOffset=alt.YOffset("measure", type="nominal", sort=["Projects", "Cost"]),
            x=parts.lengths("share", f"Share of all projects and of all cost ({currency})", share=True),
        )
    )
    scale = alt.Scale(domain=["Projects", "Cost"], range=[parts.named("accent"), parts.named("past")])
    colour = alt.Color("measure", type="nominal", scale=scale, legend=alt.Legend(title=None, symbolType="square"))
    bars = base.mark_bar(cursor="pointer").encode(color=colour)
    text = base.mark_text(align="left", dx=6, baseline="middle", fontSize=11).encode(
        text=alt.Text("label", type="nominal")
    )
    return parts.finish(alt.layer(bars, text), step=18)
