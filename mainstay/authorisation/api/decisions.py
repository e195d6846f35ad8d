"""Decisions: what was chosen from a selection, by whom, on what knowledge."""

from typing import Any, Literal

from django.http import HttpRequest

from mainstay.authorisation import queries
from mainstay.authorisation.models import Decision, DecisionKind, DecisionLine, Outcome
from mainstay.core.api.fields import VERSION, Field, Kind, number
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import Id, Told
from mainstay.portfolio.api.reading import PORTFOLIO

routes = Routes("Decisions")

DECISIONS = Resource(
    "Decision",
    (
        number("id", "The row's number.", lookup="pk", example=1),
        PORTFOLIO,
        Field("kind", Kind.CHOICE, "What was decided on.", choices=tuple(DecisionKind.values)),
        Field("selection", Kind.WHOLE, "The number of the selection that was adopted.", "selection_id",
              may_be_missing=True),
        Field("scenario", Kind.WHOLE, "The number of the scenario that was adopted.", "scenario_id",
              may_be_missing=True),
        Field("title", Kind.TEXT, "What was decided."),
        Field("statement", Kind.TEXT, "The decision in words.", sorts=False),
        Field("note", Kind.TEXT, "A note for the record.", sorts=False),
        Field("budget", Kind.MONEY, "The budget."),
        Field("currency", Kind.TEXT, "Its currency."),
        Field("cost", Kind.MONEY, "What the chosen cost."),
        Field("value", Kind.FLOAT, "What the chosen bring."),
        Field("known_at", Kind.MOMENT, "The knowledge it rests on."),
        Field("problem_sha256", Kind.TEXT, "The fingerprint of the problem that was solved."),
        Field("decided_by", Kind.TEXT, "Who decided, by sign-in name.", "decided_by__username",
              may_be_missing=True),
        Field("decided_at", Kind.MOMENT, "When."),
        Field("undone_at", Kind.MOMENT, "When it was taken back.", may_be_missing=True),
        VERSION,
    ),
    key="id",
    order=("-id",),
)  # fmt: skip


class Decided(Told):
    """What was decided about one candidate."""

    project: str
    name: str
    outcome: Literal[tuple(Outcome.values)]
    cost: str
    value: float
    reason: str


class Lines(Told):
    """What was decided about each candidate."""

    items: list[Decided]


def told(request: HttpRequest, decision_id: int) -> Answer:
    """A decision as it is told."""
    queries.decision_for(request.user, decision_id)
    return DECISIONS.one(request, Decision.objects.as_of(request.as_of).identified_by([decision_id]))


@routes.reads("/decisions", "decisions", DECISIONS.Page, is_list=True)
def decisions(request: HttpRequest, query: DECISIONS.Asked) -> Any:
    """List decisions, the newest first. Only where you may see figures."""
    open_ones = [row.row_id for row in queries.decisions_for(request.user, request.as_of)]
    return DECISIONS.page(request, Decision.objects.as_of(request.as_of).identified_by(open_ones), query)


@routes.reads("/decisions/{decision_id}", "decision", DECISIONS.One, versioned=True)
def decision(request: HttpRequest, decision_id: Id) -> Any:
    """Read a decision."""
    return told(request, decision_id)


@routes.reads("/decisions/{decision_id}/lines", "decision.lines", Lines)
def lines(request: HttpRequest, decision_id: Id) -> Any:
    """List what a decision did to each candidate, and why."""
    decision = queries.decision_for(request.user, decision_id)
    rows = DecisionLine.objects.filter(decision=decision).select_related("project").order_by("pk")
    return {"items": [_line(row) for row in rows]}


def _line(row: DecisionLine) -> dict[str, Any]:
    return {
        "project": row.project.code,
        "name": row.project.name,
        "outcome": row.outcome,
        "cost": f"{row.cost:.2f}",
        "value": row.value,
        "reason": row.reason,
    }
