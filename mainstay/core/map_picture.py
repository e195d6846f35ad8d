"""The picture of a map as SVG: boxes that are links to records, paths between them, nothing styled inline."""

from collections import defaultdict
from collections.abc import Mapping
from textwrap import wrap

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from mainstay.core.map_drawing import Drawing, DrawnLane, DrawnLink, DrawnNode
from mainstay.core.node_map import NodeMap

LINE = 15
SMALL_LINE = 14
SIZE = 'markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse"'
ARROW = f'viewBox="0 0 8 8" refX="7" refY="4" orient="auto" {SIZE}'


def picture(shown: NodeMap) -> SafeString:
    """The map as one SVG element; every node tells in words where it leads and what is missing."""
    drawing, told = Drawing(shown), told_of(shown)
    width, height = drawing.size
    size = f'width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}"'
    parts = [
        f'<svg class="map-picture" {size} role="group" aria-label="{escape(shown.title)}">',
        f'<defs><marker id="{escape(shown.name)}-arrow" {ARROW}><path d="M0 0 8 4 0 8z"/></marker></defs>',
        *(_lane(lane, shown.in_columns) for lane in drawing.lanes()),
        *(_link(shown, link) for link in drawing.links()),
        *(_node(drawn, told[drawn.node.key]) for drawn in drawing.nodes()),
        "</svg>",
    ]
    return mark_safe("".join(parts))  # noqa: S308


def told_of(shown: NodeMap) -> Mapping[str, str]:
    """What each node tells besides its name: its lane, where it leads, what leads there."""
    lanes = {lane.key: lane.label for lane in shown.lanes}
    ahead, behind = defaultdict(list), defaultdict(list)
    for link in shown.links:
        ahead[link.source].append(shown.by_key[link.target].label)
        behind[link.target].append(shown.by_key[link.source].label)
    return {
        node.key: "; ".join(
            [
                lanes[node.lane],
                *([f"leads to {', '.join(ahead[node.key])}"] if ahead[node.key] else []),
                *([f"reached from {', '.join(behind[node.key])}"] if behind[node.key] else []),
                *([node.mark] if node.mark else []),
            ]
        )
        for node in shown.nodes
    }


def _lane(lane: DrawnLane, in_columns: bool) -> str:
    x, y = (lane.x + 18, 28) if in_columns else (14, lane.y + lane.height / 2)
    words = [lane.label] if in_columns else wrap(lane.label, 14)
    box = f'x="{lane.x:.0f}" y="{lane.y:.0f}" width="{lane.width:.0f}" height="{lane.height:.0f}"'
    return f'<rect class="map-lane" {box} rx="8"/><text class="map-lane-label">{_text(words, x, y)}</text>'


def _text(lines: list[str], x: float, middle: float) -> str:
    first = middle - (len(lines) - 1) * LINE / 2 + 4
    spans = (f'<tspan x="{x:.1f}" y="{first + n * LINE:.1f}">{escape(line)}</tspan>' for n, line in enumerate(lines))
    return "".join(spans)


def _link(shown: NodeMap, drawn: DrawnLink) -> str:
    link = drawn.link
    label = f" ({link.label})" if link.label else ""
    told = f"{shown.by_key[link.source].label} leads to {shown.by_key[link.target].label}{label}"
    return (
        f'<g class="map-link" role="img" aria-label="{escape(told)}" data-source="{escape(link.source)}"'
        f' data-target="{escape(link.target)}"><path class="map-hit" d="{drawn.path}"/>'
        f'<path class="map-line" d="{drawn.path}" marker-end="url(#{escape(shown.name)}-arrow)"/></g>'
    )


def _node(drawn: DrawnNode, told: str) -> str:
    node, under = drawn.node, drawn.node.mark or drawn.node.note
    tag, opens = ("a", f' href="{escape(node.url)}"') if node.url else ("g", ' role="img" tabindex="0"')
    middle = drawn.y + drawn.height / 2
    second = ""
    if under:
        kind = "map-mark" if node.mark else "map-note"
        bottom = middle + len(drawn.lines) * LINE / 2 + 4
        second = f'<text class="{kind}" x="{drawn.x + 10:.1f}" y="{bottom:.1f}">{escape(under)}</text>'
        middle -= SMALL_LINE / 2
    return (
        f'<{tag}{opens} class="map-node{" is-marked" * bool(node.mark)}" data-node="{escape(node.key)}"'
        f' data-lane="{escape(node.lane)}" aria-label="{escape(f"{node.label}. {told}")}">'
        f'<rect x="{drawn.x:.1f}" y="{drawn.y:.1f}" width="{drawn.width:.0f}" height="{drawn.height:.0f}" rx="6"/>'
        f"<text>{_text(drawn.lines, drawn.x + 10, middle)}</text>{second}<title>{escape(node.label)}</title></{tag}>"
    )
