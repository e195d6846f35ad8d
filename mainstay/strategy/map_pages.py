"""The two maps of strategy: what work brings to goals, and which goal helps which."""

from functools import cached_property
from typing import Any

from django.urls import reverse

from mainstay.charts import words
from mainstay.core import access
from mainstay.core.node_map import MapLane, MapLink, MapNode, NodeMap
from mainstay.core.verbs import Verb
from mainstay.strategy.asked import Asked
from mainstay.strategy.models import Cause, Perspective
from mainstay.strategy.queries.tree import Node
from mainstay.strategy.queries.value_map import ValueMap

MOST_ORPHANS = 50


class ValuePage:
    """Projects, what they bring, and the goals they serve; with gaps and orphans."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.map = ValueMap(asked.strategy)

    @cached_property
    def shown(self) -> NodeMap:
        """The map as it is drawn."""
        lanes = (
            MapLane("project", "Projects"),
            MapLane("middle", "Key results and benefits"),
            MapLane("goal", "Goals"),
        )
        links = [MapLink(one.source, one.target, one.label) for one in self.map.links.values()]
        reached = {link.source for link in links} | {link.target for link in links}
        nodes = [*self._projects(reached), *self._middles(), *self._goals()]
        return NodeMap("value-map", self.title, lanes, nodes, links, in_columns=True)

    @property
    def title(self) -> str:
        """What the picture says."""
        missing = len(self.asked.strategy.unfunded)
        gaps = f"{words.counted(missing, 'objective')} without work" if missing else "every objective has work"
        work, goals = words.counted(len(self.map.projects), "project"), words.counted(len(self.map.goals), "goal")
        return f"From {work} to {goals}: {gaps}"

    def _projects(self, reached: set[str]) -> list[MapNode]:
        told = []
        for pk, (code, name) in self.map.projects.items():
            key = f"project-{pk}"
            mark = "" if key in reached else "No goal"
            told.append(MapNode(key, name, "project", self._url("project", code), code, mark))
        return told

    def _middles(self) -> list[MapNode]:
        return [MapNode(one.key, one.label, "middle", one.url, one.note) for one in self.map.middles]

    def _goals(self) -> list[MapNode]:
        return [self._goal(node) for node in self.map.goals]

    def _goal(self, node: Node) -> MapNode:
        mark = "No work behind it" if node.is_objective and not node.work else ""
        note = "" if node.progress is None else f"{words.percent(float(node.progress))} done"
        url = self._url("goal", node.goal.code)
        return MapNode(f"goal-{node.goal.row_id}", node.goal.name, "goal", url, note, mark)

    def _url(self, name: str, code: str) -> str:
        as_of = self.asked.request.GET.get("as_of", "") if self.asked.request.as_of else ""
        return reverse(name, args=[code]) + (f"?as_of={as_of}" if as_of else "")

    @cached_property
    def orphans(self) -> list[Any]:
        """The largest projects that contribute to no goal."""
        rows = self.map.orphans.select_related("stage", "owner").defer("description")
        return list(rows.order_by("-cost_seen", "code")[:MOST_ORPHANS])

    @property
    def orphan_count(self) -> int:
        """How many there are."""
        return self.asked.figures.orphans.count

    @property
    def finding(self) -> str:
        """What the map says, in a sentence."""
        orphans = words.counted(self.orphan_count, "project")
        gaps = words.counted(len(self.asked.strategy.unfunded), "objective")
        serves = "contributes" if self.orphan_count == 1 else "contribute"
        return (
            f"{orphans} {serves} to no goal; {gaps} without work behind {'it' if gaps.startswith('1 ') else 'them'}."
        )


class Scorecard:
    """The goals by the four perspectives, with their measures, and the links between them."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.nodes = [node for node in asked.strategy.open if node.goal.perspective]

    @property
    def perspectives(self) -> list[tuple[str, list[Node]]]:
        """Each perspective with its goals."""
        return [(one.label, [node for node in self.nodes if node.goal.perspective == one]) for one in Perspective]

    @cached_property
    def causes(self) -> list[Any]:
        """The links between the goals shown."""
        ids = {node.goal.row_id for node in self.nodes}
        rows = Cause.objects.as_of(self.asked.reading.as_of).visible_to(self.asked.reading.user)
        return [row for row in rows if row.source_id in ids and row.target_id in ids]

    @cached_property
    def map(self) -> NodeMap:
        """The strategy map; links are drawn and removed in it by those who may."""
        lanes = [MapLane(one.value, one.label) for one in Perspective]
        links = [MapLink(f"goal-{row.source_id}", f"goal-{row.target_id}") for row in self.causes]
        linked = {end for link in links for end in (link.source, link.target)}
        nodes = [self._node(node, linked) for node in self.nodes]
        name, title = "strategy-map", self.title
        if not self.may_link:
            return NodeMap(name, title, lanes, nodes, links)
        ways = {"link_url": reverse("cause_links"), "unlink_url": reverse("cause_removals")}
        return NodeMap(name, title, lanes, nodes, links, **ways)

    @property
    def title(self) -> str:
        """What the map says."""
        goals = words.counted(len(self.nodes), "goal")
        return f"{words.counted(len(self.causes), 'link')} of cause and effect between {goals}"

    def _node(self, node: Node, linked: set[str]) -> MapNode:
        key = f"goal-{node.goal.row_id}"
        note = "Not measured" if node.progress is None else f"{words.percent(float(node.progress))} done"
        mark = "" if key in linked else "Helps nothing, helped by nothing"
        url = reverse("goal", args=[node.goal.code]) + self.asked.query
        return MapNode(key, node.goal.name, node.goal.perspective, url, note, mark)

    @property
    def may_link(self) -> bool:
        """Whether the person may draw a link from any goal shown."""
        if self.asked.reading.as_of is not None:
            return False
        user = self.asked.reading.user
        return any(access.may(user, Verb.CAUSE_LINK, node.goal.portfolio) for node in self.nodes)

    @property
    def finding(self) -> str:
        """How the measures stand, in a sentence."""
        states = [one.status[0] for node in self.nodes for one in node.results]
        if not states:
            return "No goal of a perspective has a measure yet."
        good = states.count("good")
        whole = words.counted(len(states), "measure")
        return f"{good} of {whole} are on track or healthy; {states.count('bad')} are not."
