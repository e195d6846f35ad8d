"""What every chart test asks: the specification is valid, draws, and carries its rows."""

import altair as alt

from mainstay.charts.figure import Figure
from mainstay.charts.render import svg


def drawn(figure: Figure) -> str:
    """The figure as SVG, after its specification passed Altair's schema."""
    alt.Chart.from_dict(figure.vega())
    return svg(figure)


def table(figure: Figure) -> list[tuple[object, ...]]:
    """The accessible table, heading first."""
    heading = tuple(column.label for column in figure.columns)
    return [heading, *(tuple(row[column.field] for column in figure.columns) for row in figure.rows)]
