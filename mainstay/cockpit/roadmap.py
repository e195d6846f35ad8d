"""The roadmap as one person asked for it: bars in lanes with milestones, dependencies and what is critical."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from mainstay.cockpit.queries.roadmap import Clash, Facts, Ghost, Mark, Work, read
from mainstay.cockpit.queries.roadmap_slack import slack_of
from mainstay.cockpit.roadmap_lanes import USUAL, Lane, Lanes
from mainstay.cockpit.roadmap_plan import Plan, plan_of
from mainstay.core import access
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Health
from mainstay.portfolio.queries import ProjectFilter

HEALTH = dict(Health.choices)


@dataclass
class Bar:
    """A project or programme in its lane; slack: days to spare in its chain, none outside of chains."""

    code: str
    name: str
    kind: str
    lane: int
    start: date
    end: date
    work: Work | None = None
    marks: list[Mark] = field(default_factory=list)
    ghost: Ghost | None = None
    slack: int | None = None
    may_move: bool = False

    @property
    def is_critical(self) -> bool:
        """Whether there is no day to spare."""
        return self.slack is not None and self.slack <= 0


class Roadmap:
    """Everything the picture, its table, its export and the API tell, of one plan."""

    def __init__(self, narrowed: ProjectFilter, kind: str = USUAL, plan: Plan | None = None) -> None:
        self.filter, self.reading, self.kind = narrowed, narrowed.reading, kind
        self.plan = plan or plan_of("", narrowed.reading.user)
        self.today = timezone.localdate(self.reading.as_of) if self.reading.as_of else timezone.localdate()

    @property
    def query(self) -> str:
        """What keeps the as-of date on the way to another page."""
        moment = self.reading.as_of
        return f"?as_of={timezone.localdate(moment).isoformat()}" if moment else ""

    @cached_property
    def facts(self) -> Facts:
        """What was read."""
        return read(self.filter, self.plan.dates)

    @cached_property
    def slack(self) -> dict[int, int]:
        """Days to spare of projects in chains."""
        return slack_of(self.facts)

    @cached_property
    def clashes(self) -> list[Clash]:
        """Dependencies whose dates contradict each other."""
        return self.facts.clashes()

    @cached_property
    def planned(self) -> list[Work]:
        """Projects with both dates."""
        return [work for work in self.facts.works if work.is_planned]

    @cached_property
    def unplanned(self) -> list[Work]:
        """Projects that lack a date."""
        return [work for work in self.facts.works if not work.is_planned]

    @cached_property
    def _laid(self) -> tuple[list[Lane], list[Bar]]:
        lanes = Lanes(self.kind, self.facts, self.reading, self.query)
        by_lane: dict[Any, list[Bar]] = defaultdict(list)
        for group, start, end in self._spans():
            key = lanes.of_group(group)
            if key is not False:
                by_lane[key].append(Bar(group.code, group.name, "programme", 0, start, end))
        for work in self.planned:
            by_lane[lanes.of_work(work)].append(self._bar(work))
        order = sorted(by_lane, key=lanes.order)
        bars = []
        for place, key in enumerate(order):
            for bar in by_lane[key]:
                bar.lane = place
            bars += by_lane[key]
        return [lanes.lane(key) for key in order], bars

    def _spans(self) -> list[tuple[Any, date, date]]:
        """Programmes with the first and the last day of their projects."""
        within: dict[int, list[Work]] = defaultdict(list)
        for work in self.planned:
            if work.programme_id in self.facts.groups:
                within[work.programme_id].append(work)
        groups = [group for group in self.facts.groups.values() if group.id in within]
        return [
            (one, min(work.start for work in within[one.id]), max(work.end for work in within[one.id]))
            for one in groups
        ]

    def _bar(self, work: Work) -> Bar:
        facts = self.facts
        return Bar(
            work.code, work.name, "project", 0, work.start, work.end, work, facts.marks.get(work.id, []),
            facts.ghosts.get(work.id), self.slack.get(work.id), self.may_move(work),
        )  # fmt: skip

    def may_move(self, work: Work) -> bool:
        """Whether the reader may change its dates; nothing can be changed in the past."""
        if self.reading.as_of is not None:
            return False
        if self.plan.scenario:
            return work.id in self.plan.movable
        return access.may(self.reading.user, Verb.PROJECT_EDIT, SimpleNamespace(path=work.path, seal=work.seal))

    @property
    def lanes(self) -> list[Lane]:
        """The lanes in their order."""
        return self._laid[0]

    @property
    def bars(self) -> list[Bar]:
        """The bars, lane by lane, the earliest first."""
        return self._laid[1]

    def data(self) -> dict[str, Any]:
        """The roadmap as the picture and the API take it."""
        known = self.facts.by_id
        shown = {work.id for work in self.planned}
        beyond = {pk for link in self.facts.links for pk in (link.project_id, link.needs_id)} - shown
        pairs = dict.fromkeys((link.needs_id, link.project_id) for link in self.facts.links)
        return {
            "today": self.today.isoformat(),
            "lanes": [{"key": lane.key, "name": lane.name, "url": lane.url} for lane in self.lanes],
            "bars": [self._told(bar) for bar in self.bars],
            "links": [{"needs": known[needs].code, "project": known[project].code} for needs, project in pairs],
            "beyond": [_dated(known[pk]) for pk in sorted(beyond)],
        }

    def _version(self, work: Work | None) -> int | None:
        """What a move is saved against: the project as it is now, or the scenario."""
        return self.plan.version if self.plan.scenario else work and work.version

    def _told(self, bar: Bar) -> dict[str, Any]:
        work, stages = bar.work, self.reading.stages
        stage = stages[work.stage_id] if work else None
        return {
            "code": bar.code,
            "name": bar.name,
            "kind": bar.kind,
            "url": f"/{bar.kind}s/{bar.code}/{self.query}",
            "lane": bar.lane,
            "start": bar.start.isoformat(),
            "end": bar.end.isoformat(),
            "stage": stage.name if stage else "",
            "phase": stage.phase if stage else "",
            "health": HEALTH[work.health or ""] if work else "",
            "owner": (work.owner or "") if work else "",
            "version": self._version(work),
            "may_move": bar.may_move,
            "slack": bar.slack,
            "is_critical": bar.is_critical,
            "milestones": [_mark(mark) for mark in bar.marks],
            "baseline": _ghost(bar.ghost),
        }


def _dated(work: Work) -> dict[str, Any]:
    start, end = (one.isoformat() if one else None for one in (work.start, work.end))
    return {"code": work.code, "name": work.name, "start": start, "end": end}


def _mark(mark: Mark) -> dict[str, Any]:
    return {
        "name": mark.name,
        "due": mark.due.isoformat(),
        "forecast": mark.forecast.isoformat() if mark.forecast else None,
        "done": mark.done.isoformat() if mark.done else None,
    }


def _ghost(ghost: Ghost | None) -> dict[str, Any] | None:
    if ghost is None:
        return None
    return {"start": ghost.start.isoformat(), "end": ghost.end.isoformat(), "number": ghost.number}
