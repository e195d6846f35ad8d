"""Who moves where a project moves, and who gets too late what was promised in time: over everything one may see."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from typing import Any

from mainstay.engine import network as engine
from mainstay.portfolio.models import Dependency, DependencyKind, Phase
from mainstay.portfolio.queries.dependencies import Link
from mainstay.portfolio.queries.reading import Reading

OVER = frozenset({Phase.FINISHED, Phase.DROPPED})


class Chain:
    """All planned work that depends on other work, as one network of days.

    What is handed over on a day moves with the end of the giver; where it comes after the day on which it is needed,
    all of the taker moves. Where no such day is named, the taker starts after the giver ends, unless it runs.
    """

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    @cached_property
    def _stored(self) -> list[Any]:
        rows = Dependency.objects.as_of(self.reading.as_of).filter(delivered_date=None)
        return list(rows.exclude(kind=DependencyKind.EXCLUDES).order_by("pk"))

    @cached_property
    def projects(self) -> list[Any]:
        """The projects at both ends that are planned and not over, as far as the reader may see them."""
        ends = {pk for row in self._stored for pk in (row.project_id, row.needs_id)}
        over = [pk for pk, stage in self.reading.stages.items() if stage.phase in OVER]
        rows = self.reading.projects().filter(**{f"{self.reading.key}__in": ends}).exclude(stage_id__in=over)
        return list(rows.exclude(start_date=None).exclude(end_date=None).order_by("pk"))

    @cached_property
    def _node(self) -> dict[int, int]:
        return {one.row_id: number for number, one in enumerate(self.projects)}

    @cached_property
    def dependencies(self) -> list[Any]:
        """The dependencies that are links of the network, in its order."""
        known = [row for row in self._stored if row.project_id in self._node and row.needs_id in self._node]
        return [row for row in known if row.needed_date or not self._runs(row)]

    def _runs(self, row: Any) -> bool:
        """Whether the taker runs already."""
        stage = self.reading.stages[self.projects[self._node[row.project_id]].stage_id]
        return stage.phase == Phase.COMMITTED

    @cached_property
    def plan(self) -> engine.Plan:
        """The days of all of them."""
        days = [max((one.end_date - one.start_date).days + 1, 0) for one in self.projects]
        starts = [one.start_date.toordinal() for one in self.projects]
        return engine.plan(engine.Network.of(days, [self._link(row) for row in self.dependencies], starts))

    def _link(self, row: Any) -> engine.Link:
        giver, taker = self._node[row.needs_id], self._node[row.project_id]
        end, start = self.projects[giver].end_date, self.projects[taker].start_date
        given = (row.promised_date - end).days if row.promised_date else 0
        needed = (row.needed_date - start).days + 1 if row.needed_date else 0
        return engine.Link(giver, taker, lag=given - needed, needing=start.toordinal())

    @cached_property
    def late(self) -> dict[int, int]:
        """By how many days each dependency comes too late as all is planned now, by its number."""
        return self._late(self.plan)

    def _late(self, plan: engine.Plan) -> dict[int, int]:
        found = engine.conflicts(plan)
        pairs = zip(found.link.tolist(), found.expected_late.tolist(), strict=True)
        return {self.dependencies[number].row_id: round(days) for number, days in pairs if days >= 1}

    def with_lateness(self, links: Iterable[Link]) -> list[Link]:
        """The same links, each with how late it comes because the giver is late itself."""
        return [replace(link, in_turn=self._in_turn(link)) for link in links]

    def _in_turn(self, link: Link) -> int:
        return 0 if link.clash else self.late.get(link.dependency.row_id, 0)

    def moved_by(self, project: Any, days: int) -> list[tuple[Any, int]]:
        """The other projects that move where one ends so many days later, those that move most first.

        Only what lies downstream is computed anew.
        """
        node = self._node.get(project.row_id)
        if node is None or not days:
            return []
        lasting = max(self.plan.network.duration[node] + days, 0)
        after = engine.replan(self.plan, engine.Change(duration={node: lasting}))
        numbers, moved = engine.moved(self.plan, after)
        found = zip(numbers.tolist(), moved.tolist(), strict=True)
        return sorted(
            ((self.projects[one], round(by)) for one, by in found if one != node), key=lambda pair: -pair[1]
        )
