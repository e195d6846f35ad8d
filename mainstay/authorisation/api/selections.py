"""Selections: what is to be chosen from what, within which limits, by which rules."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from pydantic import Field as Rule

from mainstay.authorisation import queries
from mainstay.authorisation.models import Committed, Selection, SelectionState
from mainstay.authorisation.operations.selections import edit_selection, prepare_selection
from mainstay.core.api.fields import VERSION, Field, Kind, number
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import (
    Changes,
    Code,
    Currency,
    Id,
    Money,
    Number,
    PortfolioCode,
    Reason,
    Sent,
    YesNo,
    text,
)
from mainstay.core.verbs import Verb
from mainstay.portfolio.api.finding import named_portfolio
from mainstay.portfolio.api.reading import PORTFOLIO

routes = Routes("Selections")
COMMITTED = tuple(Committed.values)

SELECTIONS = Resource(
    "Selection",
    (
        number("id", "The row's number.", lookup="pk", example=1),
        PORTFOLIO,
        Field("name", Kind.TEXT, "The name.", example="Spring round"),
        Field("maximise", Kind.TEXT, "What shall be most.", example="benefit"),
        Field("budget", Kind.MONEY, "The budget.", example="1000000.00"),
        Field("currency", Kind.TEXT, "Its currency.", example="GBP"),
        Field("stages", Kind.DATA, "The stages candidates come from.", schema=list[str]),
        Field("committed", Kind.CHOICE, "What becomes of projects committed already.", choices=COMMITTED),
        Field("present", Kind.TEXT, "What the plan is compared with."),
        Field("limits", Kind.DATA, "Further limits.", schema=list[dict[str, Any]]),
        Field("rules", Kind.DATA, "The rules."),
        Field("state", Kind.CHOICE, "Where it stands.", choices=tuple(SelectionState.values)),
        VERSION,
    ),
    key="id",
    order=("-id",),
)  # fmt: skip


class Limit(Sent):
    """A further limit: what is limited, and how much there may be."""

    source: text(60, least=1)
    max: Number


class Forced(Sent):
    """A candidate that is in or out whatever the solver thinks, and why."""

    code: Code
    way: Literal["in", "out"]
    reason: text(300, least=1)


class Share(Sent):
    """At least or at most so many per cent of the money for a theme."""

    theme: text(100, least=1)
    min: Number | None = None
    max: Number | None = None


class Rules(Sent):
    """Whether dependencies hold, groups of which one may be chosen, what is forced, and shares by theme."""

    dependencies: YesNo = True
    at_most_one: list[Annotated[list[Code], Rule(max_length=500)]] = Rule(default_factory=list, max_length=500)
    forced: list[Forced] = Rule(default_factory=list, max_length=500)
    shares: list[Share] = Rule(default_factory=list, max_length=500)


Stages = Annotated[list[text(40, least=1)], Rule(min_length=1, max_length=50, examples=[["candidate"]])]
Limits = Annotated[list[Limit], Rule(max_length=500, examples=[[{"source": "risk", "max": "120"}]])]


class SelectionPrepare(Sent):
    """A choice to be made in a portfolio."""

    portfolio: PortfolioCode
    name: text(120, least=1)
    maximise: text(60, least=1)
    budget: Money
    currency: Currency = "GBP"
    stages: Stages = Rule(default_factory=lambda: ["candidate"])
    committed: Literal[COMMITTED] = "left_out"
    present: text(60) = ""
    limits: Limits = Rule(default_factory=list)
    rules: Rules = Rule(default_factory=Rules)


class SelectionEdit(Changes):
    """Changes to a selection; what is left away stays."""

    name: text(120, least=1) = ""
    maximise: text(60, least=1) = ""
    budget: Money = None
    currency: Currency = ""
    stages: Stages = Rule(default_factory=list)
    committed: Literal[COMMITTED] = "left_out"
    present: text(60) = ""
    limits: Limits = Rule(default_factory=list)
    rules: Rules = Rule(default_factory=Rules)
    reason: Reason = ""


def _rows(request: HttpRequest) -> Any:
    """The selections made only of projects whose figures the asker may see."""
    open_ones = [row.row_id for row in queries.selections_for(request.user, request.as_of)]
    return Selection.objects.as_of(request.as_of).identified_by(open_ones)


def told(request: HttpRequest, selection_id: int) -> Answer:
    """A selection as it is told."""
    queries.selection_for(request.user, selection_id, request.as_of)
    return SELECTIONS.one(request, Selection.objects.as_of(request.as_of).identified_by([selection_id]))


def _terms(body: Any) -> dict[str, Any]:
    """What was sent, with the numbers in limits and shares as text."""
    sent = body.sent_only()
    for entry in [*sent.get("limits", []), *sent.get("rules", {}).get("shares", [])]:
        entry |= {end: str(entry[end]) for end in ("min", "max") if entry.get(end) is not None}
    if isinstance(sent.get("rules"), dict):
        sent["rules"] = body.rules.model_dump() | sent["rules"]
    return sent


@routes.reads("/selections", "selections", SELECTIONS.Page, is_list=True)
def selections(request: HttpRequest, query: SELECTIONS.Asked) -> Any:
    """List selections, the newest first. Only where you may see figures."""
    return SELECTIONS.page(request, _rows(request), query)


@routes.reads("/selections/{selection_id}", "selection", SELECTIONS.One, versioned=True)
def selection(request: HttpRequest, selection_id: Id) -> Any:
    """Read a selection; what is asked."""
    return told(request, selection_id)


@routes.does(
    "POST",
    "/selections",
    Verb.SELECTION_PREPARE,
    SELECTIONS.One,
    status=201,
    example={"portfolio": "NET", "name": "Spring round", "maximise": "benefit", "budget": "1500000.00"},
)
def prepare(request: HttpRequest, body: SelectionPrepare) -> Any:
    """State a choice to be made in a portfolio."""
    sent = _terms(body)
    portfolio = named_portfolio(request, "portfolio", sent.pop("portfolio"))
    made = prepare_selection(portfolio, actor=request.user, **sent)
    return Answer(told(request, made.pk).body, location=f"/api/v1/selections/{made.pk}")


@routes.does(
    "PATCH",
    "/selections/{selection_id}",
    Verb.SELECTION_EDIT,
    SELECTIONS.One,
    precondition="required",
    example={"budget": "2000000.00"},
)
def edit(request: HttpRequest, selection_id: Id, body: SelectionEdit) -> Any:
    """Change what is asked; the answer to the former question is put aside."""
    sent, version = _terms(body), request.expected_version
    selection = queries.selection_for(request.user, selection_id)
    edit_selection(selection, actor=request.user, expected_version=version, reason=sent.pop("reason", ""), **sent)
    return told(request, selection_id)
