"""What the pages about reports read: computed health of many projects, and what is due where."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from mainstay.charts import words
from mainstay.core.errors import Missing
from mainstay.monitoring.alerts.batch import Batch
from mainstay.monitoring.models import ReportState, StatusReport
from mainstay.monitoring.money.queries import day_of
from mainstay.monitoring.raid.places import Place
from mainstay.monitoring.reports.computed import NOTHING, Computed, read
from mainstay.monitoring.reports.periods import Period, last_over
from mainstay.monitoring.reports.rhythms import Rhythms, due_date
from mainstay.portfolio.models import Phase, Project

TREND = 12
WHICH = {"all": "All that report", "late": "Late", "open": "Not reported", "red": "Red", "differs": "Declared better"}


def computed_health(
    projects: Iterable[Any], *, as_of: datetime | None = None, today: date | None = None
) -> dict[int, Computed]:
    """The health of projects by their figures, by their number, in a constant number of queries.

    Projects are rows, numbers or a query of rows; whose figures the reader may see is for the caller to say.
    """
    ids = [one if isinstance(one, int) else one.row_id for one in projects]
    return dict(read(Batch(Project.objects.filter(pk__in=ids), today or day_of(as_of), as_of)))


def reports_for(user: Any, as_of: datetime | None = None) -> Any:
    """The reports somebody may see."""
    return StatusReport.objects.as_of(as_of).visible_to(user)


def report_for(user: Any, report_id: int, as_of: datetime | None = None) -> Any:
    """One report the person may see."""
    related = ("project__stage", "project__portfolio", "project__manager", "published_by")
    row = reports_for(user, as_of).identified_by([report_id]).select_related(*related).first()
    if row is None:
        raise Missing("There is no such report, or it is not open to you.")
    return row


def trend_of(project: Any, as_of: datetime | None = None, until: date | None = None) -> list[Any]:
    """The last twelve published reports of a project, the oldest first, with what was computed then."""
    rows = StatusReport.objects.as_of(as_of).filter(project_id=project.row_id, state=ReportState.PUBLISHED)
    rows = rows.filter(end_date__lte=until) if until else rows
    found = list(rows.order_by("-end_date")[:TREND])[::-1]
    for row in found:
        row.by_figures = Computed.of(row.computed)
    return found


def last_published(project: Any, before: date) -> StatusReport | None:
    """The latest published report on a period that ended before a day."""
    rows = StatusReport.objects.filter(project=project, state=ReportState.PUBLISHED, end_date__lt=before)
    return rows.order_by("-end_date").first()


@dataclass
class Duty:
    """A project that owes a report on a period, with the report where there is one."""

    project: Any
    period: Period
    due: date
    today: date
    remind_from: date
    report: Any = None
    computed: Computed | None = None

    @property
    def is_reported(self) -> bool:
        """Whether it is published."""
        return self.report is not None and self.report.state == ReportState.PUBLISHED

    @property
    def is_late(self) -> bool:
        """Whether it should have been published by now."""
        return not self.is_reported and self.today > self.due

    @property
    def stands(self) -> tuple[str, str]:
        """Its state as a kind and a word."""
        if self.is_reported:
            return "good", "Reported"
        late = f"{words.counted((self.today - self.due).days, 'day')} late"
        if self.is_late:
            return "bad", late
        return ("fair", "Draft") if self.report is not None else ("none", "Not due yet")

    @property
    def declared(self) -> str:
        """What is declared: by the report, else what the register last heard."""
        return self.report.overall if self.is_reported else self.project.health

    @property
    def worse(self) -> list[str]:
        """What the report declares better than the figures said."""
        return self.computed.worse_than(self.report) if self.is_reported and self.computed else []

    @property
    def is_red(self) -> bool:
        """Whether people or figures say so."""
        return "red" in {self.declared, self.computed.overall if self.computed else ""}


class Round:
    """The reports that the projects of a place owe for the latest period that is over."""

    def __init__(self, place: Place, which: str = "all") -> None:
        self.place, self.which = place, which if which in WHICH else "all"
        self.today, self.as_of = place.today, place.reading.as_of

    @cached_property
    def all(self) -> list[Duty]:
        """Every report owed, the latest first, then by name."""
        rows = self.place.projects.filter(stage__phase=Phase.COMMITTED).select_related("manager", "portfolio")
        owed = duties(rows, self.today, self.as_of)
        self._with_figures(owed)
        return sorted(owed, key=lambda one: (one.is_reported, one.due, one.project.name))

    def _with_figures(self, owed: list[Duty]) -> None:
        """What the figures say, for those who may see them: as it was kept with the report, else as it is now."""
        seen = set(self.place.with_figures.order_by().values_list(self.place.reading.key, flat=True))
        open_ones = [one for one in owed if one.project.row_id in seen]
        now = computed_health([one.project for one in open_ones if not one.is_reported], as_of=self.as_of)
        for one in open_ones:
            kept = one.is_reported and one.report.computed
            one.computed = Computed.of(kept) if kept else now.get(one.project.row_id, NOTHING)

    @cached_property
    def shown(self) -> list[Duty]:
        """Those asked for."""
        keep = {
            "all": lambda one: True,
            "late": lambda one: one.is_late,
            "open": lambda one: not one.is_reported,
            "red": lambda one: one.is_red,
            "differs": lambda one: bool(one.worse),
        }
        return [one for one in self.all if keep[self.which](one)]

    @property
    def finding(self) -> str:
        """The round in a sentence."""
        if not self.all:
            return "Nothing is to be reported: set how often the projects of a portfolio report."
        done, late = sum(one.is_reported for one in self.all), sum(one.is_late for one in self.all)
        red, better = sum(one.is_red for one in self.all), sum(bool(one.worse) for one in self.all)
        told = f"{done} of {words.counted(len(self.all), 'project')} reported, {late} late; {red} red"
        return f"{told}, {better} declared better than the figures say." if better else f"{told}."


def duties(projects: Any, today: date, as_of: datetime | None = None) -> list[Duty]:
    """What running projects owe for the latest period that is over, where a rhythm holds; in three queries."""
    rhythms, owed = Rhythms(as_of), []
    for project in projects:
        rhythm = rhythms.of(project.portfolio_id)
        period = last_over(rhythm.every, today) if rhythm else None
        if period is None or (project.start_date and project.start_date > period.end):
            continue
        due = due_date(rhythm, period)
        owed.append(Duty(project, period, due, today, due - timedelta(days=rhythm.remind_before)))
    _find_reports(owed, as_of)
    return owed


def _find_reports(owed: list[Duty], as_of: datetime | None) -> None:
    rows = StatusReport.objects.as_of(as_of).filter(end_date__in={one.period.end for one in owed}).order_by()
    found = {(row.project_id, row.end_date): row for row in rows}
    for one in owed:
        one.report = found.get((one.project.row_id, one.period.end))
