"""Score models and scores in the REST API."""

from typing import Annotated, Any

from django.http import HttpRequest
from pydantic import Field as Rule

from mainstay.core.api.fields import VERSION, Field, Kind, number
from mainstay.core.api.finding import found
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import Changes, Id, Number, PortfolioCode, Reason, Sent, Told, text
from mainstay.core.verbs import Verb
from mainstay.evaluation.models import Criterion, Score, ScoreModel
from mainstay.evaluation.operations.models import Wanted, create_model, edit_model
from mainstay.evaluation.operations.scores import score_projects
from mainstay.portfolio.api.finding import named_portfolio
from mainstay.portfolio.api.reading import asked_as

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


def _with_criteria(request: HttpRequest, rows: list[dict[str, Any]]) -> None:
    criteria: dict[int, list[dict[str, Any]]] = {}
    kept = Criterion.objects.as_of(request.as_of).filter(model_id__in=[row["_pk"] for row in rows])
    for one in kept.order_by("position", "label").values():
        told = {name: str(one[name]) for name in CriterionTold.model_fields}
        criteria.setdefault(one["model_id"], []).append(told)
    for row in rows:
        row["criteria"] = criteria.get(row["_pk"], [])


MODELS = Resource(
    "ScoreModel",
    (
        number("id", "The row's number.", lookup="pk", example=1),
        Field(
            "portfolio",
            Kind.TEXT,
            "The code of the portfolio; a filter takes everything below it too.",
            "portfolio__code",
            sorts=False,
            matches=asked_as("portfolio"),
        ),
        Field("name", Kind.TEXT, "The name.", example="Value for money"),
        Field("description", Kind.TEXT, "What it is for."),
        Field("edition", Kind.WHOLE, "Counts up when its criteria change."),
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
        Field("edition", Kind.WHOLE, "The edition of the model it was made with."),
        Field("project_version", Kind.WHOLE, "The version of the project it was made from."),
        VERSION,
    ),
    key="id",
    order=("-total",),
)  # fmt: skip


class CriterionSent(Sent):
    """One thing to judge by: its field, the value that earns nothing, the one that earns all, and its weight."""

    label: text(80, least=1)
    source: text(60, least=1)
    worst: Number
    best: Number
    weight: Annotated[Number, Rule(gt=0, le=100)]
    worst_words: text(120) = ""
    best_words: text(120) = ""


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


class ModelEdit(Changes):
    """Changes to a score model; criteria that are sent replace all of them."""

    name: text(120, least=1) = ""
    description: text(500) = ""
    criteria: Criteria = Rule(default_factory=list)
    reason: Reason = ""


class Scored(Told):
    """How many scores changed."""

    changed: int


def _models(request: HttpRequest) -> Any:
    return ScoreModel.objects.as_of(request.as_of).visible_to(request.user)


def _wanted(sent: dict[str, Any]) -> dict[str, Any]:
    """What was sent with its criteria as the operation takes them."""
    if "criteria" in sent:
        sent["criteria"] = [Wanted(**one) for one in sent["criteria"]]
    return sent


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
    sent = _wanted(body.sent_only())
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
    edit_model(found(rows), actor=request.user, expected_version=version, **_wanted(body.sent_only()))
    return MODELS.one(request, rows)


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
