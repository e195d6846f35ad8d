"""Pieces every chart is built from, so that bars, axes and labels look the same everywhere."""

from typing import Any

import altair as alt

from mainstay.charts.figure import Spec

BAND = 34
COMPACT_LABEL = "replace(replace(replace(format(datum.value, '~s'), 'G', 'bn'), 'M', 'm'), 'T', 'tn')"
"""Writes axis labels as `words.compact` writes figures."""
REACH = "reach / max(0.4, 1 - 130 / width)"
"""The end of an axis that leaves 130 points for the label behind the longest bar, `reach` long."""
UP_TO_THE_WHOLE = "datum.value > max(1, reach) + 0.001 ? '' : datum.label"
"""Leaves the room behind the longest bar without labels: no share is above the whole unless a bar is."""
LEGEND_COLUMNS = alt.ExprRef(expr="width < 400 ? 2 : 4")
"""A legend in as many columns as its place has room for."""


def named(colour: str) -> alt.ExprRef:
    """A colour of the theme by name, resolved when the chart is drawn in light or dark."""
    return alt.ExprRef(expr=colour)


def finish(chart: alt.LayerChart | alt.FacetChart, height: int | None = None, *, step: int = BAND) -> Spec:
    """The validated specification: data named `rows`, as wide as its place, without Altair's own theme."""
    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    whole = chart.properties(width="container", height=height or alt.Step(step), autosize=fit)
    spec: dict[str, Any] = whole.to_dict()
    spec.pop("config", None)
    return spec


def rows() -> alt.NamedData:
    """The data set that a figure puts in."""
    return alt.NamedData(name="rows")


def names(field: str, *, width: int = 190) -> alt.Y:
    """Names down the left side, in the order of the rows, cut where they are too long."""
    axis = alt.Axis(title=None, labelLimit=width, labelColor=named("ink"), minExtent=60)
    return alt.Y(field, type="nominal", sort=None, axis=axis)


def lengths(field: str, title: str, *, compact: bool = False, share: bool = False) -> alt.X:
    """The length of bars: always from zero, and with room for a label behind the longest.

    The figure gives the longest length as the parameter `reach`.
    """
    axis = alt.Axis(
        title=title,
        titleAnchor="start",
        tickCount=5,
        format="~%" if share else ",~f",
        tickMinStep=0.01 if share else 1,
    )
    if compact:
        axis["labelExpr"] = COMPACT_LABEL
    if share:
        axis["labelExpr"] = UP_TO_THE_WHOLE
    return alt.X(
        field,
        type="quantitative",
        axis=axis,
        scale=alt.Scale(zero=True, nice=False, domainMax=alt.ExprRef(expr=REACH)),
    )


def label(chart: alt.Chart, field: str) -> alt.Chart:
    """The figure itself behind the end of its bar."""
    text: alt.Chart = chart.mark_text(align="left", dx=6, baseline="middle")
    return text.encode(text=alt.Text(field, type="nominal"))


def status_colour(field: str, colours: dict[str, str], *, legend: bool) -> alt.Color:
    """Colours for states in their fixed order; the states' names carry shape and word."""
    scale = alt.Scale(domain=list(colours), range=[named(colour) for colour in colours.values()])
    shown = alt.Legend(title=None, symbolType="square", columns=LEGEND_COLUMNS) if legend else None
    return alt.Color(field, type="nominal", scale=scale, legend=shown)
