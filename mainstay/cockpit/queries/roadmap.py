"""What the roadmap shows: projects, milestones, dependencies and programmes, in a fixed number of reads."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from mainstay.core.templatetags.figures import day
from mainstay.portfolio.models import Dependency, DependencyKind, Milestone, Phase, Programme
from mainstay.portfolio.queries import ProjectFilter, Reading

MOST = 3000
LATEST = date(9999, 12, 31)


class Work(NamedTuple):
    """A project as the roadmap needs it; `path` and `seal` say who may move it."""

    id: int
    code: str
    name: str
    portfolio_id: int
    programme_id: int | None
    stage_id: int
    theme: str
    owner_id: int | None
    owner: str | None
    health: str
    start: date | None
    end: date | None
    version: int
    path: str
    seal: str

    @property
    def is_planned(self) -> bool:
        """Whether it has both dates, so that a bar can be drawn."""
        return self.start is not None and self.end is not None

    @property
    def days(self) -> int:
        """How many days it lasts, the first and the last included."""
        return (self.end - self.start).days + 1 if self.start and self.end else 0


class Mark(NamedTuple):
    """A milestone."""

    project_id: int
    name: str
    due: date
    forecast: date | None
    done: date | None


class Link(NamedTuple):
    """A project that may begin only after another one has ended."""

    project_id: int
    needs_id: int
    kind: str


class Group(NamedTuple):
    """A programme."""

    id: int
    code: str
    name: str
    portfolio_id: int
    owner_id: int | None
    owner: str | None


class Ghost(NamedTuple):
    """What was promised once: the dates of a baseline and its number."""

    start: date
    end: date
    number: int


@dataclass(frozen=True)
class Clash:
    """A dependency whose dates contradict each other, by how many days."""

    needs: Work
    project: Work

    @property
    def days(self) -> int:
        """The days by which the dependent project begins too early."""
        return overlap(self.needs.end, self.project.start)

    @property
    def sentence(self) -> str:
        """Both projects and the days."""
        needs, project, days = self.needs, self.project, self.days
        count = "1 day" if days == 1 else f"{days} days"
        return (
            f"{needs.name} ends on {day(needs.end)}, but {project.name} needs it and starts on {day(project.start)}: "
            f"{count} too early."
        )


def overlap(end: date | None, start: date | None) -> int:
    """By how many days a project begins too early after another one that ends; 0 where all is well."""
    return max(0, (end - start).days + 1) if end and start else 0


GhostSource = Callable[[Reading, list[int]], dict[int, Ghost]]
_ghosts: list[GhostSource] = []


def add_ghosts(source: GhostSource) -> None:
    """Let somebody who keeps promised dates show them; the source is asked once for all projects of a page."""
    if source not in _ghosts:
        _ghosts.append(source)


@dataclass
class Facts:
    """Everything a roadmap is made of; `beyond` are projects it does not show and that are tied to those it shows."""

    works: list[Work]
    is_cut: bool
    beyond: dict[int, Work] = field(default_factory=dict)
    marks: dict[int, list[Mark]] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    groups: dict[int, Group] = field(default_factory=dict)
    ghosts: dict[int, Ghost] = field(default_factory=dict)

    @property
    def by_id(self) -> dict[int, Work]:
        """Every project known here, shown or not."""
        return self.beyond | {work.id: work for work in self.works}

    def clashes(self) -> list[Clash]:
        """Dependencies whose dates contradict each other, the worst first."""
        known = self.by_id
        pairs = {(link.needs_id, link.project_id) for link in self.links}
        found = [Clash(known[needs], known[project]) for needs, project in pairs]
        return sorted(
            (one for one in found if one.days), key=lambda one: (-one.days, one.needs.code, one.project.code)
        )


Dates = dict[int, tuple[date | None, date | None]]


def read(narrowed: ProjectFilter, dates: Dates | None = None) -> Facts:
    """The projects of a filter and what belongs to them; `dates` take the place of their own, as in a scenario."""
    reading = narrowed.reading
    rows = narrowed.apply()
    if not {"phase", "stage", "code"} & narrowed.texts.keys():
        dropped = [pk for pk, stage in reading.stages.items() if stage.phase == Phase.DROPPED]
        rows = rows.exclude(stage_id__in=dropped)
    works = _works(rows.order_by("start_date", "code")[: MOST + 1], reading, dates)
    facts = Facts(works[:MOST], len(works) > MOST)
    shown = {work.id for work in facts.works}
    facts.links = _links(reading, shown)
    facts.beyond = _beyond(reading, facts.links, shown, dates)
    known = shown | facts.beyond.keys()
    facts.links = [link for link in facts.links if link.project_id in known and link.needs_id in known]
    facts.marks = _marks(reading, rows, shown)
    facts.groups = _groups(reading)
    for source in _ghosts:
        facts.ghosts |= source(reading, [work.id for work in facts.works])
    return facts


def _works(rows: Any, reading: Reading, dates: Dates | None) -> list[Work]:
    columns = (
        reading.key, "code", "name", "portfolio_id", "programme_id", "stage_id", "theme", "owner_id", "owner__name",
        "health", "start_date", "end_date", "version", "path", "seal",
    )  # fmt: skip
    works = [Work._make(row) for row in rows.values_list(*columns)]
    if not dates:
        return works
    moved = [
        work._replace(start=dates[work.id][0], end=dates[work.id][1]) if work.id in dates else work for work in works
    ]
    return sorted(moved, key=lambda work: (work.start or LATEST, work.code))


def _links(reading: Reading, shown: set[int]) -> list[Link]:
    """Every dependency at one of these projects; whether both ends may be seen is asked later."""
    rows = (
        Dependency.objects.as_of(reading.as_of)
        .exclude(kind=DependencyKind.EXCLUDES)
        .order_by("project_id", "needs_id")
    )
    links = [Link._make(row) for row in rows.values_list("project_id", "needs_id", "kind")]
    return [link for link in links if link.project_id in shown or link.needs_id in shown]


def _beyond(reading: Reading, links: Iterable[Link], shown: set[int], dates: Dates | None) -> dict[int, Work]:
    """Projects the reader may see at the other end of dependencies."""
    ends = {pk for link in links for pk in (link.project_id, link.needs_id)} - shown
    rows = reading.projects().filter(**{f"{reading.key}__in": ends}).order_by()
    return {work.id: work for work in _works(rows, reading, dates)}


def _marks(reading: Reading, rows: Any, shown: set[int]) -> dict[int, list[Mark]]:
    found: dict[int, list[Mark]] = {}
    milestones = Milestone.objects.as_of(reading.as_of).filter(project_id__in=rows.order_by().values(reading.key))
    columns = ("project_id", "name", "due_date", "forecast_date", "done_date")
    for row in milestones.order_by("due_date").values_list(*columns):
        if row[0] in shown:
            found.setdefault(row[0], []).append(Mark._make(row))
    return found


def _groups(reading: Reading) -> dict[int, Group]:
    rows = Programme.objects.as_of(reading.as_of).visible_to(reading.user).order_by("name", "code")
    columns = (reading.key, "code", "name", "portfolio_id", "owner_id", "owner__name")
    return {row[0]: Group._make(row) for row in rows.values_list(*columns)}
