"""Projects in a matrix of any two measures, with size and colour by choice; readable with five hundred of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median
from typing import Any, Literal

import altair as alt

from mainstay.charts import parts, placing, words
from mainstay.charts.figure import Column, Figure, Kind, Row, Spec

NAMES = 30
"""The most names in a small crowd; a large one has fewer, or they would lie upon bubbles that are not theirs."""
WIDTH, HEIGHT = 480.0, 420
"""The plot in points on which names are placed; a narrower one shows none of them."""
MARGIN = 0.06
"""Share of the range left free on either side."""
HINT = "Drag to move, Ctrl and wheel to zoom, double-click to see all; a name in the legend picks out its bubbles."
DRAG = "[mousedown[item().mark.marktype === 'group'], window:mouseup] > window:mousemove!"
"""Dragging begins beside the bubbles, so that a drag never opens a record."""
BESIDE: dict[str, tuple[Literal["left", "right", "center"], str, str]] = {
    "right": ("left", "gap", "0"),
    "left": ("right", "-gap", "0"),
    "above": ("center", "0", f"-gap - {placing.LINE / 2}"),
    "below": ("center", "0", f"gap + {placing.LINE / 2}"),
}
"""For each side of a bubble how its name is aligned and how far it stands away, across and down."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What an axis or a size shows: its name, how it is written, its unit or currency, and whether more is better."""

    label: str
    kind: Kind = "number"
    unit: str = ""
    more_is_better: bool = True

    @property
    def title(self) -> str:
        """The name with its unit."""
        return f"{self.label}, {self.unit}" if self.unit else self.label


@dataclass(frozen=True, slots=True)
class MatrixPoint:
    """One project: its two measures and its size, None where not known, and the group that colours it."""

    project: str
    x: float | None
    y: float | None
    size: float | None = None
    group: str = ""
    url: str = ""


def matrix(
    points: Sequence[MatrixPoint],
    x: Measure,
    y: Measure,
    *,
    size: Measure | None = None,
    group: str = "Theme",
    order: Sequence[str] = (),
    noun: str = "project",
) -> Figure:
    """Bubbles for the projects with both measures, the largest first; names where they do not meet one another.

    group, order: what colours them, and all its values, so that each keeps its colour on every page. The dashed lines
    are the medians. In the page the plot can be moved and zoomed (`HINT`), and the legend picks out a group.

    >>> points = [MatrixPoint("A", 1, 9), MatrixPoint("B", 3, 5)]
    >>> matrix(points, Measure("Risk", more_is_better=False), Measure("Value")).title
    '1 of 2 projects is better than the median in both value and risk'
    """
    drawn = [point for point in points if point.x is not None and point.y is not None]
    drawn.sort(key=lambda point: (-(point.size or 0.0), point.project))
    ranges = _range(point.x for point in drawn), _range(point.y for point in drawn)
    sides = _sides(drawn, *ranges)
    alike = not any(point.size for point in drawn)
    groups = list(order) or sorted({point.group for point in drawn})
    return Figure(
        spec=_spec(x.title, y.title, x.kind, y.kind),
        rows=tuple(_row(point, side, alike) for point, side in zip(drawn, sides, strict=True)),
        columns=(
            Column(noun.capitalize(), "project"),
            Column(group, "group"),
            Column(x.label, "x", x.kind, x.unit),
            Column(y.label, "y", y.kind, y.unit),
            *((Column(size.label, "size_given", size.kind, size.unit),) if size else ()),
        ),
        title=_title(drawn, x, y, noun),
        description=_description(len(points) - len(drawn), x, y, size, noun),
        params=_params(drawn, ranges, groups, alike),
    )


def _row(point: MatrixPoint, side: str, alike: bool) -> Row:
    return {
        "project": point.project,
        "group": point.group,
        "x": point.x,
        "y": point.y,
        "size_given": point.size,
        "size": 1.0 if alike else max(point.size or 0.0, 0.0),
        "label": point.project if side else "",
        "side": side,
        "url": point.url,
    }


def _params(
    drawn: Sequence[MatrixPoint], ranges: tuple[tuple[float, float], ...], groups: Sequence[str], alike: bool
) -> dict[str, Any]:
    """The more bubbles, the smaller and the more transparent; without sizes all are small."""
    crowd = len(drawn)
    largest = 1_100 if crowd <= 60 else 600 if crowd <= 200 else 360
    return {
        "order": list(groups),
        "present": [name for name in groups if name and any(point.group == name for point in drawn)],
        "x_range": list(ranges[0]),
        "y_range": list(ranges[1]),
        "smallest": 30 if crowd <= 100 else 18,
        "largest": min(largest, 120) if alike else largest,
        "gap": _gap(crowd),
        "opaque": 0.72 if crowd <= 100 else 0.55,
    }


def _most_names(crowd: int) -> int:
    """How many of the largest bubbles are named."""
    return NAMES if crowd <= 60 else 20 if crowd <= 200 else 12


def _gap(crowd: int) -> int:
    """Points from the middle of a bubble to its name."""
    return 12 if crowd <= 60 else 8


def _range(values: Iterable[float | None]) -> tuple[float, float]:
    known = [value for value in values if value is not None] or [0.0, 1.0]
    low, high = min(known), max(known)
    margin = (high - low) * MARGIN or abs(high) * MARGIN or 1.0
    return low - margin, high + margin


