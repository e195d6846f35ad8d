"""Charts: dataclasses in, a Vega-Lite specification with its accessible table out.

One file is one chart; its title tells the finding. The same figure is drawn in the page and on paper.
Nothing here knows Django, the database or a room of the house.
"""

from mainstay.charts.figure import Column, Figure

__all__ = ["Column", "Figure"]
