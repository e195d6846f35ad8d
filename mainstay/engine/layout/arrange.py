"""From nodes in lanes to a drawing in which links can be followed."""

from mainstay.engine.layout.crossings import crossings
from mainstay.engine.layout.graph import Graph, Layout, Point
from mainstay.engine.layout.layers import layers_of
from mainstay.engine.layout.order import best_order
from mainstay.engine.layout.places import places_of


def arrange(graph: Graph, keep_order: bool = False) -> Layout:
    """Order the nodes of every lane so that few links cross, and place them near what they are linked with.

    keep_order: leave the nodes of a lane in the order given (somebody put them there).

    The same graph always gives the same layout. The order is a heuristic, not a proven minimum.

    >>> arrange(Graph((("a", "b"), ("x", "y")), (("a", "y"), ("b", "x")))).lanes
    (('a', 'b'), ('y', 'x'))
    """
    layers = layers_of(graph)
    lanes = best_order(layers, keep_order)
    places = places_of(layers, lanes)
    shown = [place for node, place in enumerate(places) if layers.is_real(node)]
    first = min(shown, default=0.0)
    ways = {
        link: tuple(Point(layers.lane_of[node], places[node] - first) for node in chain)
        for link, chain in layers.chains.items()
    }
    return Layout(
        tuple(tuple(layers.keys[node] for node in lane if layers.is_real(node)) for lane in lanes),
        {key: places[node] - first for node, key in enumerate(layers.keys)},
        ways,
        crossings(layers, lanes),
        max(shown, default=0.0) - first,
    )
