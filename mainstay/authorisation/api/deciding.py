"""Adopting a scenario and taking that back, the decision log, replays and baselines."""

from typing import Any

from django.http import HttpRequest

from mainstay.authorisation import queries
from mainstay.authorisation.api.decisions import DECISIONS, told
from mainstay.authorisation.deciding import log
from mainstay.authorisation.deciding.operations.adopting import adopt_scenario, undo_adoption
from mainstay.authorisation.deciding.operations.baselines import freeze_baseline
from mainstay.authorisation.deciding.replay import corrected_since, replay
from mainstay.authorisation.models import Baseline, Scenario
from mainstay.core import access
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import Code, Id, Reason, Sent, Told, YesNo, text
from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb
from mainstay.portfolio.api.finding import project_at
from mainstay.value.models import Fund

routes = Routes("Decision log")


class AdoptScenario(Sent):
    """How a scenario is adopted."""

    reject_others: YesNo = False
    note: text(5_000) = ""
    fund: text(40) = ""


class Because(Sent):
    """Why something is done."""

    reason: Reason


class Replayed(Told):
    """What came of solving the problem of a decision anew."""

    matches: bool
    statement: str
    result_then: str
    result_now: str
    differences: list[str]
    corrected_since: list[str]


class Record(Told):
    """A record of the decision log."""

    number: int
    recorded_at: str
    before_sha256: str
    sha256: str
    content: dict[str, Any]


class Verified(Told):
    """Whether the decision log is as it was written."""

    is_whole: bool
    findings: list[str]


class OneBaseline(Told):
    """A baseline; its figures only where you may see figures."""

    number: int
    is_current: bool
    reason: str
    frozen_at: str
    start_date: str | None
    end_date: str | None
    milestones: list[dict[str, Any]]
    figures: dict[str, Any] | None


class Baselines(Told):
    """The baselines of a project, the latest first."""

    items: list[OneBaseline]


@routes.does(
    "POST", "/scenarios/{scenario_id}/adoption", Verb.SCENARIO_ADOPT, DECISIONS.One,
    status=201, precondition="possible", example={"note": "Agreed by the board"},
)  # fmt: skip
def adopt(request: HttpRequest, scenario_id: Id, body: AdoptScenario) -> Any:
    """Make a scenario the plan of record; stages, dates, bookings and baselines, all of it or nothing."""
    scenario = Scenario.objects.visible_to(request.user).filter(pk=scenario_id).first()
    if scenario is None:
        raise Missing("There is no such scenario, or it is not open to you.")
    sent = body.model_dump()
    fund = Fund.objects.visible_to(request.user).filter(key=body.fund).first() if body.fund else None
    if body.fund and fund is None:
        raise Missing("There is no such fund, or it is not open to you.")
    del sent["fund"]
    version = request.expected_version
    decision = adopt_scenario(scenario, actor=request.user, expected_version=version, fund=fund, **sent)
    return Answer(told(request, decision.pk).body, location=f"/api/v1/decisions/{decision.pk}")


@routes.does(
    "POST", "/decisions/{decision_id}/undoing", Verb.ADOPTION_UNDO, DECISIONS.One,
    status=201, precondition="possible", example={"reason": "The wrong branch was adopted"},
)  # fmt: skip
def undo(request: HttpRequest, decision_id: Id, body: Because) -> Any:
    """Take an adopted scenario back; possible while nothing was decided or changed since."""
    row = queries.decision_for(request.user, decision_id)
    undoing = undo_adoption(row, actor=request.user, reason=body.reason, expected_version=request.expected_version)
    return Answer(told(request, undoing.pk).body, location=f"/api/v1/decisions/{undoing.pk}")


@routes.reads("/decisions/{decision_id}/replay", "decision.replay", Replayed)
def replayed(request: HttpRequest, decision_id: Id) -> Any:
    """Solve the problem of a decision anew and compare with what was decided."""
    row = queries.decision_for(request.user, decision_id)
    found = replay(row)
    return {
        "matches": found.matches,
        "statement": found.statement,
        "result_then": found.result_then,
        "result_now": found.result_now,
        "differences": list(found.differences),
        "corrected_since": corrected_since(row),
    }


@routes.reads("/decisions/{decision_id}/record", "decision.record", Record)
def record(request: HttpRequest, decision_id: Id) -> Any:
    """Read the record of a decision, whole, with its fingerprint and that of the record before it."""
    return log.record_of(queries.decision_for(request.user, decision_id))


@routes.reads("/decision-log", "decisionlog", Verified)
def verified(request: HttpRequest) -> Any:
    """Verify the decision log. Only where you may see the whole audit trail."""
    access.require(request.user, Verb.SEE_AUDIT)
    findings = log.verify()
    return {"is_whole": not findings, "findings": [str(each) for each in findings]}


@routes.reads("/projects/{code}/baselines", "baselines", Baselines)
def baselines(request: HttpRequest, code: Code) -> Any:
    """List the baselines of a project, the latest first."""
    project = project_at(request, code)
    figures = access.may(request.user, Verb.SEE_FIGURES, project)
    rows = Baseline.objects.visible_to(request.user).filter(project=project)
    return {"items": [_told(row, figures=figures) for row in rows]}


@routes.does(
    "POST", "/projects/{code}/baselines", Verb.BASELINE_FREEZE, OneBaseline,
    status=201, example={"reason": "New dates agreed by the board"},
)  # fmt: skip
def freeze(request: HttpRequest, code: Code, body: Because) -> Any:
    """Freeze a baseline; dates, money, demand and milestones as they are now become what counts."""
    project = project_at(request, code)
    row = freeze_baseline(project, actor=request.user, reason=body.reason)
    return _told(row, figures=access.may(request.user, Verb.SEE_FIGURES, project))


def _told(row: Baseline, *, figures: bool) -> dict[str, Any]:
    return {
        "number": row.number,
        "is_current": row.is_current,
        "reason": row.reason,
        "frozen_at": row.frozen_at.isoformat(),
        "start_date": row.start_date.isoformat() if row.start_date else None,
        "end_date": row.end_date.isoformat() if row.end_date else None,
        "milestones": row.milestones,
        "figures": row.figures if figures else None,
    }
