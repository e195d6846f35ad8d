"""How sure an amount is over time: the middle and the band that holds 8 of 10 cases, period by period."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import altair as alt

from mainstay.charts import parts, words
from mainstay.charts.figure import Column, Figure, Kind, Row, Spec


@dataclass(frozen=True, slots=True)
class Fan:
    """An amount in one period, in the figure's unit: not passed in 10, 50 and 90 of 100 cases, and as planned."""

    period: str
    p10: float
    p50: float
    p90: float
    planned: float | None = None


def quantile_fan(fans: Sequence[Fan], noun: str, unit: str, *, kind: Kind = "money") -> Figure:
    """A band from P10 to P90 with the line of P50, in the order of the periods given; a tick where it was planned.

    noun, unit: what it is ("Cost", "GBP"). kind: "money" where the unit is a currency. Source: the fan chart of the
    Bank of England, 1996, with one band.

    >>> quantile_fan([Fan("2027", 1e6, 2e6, 4e6), Fan("2028", 2e6, 3e6, 4e6)], "Cost", "GBP").title
    'Cost is least sure in 2027: GBP 1.0m to GBP 4.0m in 8 of 10 cases'
    """
    return Figure(
        spec=_spec(noun, unit, kind == "money"),
        rows=tuple(_row(fan, nth) for nth, fan in enumerate(fans)),
        columns=(
            Column("Period", "period"),
            Column("P10", "p10", kind, unit),
            Column("P50", "p50", kind, unit),
            Column("P90", "p90", kind, unit),
            Column("Planned", "planned", kind, unit),
        ),
        title=_title(fans, noun, unit, kind),
        description=(
            f"A band of {noun.lower()} by period from P10 to P90 in {unit}; the line is P50, as often passed as not"
            f"{', the ticks are the plan' if any(fan.planned is not None for fan in fans) else ''}."
        ),
    )


def _row(fan: Fan, number: int) -> Row:
    names = ("period", "p10", "p50", "p90", "planned")
    return {name: getattr(fan, name) for name in names} | {"number": number}


def _title(fans: Sequence[Fan], noun: str, unit: str, kind: Kind) -> str:
    if not fans:
        return f"{noun} has no period yet"
    widest = max(fans, key=lambda fan: fan.p90 - fan.p10)
    if widest.p90 == widest.p10:
        return f"{noun} is certain in every period"
    low, high = (_written(end, unit, kind) for end in (widest.p10, widest.p90))
    return f"{noun} is least sure in {widest.period}: {low} to {high} in 8 of 10 cases"


def _written(value: float, unit: str, kind: Kind) -> str:
    return words.money(value, unit) if kind == "money" else f"{words.compact(value)} {unit}".rstrip()


@lru_cache(maxsize=64)
def _spec(noun: str, unit: str, compact: bool) -> Spec:
    axis = alt.Axis(title=f"{noun}, {unit}" if unit else noun, tickCount=5, titleAnchor="end")
    if compact:
        axis["labelExpr"] = parts.COMPACT_LABEL
    across = alt.Axis(title=None, labelAngle=0, labelOverlap="greedy", labelSeparation=8)
    rows = alt.Chart(parts.rows()).encode(x=alt.X("period", type="ordinal", sort=None, axis=across))
    ends = rows.encode(y=alt.Y("p10", type="quantitative", axis=axis), y2=alt.Y2("p90"))
    band = ends.mark_area(color=parts.named("accent"), opacity=0.18)
    spans = ends.mark_rule(color=parts.named("accent"), strokeWidth=6, strokeCap="round", opacity=0.45)
    middle = rows.encode(y=alt.Y("p50", type="quantitative"))
    line = middle.mark_line(color=parts.named("accent"), strokeWidth=2).encode(
        order=alt.Order("number", type="quantitative")
    )
    dots = middle.mark_circle(color=parts.named("accent"), size=50, opacity=1)
    planned = rows.mark_tick(color=parts.named("ink"), thickness=2, width=18).encode(
        y=alt.Y("planned", type="quantitative")
    )
    return parts.finish(alt.layer(band, spans, line, dots, planned), 280)
