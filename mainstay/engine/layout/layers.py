"""Lanes of numbered nodes where a link joins neighbouring lanes; a long one has a stand-in in each lane between."""

from dataclasses import dataclass

from mainstay.engine.layout.graph import Graph, Link

Lanes = list[list[int]]


@dataclass(frozen=True, slots=True)
class Layers:
    """The graph in numbers.

    lanes: node numbers by lane in their first order; numbers from len(keys) on are stand-ins.
    keys: the key of each real node.
    before, after: for each node, its neighbours in the lane before and in the lane after.
    chains: for each link that skips lanes, its stand-ins from source to target.
    lane_of: the lane of each node.
    """

    lanes: Lanes
    keys: list[str]
    before: list[list[int]]
    after: list[list[int]]
    chains: dict[Link, list[int]]
    lane_of: list[int]

    def is_real(self, node: int) -> bool:
        """Whether a node was given, and is no stand-in."""
        return node < len(self.keys)


def layers_of(graph: Graph) -> Layers:
    """Number the nodes and put stand-ins where a link skips a lane."""
    keys = [key for lane in graph.lanes for key in lane]
    numbers = {key: number for number, key in enumerate(keys)}
    lane_of = [place for place, lane in enumerate(graph.lanes) for _ in lane]
    layers = Layers(
        [[numbers[key] for key in lane] for lane in graph.lanes],
        keys,
        [[] for _ in keys],
        [[] for _ in keys],
        {},
        lane_of,
    )
    for link in graph.links:
        _join(layers, link, numbers[link[0]], numbers[link[1]])
    return layers


def _join(layers: Layers, link: Link, source: int, target: int) -> None:
    first, last = sorted((source, target), key=lambda node: layers.lane_of[node])
    between = range(layers.lane_of[first] + 1, layers.lane_of[last])
    chain = [_stand_in(layers, lane) for lane in between]
    if chain:
        layers.chains[link] = chain if first == source else chain[::-1]
    if layers.lane_of[first] == layers.lane_of[last]:
        return
    for upper, lower in zip([first, *chain], [*chain, last], strict=True):
        layers.after[upper].append(lower)
        layers.before[lower].append(upper)


def _stand_in(layers: Layers, lane: int) -> int:
    number = len(layers.lane_of)
    layers.lane_of.append(lane)
    layers.lanes[lane].append(number)
    layers.before.append([])
    layers.after.append([])
    return number
