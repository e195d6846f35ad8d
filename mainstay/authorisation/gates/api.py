"""Gate reviews in the REST API."""

from typing import Any, Literal

from django.http import HttpRequest
from pydantic import Field as Rule

from mainstay.authorisation.gates import queries
from mainstay.authorisation.gates.operations import answer_gate, decide_gate, open_gate
from mainstay.authorisation.models import GateReview, Verdict
from mainstay.core.api.fields import VERSION, Field, Kind, number
from mainstay.core.api.finding import found
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Routes
from mainstay.core.api.types import Code, Id, Sent, StageKey, Told, text
from mainstay.core.verbs import Verb
from mainstay.portfolio.api.finding import named_stage, project_at

routes = Routes("Gates")

REVIEWS = Resource(
    "GateReview",
    (
        number("id", "The row's number.", lookup="pk", example=1),
        Field("project", Kind.TEXT, "The code of the project.", "project__code", example="PUMPS"),
        Field("model", Kind.TEXT, "The key of the gate model.", "edition__model__key", example="works"),
        number("edition", "The number of its edition.", lookup="edition__number", example=1),
        Field("gate", Kind.TEXT, "The key of the gate.", example="active"),
        Field("target", Kind.TEXT, "The stage to enter.", "target__key", example="active"),
        Field("answers", Kind.DATA, "What the project has to show."),
        Field("opened_at", Kind.MOMENT, "When it was opened."),
        Field("verdict", Kind.TEXT, "What was decided; empty while it is open.", example="go"),
        Field("reason", Kind.TEXT, "Why.", sorts=False),
        Field("decided_at", Kind.MOMENT, "When it was decided.", may_be_missing=True),
        Field("decided_by", Kind.TEXT, "By whom, by sign-in name.", "decided_by__username", may_be_missing=True),
        VERSION,
    ),
    key="id",
    order=("-id",),
)


class AnswerSent(Sent):
    """Yes, no or nothing yet, with a note."""

    answer: Literal["yes", "no", ""] = ""
    note: text(500) = ""


class LinkSent(Sent):
    """A link to evidence."""

    title: text(200) = ""
    url: text(500, least=1)


class GateAnswer(Sent):
    """Answers by the key of what the gate asks; they replace those given before."""

    criteria: dict[str, AnswerSent] = Rule(default={}, max_length=40)
    checklist: dict[str, AnswerSent] = Rule(default={}, max_length=40)
    evidence: dict[str, list[LinkSent]] = Rule(default={}, max_length=40)


class GateOpen(Sent):
    """The stage to enter."""

    stage: StageKey


class GateDecide(Sent):
    """The verdict and why."""

    verdict: Literal[tuple(Verdict.values)]
    reason: text(5000, least=1)


class AskedTold(Told):
    """One thing a gate asks and whether it is there."""

    part: str
    key: str
    text: str
    is_met: bool


class GateAsked(Told):
    """Everything a gate asks; lines about figures are left out where you may not see them."""

    items: list[AskedTold]
    missing: int


def _reviews(request: HttpRequest) -> Any:
    return GateReview.objects.as_of(request.as_of).visible_to(request.user)


@routes.reads("/gate-reviews", "gatereviews", REVIEWS.Page, is_list=True)
def reviews(request: HttpRequest, query: REVIEWS.Asked) -> Any:
    """List gate reviews, the newest first."""
    return REVIEWS.page(request, _reviews(request), query)


@routes.reads("/gate-reviews/{review_id}", "gatereview", REVIEWS.One, versioned=True)
def review(request: HttpRequest, review_id: Id) -> Any:
    """Read a gate review."""
    return REVIEWS.one(request, _reviews(request).identified_by([review_id]))


@routes.reads("/gate-reviews/{review_id}/asked", "gatereview.asked", GateAsked)
def asked(request: HttpRequest, review_id: Id) -> Any:
    """List what a gate asks and what is there."""
    paper = queries.paper(queries.review_for(request.user, review_id, request.as_of), request.user)
    names = AskedTold.model_fields
    items = [{name: getattr(line, name) for name in names} for *_, lines in paper.groups for line in lines]
    return {"items": items, "missing": paper.missing}


@routes.does("POST", "/projects/{code}/gates", Verb.GATE_OPEN, REVIEWS.One, status=201, example={"stage": "active"})
def open_one(request: HttpRequest, code: Code, body: GateOpen) -> Any:
    """Bring a project before the gate of a stage."""
    project = project_at(request, code)
    made = open_gate(project, actor=request.user, target=named_stage("stage", body.stage))
    return REVIEWS.one(request, GateReview.objects.filter(pk=made.pk))


@routes.does(
    "POST", "/gate-reviews/{review_id}/answers", Verb.GATE_ANSWER, REVIEWS.One, precondition="possible", example={}
)
def answer(request: HttpRequest, review_id: Id, body: GateAnswer) -> Any:
    """Say what the project has to show; the answers replace those given before."""
    rows, version = _reviews(request).identified_by([review_id]), request.expected_version
    answer_gate(found(rows), actor=request.user, answers=body.model_dump(), expected_version=version)
    return REVIEWS.one(request, rows)


@routes.does(
    "POST",
    "/gate-reviews/{review_id}/verdict",
    Verb.GATE_DECIDE,
    REVIEWS.One,
    precondition="possible",
    example={"verdict": "hold", "reason": "The contract is missing"},
)
def decide(request: HttpRequest, review_id: Id, body: GateDecide) -> Any:
    """Decide at a gate; never in one's own cause."""
    rows, version = _reviews(request).identified_by([review_id]), request.expected_version
    decide_gate(found(rows), actor=request.user, expected_version=version, **body.model_dump())
    return REVIEWS.one(request, rows)
