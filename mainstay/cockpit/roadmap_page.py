"""The roadmap's page: what was asked for, what it says first, the rows of its table and of its export."""

from collections import defaultdict
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.urls import reverse

from mainstay.charts import words
from mainstay.cockpit.queries.roadmap import LATEST, MOST, Clash, Mark, Work
from mainstay.cockpit.roadmap import HEALTH, Roadmap
from mainstay.cockpit.roadmap_forms import RoadmapForm
from mainstay.cockpit.roadmap_plan import Plan, plan_of
from mainstay.core.exchange import FORMATS, Column, Kind
from mainstay.core.templatetags import components, figures
from mainstay.portfolio.choices import Control, FilterChoices
from mainstay.portfolio.queries import ProjectFilter, Reading
from mainstay.portfolio.queries.remember import newest

PAGE_ROWS = 100
OWN = frozenset({"lanes", "zoom", "sort", "page", "as_of", "format", "scenario"})
SORTS = {
    "name": lambda work: work.name.casefold(),
    "stage": lambda work: work.stage_id,
    "health": lambda work: HEALTH[work.health or ""],
    "owner": lambda work: (work.owner or "\uffff").casefold(),
    "start": lambda work: work.start or LATEST,
    "end": lambda work: work.end or LATEST,
    "days": lambda work: work.days,
}
CRITICAL = (
    "Projects tied by dependencies are a chain. A project's slack is the number of days it may slip, with what "
    "depends on it following, before the planned last day of its chain moves; without slack it is critical."
)
CLASH = (
    "The dependent project has to start after the last day of the one it needs; the days say by how much it does not."
)


