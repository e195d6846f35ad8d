"""Control in the REST API: the queue, terms of exit, stopping, pausing and resuming, and who waits."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from mainstay.authorisation.queries import decision_for
from mainstay.core import access
from mainstay.core.api.fields import VERSION, Field, Kind
from mainstay.core.api.finding import found
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Routes
from mainstay.core.api.types import Code, Day, Id, Money, PortfolioCode, Sent, Told, YesNo, text, whole
from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb
from mainstay.monitoring.control.operations import LONGEST_PAUSE, pause_work, resume_work, set_exit, stop_work
from mainstay.monitoring.control.queue import queue_of
from mainstay.monitoring.control.recording import told_by
from mainstay.monitoring.control.release import Release
from mainstay.monitoring.control.waiting import WaitingList
from mainstay.monitoring.models import ExitTerms
from mainstay.portfolio.api.finding import project_at
from mainstay.portfolio.models import Portfolio, Project

routes = Routes("Control")
Why = text(500, least=1, example="The grid plan changed")

EXITS = Resource(
    "ExitTerms",
    (
        Field("project", Kind.TEXT, "The code of the project.", "project__code", example="PUMPS"),
        Field("stop_cost", Kind.MONEY, "What stopping costs.", example="50000.00"),
        Field("salvage", Kind.MONEY, "What would be left.", example="10000.00"),
        Field("pause_cost", Kind.MONEY, "What a month at rest costs.", example="2000.00"),
        Field("note", Kind.TEXT, "A note.", sorts=False),
        VERSION,
    ),
    key="project",
    order=("project",),
)
FIGURES = (
    "benefit", "forecast", "spent", "remaining", "stop_cost", "salvage", "pause_cost", "value", "per_cost", "net",
    "hours", "per_hour",
)  # fmt: skip


class ControlStandingTold(Told):
    """A project in the queue; money in the currency of the queue, null where it is not known."""

    project: str
    advice: str
    why: str
    source: str
    has_terms: bool
    benefit: float | None
    forecast: float | None
    spent: float | None
    remaining: float | None
    stop_cost: float | None
    salvage: float | None
    pause_cost: float | None
    value: float | None
    per_cost: float | None
    net: float | None
    hours: float | None
    per_hour: float | None


class ControlQueueTold(Told):
    """Running work by what going on is worth, the least first."""

    finding: str
    currency: str
    scarce_role: str | None
    missing_rates: list[str]
    items: list[ControlStandingTold]


class ExitTermsSent(Sent):
    """What leaving the work would cost, in the currency of the project."""

    stop_cost: Money
    salvage: Money
    pause_cost: Money
    note: text(300) = ""


class WorkStopSent(Sent):
    """From when on, whether money goes back, and why."""

    on: Day | None = None
    returns_money: YesNo = True
    reason: Why


class WorkPauseSent(WorkStopSent):
    """For how many months, too."""

    months: whole(1, LONGEST_PAUSE)


class WorkResumeSent(Sent):
    """From when on, and why."""

    on: Day | None = None
    reason: Why


class ReleaseAsked(Sent):
    """From when on, and for how many months; 0 for good."""

    on: Day | None = None
    months: whole(0, LONGEST_PAUSE) = 0
    returns_money: YesNo = True


class FreedHoursTold(Told):
    """Booked hours of a role in a month that are free again."""

    role: str
    month: date
    hours: float


class FreedMoneyTold(Told):
    """Money of a fund that goes back."""

    fund: str
    currency: str
    amount: str


class ReleaseTold(Told):
    """What is set free."""

    on: date
    months: int
    hours: str
    people: int
    demand: str
    requests: int
    hours_by_month: list[FreedHoursTold]
    money: list[FreedMoneyTold]


class WorkSteppedTold(Told):
    """The decision that was taken."""

    decision: int
    statement: str


class WaitingProjectTold(Told):
    """A waiting project and the first days on which it fits, by itself and after those above it."""

    project: str
    benefit: str
    cost: str
    hours: float
    alone: date | None
    together: date | None
    obstacle: str


class ReleasedTold(Told):
    """What a decision set free, and who waits for it."""

    decision: int
    statement: str
    freed: ReleaseTold
    waiting: list[WaitingProjectTold]


@routes.reads("/control-queue", "control.queue", ControlQueueTold)
def queue(request: HttpRequest, portfolio: PortfolioCode | None = None) -> Any:
    """Rank running work by what going on is worth from here; what was spent counts nowhere."""
    place = None
    if portfolio:
        place = found(Portfolio.objects.visible_to(request.user, Verb.SEE_FIGURES).filter(code=portfolio))
    known = queue_of(request.user, place, as_of=request.as_of)
    told = {"finding": known.finding, "currency": known.currency, "missing_rates": list(known.missing)}
    return told | {
        "scarce_role": known.scarce.role.key if known.scarce else None,
        "items": [_standing(row) for row in known.rows],
    }


def _standing(row: Any) -> dict[str, Any]:
    told = {"project": row.project.code, "advice": row.word, "why": row.why, "source": row.source}
    figures = {name: _finite(getattr(row, name)) for name in FIGURES}
    return told | {"has_terms": row.has_terms} | figures


def _finite(value: float | None) -> float | None:
    return None if value is None or value in (float("inf"), float("-inf")) else value


@routes.reads("/exit-terms", "exitterms", EXITS.Page, is_list=True)
def exits(request: HttpRequest, query: EXITS.Asked) -> Any:
    """List the terms of exit of projects. Only where you may see figures."""
    return EXITS.page(request, ExitTerms.objects.as_of(request.as_of).visible_to(request.user), query)


@routes.does(
    "PUT", "/projects/{code}/exit-terms", Verb.EXIT_SET, EXITS.One,
    example={"stop_cost": "50000.00", "salvage": "10000.00", "pause_cost": "2000.00"},
)  # fmt: skip
def put_exit(request: HttpRequest, code: Code, body: ExitTermsSent) -> Any:
    """Say what it would cost to stop or rest a project, and what would be left of it."""
    made = set_exit(project_at(request, code), actor=request.user, **body.model_dump())
    return EXITS.one(request, ExitTerms.objects.filter(pk=made.pk))


@routes.works_out("/projects/{code}/release", "release", ReleaseTold, example={"months": 0})
def release(request: HttpRequest, code: Code, body: ReleaseAsked) -> Any:
    """Work out what stopping or pausing a project would set free."""
    project = _with_figures(request, code)
    day = max(body.on or timezone.localdate(), timezone.localdate())
    return _released(Release(project, day, body.months, returns_money=body.returns_money).content)


def _with_figures(request: HttpRequest, code: str) -> Project:
    return found(Project.objects.visible_to(request.user, Verb.SEE_FIGURES).filter(code=code))


def _released(content: dict[str, Any]) -> dict[str, Any]:
    """What a release keeps, part by part."""
    plain = {name: content.get(name, 0) for name in ("on", "months", "people", "requests")}
    plain |= {name: content.get(name, "0.00") for name in ("hours", "demand")}
    hours = [{"role": role, "month": month, "hours": each} for role, month, each in content.get("hours_by_month", [])]
    money = [{"fund": fund, "currency": code, "amount": amount} for fund, code, amount in content.get("money", [])]
    return plain | {"hours_by_month": hours, "money": money}


@routes.does(
    "POST", "/projects/{code}/stop", Verb.WORK_STOP, WorkSteppedTold, precondition="possible",
    example={"reason": "The grid plan changed"},
)  # fmt: skip
def stop(request: HttpRequest, code: Code, body: WorkStopSent) -> Any:
    """Stop running work: its people, demand and unreleased money are free, the decision is on record."""
    return _stepped(request, code, stop_work, body)


@routes.does(
    "POST", "/projects/{code}/pause", Verb.WORK_PAUSE, WorkSteppedTold, precondition="possible",
    example={"months": 6, "reason": "The grid plan changed"},
)  # fmt: skip
def pause(request: HttpRequest, code: Code, body: WorkPauseSent) -> Any:
    """Let running work rest for some months; what is planned moves by as many."""
    return _stepped(request, code, pause_work, body)


@routes.does(
    "POST", "/projects/{code}/resumption", Verb.WORK_RESUME, WorkSteppedTold, precondition="possible",
    example={"reason": "Needed after all"},
)  # fmt: skip
def resume(request: HttpRequest, code: Code, body: WorkResumeSent) -> Any:
    """Let resting work go on."""
    return _stepped(request, code, resume_work, body)


def _stepped(request: HttpRequest, code: str, act: Any, body: Sent) -> dict[str, Any]:
    project, version = project_at(request, code), request.expected_version
    made = act(project, actor=request.user, expected_version=version, **body.model_dump())
    return {"decision": made.pk, "statement": made.statement}


@routes.reads("/released/{released_id}", "released", ReleasedTold)
def released(request: HttpRequest, released_id: Id) -> Any:
    """Read what a decision set free, with the waiting projects and the days from when they fit."""
    decision = decision_for(request.user, released_id)
    told = told_by(decision)
    if not told:
        raise Missing("This decision set nothing free.")
    access.require(request.user, Verb.SEE_FIGURES, decision.portfolio)
    waiting = [_waiting(one) for one in WaitingList(request.user, decision.portfolio).candidates]
    plain = {"decision": decision.pk, "statement": decision.statement, "freed": _released(told["freed"])}
    return plain | {"waiting": waiting}


def _waiting(one: Any) -> dict[str, Any]:
    money = {"benefit": f"{one.benefit:.2f}", "cost": f"{one.cost:.2f}"}
    days = {"alone": one.alone and one.alone.isoformat(), "together": one.together and one.together.isoformat()}
    return {"project": one.project.code, "hours": one.hours, "obstacle": one.obstacle} | money | days
