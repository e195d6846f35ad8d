"""Benefits and what was read of them, in the REST API."""

from decimal import Decimal
from typing import Any, Literal

from django.http import HttpRequest
from pydantic import Field as Rule

from mainstay.core.api.fields import VERSION, Field, Kind, number
from mainstay.core.api.finding import found
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import (
    Changes,
    Code,
    Day,
    Id,
    Money,
    Number,
    Reason,
    Sent,
    Told,
    Username,
    YesNo,
    text,
    whole,
)
from mainstay.core.verbs import Verb
from mainstay.portfolio.api.finding import project_at, with_rows
from mainstay.portfolio.api.shapes import sent_changes
from mainstay.value.models import Benefit, BenefitKind, BenefitReading, Confidence, Profile
from mainstay.value.operations import (
    Read,
    add_benefit,
    edit_benefit,
    record_readings,
    remove_benefit,
    remove_reading,
    set_needs,
    verify_readings,
)
from mainstay.value.operations.reminding import remind_owners

routes = Routes("Benefits")
KINDS, PROFILES, SURE = tuple(BenefitKind.values), tuple(Profile.values), tuple(Confidence.values)
_ID = number("id", "The row's number.", lookup="pk", example=1)

BENEFITS = Resource(
    "Benefit",
    (
        _ID,
        Field("project", Kind.TEXT, "The code of the project.", "project__code", example="PUMPS"),
        Field("name", Kind.TEXT, "What comes.", example="Less power for pumping"),
        Field("kind", Kind.CHOICE, "What kind it is.", choices=KINDS, example="cashable"),
        Field("is_disbenefit", Kind.YES_NO, "Whether it is a disadvantage."),
        Field("owner", Kind.TEXT, "Who answers for it, by sign-in name.", "owner__username", may_be_missing=True),
        Field("measure", Kind.TEXT, "By what it is measured.", example="Energy bill"),
        Field("unit", Kind.TEXT, "In which unit; money is in the currency of the project.", example="GBP"),
        Field("baseline", Kind.DECIMAL, "What was measured before.", may_be_missing=True),
        Field("baseline_date", Kind.DAY, "When.", may_be_missing=True),
        Field("target", Kind.DECIMAL, "What is to come in all its months.", example="120000.00"),
        Field("profile", Kind.CHOICE, "How it comes.", choices=PROFILES, example="ramp"),
        Field("first_month", Kind.DAY, "From which month on."),
        Field("waiting", Kind.WHOLE, "Months of waiting before anything comes.", example=3),
        Field("months", Kind.WHOLE, "Months it comes in.", example=24),
        Field("attribution", Kind.DECIMAL, "The share due to the project, 0 to 1.", example="0.6000"),
        Field("tracked_until", Kind.DAY, "Until when it is read.", may_be_missing=True),
        Field("note", Kind.TEXT, "A note.", sorts=False),
        Field("external_key", Kind.TEXT, "Its key in another system."),
        VERSION,
    ),
    key="id",
    order=("id",),
)
READINGS = Resource(
    "BenefitReading",
    (
        _ID,
        Field("benefit", Kind.WHOLE, "The number of the benefit.", "benefit_id", example=1),
        Field("month", Kind.DAY, "The first day of the month it came in."),
        Field("amount", Kind.DECIMAL, "What came.", example="4200.00"),
        Field("confidence", Kind.CHOICE, "How sure it is.", choices=SURE, example="high"),
        Field("evidence", Kind.TEXT, "By what one sees it.", example="Energy bill of March"),
        Field("link", Kind.TEXT, "Where the evidence lies."),
        Field("recorded_by", Kind.TEXT, "Who said so.", "recorded_by__username", may_be_missing=True),
        Field("verified_by", Kind.TEXT, "Who confirmed it.", "verified_by__username", may_be_missing=True),
        Field("verified_at", Kind.MOMENT, "When.", may_be_missing=True),
        VERSION,
    ),
    key="id",
    order=("id",),
)


class BenefitChanges(Changes):
    """What a benefit is to be; target and baseline in the currency of the project or in its own unit."""

    name: text(160, least=1) = ""
    kind: Literal[KINDS] = "cashable"
    is_disbenefit: YesNo = False
    owner: Username | None = None
    measure: text(160) = ""
    unit: text(30) = ""
    baseline: Number | None = None
    baseline_date: Day | None = None
    target: Money = Decimal(0)
    profile: Literal[PROFILES] = "steady"
    first_month: Day | None = None
    waiting: whole(0, 120) = 0
    months: whole(1, 360) = 12
    attribution: Number = Decimal(1)
    tracked_until: Day | None = None
    note: text(2_000) = ""
    external_key: text(80) = ""
    reason: Reason = ""


class BenefitSent(BenefitChanges):
    """Something a project is to bring."""

    name: text(160, least=1)
    target: Money
    first_month: Day


class MonthReadSent(Sent):
    """What came in a month."""

    month: Day
    amount: Number
    evidence: text(500, least=1)
    link: text(500) = ""
    confidence: Literal[SURE] = "medium"


class ReadingsSent(Sent):
    """What came in some months; a month told again is corrected."""

    readings: list[MonthReadSent] = Rule(min_length=1, max_length=120)
    reason: Reason = ""


class MonthsSent(Sent):
    """The months whose readings are confirmed."""

    months: list[Day] = Rule(min_length=1, max_length=120)
    reason: Reason = ""


