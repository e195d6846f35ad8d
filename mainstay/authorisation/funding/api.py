"""Money for projects in the REST API: commitments, tranches, returns, carry-overs, and what is left."""

from typing import Any

from django.http import HttpRequest
from pydantic import Field as Rule

from mainstay.authorisation.funding import queries
from mainstay.authorisation.funding.operations import (
    carry_over,
    commit_funding,
    divide_commitment,
    release_tranche,
    return_funding,
)
from mainstay.authorisation.models import CarryOver, Commitment, Tranche, TrancheState
from mainstay.core.api.fields import VERSION, Field, Kind, number
from mainstay.core.api.finding import found
from mainstay.core.api.problems import Invalid
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Routes
from mainstay.core.api.types import Code, Day, Id, Money, Reason, Sent, StageKey, Told, text
from mainstay.core.verbs import Verb
from mainstay.portfolio.api.finding import named_stage, project_at
from mainstay.value.funds.api import FundKey
from mainstay.value.models import Envelope

routes = Routes("Funding")

COMMITMENTS = Resource(
    "Commitment",
    (
        number("id", "The row's number.", lookup="pk", example=1),
        Field("project", Kind.TEXT, "The code of the project.", "project__code", example="PUMPS"),
        Field("fund", Kind.TEXT, "The key of the fund.", "envelope__fund__key", example="growth"),
        Field("year", Kind.TEXT, "The fiscal year.", "envelope__year__name", example="2027"),
        Field("currency", Kind.TEXT, "The currency.", "envelope__fund__currency", example="GBP"),
        Field("amount", Kind.MONEY, "What was committed.", example="250000.00"),
        Field("returned", Kind.MONEY, "What went back.", example="0.00"),
        Field("note", Kind.TEXT, "A note."),
        VERSION,
    ),
    key="id",
    order=("id",),
)
TRANCHES = Resource(
    "Tranche",
    (
        number("id", "The row's number.", lookup="pk", example=1),
        number("commitment", "The number of the commitment.", lookup="commitment_id", example=1),
        Field("number", Kind.WHOLE, "Its place in the commitment.", example=1),
        Field("title", Kind.TEXT, "What it is for."),
        Field("amount", Kind.MONEY, "How much.", example="125000.00"),
        Field("stage", Kind.TEXT, "The stage that lets it go.", "gate__key", may_be_missing=True),
        Field("due_date", Kind.DAY, "When it is expected.", may_be_missing=True),
        Field("state", Kind.CHOICE, "Whether it may be spent.", choices=tuple(TrancheState.values), example="held"),
        Field("released_at", Kind.MOMENT, "When it was released.", may_be_missing=True),
        Field("released_by", Kind.TEXT, "By whom, by sign-in name.", "released_by__username", may_be_missing=True),
        VERSION,
    ),
    key="id",
    order=("commitment", "number"),
)
CARRIED = Resource(
    "CarryOver",
    (
        number("id", "The row's number.", lookup="pk", example=1),
        Field("fund", Kind.TEXT, "The key of the fund.", "origin__fund__key", example="growth"),
        Field("from_year", Kind.TEXT, "The fiscal year it was taken from.", "origin__year__name", example="2026"),
        Field("to_year", Kind.TEXT, "The fiscal year it went to.", "target__year__name", example="2027"),
        Field("amount", Kind.MONEY, "How much.", example="100000.00"),
        Field("reason", Kind.TEXT, "Why."),
        Field("carried_at", Kind.MOMENT, "When."),
        VERSION,
    ),
    key="id",
    order=("-id",),
)


class Balance(Told):
    """The sums of one year of a fund; available is the amount with what came in, less everything else."""

    year: str
    amount: str
    held_back: str
    carried_in: str
    carried_out: str
    committed: str
    released: str
    returned: str
    available: str


class Balances(Told):
    """What is left of a fund, year by year."""

    currency: str
    items: list[Balance]


class FundingCommit(Sent):
    """Money of a fund for a project."""

    fund: FundKey
    year: text(20, least=1)
    amount: Money
    note: text(300) = ""


class TrancheSent(Sent):
    """A part of a commitment."""

    title: text(120) = ""
    amount: Money
    stage: StageKey | None = None
    due_date: Day | None = None


class FundingDivide(Sent):
    """The tranches that replace those not released yet."""

    tranches: list[TrancheSent] = Rule(max_length=24)


class FundingReturn(Sent):
    """An amount not released yet, or the number of a whole tranche, that goes back; and why."""

    amount: Money | None = None
    tranche: Id | None = None
    reason: text(300, least=1)


class FundingRelease(Sent):
    """Nothing but perhaps a reason."""

    reason: Reason = ""


class FundingCarry(Sent):
    """How much of one year goes into another."""

    from_year: text(20, least=1)
    to_year: text(20, least=1)
    amount: Money
    reason: text(300, least=1)


def _commitments(request: HttpRequest) -> Any:
    return Commitment.objects.as_of(request.as_of).visible_to(request.user)


def _tranches(request: HttpRequest) -> Any:
    return Tranche.objects.as_of(request.as_of).visible_to(request.user)


def _envelope(request: HttpRequest, name: str, fund: str, year: str) -> Envelope:
    row = Envelope.objects.visible_to(request.user).filter(fund__key=fund, year__name=year).first()
    if row is None:
        raise Invalid(f"There is no envelope {fund} {year}.", **{name: f"There is no envelope {fund} {year}."})
    return row


