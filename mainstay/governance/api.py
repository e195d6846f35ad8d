"""Planning cycles in the REST API."""

from typing import Any

from django.http import HttpRequest
from pydantic import Field as Rule

from mainstay.core.api.fields import VERSION, Field, Kind, number
from mainstay.core.api.finding import found
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import Changes, Day, Id, PortfolioCode, Reason, Sent, YesNo, text
from mainstay.core.verbs import Verb
from mainstay.governance.models import Cycle, CycleState
from mainstay.governance.operations.cycles import advance_cycle, create_cycle, edit_cycle
from mainstay.portfolio.api.finding import named_portfolio
from mainstay.portfolio.api.reading import PORTFOLIO

routes = Routes("Governance")

CYCLES = Resource(
    "Cycle",
    (
        number("id", "The row's number.", lookup="pk", example=1),
        PORTFOLIO,
        Field("name", Kind.TEXT, "The name.", example="2027"),
        Field("state", Kind.CHOICE, "How far it has come.", choices=tuple(CycleState.values), example="scoring"),
        Field("start_date", Kind.DAY, "The first day it plans.", example="2027-01-01"),
        Field("end_date", Kind.DAY, "The last day it plans.", example="2027-12-31"),
        Field("intake_until", Kind.DAY, "The last day for proposals.", may_be_missing=True),
        Field("decision_date", Kind.DAY, "When the decision is expected.", may_be_missing=True),
        Field("note", Kind.TEXT, "A note."),
        VERSION,
    ),
    key="id",
    order=("-start_date", "name"),
)
EXAMPLE = {"portfolio": "NET", "name": "2028", "start_date": "2028-01-01", "end_date": "2028-12-31"}


class CycleCreate(Sent):
    """A planning cycle of a portfolio."""

    portfolio: PortfolioCode
    name: text(80, least=1)
    start_date: Day
    end_date: Day
    intake_until: Day | None = None
    decision_date: Day | None = None
    note: text(500) = ""


class CycleEdit(Changes):
    """Changes to a planning cycle."""

    name: text(80, least=1) = ""
    start_date: Day = Rule(default=None)
    end_date: Day = Rule(default=None)
    intake_until: Day | None = None
    decision_date: Day | None = None
    note: text(500) = ""
    reason: Reason = ""


class CycleAdvance(Sent):
    """One state on, or one back with the reason."""

    back: YesNo = False
    reason: Reason = ""


def _cycles(request: HttpRequest) -> Any:
    return Cycle.objects.as_of(request.as_of).visible_to(request.user)


@routes.reads("/cycles", "cycles", CYCLES.Page, is_list=True)
def cycles(request: HttpRequest, query: CYCLES.Asked) -> Any:
    """List planning cycles, the latest first."""
    return CYCLES.page(request, _cycles(request), query)


@routes.reads("/cycles/{cycle_id}", "cycle", CYCLES.One, versioned=True)
def cycle(request: HttpRequest, cycle_id: Id) -> Any:
    """Read a planning cycle."""
    return CYCLES.one(request, _cycles(request).identified_by([cycle_id]))


@routes.does("POST", "/cycles", Verb.CYCLE_CREATE, CYCLES.One, status=201, example=EXAMPLE)
def create(request: HttpRequest, body: CycleCreate) -> Any:
    """Prepare a planning cycle."""
    sent = body.sent_only()
    portfolio = named_portfolio(request, "portfolio", sent.pop("portfolio"))
    made = create_cycle(portfolio, actor=request.user, **sent)
    row = CYCLES.one(request, Cycle.objects.filter(pk=made.pk)).body
    return Answer(row, location=f"/api/v1/cycles/{made.pk}")


@routes.does(
    "PATCH", "/cycles/{cycle_id}", Verb.CYCLE_EDIT, CYCLES.One, precondition="required", example={"note": "Agreed"}
)
def edit(request: HttpRequest, cycle_id: Id, body: CycleEdit) -> Any:
    """Change a planning cycle."""
    rows = _cycles(request).filter(pk=cycle_id)
    edit_cycle(found(rows), actor=request.user, expected_version=request.expected_version, **body.sent_only())
    return CYCLES.one(request, rows)


@routes.does(
    "POST", "/cycles/{cycle_id}/advance", Verb.CYCLE_ADVANCE, CYCLES.One, precondition="possible", example={}
)
def advance(request: HttpRequest, cycle_id: Id, body: CycleAdvance) -> Any:
    """Take a planning cycle to its next state, or one back with the reason."""
    rows, version = _cycles(request).filter(pk=cycle_id), request.expected_version
    advance_cycle(found(rows), actor=request.user, expected_version=version, **body.sent_only())
    return CYCLES.one(request, rows)
