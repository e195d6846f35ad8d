"""A map of nodes in lanes: `{% load map %}` and `{% node_map shown %}`."""

from typing import Any

from django import template

from mainstay.charts import words
from mainstay.core.map_picture import picture
from mainstay.core.node_map import BETWEEN, NodeMap

register = template.Library()


@register.inclusion_tag("core/components/map.html", takes_context=True)
def node_map(context: template.Context, shown: NodeMap) -> dict[str, Any]:
    """An `m-map`: the picture, the table that says the same, and ways to change it where it has addresses."""
    return {
        "csrf_token": context.get("csrf_token", ""),
        "map": shown,
        "picture": picture(shown),
        "rows": _rows(shown),
        "marked": _marked(shown),
        "ends": (("source", "From"), ("target", "To")),
    }


def _marked(shown: NodeMap) -> list[dict[str, Any]]:
    """How often each mark stands in the map."""
    counts: dict[str, int] = {}
    for node in shown.nodes:
        if node.mark:
            counts[node.mark] = counts.get(node.mark, 0) + 1
    return [{"mark": mark, "count": words.number(count)} for mark, count in counts.items()]


def _rows(shown: NodeMap) -> list[dict[str, Any]]:
    """The table: every node with its lane, what it leads to and from where it is reached."""
    lanes = {lane.key: lane.label for lane in shown.lanes}
    order = {lane.key: number for number, lane in enumerate(shown.lanes)}
    rows = []
    for node in sorted(shown.nodes, key=lambda node: order[node.lane]):
        lane = shown.lane_of(node.key)
        place = lane.index(node.key) + 1
        rows.append(
            {
                "node": node,
                "lane": lanes[node.lane],
                "earlier": f"{node.key}{BETWEEN}{place - 1}" if place > 1 else "",
                "later": f"{node.key}{BETWEEN}{place + 1}" if place < len(lane) else "",
                "ahead": [
                    {
                        "node": shown.by_key[link.target],
                        "label": link.label,
                        "value": BETWEEN.join((node.key, link.target)),
                    }
                    for link in shown.links
                    if link.source == node.key
                ],
                "behind": [shown.by_key[link.source] for link in shown.links if link.target == node.key],
            }
        )
    return rows
