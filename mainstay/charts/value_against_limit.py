"""What more or less of a limit is worth: the value of the best plan for many amounts."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import altair as alt

from mainstay.charts import parts, words
from mainstay.charts.figure import Column, Figure, Row, Spec

STATES = {
    "\N{BLACK CIRCLE} Proven best": "accent",
    "\N{WHITE CIRCLE} Not proven": "warn",
    "\N{BLACK DIAMOND} At present": "ink",
}
PROVEN, OPEN, NOW = STATES


@dataclass(frozen=True, slots=True)
class Point:
    """The best plan for one amount of the limit: its value, the most any plan could bring, how many are chosen."""

    amount: float
    value: float
    bound: float
    count: int
    proven: bool = True
    url: str = ""


def value_against_limit(
    points: Sequence[Point], present: float | None, limit: str, unit: str, noun: str, noun_unit: str = ""
) -> Figure:
    """A line of the value of the best plan over the amount of a limit; a click on a point opens its plan.

    present: the amount as it is now, marked. limit, unit: what is varied ("Budget", "GBP"). noun, noun_unit: what the
    plan brings ("Benefit", "GBP"). Source: the efficient frontier, Markowitz, Portfolio Selection, 1952.

    >>> value_against_limit([Point(90, 40, 40, 3), Point(100, 50, 50, 4)], 100, "Budget", "GBP", "Benefit").title
    'A budget of GBP 90 instead of GBP 100 takes 10 off the benefit'
    """
    rows = tuple(_row(point, present, unit, noun_unit) for point in points)
    return Figure(
        spec=_spec(_axis(limit, unit), _axis(noun, noun_unit)),
        rows=rows,
        columns=(
            Column(limit, "amount", "number", unit),
            Column(noun, "value", "number", noun_unit),
            Column("At most", "bound", "number", noun_unit),
            Column("Chosen", "count", "number"),
            Column("State", "state"),
        ),
        title=_title(points, present, limit, unit, noun, noun_unit),
        description=(
            f"A line of {noun.lower()} over {limit.lower()}, a dot for each amount tried; "
            "the pale area above it is how much more any plan could bring at most."
        ),
    )


def _axis(name: str, unit: str) -> str:
    return f"{name}, {unit}" if unit else name


def _row(point: Point, present: float | None, unit: str, noun_unit: str) -> Row:
    state = NOW if point.amount == present else PROVEN if point.proven else OPEN
    names = ("amount", "value", "bound", "count", "url")
    told = f"{_written(point.value, noun_unit)} with {_written(point.amount, unit)}"
    return {name: getattr(point, name) for name in names} | {"state": state, "label": told}


def _written(value: float, unit: str) -> str:
    is_currency = len(unit) == 3 and unit.isupper()
    return words.money(value, unit) if is_currency else f"{words.compact(value)} {unit}".rstrip()


def _title(points: Sequence[Point], present: float | None, limit: str, unit: str, noun: str, noun_unit: str) -> str:
    if not points:
        return f"No amount of {limit.lower()} has a plan"
    here = next((point for point in points if point.amount == present), points[-1])
    less = [point for point in points if point.amount < here.amount]
    if not less:
        return f"{_written(here.amount, unit)} brings {_written(here.value, noun_unit)}"
    lost = here.value - less[-1].value
    told = f"A {limit.lower()} of {_written(less[-1].amount, unit)} instead of {_written(here.amount, unit)}"
    if lost <= 0:
        return f"{told} changes nothing"
    return f"{told} takes {_written(lost, noun_unit)} off the {noun.lower()}"


@lru_cache(maxsize=64)
def _spec(across: str, up: str) -> Spec:
    x_axis = alt.Axis(title=across, titleAnchor="start", tickCount=5, labelExpr=parts.COMPACT_LABEL)
    y_axis = alt.Axis(title=up, titleAnchor="end", tickCount=5, labelExpr=parts.COMPACT_LABEL)
    scale = alt.Scale(zero=False, nice=False, padding=12)
    rows = alt.Chart(parts.rows()).encode(x=alt.X("amount", type="quantitative", axis=x_axis, scale=scale))
    values = rows.encode(y=alt.Y("value", type="quantitative", axis=y_axis, scale=alt.Scale(zero=False)))
    room = values.mark_area(color=parts.named("accent"), opacity=0.15).encode(y2=alt.Y2("bound"))
    line = values.mark_line(color=parts.named("accent"), strokeWidth=2)
    dots = values.mark_circle(size=90, opacity=1, cursor="pointer", stroke=parts.named("page"), strokeWidth=1)
    coloured = dots.encode(
        color=parts.status_colour("state", STATES, legend=True), tooltip=alt.Tooltip("label", type="nominal")
    )
    return parts.finish(alt.layer(room, line, coloured), 300)
