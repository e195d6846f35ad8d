"""What a layered drawing is made from, and what comes out."""

from collections.abc import Mapping
from dataclasses import dataclass

Link = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes in lanes, and directed links between any two of them.

    lanes: the keys of the nodes by lane, from the first lane to the last, each in its given order.
    links: pairs of keys (source, target); a link may go either way, skip lanes, or stay in its lane.

    Raises ValueError when a key stands twice, or a link has an unknown end, joins a node to itself or stands twice.
    """

    lanes: tuple[tuple[str, ...], ...]
    links: tuple[Link, ...]

    def __post_init__(self) -> None:
        keys = [key for lane in self.lanes for key in lane]
        if len(set(keys)) != len(keys):
            raise ValueError("A node stands in one place only.")
        if not {end for link in self.links for end in link} <= set(keys):
            raise ValueError("A link joins two nodes that are there.")
        if any(source == target for source, target in self.links):
            raise ValueError("A link joins two different nodes.")
        if len(set(self.links)) != len(self.links):
            raise ValueError("A link is given once.")


@dataclass(frozen=True, slots=True)
class Point:
    """A point on the way of a link: the lane it passes (from 0) and where along that lane (in node steps)."""

    lane: int
    place: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands.

    lanes: the keys by lane in the order they are drawn.
    places: the middle of each node along its lane, in node steps; the smallest is 0, neighbours differ by 1 or more.
    ways: for links that skip lanes, the points through which they pass between other nodes, from source to target.
    crossings: how often links cross between neighbouring lanes (links within a lane are not counted).
    length: the largest place, 0 where there is no node.
    """

    lanes: tuple[tuple[str, ...], ...]
    places: Mapping[str, float]
    ways: Mapping[Link, tuple[Point, ...]]
    crossings: int
    length: float
