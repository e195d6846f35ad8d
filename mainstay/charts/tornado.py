"""What moves the result most: its value when each input alone is at its low and its high."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import altair as alt

from mainstay.charts import parts, words
from mainstay.charts.figure import Column, Figure, Kind, Row, Spec

LOW, HIGH = "Input low", "Input high"
HAS_LABELS = "width >= 240"
"""On a telephone the bars need all the room there is; the table beside the chart tells the figures."""
ROOM_FOR_LABELS = f"{HAS_LABELS} ? least + (reach - least) / max(0.4, 1 - 150 / width) : reach"
"""The end of the axis: 150 points behind the longest bar for its label, where labels are drawn."""


@dataclass(frozen=True, slots=True)
class Swing:
    """One input: the result with it low and with it high, all else unchanged; what low and high mean, in words."""

    factor: str
    low: float
    high: float
    low_input: str = ""
    high_input: str = ""
    url: str = ""

    @property
    def size(self) -> float:
        """How far the result moves."""
        return abs(self.high - self.low)


def tornado(
    swings: Sequence[Swing], base: float, result: str, unit: str = "", *, kind: Kind = "number", most: int = 15
) -> Figure:
    """Bars from the result at an input's low to that at its high, widest first, around the line of the base case.

    result, unit: what is measured ("NPV", "GBP"). kind: "money" where the unit is a currency. At most `most` inputs
    are drawn; the description says how many are not.

    >>> tornado([Swing("Price", -2e6, 8e6), Swing("Delay", 4e6, 1e6)], 3e6, "NPV", "GBP", kind="money").title
    'Price moves NPV most, from GBP -2.0m to GBP 8.0m; 1 of 2 inputs can turn its sign'
    """
    ranked = sorted(swings, key=lambda swing: (-swing.size, swing.factor))
    shown = ranked[:most]
    ends = [base, *(end for swing in shown for end in (swing.low, swing.high))]
    return Figure(
        spec=_spec(result, unit, kind == "money"),
        rows=tuple(_row(swing, base, unit, kind) for swing in shown),
        columns=(
            Column("Input", "factor"),
            Column("At its low", "low_input"),
            Column(f"{result} then", "low", kind, unit),
            Column("At its high", "high_input"),
            Column(f"{result} at the high", "high", kind, unit),
            Column("Swing", "swing", kind, unit),
        ),
        title=_title(ranked, base, result, unit, kind),
        description=_description(len(ranked) - len(shown), base, result, unit, kind),
        params={"least": min(ends), "reach": max(ends)},
    )


def _row(swing: Swing, base: float, unit: str, kind: Kind) -> Row:
    return {
        "factor": swing.factor,
        "low": swing.low,
        "high": swing.high,
        "base": base,
        "low_input": swing.low_input,
        "high_input": swing.high_input,
        "swing": swing.size,
        "left": min(swing.low, swing.high, base),
        "right": max(swing.low, swing.high, base),
        "label": " … ".join(_written(end, unit, kind) for end in sorted((swing.low, swing.high))),
        "url": swing.url,
    }


def _written(value: float, unit: str, kind: Kind) -> str:
    if kind == "money":
        return words.money(value, unit)
    if kind == "percent":
        return words.percent(value)
    return f"{words.compact(value)} {unit}".rstrip()


def _title(ranked: Sequence[Swing], base: float, result: str, unit: str, kind: Kind) -> str:
    if not ranked or ranked[0].size == 0:
        return f"No input moves {result}"
    first = ranked[0]
    low, high = sorted((first.low, first.high))
    head = f"{first.factor} moves {result} most, from {_written(low, unit, kind)} to {_written(high, unit, kind)}"
    turning = sum(1 for swing in ranked if min(swing.low, swing.high) < 0 < max(swing.low, swing.high))
    if not turning and base > 0:
        return f"{head}; no input alone turns it below zero"
    return f"{head}; {turning} of {words.counted(len(ranked), 'input')} can turn its sign" if turning else head


def _description(missing: int, base: float, result: str, unit: str, kind: Kind) -> str:
    drawn = f"Bars of {result} with each input alone at its low and its high; the line is the base case, "
    left_out = f" {words.counted(missing, 'input')} with smaller swings not drawn." if missing > 0 else ""
    return f"{drawn}{_written(base, unit, kind)}.{left_out}"


@lru_cache(maxsize=64)
def _spec(result: str, unit: str, compact: bool) -> Spec:
    axis = alt.Axis(title=f"{result}, {unit}" if unit else result, titleAnchor="start", tickCount=5)
    if compact:
        axis["labelExpr"] = parts.COMPACT_LABEL
    scale = alt.Scale(
        zero=False, nice=False, domainMin=alt.ExprRef(expr="least"), domainMax=alt.ExprRef(expr=ROOM_FOR_LABELS)
    )
    y = parts.names("factor")
    rows = alt.Chart(parts.rows())
    bars = (
        rows.transform_fold(["low", "high"], as_=["end", "reached"])
        .transform_calculate(side=f"datum.end === 'low' ? '{LOW}' : '{HIGH}'")
        .mark_bar(cursor="pointer", cornerRadiusEnd=0, opacity=0.9)
        .encode(
            y=y,
            x=alt.X("base", type="quantitative", axis=axis, scale=scale),
            x2=alt.X2("reached"),
            color=alt.Color(
                "side",
                type="nominal",
                scale=alt.Scale(domain=[LOW, HIGH], range=[parts.named("past"), parts.named("accent")]),
                legend=alt.Legend(title=None, symbolType="square"),
            ),
        )
    )
    line = rows.transform_aggregate(base="max(base)").mark_rule(color=parts.named("ink"))
    text = (
        rows.transform_filter(HAS_LABELS)
        .mark_text(align="left", dx=6, baseline="middle", fontSize=11)
        .encode(y=y, x=alt.X("right", type="quantitative", scale=scale), text=alt.Text("label", type="nominal"))
    )
    return parts.finish(alt.layer(bars, line.encode(x=alt.X("base", type="quantitative")), text))
