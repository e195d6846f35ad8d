"""Gate models and their editions in the REST API."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from pydantic import Field as Rule

from mainstay.core.api.fields import VERSION, Field, Kind, number
from mainstay.core.api.finding import found
from mainstay.core.api.resource import Resource, Row
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import Changes, PortfolioCode, Reason, Sent, YesNo, text
from mainstay.core.verbs import Verb
from mainstay.governance.models import GateEdition, GateModel
from mainstay.governance.operations.gates import create_gate_model, edit_gate_model, publish_gate_model
from mainstay.portfolio.api.finding import named_portfolio
from mainstay.portfolio.api.reading import PORTFOLIO
from mainstay.portfolio.models import Portfolio

routes = Routes("Gate models")
GateModelKey = Annotated[str, Rule(pattern=r"^[-a-zA-Z0-9_]{1,40}$", examples=["works"])]
Line = text(300, least=1)


def _without_amounts(request: HttpRequest, rows: list[Row]) -> None:
    """From which cost on a model applies is told only where figures may be seen."""
    open_ones = set(Portfolio.objects.visible_to(request.user, Verb.SEE_FIGURES).values_list("pk", flat=True))
    for row in rows:
        if row["_portfolio_id"] not in open_ones and "applies_to" in row:
            row["applies_to"] = {name: value for name, value in row["applies_to"].items() if name != "cost_above"}


GATE_MODELS = Resource(
    "GateModel",
    (
        Field("key", Kind.TEXT, "The short name.", example="works"),
        PORTFOLIO,
        Field("name", Kind.TEXT, "The name.", example="Works"),
        Field("applies_to", Kind.DATA, "Which projects it is for; empty: all.", schema=dict[str, str]),
        Field("draft", Kind.DATA, "The gates being prepared."),
        Field("is_active", Kind.YES_NO, "Whether it is in use.", example=True),
        VERSION,
    ),
    key="key",
    order=("name",),
    private=("portfolio_id",),
    finish=_without_amounts,
)
EDITIONS = Resource(
    "GateEdition",
    (
        number("id", "The row's number.", lookup="pk", example=1),
        Field("model", Kind.TEXT, "The key of the gate model.", "model__key", example="works"),
        Field("number", Kind.WHOLE, "The number of the edition.", example=1),
        Field("gates", Kind.DATA, "What each gate asks.", schema=list[dict[str, Any]]),
        Field("is_current", Kind.YES_NO, "Whether it is in force.", example=True),
        Field("published_at", Kind.MOMENT, "When it was published."),
        Field("published_by", Kind.TEXT, "By whom, by sign-in name.", "published_by__username", may_be_missing=True),
        Field("note", Kind.TEXT, "What changed."),
        VERSION,
    ),
    key="id",
    order=("model", "-number"),
)


class RuleSent(Sent):
    """A rule on a field: risk at most 60."""

    field: text(60, least=1)
    test: Literal["<=", ">=", "=", "!="]
    value: text(100, least=1)


class GateSent(Sent):
    """A gate between two stages and what it asks; without an origin it stands before every way into the stage."""

    key: text(40) = ""
    name: text(80, least=1)
    origin: text(40) = ""
    target: text(40, least=1)
    criteria: list[Line] = Rule(default=[], max_length=40)
    rules: list[RuleSent] = Rule(default=[], max_length=40)
    evidence: list[Line] = Rule(default=[], max_length=40)
    checklist: list[Line] = Rule(default=[], max_length=40)
    fields: list[text(60, least=1)] = Rule(default=[], max_length=60)


class Kinds(Sent):
    """Which projects a gate model is for."""

    theme: text(100) = ""
    field: text(60) = ""
    value: text(100) = ""
    cost_above: text(30) = ""


class GateModelCreate(Sent):
    """A gate model of a portfolio."""

    portfolio: PortfolioCode
    key: GateModelKey
    name: text(120, least=1)
    applies_to: Kinds = Rule(default_factory=Kinds)
    gates: list[GateSent] = Rule(default=[], max_length=20)


class GateModelEdit(Changes):
    """Changes to a gate model; gates replace those being prepared."""

    name: text(120, least=1) = ""
    applies_to: Kinds = Rule(default_factory=Kinds)
    gates: list[GateSent] = Rule(default=[], max_length=20)
    is_active: YesNo = True
    reason: Reason = ""


class GateModelPublish(Sent):
    """What changed."""

    note: text(300) = ""


def _models(request: HttpRequest) -> Any:
    return GateModel.objects.as_of(request.as_of).visible_to(request.user)


def _terms(sent: dict[str, Any]) -> dict[str, Any]:
    """What was sent as the operation takes it."""
    if "gates" in sent:
        sent["draft"] = {"gates": sent.pop("gates")}
    return sent


@routes.reads("/gate-models", "gatemodels", GATE_MODELS.Page, is_list=True)
def gate_models(request: HttpRequest, query: GATE_MODELS.Asked) -> Any:
    """List gate models."""
    return GATE_MODELS.page(request, _models(request), query)


@routes.reads("/gate-models/{gate_model_key}", "gatemodel", GATE_MODELS.One, versioned=True)
def gate_model(request: HttpRequest, gate_model_key: GateModelKey) -> Any:
    """Read a gate model."""
    return GATE_MODELS.one(request, _models(request).filter(key=gate_model_key))


@routes.reads("/gate-editions", "gateeditions", EDITIONS.Page, is_list=True)
def editions(request: HttpRequest, query: EDITIONS.Asked) -> Any:
    """List the published editions of gate models."""
    return EDITIONS.page(request, GateEdition.objects.as_of(request.as_of).visible_to(request.user), query)


@routes.does(
    "POST",
    "/gate-models",
    Verb.GATEMODEL_CREATE,
    GATE_MODELS.One,
    status=201,
    example={"portfolio": "NET", "key": "small", "name": "Small works"},
)
def create(request: HttpRequest, body: GateModelCreate) -> Any:
    """Prepare a gate model."""
    sent = _terms(body.sent_only())
    portfolio = named_portfolio(request, "portfolio", sent.pop("portfolio"))
    made = create_gate_model(portfolio, actor=request.user, **sent)
    row = GATE_MODELS.one(request, GateModel.objects.filter(pk=made.pk)).body
    return Answer(row, location=f"/api/v1/gate-models/{made.key}")


@routes.does(
    "PATCH",
    "/gate-models/{gate_model_key}",
    Verb.GATEMODEL_EDIT,
    GATE_MODELS.One,
    precondition="required",
    example={"name": "Works"},
)
def edit(request: HttpRequest, gate_model_key: GateModelKey, body: GateModelEdit) -> Any:
    """Change a gate model; the edition in force stays."""
    rows, version = _models(request).filter(key=gate_model_key), request.expected_version
    edit_gate_model(found(rows), actor=request.user, expected_version=version, **_terms(body.sent_only()))
    return GATE_MODELS.one(request, rows)


@routes.does(
    "POST",
    "/gate-models/{gate_model_key}/publication",
    Verb.GATEMODEL_PUBLISH,
    EDITIONS.One,
    status=201,
    precondition="possible",
    example={"note": "First edition"},
)
def publish(request: HttpRequest, gate_model_key: GateModelKey, body: GateModelPublish) -> Any:
    """Put the gates being prepared into force."""
    row, version = found(_models(request).filter(key=gate_model_key)), request.expected_version
    made = publish_gate_model(row, actor=request.user, expected_version=version, **body.sent_only())
    return EDITIONS.one(request, GateEdition.objects.filter(pk=made.pk))
