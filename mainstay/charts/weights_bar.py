"""What counts how much: the weights of criteria, and how far the group's people are apart on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import altair as alt

from mainstay.charts import parts, words
from mainstay.charts.figure import Column, Figure, Row, Spec


@dataclass(frozen=True, slots=True)
class CriterionWeight:
    """The weight of one criterion (a share, 0..1), and the lowest and highest that one of the group would give it."""

    criterion: str
    weight: float
    lowest: float | None = None
    highest: float | None = None
    url: str = ""


def weights_bar(weights: Sequence[CriterionWeight]) -> Figure:
    """Bars of weights, heaviest first; a thin line spans what single people of the group would give.

    >>> given = [CriterionWeight("Value", 0.6, 0.5, 0.8), CriterionWeight("Fit", 0.4, 0.2, 0.45)]
    >>> weights_bar(given).title
    'Value weighs most with 60%; the group is furthest apart on Value, from 50% to 80%'
    """
    ranked = sorted(weights, key=lambda weight: -weight.weight)
    spread = any(weight.lowest is not None and weight.highest is not None for weight in ranked)
    return Figure(
        spec=_spec(),
        rows=tuple(_row(weight) for weight in ranked),
        columns=(
            Column("Criterion", "criterion"),
            Column("Weight", "weight", "percent"),
            *((Column("Lowest", "lowest", "percent"), Column("Highest", "highest", "percent")) if spread else ()),
        ),
        title=_title(ranked),
        description="Bars of the weights of criteria, heaviest first"
        + ("; the line spans the weights single people would give." if spread else "."),
        params={"reach": max((max(row.weight, row.highest or 0.0) for row in ranked), default=1.0) or 1.0},
    )


def _row(weight: CriterionWeight) -> Row:
    return {
        "criterion": weight.criterion,
        "weight": weight.weight,
        "lowest": weight.lowest,
        "highest": weight.highest,
        "end": max(weight.weight, weight.highest or 0.0),
        "label": words.percent(weight.weight, 1),
        "url": weight.url,
    }


def _apart(weight: CriterionWeight) -> float:
    return 0.0 if weight.lowest is None or weight.highest is None else weight.highest - weight.lowest


def _title(ranked: Sequence[CriterionWeight]) -> str:
    if not ranked:
        return "No criterion has a weight yet"
    head = f"{ranked[0].criterion} weighs most with {words.percent(ranked[0].weight)}"
    if len(ranked) > 1 and ranked[1].weight == ranked[0].weight:
        equal = [weight.criterion for weight in ranked if weight.weight == ranked[0].weight]
        share = words.percent(ranked[0].weight)
        all_of_them = len(equal) == len(ranked)
        head = f"All criteria weigh {share}" if all_of_them else f"{words.listed(equal)} weigh most with {share} each"
    widest = max(ranked, key=_apart)
    if _apart(widest) == 0:
        return head
    span = f"from {words.percent(widest.lowest)} to {words.percent(widest.highest)}"
    return f"{head}; the group is furthest apart on {widest.criterion}, {span}"


@cache
def _spec() -> Spec:
    rows = alt.Chart(parts.rows())
    y = parts.names("criterion")
    x = parts.lengths("weight", "Weight", share=True)
    x["axis"]["labelExpr"] = "datum.value > 1 ? '' : datum.label"  # room behind the longest bar is no weight
    bars = rows.mark_bar(cursor="pointer", color=parts.named("accent"), height=alt.RelativeBandSize(0.6)).encode(
        y=y, x=x
    )
    span = rows.mark_rule(color=parts.named("ink"), strokeWidth=2).encode(
        y=y, x=alt.X("lowest", type="quantitative"), x2=alt.X2("highest")
    )
    ends = rows.transform_fold(["lowest", "highest"], as_=["end_name", "given"]).transform_filter(
        "isValid(datum.given)"
    )
    ticks = ends.mark_tick(color=parts.named("ink"), thickness=2, size=10).encode(
        y=y, x=alt.X("given", type="quantitative")
    )
    text = rows.mark_text(align="left", dx=6, baseline="middle").encode(
        y=y, x=alt.X("end", type="quantitative"), text=alt.Text("label", type="nominal")
    )
    return parts.finish(alt.layer(bars, span, ticks, text))