class NeedsSent(Sent):
    """The numbers of the benefits that must come for this one to come."""

    needed: list[Id] = Rule(max_length=50)
    reason: Reason = ""


class BenefitNotices(Told):
    """How many notices were left."""

    count: int


def _benefits(request: HttpRequest) -> Any:
    return Benefit.objects.as_of(request.as_of).visible_to(request.user)


def _readings(request: HttpRequest) -> Any:
    return BenefitReading.objects.as_of(request.as_of).visible_to(request.user)


@routes.reads("/benefits", "benefits", BENEFITS.Page, is_list=True)
def benefits(request: HttpRequest, query: BENEFITS.Asked) -> Any:
    """List benefits. Only where you may see figures."""
    return BENEFITS.page(request, _benefits(request), query)


@routes.reads("/benefits/{benefit_id}", "benefit", BENEFITS.One, versioned=True)
def benefit(request: HttpRequest, benefit_id: Id) -> Any:
    """Read a benefit."""
    return BENEFITS.one(request, _benefits(request).identified_by([benefit_id]))


@routes.reads("/benefit-readings", "benefit.readings", READINGS.Page, is_list=True)
def readings(request: HttpRequest, query: READINGS.Asked) -> Any:
    """List what was read of benefits."""
    return READINGS.page(request, _readings(request), query)


@routes.does(
    "POST", "/projects/{code}/benefits", Verb.BENEFIT_ADD, BENEFITS.One, status=201,
    example={"name": "Less power", "target": "120000.00", "first_month": "2027-04-01"},
)  # fmt: skip
def put(request: HttpRequest, code: Code, body: BenefitSent) -> Any:
    """Write down what a project is to bring."""
    made = add_benefit(project_at(request, code), actor=request.user, **with_rows(request, body.sent_only()))
    told = BENEFITS.one(request, Benefit.objects.filter(pk=made.pk)).body
    return Answer(told, location=f"/api/v1/benefits/{made.pk}")


@routes.does(
    "PATCH", "/benefits/{benefit_id}", Verb.BENEFIT_EDIT, BENEFITS.One, precondition="required",
    example={"attribution": "0.6"},
)  # fmt: skip
def alter(request: HttpRequest, benefit_id: Id, body: BenefitChanges) -> Any:
    """Change what a benefit is to be."""
    changes, reason = sent_changes(body)
    rows, version = _benefits(request).identified_by([benefit_id]), request.expected_version
    edit_benefit(
        found(rows), actor=request.user, expected_version=version, reason=reason, **with_rows(request, changes)
    )
    return BENEFITS.one(request, rows)


@routes.does("DELETE", "/benefits/{benefit_id}", Verb.BENEFIT_REMOVE, None, status=204, precondition="possible")
def drop(request: HttpRequest, benefit_id: Id) -> Any:
    """Remove a benefit that was written down by mistake."""
    row = found(_benefits(request).identified_by([benefit_id]))
    remove_benefit(row, actor=request.user, expected_version=request.expected_version)


@routes.does("PUT", "/benefits/{benefit_id}/needs", Verb.BENEFITNEEDS_SET, BENEFITS.One, example={"needed": []})
def needs(request: HttpRequest, benefit_id: Id, body: NeedsSent) -> Any:
    """Say which benefits must come for this one to come."""
    rows = _benefits(request).identified_by([benefit_id])
    needed = [found(_benefits(request).identified_by([pk])) for pk in body.needed]
    set_needs(found(rows), actor=request.user, needed=needed, reason=body.reason)
    return BENEFITS.one(request, rows)


@routes.does(
    "POST", "/benefits/{benefit_id}/readings", Verb.READINGS_RECORD, READINGS.Page,
    example={"readings": [{"month": "2026-03-01", "amount": "4200.00", "evidence": "Energy bill"}]},
)  # fmt: skip
def record(request: HttpRequest, benefit_id: Id, body: ReadingsSent) -> Any:
    """Say what came in some months, with evidence."""
    row = found(_benefits(request).identified_by([benefit_id]))
    read = [Read(**one.model_dump()) for one in body.readings]
    record_readings(row, actor=request.user, readings=read, reason=body.reason)
    return READINGS.page(request, _readings(request).filter(benefit=row), READINGS.Asked())


@routes.does(
    "POST", "/benefits/{benefit_id}/verifications", Verb.READINGS_VERIFY, READINGS.Page,
    example={"months": ["2026-03-01"]},
)  # fmt: skip
def verify(request: HttpRequest, benefit_id: Id, body: MonthsSent) -> Any:
    """Confirm from the books what was read."""
    row = found(_benefits(request).identified_by([benefit_id]))
    verify_readings(row, actor=request.user, months=body.months, reason=body.reason)
    return READINGS.page(request, _readings(request).filter(benefit=row), READINGS.Asked())


@routes.does(
    "DELETE", "/benefit-readings/{reading_id}", Verb.READING_REMOVE, None, status=204, precondition="possible"
)
def take_back(request: HttpRequest, reading_id: Id) -> Any:
    """Take a reading back that was recorded by mistake."""
    row = found(_readings(request).identified_by([reading_id]))
    remove_reading(row, actor=request.user, expected_version=request.expected_version)


@routes.does("POST", "/benefit-reminders", Verb.READINGS_REMIND, BenefitNotices)
def remind(request: HttpRequest) -> Any:
    """Remind owners of benefits that have no reading of the last month; each is told once for a month."""
    return {"count": remind_owners(request.user)}
