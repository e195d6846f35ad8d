"""The value map: from projects, over what they bring, to goals; with gaps and orphans marked."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from mainstay.portfolio.queries import Reading
from mainstay.strategy.queries.alignment import Alignment
from mainstay.strategy.queries.tree import Strategy

MOST_PROJECTS = 60


@dataclass(frozen=True)
class Middle:
    """What stands between projects and goals: a key result, or a benefit that a room above knows of."""

    key: str
    label: str
    url: str = ""
    note: str = ""
    projects: tuple[int, ...] = ()
    goals: tuple[int, ...] = ()


Source = Callable[[Reading, Iterable[int]], Iterable[Middle]]
_sources: list[Source] = []


def add_middle(source: Source) -> Source:
    """Let a room above fill the middle column: it is given a reading and project ids, and gives what lies between."""
    if source not in _sources:
        _sources.append(source)
    return source


@dataclass(frozen=True)
class Link:
    """A line of the map, with the share where one is known."""

    source: str
    target: str
    label: str = ""


class ValueMap:
    """Projects, what they bring and the goals they serve, the largest projects first."""

    def __init__(self, strategy: Strategy, most: int = MOST_PROJECTS) -> None:
        self.strategy, self.work, self.most = strategy, strategy.work, most
        self.goals = [node for node in strategy.open if node.shares or node.is_objective]
        names = (self.work.reading.key, "code", "name")
        ranked = self.work.projects().order_by(F("cost_seen").desc(nulls_last=True), "code")
        self.projects: dict[int, tuple[str, str]] = {pk: rest for pk, *rest in ranked.values_list(*names)[:most]}
        self.count = len(self.projects) if len(self.projects) < most else self.work.projects().count()
        self.links: dict[tuple[str, str], Link] = {}
        self.middles = self._middles()
        self._link_shares()

    @property
    def orphans(self) -> Any:
        """The projects that contribute to no goal."""
        return Alignment(self.strategy).orphaned()

    def _middles(self) -> list[Middle]:
        found = [*self._results(), *(one for source in _sources for one in source(self.work.reading, self.projects))]
        known = {node.goal.row_id for node in self.goals}
        kept = []
        for one in found:
            projects = [pk for pk in one.projects if pk in self.projects]
            goals = [pk for pk in one.goals if pk in known]
            if projects or goals:
                kept.append(one)
                for pk in projects:
                    self._join(_project(pk), one.key)
                for pk in goals:
                    self._join(one.key, _goal(pk))
        return kept

    def _results(self) -> Iterable[Middle]:
        """The key results through which something contributes."""
        through: dict[int, list[int]] = {}
        for node in self.goals:
            for share in node.shares:
                if share.key_result_id:
                    through.setdefault(share.key_result_id, []).extend(self.work.ids_behind(share))
        for node in self.goals:
            for one in node.results:
                if ids := through.get(one.result.row_id):
                    key = f"result-{one.result.row_id}"
                    url = f"/strategy/results/{one.result.row_id}/"
                    yield Middle(key, one.result.name, url, one.status[1], tuple(ids), (node.goal.row_id,))

    def _link_shares(self) -> None:
        for node in self.goals:
            for share in node.shares:
                end = f"result-{share.key_result_id}" if share.key_result_id else _goal(node.goal.row_id)
                for pk in self.work.ids_behind(share):
                    self._join(_project(pk), end, f"{share.share.normalize():f}%")

    def _join(self, source: str, target: str, label: str = "") -> None:
        if source.startswith("project-") and int(source.removeprefix("project-")) not in self.projects:
            return
        self.links[source, target] = Link(source, target, label)


def _project(pk: int) -> str:
    return f"project-{pk}"


def _goal(pk: int) -> str:
    return f"goal-{pk}"
