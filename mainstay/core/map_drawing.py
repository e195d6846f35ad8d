"""From a map of nodes to coordinates in pixels: where each node stands and which way each link takes."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from textwrap import shorten, wrap

from mainstay.core.node_map import MapLink, MapNode, NodeMap
from mainstay.engine.layout import Graph, Layout, arrange

Spot = tuple[float, float]
MARGIN = 18
CLOSEST = 9
ARC = 20


@dataclass(frozen=True)
class Frame:
    """Sizes of a drawing: `along` a lane and `across` the lanes; in columns along runs down, else to the right."""

    in_columns: bool
    along: float
    across: float
    step: float
    pitch: float
    start: float
    letters: int
    lines: int

    def turned(self, along: float, across: float) -> Spot:
        """A spot as x and y."""
        return (across, along) if self.in_columns else (along, across)


@dataclass(frozen=True)
class DrawnNode:
    """A node with its box and the lines of its label."""

    node: MapNode
    x: float
    y: float
    width: float
    height: float
    lines: list[str]


@dataclass(frozen=True)
class DrawnLane:
    """A lane with its band."""

    label: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class DrawnLink:
    """A link and the path it takes."""

    link: MapLink
    path: str


class Drawing:
    """The whole map in pixels."""

    def __init__(self, shown: NodeMap) -> None:
        self.shown = shown
        self.frame = _frame(shown)
        self.lane_numbers = {lane.key: number for number, lane in enumerate(shown.lanes)}

    @cached_property
    def layout(self) -> Layout:
        """Where everything stands, in node steps."""
        lanes = tuple(tuple(n.key for n in self.shown.nodes if n.lane == lane.key) for lane in self.shown.lanes)
        links = tuple(sorted(pair for pair in self.shown.pairs if pair[0] != pair[1]))
        return arrange(Graph(lanes, links), keep_order=bool(self.shown.move_url))

    @property
    def size(self) -> Spot:
        """Width and height."""
        frame = self.frame
        along = frame.start + self.layout.length * frame.step + frame.along + MARGIN
        across = max(0, len(self.shown.lanes) - 1) * frame.pitch + frame.across + 2 * MARGIN
        return frame.turned(along, across)

    def lanes(self) -> list[DrawnLane]:
        """The bands behind the nodes."""
        frame, (width, height) = self.frame, self.size
        long, deep = (height if frame.in_columns else width), frame.across + 2 * MARGIN
        bands = []
        for number, lane in enumerate(self.shown.lanes):
            x, y = frame.turned(0, number * frame.pitch)
            bands.append(DrawnLane(lane.label, x, y, *frame.turned(long, deep)))
        return bands

    def nodes(self) -> list[DrawnNode]:
        """The nodes lane by lane, in the order in which they stand."""
        frame = self.frame
        drawn = []
        for key in (key for lane in self.layout.lanes for key in lane):
            node = self.shown.by_key[key]
            along, across = self._middle(key)
            x, y = frame.turned(along - frame.along / 2, across - frame.across / 2)
            drawn.append(DrawnNode(node, x, y, *frame.turned(frame.along, frame.across), _lines(node.label, frame)))
        return drawn

    def links(self) -> list[DrawnLink]:
        """The links with their paths; where several meet at a node they arrive side by side."""
        ports = self._ports()
        return [DrawnLink(link, self._path(link, ports)) for link in self.shown.links]

    def _middle(self, key: str) -> Spot:
        frame, lane = self.frame, self.lane_numbers[self.shown.by_key[key].lane]
        along = frame.start + self.layout.places[key] * frame.step + frame.along / 2
        return along, self._across(lane)

    def _across(self, lane: int) -> float:
        return MARGIN + lane * self.frame.pitch + self.frame.across / 2

    def _spots(self, link: MapLink) -> list[Spot]:
        """The middles a link passes: its source, points between other nodes, its target."""
        way = self.layout.ways.get((link.source, link.target), ())
        frame = self.frame
        points = [(frame.start + p.place * frame.step + frame.along / 2, self._across(p.lane)) for p in way]
        return [self._middle(link.source), *points, self._middle(link.target)]

    def _ports(self) -> dict[tuple[str, str, str], float]:
        """Where along a node's edge each of its links begins or ends, as a distance from its middle."""
        meeting = defaultdict(list)
        for link in self.shown.links:
            spots = self._spots(link)
            for key, here, there in ((link.source, spots[0], spots[1]), (link.target, spots[-1], spots[-2])):
                side = "same" if here[1] == there[1] else "before" if there[1] < here[1] else "after"
                meeting[key, side].append((there[0], link.source, link.target))
        ports = {}
        for (key, _), ends in meeting.items():
            spread = min(self.frame.along * 0.6, (len(ends) - 1) * CLOSEST)
            for index, (_, source, target) in enumerate(sorted(ends)):
                share = index / (len(ends) - 1) - 0.5 if len(ends) > 1 else 0
                ports[key, source, target] = share * spread
        return ports

    def _path(self, link: MapLink, ports: dict[tuple[str, str, str], float]) -> str:
        spots = self._spots(link)
        half = self.frame.across / 2
        first, last = (ports[key, link.source, link.target] for key in (link.source, link.target))
        start, end = (spots[0][0] + first, spots[0][1]), (spots[-1][0] + last, spots[-1][1])
        if start[1] == end[1]:
            top = start[1] - half
            return self._written([(start[0], top)], [[(start[0], top - ARC), (end[0], top - ARC), (end[0], top)]])
        way = 1 if end[1] > start[1] else -1
        at = (start[0], start[1] + way * half)
        begin, curves = at, []
        for along, across in [*spots[1:-1], end]:
            to = (along, across - way * half)
            middle = at[1] + (to[1] - at[1]) / 2
            curves.append([(at[0], middle), (to[0], middle), to])
            at = (along, across + way * half)
            if (along, across) != end:
                curves.append([to, at, at])
        return self._written([begin], curves)

    def _written(self, begin: list[Spot], curves: list[list[Spot]]) -> str:
        def text(spots: list[Spot]) -> str:
            return " ".join(f"{x:.1f} {y:.1f}" for x, y in (self.frame.turned(*spot) for spot in spots))

        return f"M{text(begin)}" + "".join(f"C{text(curve)}" for curve in curves)


def _frame(shown: NodeMap) -> Frame:
    has_second_line = any(node.mark or node.note for node in shown.nodes)
    if shown.in_columns:
        height = 32 if has_second_line else 26
        return Frame(True, height, 244, height + 5, 418, 44, 38, 1)
    return Frame(False, 160, 62 if has_second_line else 46, 176, 138, 128, 24, 2)


def _lines(label: str, frame: Frame) -> list[str]:
    lines = wrap(label, frame.letters)
    if len(lines) <= frame.lines:
        return lines
    rest = shorten(" ".join(lines[frame.lines - 1 :]), frame.letters, placeholder="\N{HORIZONTAL ELLIPSIS}")
    return [*lines[: frame.lines - 1], rest]
