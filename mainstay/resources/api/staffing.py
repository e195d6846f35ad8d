"""Demand and staffing in the REST API."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from django.db.models import Case, CharField, F, Value, When
from django.http import HttpRequest
from pydantic import Field as Rule

from mainstay.core import access
from mainstay.core.api.fields import VERSION, Field, Kind
from mainstay.core.api.finding import found
from mainstay.core.api.resource import Resource as Noun
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import Code, Day, Id, Number, Reason, Sent, Told, text, whole
from mainstay.core.verbs import Verb
from mainstay.portfolio.api.finding import project_at
from mainstay.portfolio.models import Project
from mainstay.resources.api.bookings import HourCount
from mainstay.resources.api.shared import NUMBER, Slug, named, with_rows
from mainstay.resources.models import (
    Booking,
    Demand,
    DemandSource,
    OfferState,
    Resource,
    Side,
    StaffingOffer,
    StaffingRequest,
    StaffingState,
)
from mainstay.resources.operations import staffing as operations
from mainstay.resources.operations.demands import DemandEntry, enter_demand
from mainstay.resources.operations.talk import offered_people
from mainstay.resources.queries.matches import Wanted, matches
from mainstay.resources.staffing_rules import teams_to_ask

routes = Routes("Staffing")
SOURCES = tuple(DemandSource.values)
DEMANDS = Noun(
    "Demand",
    (
        NUMBER,
        Field("project", Kind.TEXT, "The code of the project.", "project__code", example="PUMPS"),
        Field("role", Kind.TEXT, "The key of the role.", "role__key", may_be_missing=True),
        Field("skill", Kind.TEXT, "The key of the skill.", "skill__key", may_be_missing=True),
        Field("least_level", Kind.WHOLE, "The least level, 0 for any."),
        Field("month", Kind.DAY, "The first day of the month."),
        Field("hours", Kind.DECIMAL, "Hours needed in the month.", example="120.00"),
        Field("source", Kind.CHOICE, "Where it comes from.", choices=SOURCES),
        VERSION,
    ),
    key="id",
    order=("month", "id"),
)
REQUESTS = Noun(
    "StaffingRequest",
    (
        NUMBER,
        Field(
            "project", Kind.TEXT, "The code of the project; null where that is not open to you.", "project_seen",
            may_be_missing=True,
        ),
        Field("team", Kind.TEXT, "The key of the team asked.", "team__key"),
        Field("role", Kind.TEXT, "The key of the role.", "role__key"),
        Field("skill", Kind.TEXT, "The key of the skill.", "skill__key", may_be_missing=True),
        Field("least_level", Kind.WHOLE, "The least level, 0 for any."),
        Field("site", Kind.TEXT, "The key of the best site.", "site__key", may_be_missing=True),
        Field("starts_on", Kind.DAY, "The first day."),
        Field("ends_on", Kind.DAY, "The last day."),
        Field("hours", Kind.DECIMAL, "Hours asked for.", example="80.00"),
        Field("note", Kind.TEXT, "What else matters."),
        Field("state", Kind.CHOICE, "Where it stands.", choices=tuple(StaffingState.values)),
        Field("asked_at", Kind.MOMENT, "When it was asked."),
        VERSION,
    ),
    key="id",
    order=("starts_on", "id"),
)  # fmt: skip
OFFERS = Noun(
    "StaffingOffer",
    (
        NUMBER,
        Field("request", Kind.WHOLE, "The number of the request.", "request_id"),
        Field("resource", Kind.TEXT, "The key of the person.", "resource__key"),
        Field("starts_on", Kind.DAY, "The first day."),
        Field("ends_on", Kind.DAY, "The last day."),
        Field("hours", Kind.DECIMAL, "Hours proposed.", example="80.00"),
        Field("side", Kind.CHOICE, "Who proposes it.", choices=tuple(Side.values)),
        Field("state", Kind.CHOICE, "What became of it.", choices=tuple(OfferState.values)),
        Field("note", Kind.TEXT, "What was said."),
        Field("made_at", Kind.MOMENT, "When."),
        VERSION,
    ),
    key="id",
    order=("id",),
)


class MonthHours(Sent):
    """Hours of a month; zero takes them away."""

    month: Day
    hours: Annotated[Number, Rule(ge=0, le=1_000_000)]


class DemandLineSent(Sent):
    """What is needed of a role or a skill."""

    role: Slug | None = None
    skill: Slug | None = None
    least_level: whole(0, 5) = 0
    months: Annotated[list[MonthHours], Rule(min_length=1, max_length=120)]


class DemandSent(Sent):
    """What a project needs; with `whole_source` everything that comes from this source."""

    lines: Annotated[list[DemandLineSent], Rule(min_length=1, max_length=200)]
    source: Literal[SOURCES] = "typed"
    whole_source: bool = False
    reason: Reason = ""


class DemandTold(Told):
    """How many months changed."""

    changed: int


class Asking(Sent):
    """Whom a project asks for."""

    team: Slug
    role: Slug
    starts_on: Day
    ends_on: Day
    hours: HourCount
    skill: Slug | None = None
    least_level: whole(0, 5) = 0
    site: Slug | None = None
    replaces: Id | None = None
    note: text(500) = ""
    reason: Reason = ""


class Terms(Sent):
    """A person, a time and hours."""

    resource: Slug
    starts_on: Day
    ends_on: Day
    hours: HourCount
    note: text(500) = ""
    reason: Reason = ""


class StaffingWhy(Sent):
    """Why."""

    reason: Reason = ""


class MatchTold(Told):
    """Somebody who fits: points by what they are given for; the cost per hour where rates are open."""

    resource: str
    name: str
    level: int | None
    free_hours: float
    hourly: str | None
    score: int
    points: dict[str, float]


class MatchesTold(Told):
    """Who fits, the best first."""

    matches: list[MatchTold]


@routes.reads("/demands", "demands", DEMANDS.Page, is_list=True)
def demands(request: HttpRequest, query: DEMANDS.Asked) -> Any:
    """List what projects need of roles and skills, month by month."""
    return DEMANDS.page(request, Demand.objects.as_of(request.as_of).visible_to(request.user), query)


@routes.does(
    "POST", "/projects/{code}/demand", Verb.DEMAND_ENTER, DemandTold,
    example={"lines": [{"role": "data", "months": [{"month": "2027-03-01", "hours": "120"}]}]},
)  # fmt: skip
def put_demand(request: HttpRequest, code: Code, body: DemandSent) -> Any:
    """Enter what a project needs, all of it or nothing."""
    entries = [_entry(request, line) for line in body.lines]
    more = body.model_dump(exclude={"lines"})
    return {"changed": enter_demand(project_at(request, code), actor=request.user, entries=entries, **more)}


def _entry(request: HttpRequest, line: DemandLineSent) -> DemandEntry:
    rows = with_rows(request, {"role": line.role, "skill": line.skill})
    hours = {one.month: Decimal(one.hours) for one in line.months}
    return DemandEntry(rows["role"], rows["skill"], line.least_level, hours)


def _requests(request: HttpRequest) -> Any:
    rows = StaffingRequest.objects.as_of(request.as_of).visible_to(request.user)
    seen = Project.objects.visible_to(request.user).order_by().values("pk")
    code = Case(When(project_id__in=seen, then=F("project__code")), default=Value(None), output_field=CharField())
    return rows.annotate(project_seen=code)


def _asked(request: HttpRequest, staffing_id: int) -> StaffingRequest:
    rows = StaffingRequest.objects.visible_to(request.user).select_related("team__portfolio", "project")
    return found(rows.filter(pk=staffing_id))


def _one(request: HttpRequest, staffing_id: int) -> Any:
    return REQUESTS.one(request, _requests(request).identified_by([staffing_id]))


@routes.reads("/staffing", "staffing", REQUESTS.Page, is_list=True)
def requests(request: HttpRequest, query: REQUESTS.Asked) -> Any:
    """List staffing requests of projects you may see, and those put to teams whose people you may see."""
    return REQUESTS.page(request, _requests(request), query)


@routes.reads("/staffing/{staffing_id}", "staffing.request", REQUESTS.One, versioned=True)
def staffing_request(request: HttpRequest, staffing_id: Id) -> Any:
    """Read a staffing request."""
    return _one(request, staffing_id)


@routes.reads("/staffing-offers", "staffing.offers", OFFERS.Page, is_list=True)
def offers(request: HttpRequest, query: OFFERS.Asked) -> Any:
    """List offers; `request=` takes the talk on one request."""
    rows = StaffingOffer.objects.as_of(request.as_of)
    return OFFERS.page(request, rows.filter(request_id__in=_seen_ids(request)), query)


def _seen_ids(request: HttpRequest) -> Any:
    return StaffingRequest.objects.visible_to(request.user).order_by().values("pk")


@routes.reads("/staffing/{staffing_id}/matches", "staffing.matches", MatchesTold)
def staffing_matches(request: HttpRequest, staffing_id: Id) -> Any:
    """List who fits a request among the people you may book, with the score explained."""
    row = _asked(request, staffing_id)
    access.require(request.user, Verb.STAFFING_OFFER, row.team.portfolio)
    return {"matches": [_match(one) for one in matches(Wanted.of(row), request.user)]}


def _match(one: Any) -> dict[str, Any]:
    return {
        "resource": one.resource.key, "name": one.resource.name, "level": one.level,
        "free_hours": round(one.free, 2), "hourly": f"{one.hourly[0]} {one.hourly[1]}" if one.hourly else None,
        "score": one.score, "points": {name: round(value, 1) for name, value in one.points.items()},
    }  # fmt: skip


@routes.does(
    "POST", "/projects/{code}/staffing", Verb.STAFFING_ASK, REQUESTS.One, status=201,
    example={
        "team": "design", "role": "data", "starts_on": "2027-05-03", "ends_on": "2027-05-28", "hours": "80"
    },
)  # fmt: skip
def ask(request: HttpRequest, code: Code, body: Asking) -> Any:
    """Ask a team for somebody."""
    project, sent = project_at(request, code), body.model_dump(exclude={"team", "replaces"})
    access.require(request.user, Verb.STAFFING_ASK, project)
    team = named(teams_to_ask(project, request.user), "team", body.team)
    if body.replaces:
        sent["replaces"] = found(Booking.objects.filter(project=project, pk=body.replaces))
    made = operations.ask_for_staff(project, actor=request.user, team=team, **with_rows(request, sent))
    return Answer(_one(request, made.pk).body, location=f"/api/v1/staffing/{made.pk}")


@routes.does(
    "POST", "/staffing/{staffing_id}/offer", Verb.STAFFING_OFFER, REQUESTS.One, precondition="required",
    example={"resource": "anna-berg", "starts_on": "2027-05-03", "ends_on": "2027-05-28", "hours": "80"},
)  # fmt: skip
def offer(request: HttpRequest, staffing_id: Id, body: Terms) -> Any:
    """Offer somebody; what equals the project's own proposal is agreed, and booked."""
    row, sent = _asked(request, staffing_id), body.model_dump(exclude={"resource"})
    access.require(request.user, Verb.STAFFING_OFFER, row.team.portfolio)
    people = Resource.objects.visible_to(request.user).select_related("team__portfolio")
    person = named(people, "resource", body.resource, "person")
    operations.offer_person(
        row.team, actor=request.user, request=row, resource=person, request_version=request.expected_version, **sent
    )
    return _one(request, staffing_id)


