"""How a key result is getting on: its check-ins against the straight line to its target."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import altair as alt

from mainstay.charts import parts, words
from mainstay.charts.figure import Column, Figure, Row, Spec

CONFIDENCE = {
    "\N{BLACK CIRCLE} Sure": "good",
    "\N{BLACK UP-POINTING TRIANGLE} Doubtful": "warn",
    "\N{BLACK DIAMOND} Unlikely": "bad",
    "\N{BLACK SQUARE} Not said": "none",
}
SURE, DOUBTFUL, UNLIKELY, NOT_SAID = CONFIDENCE


@dataclass(frozen=True, slots=True)
class CheckInPoint:
    """One check-in: its day, the value then, confidence from 1 (unlikely) to 5 (sure), and the note."""

    on_date: date
    value: float
    confidence: int | None = None
    note: str = ""
    url: str = ""

    def __post_init__(self) -> None:
        """A confidence outside 1 to 5 is refused."""
        if self.confidence is not None and not 1 <= self.confidence <= 5:
            raise ValueError(f"Confidence lies from 1 to 5: {self.confidence}")


@dataclass(frozen=True, slots=True)
class Aim:
    """Where a key result starts and where it should be: two days and two values in its unit."""

    start_date: date
    end_date: date
    start: float
    target: float

    def __post_init__(self) -> None:
        """An aim that ends before it starts is refused."""
        if self.end_date <= self.start_date:
            raise ValueError("An aim ends after it starts")

    def on(self, day: date) -> float:
        """The value on the straight line to the target, which is kept from the end on."""
        share = (day - self.start_date).days / (self.end_date - self.start_date).days
        return self.start + (self.target - self.start) * min(1.0, max(0.0, share))

    def progress(self, value: float) -> float:
        """The share of the way to the target, below 0 when going the other way."""
        way = self.target - self.start
        return (value - self.start) / way if way else float(value == self.target)


def progress_line(check_ins: Sequence[CheckInPoint], aim: Aim, measure: str, unit: str = "") -> Figure:
    """The check-ins as a line, each point with its confidence, beside the dashed line from start to target.

    >>> aim = Aim(date(2027, 1, 1), date(2027, 12, 31), 0, 100)
    >>> progress_line([CheckInPoint(date(2027, 7, 2), 40, 3)], aim, "Meters installed").title
    'Meters installed stands at 40 of 100, 10 behind the line to its target'
    """
    ordered = sorted(check_ins, key=lambda point: point.on_date)
    return Figure(
        spec=_spec(measure, unit),
        rows=tuple(_row(point, aim) for point in ordered),
        columns=(
            Column("Check-in", "on_date", "date"),
            Column("Value", "value", "number", unit),
            Column("Line to the target", "expected", "number", unit),
            Column("Progress", "progress", "percent"),
            Column("Confidence", "confidence"),
            Column("Note", "note"),
        ),
        title=_title(ordered, aim, measure, unit),
        description=f"Check-ins of {measure} with their confidence; the dashed line runs from start to target.",
    )


def _row(point: CheckInPoint, aim: Aim) -> Row:
    return {
        "on_date": point.on_date.isoformat(),
        "value": point.value,
        "expected": aim.on(point.on_date),
        "progress": aim.progress(point.value),
        "confidence": _confidence(point.confidence),
        "note": point.note,
        "aim_start_date": aim.start_date.isoformat(),
        "aim_end_date": aim.end_date.isoformat(),
        "aim_start": aim.start,
        "aim_target": aim.target,
        "url": point.url,
    }


def _confidence(level: int | None) -> str:
    if level is None:
        return NOT_SAID
    if level >= 4:
        return SURE
    return DOUBTFUL if level == 3 else UNLIKELY


def _title(ordered: Sequence[CheckInPoint], aim: Aim, measure: str, unit: str) -> str:
    if not ordered:
        return f"{measure} has no check-in yet"
    last = ordered[-1]
    stands = f"{measure} stands at {words.compact(last.value)} of {words.compact(aim.target)} {unit}".rstrip()
    if aim.progress(last.value) >= 1:
        return f"{stands}: its target is reached"
    way = 1 if aim.target >= aim.start else -1
    ahead = (last.value - aim.on(last.on_date)) * way
    if round(abs(ahead), 9) == 0:
        return f"{stands}, on the line to its target"
    return f"{stands}, {words.compact(abs(ahead))} {'ahead of' if ahead > 0 else 'behind'} the line to its target"


@lru_cache(maxsize=64)
def _spec(measure: str, unit: str) -> Spec:
    y_axis = alt.Axis(title=f"{measure}, {unit}" if unit else measure, tickCount=5, labelExpr=parts.COMPACT_LABEL)
    x = alt.X("on_date", type="temporal", axis=alt.Axis(title=None, format="%b %Y", tickCount=6, labelOverlap=True))
    y = alt.Y("value", type="quantitative", axis=y_axis, scale=alt.Scale(zero=False))
    base = alt.Chart(parts.rows()).encode(x=x, y=y)
    line = base.mark_line(color=parts.named("accent"), strokeWidth=2)
    points = base.mark_point(
        filled=True, size=70, opacity=1, cursor="pointer", stroke=parts.named("page"), strokeWidth=1
    )
    shapes = alt.Scale(domain=list(CONFIDENCE), range=["circle", "triangle-up", "diamond", "square"])
    legend = alt.Legend(title=None, columns=parts.LEGEND_COLUMNS)
    return parts.finish(
        alt.layer(
            *_aim(x, y),
            line,
            points.encode(
                color=alt.Color(
                    "confidence",
                    type="nominal",
                    scale=alt.Scale(domain=list(CONFIDENCE), range=[parts.named(c) for c in CONFIDENCE.values()]),
                    legend=legend,
                ),
                shape=alt.Shape("confidence", type="nominal", scale=shapes, legend=legend),
            ),
        ),
        260,
    )


def _aim(x: alt.X, y: alt.Y) -> tuple[alt.Chart, alt.Chart]:
    """The dashed line from start to target, and the target's figure at its end."""
    once = alt.Chart(parts.rows()).transform_aggregate(
        on_date="min(aim_start_date)", end="max(aim_end_date)", value="min(aim_start)", target="min(aim_target)"
    )
    line = once.mark_rule(color=parts.named("quiet"), strokeDash=[5, 4]).encode(
        x=x, y=y, x2=alt.X2("end"), y2=alt.Y2("target")
    )
    label = once.mark_text(align="right", baseline="bottom", dy=-5, fontSize=11, color=parts.named("quiet")).encode(
        x=alt.X("end", type="temporal"), y=alt.Y("target", type="quantitative"), text=alt.TextValue("target")
    )
    return line, label