@routes.reads("/funds/{fund_key}/years", "fund.years", Balances)
def years(request: HttpRequest, fund_key: FundKey) -> Any:
    """List the years of a fund with what is committed, released and available."""
    purse = queries.purse_for(request.user, fund_key, request.as_of)
    items = [_balance(year) for year in purse.years]
    return {"currency": purse.fund.currency, "items": items}


def _balance(year: queries.Year) -> dict[str, str]:
    names = [name for name in Balance.model_fields if name != "year"]
    return {"year": str(year.envelope.year)} | {name: f"{getattr(year.balance, name):.2f}" for name in names}


@routes.reads("/commitments", "commitments", COMMITMENTS.Page, is_list=True)
def commitments(request: HttpRequest, query: COMMITMENTS.Asked) -> Any:
    """List what is committed to projects. Only where you may see figures."""
    return COMMITMENTS.page(request, _commitments(request), query)


@routes.reads("/commitments/{commitment_id}", "commitment", COMMITMENTS.One, versioned=True)
def commitment(request: HttpRequest, commitment_id: Id) -> Any:
    """Read a commitment."""
    return COMMITMENTS.one(request, _commitments(request).identified_by([commitment_id]))


@routes.reads("/tranches", "tranches", TRANCHES.Page, is_list=True)
def tranches(request: HttpRequest, query: TRANCHES.Asked) -> Any:
    """List tranches."""
    return TRANCHES.page(request, _tranches(request), query)


@routes.reads("/carry-overs", "carryovers", CARRIED.Page, is_list=True)
def carried(request: HttpRequest, query: CARRIED.Asked) -> Any:
    """List what was carried from one year of a fund into another, the latest first."""
    return CARRIED.page(request, CarryOver.objects.as_of(request.as_of).visible_to(request.user), query)


@routes.does(
    "POST",
    "/projects/{code}/commitments",
    Verb.FUNDING_COMMIT,
    COMMITMENTS.One,
    status=201,
    example={"fund": "growth", "year": "2027", "amount": "250000.00"},
)
def commit(request: HttpRequest, code: Code, body: FundingCommit) -> Any:
    """Commit money of a fund to a project; refused where the envelope does not hold it."""
    project, sent = project_at(request, code), body.model_dump()
    envelope = _envelope(request, "fund", sent.pop("fund"), sent.pop("year"))
    made = commit_funding(project, actor=request.user, envelope=envelope, **sent)
    return COMMITMENTS.one(request, Commitment.objects.filter(pk=made.pk))


@routes.does(
    "POST",
    "/commitments/{commitment_id}/tranches",
    Verb.FUNDING_DIVIDE,
    COMMITMENTS.One,
    precondition="possible",
    example={"tranches": [{"amount": "125000.00", "stage": "active"}]},
)
def divide(request: HttpRequest, commitment_id: Id, body: FundingDivide) -> Any:
    """Divide a commitment into tranches; those not released yet are replaced."""
    rows = _commitments(request).identified_by([commitment_id])
    parts = [_part(one) for one in body.tranches]
    divide_commitment(found(rows), actor=request.user, tranches=parts, expected_version=request.expected_version)
    return COMMITMENTS.one(request, rows)


def _part(sent: TrancheSent) -> dict[str, Any]:
    fields = sent.model_dump(exclude={"stage"})
    return fields | {"gate": named_stage("tranches", sent.stage) if sent.stage else None}


@routes.does(
    "POST", "/tranches/{tranche_id}/release", Verb.FUNDING_RELEASE, TRANCHES.One, precondition="possible", example={}
)
def release(request: HttpRequest, tranche_id: Id, body: FundingRelease) -> Any:
    """Release a tranche: its stage is reached, no condition blocks, and somebody else committed it."""
    rows, version = _tranches(request).identified_by([tranche_id]), request.expected_version
    release_tranche(found(rows), actor=request.user, expected_version=version, **body.sent_only())
    return TRANCHES.one(request, rows)


@routes.does(
    "POST",
    "/commitments/{commitment_id}/return",
    Verb.FUNDING_RETURN,
    COMMITMENTS.One,
    precondition="possible",
    example={"amount": "1.00", "reason": "Cheaper than planned"},
)
def give_back(request: HttpRequest, commitment_id: Id, body: FundingReturn) -> Any:
    """Return money to its envelope: an amount not released yet, or a whole tranche."""
    rows, sent = _commitments(request).identified_by([commitment_id]), body.model_dump()
    row = found(rows)
    if sent["tranche"] is not None:
        sent["tranche"] = found(_tranches(request).filter(commitment_id=row.pk, pk=sent["tranche"]))
    return_funding(row, actor=request.user, expected_version=request.expected_version, **sent)
    return COMMITMENTS.one(request, rows)


@routes.does(
    "POST",
    "/funds/{fund_key}/carry-over",
    Verb.FUNDING_CARRY,
    CARRIED.One,
    status=201,
    example={"from_year": "2026", "to_year": "2027", "amount": "1.00", "reason": "Year end"},
)
def carry(request: HttpRequest, fund_key: FundKey, body: FundingCarry) -> Any:
    """Carry what is left of one year of a fund into another."""
    fund = queries.purse_for(request.user, fund_key).fund
    origin = _envelope(request, "from_year", fund_key, body.from_year)
    target = _envelope(request, "to_year", fund_key, body.to_year)
    terms = {"origin": origin, "target": target, "amount": body.amount, "reason": body.reason}
    made = carry_over(fund, actor=request.user, **terms)
    return CARRIED.one(request, CarryOver.objects.filter(pk=made.pk))
