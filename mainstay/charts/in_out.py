"""What a plan would change: its value and cost beside the present selection."""

from dataclasses import dataclass
from functools import cache

import altair as alt

from mainstay.charts import parts, words
from mainstay.charts.figure import Column, Figure, Row, Spec


@dataclass(frozen=True, slots=True)
class Selection:
    """A set of chosen candidates: how many, their value in the figure's unit, their cost."""

    count: int
    value: float
    cost: float


def in_out(
    plan: Selection, present: Selection | None, candidates: int, currency: str, *, value_unit: str = "points"
) -> Figure:
    """Bars of projects, value and cost of the plan and the present selection, each against the larger.

    >>> in_out(Selection(18, 123, 2.9e6), Selection(20, 100, 3.2e6), 40, "GBP").title
    'The plan gives 23% more value than the present selection, for GBP 300k less'
    """
    return Figure(
        spec=_spec(),
        rows=_rows(plan, present, currency, value_unit),
        columns=(
            Column("Measure", "measure"),
            Column("Plan", "plan_label"),
            Column("Present selection", "present_label"),
            Column("Difference", "difference"),
        ),
        title=_title(plan, present, candidates, currency),
        description=f"Bars of projects, value and cost ({currency}), each against the larger selection.",
        params={"reach": 1.0},
    )


def _rows(plan: Selection, present: Selection | None, currency: str, unit: str) -> tuple[Row, ...]:
    def pair(measure: str, new: float, old: float | None, text: str) -> Row:
        largest = max(new, old or 0.0)
        change = "" if old is None else words.signed(new - old)
        return {
            "measure": measure,
            "Plan": new / largest if largest else 0.0,
            "Present": old / largest if old is not None and largest else 0.0,
            "plan_label": _written(new, text),
            "present_label": "none yet" if old is None else _written(old, text),
            "difference": change,
        }

    return (
        pair("Projects", plan.count, present.count if present else None, "projects"),
        pair("Value", plan.value, present.value if present else None, unit),
        pair("Cost", plan.cost, present.cost if present else None, currency),
    )


def _written(value: float, text: str) -> str:
    return f"{text} {words.compact(value)}" if text.isupper() else f"{words.compact(value)} {text}"


def _title(plan: Selection, present: Selection | None, candidates: int, currency: str) -> str:
    if present is None or present.count == 0:
        chosen = f"{words.number(plan.count)} of {words.counted(candidates, 'candidate')}"
        return f"The plan chooses {chosen} for {words.money(plan.cost, currency)}"
    price = _price(plan.cost - present.cost, currency)
    return f"The plan gives {_more(plan, present)} than the present selection, {price}"


def _more(plan: Selection, present: Selection) -> str:
    change = plan.value - present.value
    amount = words.percent(abs(change) / present.value) if present.value > 0 else words.compact(abs(change))
    return f"{amount} {'less' if change < 0 else 'more'} value"


def _price(change: float, currency: str) -> str:
    if change == 0:
        return "for the same cost"
    return f"for {words.money(abs(change), currency)} {'more' if change > 0 else 'less'}"


@cache
def _spec() -> Spec:
    base = (
        alt.Chart(parts.rows())
        .transform_fold(["Plan", "Present"], as_=["selection", "share"])
        .transform_calculate(label="datum.selection === 'Plan' ? datum.plan_label : datum.present_label")
        .encode(
            y=parts.names("measure"),
            yOffset=alt.YOffset("selection", type="nominal", sort=["Plan", "Present"]),
            x=parts.lengths("share", "Share of the larger", share=True),
        )
    )
    scale = alt.Scale(domain=["Plan", "Present"], range=[parts.named("accent"), parts.named("past")])
    colour = alt.Color("selection", type="nominal", scale=scale, legend=alt.Legend(title=None, symbolType="square"))
    bars = base.mark_bar().encode(color=colour)
    text = base.mark_text(align="left", dx=6, baseline="middle", fontSize=11).encode(
        text=alt.Text("label", type="nominal")
    )
    return parts.finish(alt.layer(bars, text), step=18)
