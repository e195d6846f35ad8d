"""Layout: where nodes in lanes stand so that the links between them can be followed.

Nouns: Graph (lanes, links), Layout (order, places, ways). Verb: arrange. Keys and pairs in, node steps out.
It must not know what a node is, how large it is drawn or in which direction lanes run.
"""

from mainstay.engine.layout.arrange import arrange
from mainstay.engine.layout.graph import Graph, Layout, Link, Point

__all__ = ["Graph", "Layout", "Link", "Point", "arrange"]