class RoadmapPage:
    """One person's roadmap behind one address."""

    definitions = (("Slack and critical", CRITICAL), ("Conflict", CLASH))

    def __init__(self, request: HttpRequest) -> None:
        self.request, self.user = request, request.user
        self.reading = Reading(request.user, request.as_of)
        self.form = RoadmapForm(request.GET)
        self.filter = ProjectFilter.read(request.GET, self.reading, OWN)
        self.choices = FilterChoices(self.filter, newest())
        self.plan: Plan = plan_of(self.form.value("scenario"), request.user)
        self.kind, self.zoom = self.form.value("lanes"), self.form.value("zoom")
        self.roadmap = Roadmap(self.filter, self.kind, self.plan)

    @property
    def controls(self) -> list[Control]:
        """The menus of the filter bar."""
        return self.choices.bar

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was filtered."""
        return bool(self.filter.texts)

    @property
    def query(self) -> str:
        """The address' query without the page, for ways that show the same."""
        pairs = [
            (name, text) for name in self.request.GET if name != "page" for text in self.request.GET.getlist(name)
        ]
        return f"?{urlencode(pairs)}" if pairs else ""

    @property
    def exports(self) -> list[tuple[str, str]]:
        """The table as files."""
        joint = "&" if self.query else "?"
        address = f"{reverse('roadmap_export')}{self.query}{joint}format="
        return [(form.upper(), f"{address}{form}") for form in FORMATS]

    @cached_property
    def data(self) -> dict[str, Any]:
        """The picture's data."""
        return self.roadmap.data()

    @property
    def may_move(self) -> bool:
        """Whether any bar may be moved."""
        return any(bar.may_move for bar in self.roadmap.bars)

    @cached_property
    def clashes(self) -> list[Clash]:
        """Dependencies whose dates contradict each other."""
        return self.roadmap.clashes

    @cached_property
    def unplanned(self) -> list[dict[str, Any]]:
        """Projects without dates, with the way to plan them for whoever may."""
        query = self.roadmap.query
        return [
            {
                "work": work,
                "url": f"/projects/{work.code}/{query}",
                "plan_url": f"/projects/{work.code}/edit/" if self.roadmap.may_move(work) else "",
            }
            for work in self.roadmap.unplanned
        ]

    @property
    def finding(self) -> str:
        """The state of the plan in a sentence or two."""
        planned = self.roadmap.planned
        if not planned:
            return "No project with dates to show."
        first, last = min(work.start for work in planned), max(work.end for work in planned)
        said = f"{words.counted(len(planned), 'project')} from {_month(first)} to {_month(last)}; {self._conflicts()}"
        if self.roadmap.facts.is_cut:
            return f"{said}. Only the first {words.number(MOST)} projects by their start are shown: narrow the list."
        rest = len(self.roadmap.unplanned)
        return f"{said}; {words.counted(rest, 'project')} without dates." if rest else f"{said}."

    def _conflicts(self) -> str:
        critical = sum(bar.is_critical for bar in self.roadmap.bars)
        clashes = len(self.clashes)
        said = f"{words.counted(clashes, 'dependency', 'dependencies')} in conflict" if clashes else "no conflict"
        return f"{said}, {words.number(critical)} critical"

    @cached_property
    def page(self) -> Page[Any]:
        """One page of the table."""
        return Paginator(self.ordered, PAGE_ROWS).get_page(self.request.GET.get("page"))

    @cached_property
    def ordered(self) -> list[Work]:
        """The projects with dates in the order asked for."""
        name, is_down = self.form.sort_key
        slack = self.roadmap.slack
        key = (lambda work: slack.get(work.id, 10**6)) if name == "slack" else SORTS[name]
        return sorted(self.roadmap.planned, key=key, reverse=is_down)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows of this page."""
        return [self._row(work) for work in self.page]

    @cached_property
    def _conflicts_of(self) -> dict[int, int]:
        found: dict[int, int] = defaultdict(int)
        for clash in self.clashes:
            found[clash.project.id] += 1
            found[clash.needs.id] += 1
        return found

    @cached_property
    def _window(self) -> tuple[date, int]:
        planned = self.roadmap.planned
        first, last = min(work.start for work in planned), max(work.end for work in planned)
        return first, (last - first).days + 1

    def _row(self, work: Work) -> dict[str, Any]:
        first, days = self._window
        slack, clashes = self.roadmap.slack.get(work.id), self._conflicts_of.get(work.id, 0)
        return {
            "url": f"/projects/{work.code}/{self.roadmap.query}",
            "name": work.name,
            "code": work.code,
            "stage": components.stage(self.reading.stages[work.stage_id]),
            "health": components.health(work.health),
            "owner": work.owner or figures.MISSING,
            "start": figures.day(work.start),
            "end": figures.day(work.end),
            "days": words.number(work.days),
            "slack": figures.MISSING if slack is None else words.number(slack),
            "conflicts": components.status("bad", words.counted(clashes, "conflict")) if clashes else figures.MISSING,
            "x": f"{1000 * (work.start - first).days / days:.1f}",
            "width": f"{max(8.0, 1000 * work.days / days):.1f}",
            "today": f"{min(1000, max(0, 1000 * (self.roadmap.today - first).days / days)):.1f}",
        }

    def export_columns(self) -> list[Column]:
        """The columns of the table as a file."""
        stages, slack, marks = self.reading.stages, self.roadmap.slack, self.roadmap.facts.marks
        return [
            Column("name", "Name", write=lambda work: work.name),
            Column("code", "Code", Kind.CODE, write=lambda work: work.code),
            Column("stage", "Stage", write=lambda work: stages[work.stage_id].name),
            Column("health", "Health", write=lambda work: HEALTH[work.health or ""]),
            Column("owner", "Owner", write=lambda work: work.owner or ""),
            Column("start", "Start", Kind.DATE, write=lambda work: work.start),
            Column("end", "End", Kind.DATE, write=lambda work: work.end),
            Column("days", "Days", Kind.NUMBER, write=lambda work: work.days),
            Column("slack", "Slack, days", Kind.NUMBER, write=lambda work: slack.get(work.id)),
            Column("conflicts", "Conflicts", Kind.NUMBER, write=lambda work: self._conflicts_of.get(work.id, 0)),
            Column("milestones", "Milestones", write=lambda work: _marks(marks.get(work.id, []))),
        ]


def _marks(marks: list[Mark]) -> str:
    return "; ".join(f"{mark.name} {mark.done or mark.forecast or mark.due}" for mark in marks)


def _month(day: date) -> str:
    return f"{figures.MONTHS[day.month]} {day.year}"