@routes.does(
    "POST", "/staffing/{staffing_id}/counter", Verb.STAFFING_COUNTER, REQUESTS.One, precondition="required",
    example={"resource": "anna-berg", "starts_on": "2027-05-03", "ends_on": "2027-05-28", "hours": "60"},
)  # fmt: skip
def counter(request: HttpRequest, staffing_id: Id, body: Terms) -> Any:
    """Answer an offer with something else."""
    row, sent = _asked(request, staffing_id), body.model_dump(exclude={"resource"})
    access.require(request.user, Verb.STAFFING_COUNTER, row.project)
    person = named(offered_people(row), "resource", body.resource, "person")
    operations.counter_offer(
        row, actor=request.user, resource=person, expected_version=request.expected_version, **sent
    )
    return _one(request, staffing_id)


@routes.does("POST", "/staffing/{staffing_id}/accept", Verb.STAFFING_ACCEPT, REQUESTS.One, precondition="required")
def accept(request: HttpRequest, staffing_id: Id, body: StaffingWhy) -> Any:
    """Accept the standing offer; the person is booked firmly."""
    row, version = _asked(request, staffing_id), request.expected_version
    operations.accept_offer(row, actor=request.user, expected_version=version, reason=body.reason)
    return _one(request, staffing_id)


@routes.does("POST", "/staffing/{staffing_id}/decline", Verb.STAFFING_DECLINE, REQUESTS.One, precondition="required")
def decline(request: HttpRequest, staffing_id: Id, body: StaffingWhy) -> Any:
    """Decline the standing offer and say why."""
    row, version = _asked(request, staffing_id), request.expected_version
    operations.decline_offer(row, actor=request.user, expected_version=version, reason=body.reason)
    return _one(request, staffing_id)


@routes.does("POST", "/staffing/{staffing_id}/refusal", Verb.STAFFING_REFUSE, REQUESTS.One, precondition="required")
def refuse(request: HttpRequest, staffing_id: Id, body: StaffingWhy) -> Any:
    """Say that the team cannot help, and why."""
    row, version = _asked(request, staffing_id), request.expected_version
    operations.refuse_request(row.team, actor=request.user, request=row, request_version=version, reason=body.reason)
    return _one(request, staffing_id)


@routes.does(
    "POST", "/staffing/{staffing_id}/withdrawal", Verb.STAFFING_WITHDRAW, REQUESTS.One, precondition="required"
)
def withdraw(request: HttpRequest, staffing_id: Id, body: StaffingWhy) -> Any:
    """Take a request back."""
    row, version = _asked(request, staffing_id), request.expected_version
    operations.withdraw_request(row, actor=request.user, expected_version=version, reason=body.reason)
    return _one(request, staffing_id)
