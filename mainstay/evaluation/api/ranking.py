"""Ranked lists, moves by hand, matrices, sensitivity and the check of a score model, in the REST API."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query

from mainstay.core import access
from mainstay.core.api.fields import VERSION, Field, Kind, number
from mainstay.core.api.finding import found
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Routes
from mainstay.core.api.types import Id
from mainstay.core.errors import Missing
from mainstay.core.values import plain
from mainstay.core.verbs import Verb
from mainstay.evaluation.api.ranking_told import (
    CheckTold,
    MatrixAsked,
    MatrixTold,
    Override,
    RankingAsked,
    RankingTold,
    SensitivityAsked,
    SensitivityTold,
)
from mainstay.evaluation.models import RankOverride, ScoreModel
from mainstay.evaluation.operations.ranking import override_rank, restore_rank
from mainstay.evaluation.ranking.asked import asked_in
from mainstay.evaluation.ranking.lint import Check
from mainstay.evaluation.ranking.listed import Line, Listed
from mainstay.evaluation.ranking.matrix import Matrix, Question
from mainstay.evaluation.ranking.sensitivity import Firmness, Reach
from mainstay.portfolio.api.finding import named_project, portfolio_at

routes = Routes("Ranking")
ON_A_PAGE = 200
NOTHING_HERE = "There is nothing here, or it is not open to you."

OVERRIDES = Resource(
    "RankOverride",
    (
        number("id", "The row's number.", lookup="pk", example=1),
        Field("model", Kind.WHOLE, "The number of the score model.", "model_id", example=1),
        Field("project", Kind.TEXT, "The code of the project.", "project__code", example="PUMPS"),
        Field("position", Kind.WHOLE, "The place it was moved to, among all projects of the model.", example=2),
        Field("computed", Kind.WHOLE, "The place its score gave it then.", example=9),
        Field("reason", Kind.TEXT, "Why."),
        Field("edition", Kind.WHOLE, "The edition of the model for which it holds."),
        Field("moved_by", Kind.TEXT, "Who moved it.", "moved_by__username", may_be_missing=True, example="amara"),
        Field("moved_at", Kind.MOMENT, "When."),
        VERSION,
    ),
    key="id",
    order=("position",),
)


def _model(request: HttpRequest, model_id: int) -> Any:
    rows = ScoreModel.objects.as_of(request.as_of).visible_to(request.user).identified_by([model_id])
    if not access.may_somewhere(request.user, Verb.SEE_FIGURES):
        raise Missing(NOTHING_HERE)
    return found(rows.select_related("portfolio"))


@routes.reads("/models/{model_id}/ranking", "ranking", RankingTold)
def ranking(request: HttpRequest, model_id: Id, query: Annotated[RankingAsked, Query()]) -> Any:
    """List the projects of a score model in their order, 200 on a page, with line, moves and what has no place."""
    given = {name: str(value) for name, value in query.model_dump(exclude_none=True).items()}
    asked = asked_in(given, tuple(key for key in query.columns.split(",") if key))
    listed = Listed(request.user, _model(request, model_id), asked, request.as_of)
    line, start = listed.rank.line(), (query.page - 1) * ON_A_PAGE
    return {
        "items": [_ranked(one, line, listed) for one in listed.lines[start : start + ON_A_PAGE]],
        "count": len(listed.lines),
        "pages": -(-len(listed.lines) // ON_A_PAGE),
        "above": line,
        "without_place": [
            {"project": one.project.code, "name": one.project.name, "why": one.why} for one in listed.left
        ],
        "unconfirmed": [row.row_id for row in listed.standing.unconfirmed],
        "finding": listed.finding,
        "problem": listed.problem,
    }


def _ranked(line: Line, cut: int | None, listed: Listed) -> dict[str, Any]:
    held = line.placed.override if listed.is_by_score else None
    values = {key: plain(value) for key, value in line.values.items() if key != "stage"}
    return {
        "rank": line.placed.place if listed.is_by_score else line.place,
        "rank_by_score": line.placed.by_score,
        "moved_from": line.placed.before if held else None,
        "project": line.project.code,
        "name": line.project.name,
        "stage": line.project.stage.key,
        "must_be_done": line.placed.scored.is_mandatory,
        "is_above": None if cut is None else line.place <= cut,
        "values": values,
        "override": held.row_id if held else None,
        "moved_by": held.who if held else None,
        "reason": held.reason if held else None,
    }


@routes.reads("/rank-overrides", "rank.overrides", OVERRIDES.Page, is_list=True)
def overrides(request: HttpRequest, query: OVERRIDES.Asked) -> Any:
    """List the projects that were moved by hand; only where you may see figures."""
    rows = RankOverride.objects.as_of(request.as_of).visible_to(request.user)
    return OVERRIDES.page(
        request, rows.filter(model_id__in=ScoreModel.objects.visible_to(request.user).values("pk")), query
    )


@routes.does(
    "POST",
    "/models/{model_id}/rank-overrides",
    Verb.RANK_OVERRIDE,
    OVERRIDES.One,
    status=201,
    example={"project": "PUMPS", "position": 1, "reason": "The regulator expects it"},
)
def override(request: HttpRequest, model_id: Id, body: Override) -> Any:
    """Put a project at a position, or before or after another one, and say why; saying it again mends it."""
    model = _model(request, model_id)
    beside = {name: code for name in ("before", "after") if (code := getattr(body, name))}
    where: dict[str, Any] = {name: named_project(request, name, code) for name, code in beside.items()}
    project = named_project(request, "project", body.project)
    made = override_rank(
        project, actor=request.user, model=model, reason=body.reason, position=body.position, **where
    )
    return OVERRIDES.one(request, RankOverride.objects.filter(pk=made.pk))


@routes.does("DELETE", "/rank-overrides/{override_id}", Verb.RANK_RESTORE, None, status=204)
def restore(request: HttpRequest, override_id: Id) -> Any:
    """Let a project stand where its score puts it."""
    restore_rank(found(RankOverride.objects.visible_to(request.user).filter(pk=override_id)), actor=request.user)


@routes.reads("/models/{model_id}/sensitivity", "sensitivity", SensitivityTold)
def sensitivity(request: HttpRequest, model_id: Id, query: Annotated[SensitivityAsked, Query()]) -> Any:
    """Tell how far each weight may move before selection, first place or ranking change, and what flips a project."""
    firm = Firmness(
        request.user,
        _model(request, model_id),
        request.as_of,
        places=query.cut,
        budget=query.budget,
        limit=query.limit,
    )
    if len(firm.projects) < 2 or not firm.criteria:
        return {"rooms": [], "project": None, "is_above": None, "flips": [], "finding": firm.finding}
    row = firm.place_of(query.project or "")
    if row is None:
        raise Missing("This project has no place in the ranking, or it is not open to you.")
    return {
        "rooms": [
            {"criterion": room.label, "share": room.now}
            | {name: _reach(getattr(room, name)) for name in ("selection", "first", "ranking")}
            for room in firm.rooms
        ],
        "project": firm.projects[row].code,
        "is_above": firm.is_in[row],
        "flips": firm.flips(row),
        "finding": firm.finding,
    }


def _reach(reach: Reach) -> dict[str, Any]:
    return {
        "low": round(reach.low, 6),
        "high": round(reach.high, 6),
        "at_low": reach.at_low,
        "at_high": reach.at_high,
    }


@routes.reads("/matrix", "matrix", MatrixTold)
def matrix(request: HttpRequest, query: Annotated[MatrixAsked, Query()]) -> Any:
    """Tell where projects stand by any two measures, and what the four fields of the matrix hold."""
    if not access.may_somewhere(request.user, Verb.SEE_FIGURES):
        raise Missing(NOTHING_HERE)
    model = _model(request, query.model) if query.model else None
    portfolio = portfolio_at(request, query.portfolio) if query.portfolio else None
    question = Question(query.x, query.y, query.size, query.group, query.stage)
    told = Matrix(request.user, question, model, portfolio, request.as_of)
    return {
        "x": told.x.key,
        "y": told.y.key,
        "currency": told.currency,
        "spots": [
            {"project": spot.project.code, "name": spot.project.name}
            | {name: getattr(spot, name) for name in ("x", "y", "size", "group", "field")}
            for spot in told.spots
        ],
        "fields": told.counts,
        "measures": list(told.measures.known),
        "finding": told.finding,
    }


@routes.reads("/models/{model_id}/check", "model.check", CheckTold)
def check(request: HttpRequest, model_id: Id) -> Any:
    """Tell what is wrong with a score model: double counting, cost or risk as value, scores that cluster."""
    model = _model(request, model_id)
    if not access.may(request.user, Verb.SEE_FIGURES, model.portfolio):
        raise Missing(NOTHING_HERE)
    told = Check(request.user, model, request.as_of)
    return {
        "findings": [
            {
                "kind": one.kind,
                "severity": one.severity,
                "criteria": list(one.criteria),
                "sentence": one.sentence,
                "figures": dict(one.figures),
            }
            for one in told.findings
        ],
        "sentence": told.sentence,
    }
