"""Score models, scores and what must be done anyhow, in the REST API."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from pydantic import Field as Rule

from mainstay.core.api.fields import VERSION, Field, Kind, number
from mainstay.core.api.finding import found
from mainstay.core.api.problems import Invalid
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import Changes, Code, Id, Number, PortfolioCode, Reason, Sent, Told, YesNo, text
from mainstay.core.verbs import Verb
from mainstay.evaluation.models import Bypass, Criterion, CriterionKind, Score, ScoreModel, Way
from mainstay.evaluation.operations.criteria import Level, Wanted
from mainstay.evaluation.operations.models import (
    create_model,
    edit_model,
    grant_bypass,
    lift_bypass,
    publish_model,
)
from mainstay.evaluation.operations.scores import score_projects
from mainstay.governance.models import Cycle
from mainstay.portfolio.api.finding import named_portfolio, named_project
from mainstay.portfolio.api.reading import PORTFOLIO

routes = Routes("Evaluation")


class CriterionTold(Told):
    """One thing projects are judged by."""

    label: str
    source: str
    worst: str
    best: str
    weight: str
    worst_words: str
    best_words: str
    kind: str
    way: str
    question: str
    levels: list[dict[str, Any]]
    is_gate: bool
    threshold: str | None


def _told(one: dict[str, Any]) -> dict[str, Any]:
    """A criterion as it is told; numbers stay exact as text."""
    kept = {name: one[name] for name in CriterionTold.model_fields}
    texts = ("label", "source", "worst", "best", "weight", "worst_words", "best_words", "kind", "way", "question")
    kept |= {name: str(kept[name] if kept[name] is not None else "") for name in texts}
    threshold = None if kept["threshold"] is None else str(kept["threshold"])
    return kept | {"levels": kept["levels"] or [], "is_gate": bool(kept["is_gate"]), "threshold": threshold}


def _with_criteria(request: HttpRequest, rows: list[dict[str, Any]]) -> None:
    criteria: dict[int, list[dict[str, Any]]] = {}
    kept = Criterion.objects.as_of(request.as_of).filter(model_id__in=[row["_pk"] for row in rows])
    for one in kept.order_by("position", "label").values():
        criteria.setdefault(one["model_id"], []).append(_told(one))
    for row in rows:
        row["criteria"] = criteria.get(row["_pk"], [])


MODELS = Resource(
    "ScoreModel",
    (
        number("id", "The row's number.", lookup="pk", example=1),
        PORTFOLIO,
        Field("name", Kind.TEXT, "The name.", example="Value for money"),
        Field("description", Kind.TEXT, "What it is for."),
        Field("cycle", Kind.WHOLE, "The number of its planning cycle.", "cycle_id", may_be_missing=True),
        Field("edition", Kind.WHOLE, "Counts up when its criteria change."),
        Field("published_edition", Kind.WHOLE, "The edition published last; 0 for none."),
        Field("edition_note", Kind.TEXT, "What the published edition is or changes."),
        VERSION,
    ),
    key="id",
    order=("name",),
    private=("pk",),
    finish=_with_criteria,
    added={"criteria": (list[CriterionTold], Rule(default_factory=list, description="What is judged."))},
)
SCORES = Resource(
    "Score",
    (
        number("id", "The row's number.", lookup="pk", example=1),
        Field("model", Kind.WHOLE, "The number of the score model.", "model_id", example=1),
        Field("project", Kind.TEXT, "The code of the project.", "project__code", example="PUMPS"),
        Field("total", Kind.FLOAT, "From 0 to 100; null when nothing could be rated.", may_be_missing=True,
              example=72.5),
        Field("rated_share", Kind.FLOAT, "How much of the model could be rated, from 0 to 1."),
        Field("parts", Kind.DATA, "What each criterion gave.", schema=list[dict[str, Any]]),
        Field("mandatory_reason", Kind.TEXT, "Why it must be done whatever it scores; empty: it need not."),
        Field("obstacles", Kind.DATA, "The gates it fails, in sentences.", schema=list[str]),
        Field("edition", Kind.WHOLE, "The edition of the model it was made with."),
        Field("project_version", Kind.WHOLE, "The version of the project it was made from."),
        VERSION,
    ),
    key="id",
    order=("-total",),
)  # fmt: skip

BYPASSES = Resource(
    "Bypass",
    (
        number("id", "The row's number.", lookup="pk", example=1),
        Field("model", Kind.WHOLE, "The number of the score model.", "model_id", example=1),
        Field("project", Kind.TEXT, "The code of the project.", "project__code", example="PUMPS"),
        Field("reason", Kind.TEXT, "Why it must be done."),
        VERSION,
    ),
    key="id",
    order=("project",),
)


class LevelSent(Sent):
    """One answer to a judged criterion: its points, and what it means."""

    points: Annotated[Number, Rule(ge=0, le=100)]
    words: text(300, least=1)


class CriterionSent(Sent):
    """One thing to judge by and its weight: a figure between two anchors, or (`judged`) levels in words."""

    label: text(80, least=1)
    source: text(60) = ""
    worst: Number = Decimal(0)
    best: Number = Decimal(100)
    weight: Annotated[Number, Rule(ge=0, le=100)]
    worst_words: text(120) = ""
    best_words: text(120) = ""
    kind: Literal[tuple(CriterionKind.values)] = CriterionKind.VALUE.value
    way: Literal[tuple(Way.values)] = Way.MEASURED.value
    question: text(300) = ""
    levels: Annotated[list[LevelSent], Rule(max_length=11)] = Rule(default_factory=list)
    is_gate: YesNo = False
    threshold: Number | None = None


Criteria = Annotated[list[CriterionSent], Rule(min_length=1, max_length=30)]
EXAMPLE = [
    {"label": "Benefit", "source": "benefit", "worst": "0", "best": "2000000", "weight": "60"},
    {"label": "Risk", "source": "risk", "worst": "100", "best": "0", "weight": "40"},
]


class ModelCreate(Sent):
    """A score model; the weights add up to 100."""

    portfolio: PortfolioCode
    name: text(120, least=1)
    description: text(500) = ""
    criteria: Criteria
    cycle: Id | None = None


class ModelEdit(Changes):
    """Changes to a score model; criteria that are sent replace all of them."""

    name: text(120, least=1) = ""
    description: text(500) = ""
    criteria: Criteria = Rule(default_factory=list)
    cycle: Id | None = None
    reason: Reason = ""


class ModelPublish(Sent):
    """What this edition is, or what it changes."""

    note: text(500, least=1)


class BypassGrant(Sent):
    """A project that must be done, and why."""

    project: Code
    reason: text(300, least=1)


class Scored(Told):
    """How many scores changed."""

    changed: int


def _models(request: HttpRequest) -> Any:
    return ScoreModel.objects.as_of(request.as_of).visible_to(request.user)


def _wanted(request: HttpRequest, sent: dict[str, Any]) -> dict[str, Any]:
    """What was sent with its criteria and its cycle as the operation takes them."""
    if "criteria" in sent:
        sent["criteria"] = [
            Wanted(**one | {"levels": tuple(Level(**level) for level in one.get("levels", ()))})
            for one in (_whole(criterion) for criterion in sent["criteria"])
        ]
    if sent.get("cycle") is not None:
        sent["cycle"] = named_cycle(request, sent["cycle"])
    return sent


def _whole(criterion: dict[str, Any]) -> dict[str, Any]:
    """A criterion with the anchors that were left away."""
    return {"source": "", "worst": Decimal(0), "best": Decimal(100), **criterion}


def named_cycle(request: HttpRequest, number: int) -> Cycle:
    """The planning cycle a field names."""
    cycle = Cycle.objects.visible_to(request.user).filter(pk=number).first()
    if cycle is None:
        raise Invalid(f"There is no planning cycle {number}.", cycle=f"There is no planning cycle {number}.")
    return cycle


@routes.reads("/models", "models", MODELS.Page, is_list=True)
def models(request: HttpRequest, query: MODELS.Asked) -> Any:
    """List score models with their criteria."""
    return MODELS.page(request, _models(request), query)


@routes.reads("/models/{model_id}", "model", MODELS.One, versioned=True)
def model(request: HttpRequest, model_id: Id) -> Any:
    """Read a score model."""
    return MODELS.one(request, _models(request).identified_by([model_id]))


@routes.does(
    "POST",
    "/models",
    Verb.MODEL_CREATE,
    MODELS.One,
    status=201,
    example={"portfolio": "NET", "name": "Value and risk", "criteria": EXAMPLE},
)
def create(request: HttpRequest, body: ModelCreate) -> Any:
    """Write down what a good project is in a portfolio."""
    sent = _wanted(request, body.sent_only())
    portfolio = named_portfolio(request, "portfolio", sent.pop("portfolio"))
    made = create_model(portfolio, actor=request.user, **sent)
    row = MODELS.one(request, ScoreModel.objects.filter(pk=made.pk)).body
    return Answer(row, location=f"/api/v1/models/{made.pk}")


@routes.does(
    "PATCH",
    "/models/{model_id}",
    Verb.MODEL_EDIT,
    MODELS.One,
    precondition="required",
    example={"criteria": EXAMPLE},
)
def edit(request: HttpRequest, model_id: Id, body: ModelEdit) -> Any:
    """Change a score model; other criteria make a new edition."""
    rows, version = _models(request).filter(pk=model_id), request.expected_version
    edit_model(found(rows), actor=request.user, expected_version=version, **_wanted(request, body.sent_only()))
    return MODELS.one(request, rows)


@routes.does(
    "POST",
    "/models/{model_id}/publish",
    Verb.MODEL_PUBLISH,
    MODELS.One,
    precondition="possible",
    example={"note": "The yardstick of cycle 2027"},
)
def publish(request: HttpRequest, model_id: Id, body: ModelPublish) -> Any:
    """Let the criteria stand as they are; a later change makes a new edition."""
    rows, version = _models(request).filter(pk=model_id), request.expected_version
    publish_model(found(rows), actor=request.user, note=body.note, expected_version=version)
    return MODELS.one(request, rows)


@routes.reads("/bypasses", "bypasses", BYPASSES.Page, is_list=True)
def bypasses(request: HttpRequest, query: BYPASSES.Asked) -> Any:
    """List projects that must be done whatever they score."""
    rows = Bypass.objects.as_of(request.as_of).visible_to(request.user)
    return BYPASSES.page(
        request, rows.filter(model_id__in=ScoreModel.objects.visible_to(request.user).values("pk")), query
    )


@routes.does(
    "POST",
    "/models/{model_id}/bypasses",
    Verb.BYPASS_GRANT,
    BYPASSES.One,
    status=201,
    example={"project": "PUMPS", "reason": "The water act demands it"},
)
def grant(request: HttpRequest, model_id: Id, body: BypassGrant) -> Any:
    """Say that a project must be done whatever it scores under a model."""
    model = found(_models(request).filter(pk=model_id))
    project = named_project(request, "project", body.project)
    made = grant_bypass(project, actor=request.user, model=model, reason=body.reason)
    return BYPASSES.one(request, Bypass.objects.filter(pk=made.pk))


@routes.does("DELETE", "/bypasses/{bypass_id}", Verb.BYPASS_LIFT, None, status=204)
def lift(request: HttpRequest, bypass_id: Id) -> Any:
    """Let a project be ranked by its score again."""
    lift_bypass(found(Bypass.objects.visible_to(request.user).filter(pk=bypass_id)), actor=request.user)


@routes.does("POST", "/models/{model_id}/score", Verb.PROJECTS_SCORE, Scored)
def score(request: HttpRequest, model_id: Id) -> Any:
    """Score every project below the model's portfolio."""
    return {"changed": score_projects(found(_models(request).filter(pk=model_id)), actor=request.user)}


@routes.reads("/scores", "scores", SCORES.Page, is_list=True)
def scores(request: HttpRequest, query: SCORES.Asked) -> Any:
    """List scores, the best first; `model=` takes those of one model. Only where you may see figures."""
    rows = Score.objects.as_of(request.as_of).visible_to(request.user)
    return SCORES.page(
        request, rows.filter(model_id__in=ScoreModel.objects.visible_to(request.user).values("pk")), query
    )