def _sides(drawn: Sequence[MatrixPoint], across: tuple[float, float], up: tuple[float, float]) -> list[str]:
    marks = [
        (
            ((point.x or 0.0) - across[0]) / (across[1] - across[0]) * WIDTH,
            (up[1] - (point.y or 0.0)) / (up[1] - up[0]) * HEIGHT,
            point.project,
        )
        for point in drawn
    ]
    return placing.place(marks, WIDTH, HEIGHT, most=_most_names(len(drawn)), gap=_gap(len(drawn)))


def _title(drawn: Sequence[MatrixPoint], x: Measure, y: Measure, noun: str) -> str:
    both = f"{_lower(y.label)} and {_lower(x.label)}"
    if not drawn:
        return f"No {noun} has both {both} yet"
    middle_x, middle_y = median(point.x or 0.0 for point in drawn), median(point.y or 0.0 for point in drawn)
    good = sum(1 for point in drawn if _is_better(point.x, middle_x, x) and _is_better(point.y, middle_y, y))
    verb = "is" if good == 1 else "are"
    head = f"{words.number(good)} of {words.counted(len(drawn), noun)} {verb}"
    return f"{head} better than the median in both {both}"


def _is_better(value: float | None, middle: float, measure: Measure) -> bool:
    return value is not None and (value > middle if measure.more_is_better else value < middle)


def _lower(label: str) -> str:
    """A label inside a sentence: its first letter small, unless it is an abbreviation."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _description(missing: int, x: Measure, y: Measure, size: Measure | None, noun: str) -> str:
    area = f", area by {_lower(size.label)}" if size else ""
    left_out = f" {words.counted(missing, noun)} without both measures not drawn." if missing else ""
    drawn = f"Bubbles of {noun}s by {_lower(x.label)} and {_lower(y.label)}{area}; dashed lines are the medians."
    return drawn + left_out


def _axis(title: str, kind: Kind) -> alt.Axis:
    if kind == "percent":
        return alt.Axis(title=title, tickCount=5, format="~%")
    return alt.Axis(title=title, tickCount=5, labelExpr=parts.COMPACT_LABEL)


@lru_cache(maxsize=64)
def _spec(x_title: str, y_title: str, x_kind: Kind, y_kind: Kind) -> Spec:
    across, up = (
        alt.Scale(domain=alt.ExprRef(expr="x_range"), nice=False),
        alt.Scale(domain=alt.ExprRef(expr="y_range"), nice=False),
    )
    x = alt.X("x", type="quantitative", axis=_axis(x_title, x_kind), scale=across)
    y = alt.Y("y", type="quantitative", axis=_axis(y_title, y_kind), scale=up)
    rows = alt.Chart(parts.rows())
    middle = rows.transform_aggregate(x="median(x)", y="median(y)").mark_rule(
        color=parts.named("quiet"), strokeDash=[3, 3], opacity=0.7, clip=True
    )
    moved = alt.selection_interval(name="moved", bind="scales", translate=DRAG, zoom="wheel![event.ctrlKey]")
    picked = alt.selection_point(name="picked", fields=["group"], bind="legend")
    base = rows.encode(x=x, y=y)
    names = [name for side in placing.SIDES for name in _names(base, side, picked)]
    return parts.finish(
        alt.layer(middle.encode(x=x), middle.encode(y=y), _bubbles(base, picked).add_params(moved, picked), *names),
        HEIGHT,
    )


def _bubbles(base: alt.Chart, picked: alt.Parameter) -> alt.Chart:
    """Circles that stay when the legend picks out others, but faintly."""
    legend = alt.Legend(
        title=None, values=alt.ExprRef(expr="present"), symbolType="circle", columns=parts.LEGEND_COLUMNS
    )
    sizes = alt.Scale(range=[alt.ExprRef(expr="smallest"), alt.ExprRef(expr="largest")], zero=True)
    circles: alt.Chart = base.mark_circle(
        cursor="pointer", stroke=parts.named("page"), strokeWidth=0.7, clip=True
    ).encode(
        size=alt.Size("size", type="quantitative", scale=sizes, legend=None),
        color=alt.Color("group", type="nominal", scale=alt.Scale(domain=alt.ExprRef(expr="order")), legend=legend),
        opacity=alt.when(picked).then(alt.value(alt.ExprRef(expr="opaque"))).otherwise(alt.value(0.08)),
    )
    return circles


def _names(base: alt.Chart, side: str, picked: alt.Parameter) -> list[alt.Chart]:
    """Names on this side of their bubbles, on a halo; a narrow screen has no room for them."""
    shown = alt.when(picked).then(alt.value(alt.ExprRef(expr="width < 420 ? 0 : 1"))).otherwise(alt.value(0))
    chosen = base.transform_filter(f"datum.side === '{side}'").encode(
        text=alt.Text("label", type="nominal"), opacity=shown
    )
    align, across, down = BESIDE[side]
    look: dict[str, Any] = {
        "align": align,
        "dx": alt.ExprRef(expr=across),
        "dy": alt.ExprRef(expr=down),
        "baseline": "middle",
        "limit": 150,
        "clip": True,
    }
    halo = chosen.mark_text(fontSize=11, stroke=parts.named("page"), strokeWidth=3, **look)
    return [halo, chosen.mark_text(fontSize=11, **look)]
