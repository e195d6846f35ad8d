"""Where nodes in lanes stand so that the links between them can be followed."""

from mainstay.engine.layout.arrange import arrange
from mainstay.engine.layout.graph import Graph, Layout, Link, Point

__all__ = ["Graph", "Layout", "Link", "Point", "arrange"]
