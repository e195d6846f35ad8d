"""Status reports in the REST API."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from pydantic import Field as Rule

from mainstay.core import access
from mainstay.core.api.fields import VERSION, Field, Kind, number
from mainstay.core.api.finding import found
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import Changes, Code, Day, Id, PortfolioCode, Reason, Sent, Told, text, whole
from mainstay.core.verbs import Verb
from mainstay.monitoring.models import Every, ReportState, StatusReport
from mainstay.monitoring.reports.computed import Computed
from mainstay.monitoring.reports.operations import (
    draft_report,
    edit_report,
    publish_report,
    remind_within,
    set_rhythm,
)
from mainstay.monitoring.reports.queries import NOTHING, computed_health, report_for, reports_for
from mainstay.portfolio.api.finding import portfolio_at, project_at
from mainstay.portfolio.models import Health

routes = Routes("Reports")
COLOURS = tuple(Health.values)
_DAYS = whole(0, 60)


def _health(name: str, told: str) -> Field:
    return Field(name, Kind.CHOICE, told, choices=COLOURS, example="amber")


REPORTS = Resource(
    "StatusReport",
    (
        number("id", "The row's number.", lookup="pk", example=1),
        Field("project", Kind.TEXT, "The code of the project.", "project__code", example="PUMPS"),
        Field("start_date", Kind.DAY, "The first day it is about."),
        Field("end_date", Kind.DAY, "The last day it is about."),
        Field("due_date", Kind.DAY, "By when it is due."),
        Field("state", Kind.CHOICE, "Whether others rely on it.", choices=tuple(ReportState.values), example="draft"),
        _health("overall", "How the project does by its manager's account."),
        _health("schedule", "Declared of the schedule."),
        _health("cost", "Declared of the cost."),
        _health("scope_health", "Declared of the scope."),
        _health("resources", "Declared of the people."),
        _health("benefits", "Declared of the benefits."),
        Field("percent", Kind.WHOLE, "How much is done, in per cent.", may_be_missing=True, example=40),
        Field("done", Kind.TEXT, "What was done.", sorts=False),
        Field("planned", Kind.TEXT, "What comes next.", sorts=False),
        Field("needed", Kind.TEXT, "Decisions and help needed.", sorts=False),
        Field("explanation", Kind.TEXT, "Why it is declared better than the figures say.", sorts=False),
        Field("published_at", Kind.MOMENT, "When it was published.", may_be_missing=True),
        VERSION,
    ),
    key="id",
    order=("-end_date", "id"),
)


class ReportStart(Sent):
    """A day of the period; without one the latest that is over and not reported on."""

    within: Day | None = None


class ReportChanges(Changes):
    """What is said of the period; health is green, amber, red or empty."""

    overall: Literal[COLOURS] = ""
    schedule: Literal[COLOURS] = ""
    cost: Literal[COLOURS] = ""
    scope_health: Literal[COLOURS] = ""
    resources: Literal[COLOURS] = ""
    benefits: Literal[COLOURS] = ""
    percent: whole(0, 100) | None = None
    done: text(4_000) = ""
    planned: text(4_000) = ""
    needed: text(4_000) = ""
    explanation: text(4_000) = ""


class RhythmSent(Sent):
    """How often; `every` empty takes the rhythm of the portfolio above."""

    every: Literal[("", *Every.values)]
    due_after: _DAYS | None = None
    remind_before: _DAYS | None = None
    reason: Reason = ""


class RhythmTold(Told):
    """The rhythm of a portfolio itself; null where it takes that from above."""

    every: str | None
    due_after: int | None
    remind_before: int | None


class ReportReminder(Sent):
    """The projects to remind of; without them every one."""

    projects: Annotated[list[Code], Rule(max_length=500)] | None = None


class ReportReminded(Told):
    """How many were reminded."""

    count: int


class HealthPartTold(Told):
    """A part: red, amber, green or empty where nothing is known; its score from 0 to 1, and why."""

    key: str
    colour: str
    score: float | None
    told: str


class ComputedHealthTold(Told):
    """Health by the figures; kept as it was once the report is published. `better` names what is declared better."""

    overall: str
    score: float | None
    parts: list[HealthPartTold]
    better: list[str]


def _rows(request: HttpRequest) -> Any:
    return reports_for(request.user, request.as_of)


@routes.reads("/reports", "statusreports", REPORTS.Page, is_list=True)
def reports(request: HttpRequest, query: REPORTS.Asked) -> Any:
    """List status reports, the newest first."""
    return REPORTS.page(request, _rows(request), query)


@routes.reads("/reports/{statusreport_id}", "statusreport", REPORTS.One, versioned=True)
def report(request: HttpRequest, statusreport_id: Id) -> Any:
    """Read a status report."""
    return REPORTS.one(request, _rows(request).identified_by([statusreport_id]))


@routes.reads("/reports/{statusreport_id}/health", "statusreport.health", ComputedHealthTold)
def health(request: HttpRequest, statusreport_id: Id) -> Any:
    """Read what the figures say beside a report. Only where you may see figures."""
    row = report_for(request.user, statusreport_id, request.as_of)
    access.require(request.user, Verb.SEE_FIGURES, row.project)
    if row.state == ReportState.PUBLISHED:
        computed = Computed.of(row.computed)
    else:
        computed = computed_health([row.project_id], as_of=request.as_of).get(row.project_id, NOTHING)
    return computed.kept | {"better": computed.worse_than(row)}


@routes.does(
    "POST", "/portfolios/{code}/rhythm", Verb.RHYTHM_SET, RhythmTold, example={"every": "month", "due_after": 5}
)  # fmt: skip
def rhythm(request: HttpRequest, code: PortfolioCode, body: RhythmSent) -> Any:
    """Say how often the projects of a portfolio and below report."""
    row = set_rhythm(portfolio_at(request, code), actor=request.user, **body.sent_only())
    return {name: getattr(row, name) if row else None for name in ("every", "due_after", "remind_before")}


@routes.does(
    "POST", "/projects/{code}/reports", Verb.REPORT_DRAFT, REPORTS.One, status=201, example={"within": "2026-03-31"}
)  # fmt: skip
def draft(request: HttpRequest, code: Code, body: ReportStart) -> Any:
    """Begin a status report, prefilled."""
    made = draft_report(project_at(request, code), actor=request.user, within=body.within)
    told = REPORTS.one(request, StatusReport.objects.filter(pk=made.pk)).body
    return Answer(told, location=f"/api/v1/reports/{made.pk}")


@routes.does(
    "PATCH", "/reports/{statusreport_id}", Verb.REPORT_EDIT, REPORTS.One, precondition="required",
    example={"overall": "amber", "explanation": "The supplier delivers in June"},
)  # fmt: skip
def edit(request: HttpRequest, statusreport_id: Id, body: ReportChanges) -> Any:
    """Change a status report while it is a draft."""
    return _done(request, statusreport_id, edit_report, **body.sent_only())


@routes.does(
    "POST", "/reports/{statusreport_id}/publication", Verb.REPORT_PUBLISH, REPORTS.One, precondition="possible"
)  # fmt: skip
def publish(request: HttpRequest, statusreport_id: Id) -> Any:
    """Publish a status report: it no longer changes, and its health becomes that of the project."""
    return _done(request, statusreport_id, publish_report)


@routes.does("POST", "/report-reminders", Verb.REPORTS_REMIND, ReportReminded, example={"projects": ["PUMPS"]})
def remind(request: HttpRequest, body: ReportReminder) -> Any:
    """Remind the managers of reports that are late or due soon."""
    return {"count": remind_within(request.user, body.projects)}


def _done(request: HttpRequest, row_id: int, act: Any, **sent: Any) -> Any:
    rows = _rows(request).identified_by([row_id])
    act(found(rows), actor=request.user, expected_version=request.expected_version, **sent)
    return REPORTS.one(request, rows)
