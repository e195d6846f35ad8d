"""Changes of authorised work in the REST API."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpRequest
from pydantic import BeforeValidator, WithJsonSchema

from mainstay.core import access
from mainstay.core.api.fields import VERSION, Field, Kind, number
from mainstay.core.api.finding import found
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import Changes, Code, Id, Number, Reason, Sent, Told, YesNo, text, whole
from mainstay.core.verbs import Verb
from mainstay.monitoring.changes.effect import Effect
from mainstay.monitoring.changes.operations import (
    MOST_DAYS,
    decide_change,
    draft_change,
    edit_change,
    submit_change,
    withdraw_change,
)
from mainstay.monitoring.changes.queries import changes_for
from mainstay.monitoring.models import ChangeRequest, ChangeState
from mainstay.portfolio.api.finding import project_at

routes = Routes("Changes")
SIGNED = r"^-?[0-9]{1,13}(\.[0-9]{1,2})?$"
MOST_ROLES = 50


def _signed(value: Any) -> Any:
    """Money with a sign, with two decimals at most."""
    amount = value if isinstance(value, Decimal) else Decimal(str(value))
    if amount != amount.quantize(Decimal("0.01")) or abs(amount) >= 10**13:
        raise ValueError('Write the amount as text with at most two decimals, for example "-1234.50".')
    return amount


def _amount(value: Any) -> Any:
    try:
        return _signed(value)
    except ArithmeticError:
        raise ValueError('Write the amount as text, for example "-1234.50".') from None


Signed = Annotated[
    Decimal,
    BeforeValidator(_amount),
    WithJsonSchema({"type": "string", "pattern": SIGNED, "examples": ["50000.00"]}),
]

CHANGES = Resource(
    "ChangeRequest",
    (
        number("id", "The row's number.", lookup="pk", example=1),
        Field("project", Kind.TEXT, "The code of the project.", "project__code", example="PUMPS"),
        Field("number", Kind.WHOLE, "Its number within the project.", example=1),
        Field("title", Kind.TEXT, "What changes.", example="Longer trial run"),
        Field("reason", Kind.TEXT, "Why.", sorts=False),
        Field("scope_effect", Kind.TEXT, "What it does to the scope.", sorts=False),
        Field("days", Kind.WHOLE, "By how many days the end moves.", example=42),
        Field("moves_milestones", Kind.YES_NO, "Whether milestones to come move along."),
        Field("state", Kind.CHOICE, "Where it stands.", choices=tuple(ChangeState.values), example="draft"),
        Field("asked_by", Kind.TEXT, "Who asks, by sign-in name.", "asked_by__username", may_be_missing=True),
        Field("submitted_at", Kind.MOMENT, "When a decision was asked for.", may_be_missing=True),
        Field("decided_by", Kind.TEXT, "Who decided, by sign-in name.", "decided_by__username", may_be_missing=True),
        Field("decided_at", Kind.MOMENT, "When.", may_be_missing=True),
        Field("decision_note", Kind.TEXT, "Why it was decided so.", sorts=False),
        Field("baseline", Kind.WHOLE, "The number of the baseline it made.", "baseline__number", may_be_missing=True),
        VERSION,
    ),
    key="id",
    order=("-id",),
)


class ChangeRequestFields(Changes):
    """What changes, why, and what that does; money in the currency of the project."""

    title: text(160, least=1) = ""
    reason: text(2_000, least=1) = ""
    scope_effect: text(2_000) = ""
    days: whole(-MOST_DAYS, MOST_DAYS) = 0
    cost_effect: Signed = Decimal(0)
    benefit_effect: Signed = Decimal(0)
    demand_effect: dict[text(40, least=1), Number] = {}
    moves_milestones: YesNo = True


class ChangeRequestSent(ChangeRequestFields):
    """A change to ask for."""

    title: text(160, least=1)
    reason: text(2_000, least=1)


class ChangeRequestWithdrawal(Sent):
    """Why it is taken back."""

    reason: Reason = ""


class ChangeRequestDecision(Sent):
    """Whether it is approved, and why."""

    approve: YesNo
    note: text(500, least=1)


class EffectLineTold(Told):
    """A figure before and after; days as dates, money and numbers as text."""

    label: str
    before: str | None
    after: str | None


class EffectMilestoneTold(Told):
    """A milestone before and after."""

    name: str
    before: date
    after: date


class EffectHoursTold(Told):
    """Hours of a role the project needs from now on, and those left free; null where you see no capacity."""

    role: str
    before: str
    after: str
    left: float | None


class EffectLateTold(Told):
    """A project that would get what it needs too late."""

    project: str
    days: int


class ChangeEffectTold(Told):
    """What a change does, before and after. `late_for` names what you may see."""

    lines: list[EffectLineTold]
    milestones: list[EffectMilestoneTold]
    hours: list[EffectHoursTold]
    late_for: list[EffectLateTold]


def _rows(request: HttpRequest) -> Any:
    return changes_for(request.user, request.as_of)


@routes.reads("/changes", "changerequests", CHANGES.Page, is_list=True)
def changes(request: HttpRequest, query: CHANGES.Asked) -> Any:
    """List changes asked for, the newest first."""
    return CHANGES.page(request, _rows(request), query)


@routes.reads("/changes/{changerequest_id}", "changerequest", CHANGES.One, versioned=True)
def change(request: HttpRequest, changerequest_id: Id) -> Any:
    """Read a change."""
    return CHANGES.one(request, _rows(request).identified_by([changerequest_id]))


@routes.reads("/changes/{changerequest_id}/effect", "changerequest.effect", ChangeEffectTold)
def effect(request: HttpRequest, changerequest_id: Id) -> Any:
    """Work out what a change does to the project as it stands now. Only where you may see figures."""
    row = found(ChangeRequest.objects.visible_to(request.user).filter(pk=changerequest_id))
    access.require(request.user, Verb.SEE_FIGURES, row.project)
    known = Effect(row, request.user)
    return {
        "lines": [{"label": label, **sides} for label, sides in known.kept()],
        "milestones": [
            {"name": one.name, "before": one.before.isoformat(), "after": one.after.isoformat()}
            for one in known.milestones
        ],
        "hours": [
            {"role": one.role.key, "before": f"{one.before:.2f}", "after": f"{one.after:.2f}", "left": one.left}
            for one in known.people
        ],
        "late_for": [{"project": link.project.code, "days": days} for link, days in known.late_for],
    }


@routes.does(
    "POST", "/projects/{code}/changes", Verb.CHANGEREQUEST_DRAFT, CHANGES.One, status=201,
    example={"title": "Longer trial run", "reason": "The pumps run hot", "days": 42, "cost_effect": "50000.00"},
)  # fmt: skip
def draft(request: HttpRequest, code: Code, body: ChangeRequestSent) -> Any:
    """Write down a change of authorised work with its effect, as a draft."""
    made = draft_change(project_at(request, code), actor=request.user, **body.sent_only())
    told = CHANGES.one(request, ChangeRequest.objects.filter(pk=made.pk)).body
    return Answer(told, location=f"/api/v1/changes/{made.pk}")


@routes.does(
    "PATCH", "/changes/{changerequest_id}", Verb.CHANGEREQUEST_EDIT, CHANGES.One, precondition="required",
    example={"days": 30},
)  # fmt: skip
def edit(request: HttpRequest, changerequest_id: Id, body: ChangeRequestFields) -> Any:
    """Change what is asked for, while it is a draft."""
    return _done(request, changerequest_id, edit_change, **body.sent_only())


@routes.does(
    "POST", "/changes/{changerequest_id}/submission", Verb.CHANGEREQUEST_SUBMIT, CHANGES.One, precondition="possible"
)  # fmt: skip
def submit(request: HttpRequest, changerequest_id: Id) -> Any:
    """Ask for a decision on a change."""
    return _done(request, changerequest_id, submit_change)


@routes.does(
    "POST", "/changes/{changerequest_id}/withdrawal", Verb.CHANGEREQUEST_WITHDRAW, CHANGES.One,
    precondition="possible", example={"reason": "Solved otherwise"},
)  # fmt: skip
def withdraw(request: HttpRequest, changerequest_id: Id, body: ChangeRequestWithdrawal) -> Any:
    """Take a change back before it is decided."""
    return _done(request, changerequest_id, withdraw_change, **body.model_dump())


@routes.does(
    "POST", "/changes/{changerequest_id}/decision", Verb.CHANGEREQUEST_DECIDE, CHANGES.One, precondition="possible",
    example={"approve": True, "note": "Cheaper than a failure"},
)  # fmt: skip
def decide(request: HttpRequest, changerequest_id: Id, body: ChangeRequestDecision) -> Any:
    """Approve a change or not; approved, it changes the project and becomes the current baseline."""
    return _done(request, changerequest_id, decide_change, **body.model_dump())


def _done(request: HttpRequest, row_id: int, act: Any, **sent: Any) -> Any:
    rows = _rows(request).identified_by([row_id])
    act(found(rows), actor=request.user, expected_version=request.expected_version, **sent)
    return CHANGES.one(request, rows)
