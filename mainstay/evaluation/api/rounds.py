"""Scoring rounds, judgements and recusals in the REST API; a turn that is open tells nobody what others say."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from pydantic import Field as Rule

from mainstay.core.api.fields import VERSION, Field, Kind, number
from mainstay.core.api.finding import found
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import Changes, Code, Day, Id, Number, Reason, Sent, Told, Username, text, whole
from mainstay.core.verbs import Verb
from mainstay.evaluation import rounds as reading
from mainstay.evaluation.api.models import named_cycle
from mainstay.evaluation.models import Combined, Judgement, Recusal, RoundItem, RoundState, ScoreModel, ScoringRound
from mainstay.evaluation.operations.judgements import Said, give_judgements, recuse
from mainstay.evaluation.operations.rounds import close_round, edit_round, finish_round, open_round, repeat_round
from mainstay.evaluation.outcome import Outcome, note_for
from mainstay.portfolio.api.finding import named_person, named_project

routes = Routes("Scoring rounds")
NUMBER = number("id", "The row's number.", lookup="pk", example=1)
PROJECT = Field("project", Kind.TEXT, "The code of the project.", "item__project__code", example="PUMPS")
EVALUATOR = Field("evaluator", Kind.TEXT, "Who, by sign-in name.", "evaluator__person__username", example="olive")

ROUNDS = Resource(
    "ScoringRound",
    (
        NUMBER,
        Field("name", Kind.TEXT, "The name.", example="Round 2027"),
        Field("portfolio", Kind.TEXT, "The code of the portfolio.", "portfolio__code", example="NET"),
        Field("model", Kind.WHOLE, "The number of the score model.", "model_id", example=1),
        Field("edition", Kind.WHOLE, "The edition of the model it asks by."),
        Field("cycle", Kind.WHOLE, "The number of the planning cycle.", "cycle_id", may_be_missing=True),
        Field("state", Kind.CHOICE, "How far it has come.", choices=tuple(RoundState.values), example="open"),
        Field("turn", Kind.WHOLE, "1, and one more each time something is judged again.", example=1),
        Field("tolerance", Kind.DECIMAL, "How many points people may lie apart.", example="30.0"),
        Field("combined", Kind.CHOICE, "How judgements become one figure.", choices=tuple(Combined.values)),
        Field("due_date", Kind.DAY, "Until when to judge.", may_be_missing=True),
        Field("note", Kind.TEXT, "A word to the evaluators."),
        Field("criteria", Kind.DATA, "What is asked, with its levels.", schema=list[dict[str, Any]]),
        VERSION,
    ),
    key="id",
    order=("-id",),
)
JUDGEMENTS = Resource(
    "Judgement",
    (
        NUMBER,
        number("round", "The number of the round.", lookup="item__round_id", example=1),
        PROJECT,
        EVALUATOR,
        Field("criterion", Kind.TEXT, "The criterion.", example="Fit"),
        Field("turn", Kind.WHOLE, "In which turn it was said.", example=1),
        Field("level", Kind.WHOLE, "The level, counted from 0.", example=2),
        Field("points", Kind.FLOAT, "What the level earns.", example=100.0),
        Field("rationale", Kind.TEXT, "Why."),
        VERSION,
    ),
    key="id",
    order=("round", "project", "criterion"),
)
RECUSALS = Resource(
    "Recusal",
    (
        NUMBER,
        number("round", "The number of the round.", lookup="item__round_id", example=1),
        PROJECT,
        EVALUATOR,
        Field("reason", Kind.TEXT, "The conflict of interest."),
        VERSION,
    ),
    key="id",
    order=("round", "project"),
)
Tolerance = Annotated[Number, Rule(ge=0, le=100)]
Way = Literal[tuple(Combined.values)]
People = Annotated[list[Username], Rule(min_length=1, max_length=50)]


class RoundOpen(Sent):
    """People are invited to judge projects by a model."""

    name: text(120, least=1)
    projects: Annotated[list[Code], Rule(min_length=1, max_length=500)]
    evaluators: People
    due_date: Day | None = None
    tolerance: Tolerance = Decimal(30)
    combined: Way = Combined.MEAN.value
    note: text(500) = ""
    cycle: Id | None = None


class RoundEdit(Changes):
    """Changes to a round; evaluators that are sent replace all who have not judged yet."""

    name: text(120, least=1) = ""
    due_date: Day | None = None
    tolerance: Tolerance = Decimal(30)
    combined: Way = Combined.MEAN.value
    note: text(500) = ""
    evaluators: People = Rule(default_factory=list)
    reason: Reason = ""


class SaidSent(Sent):
    """A level under a criterion, counted from 0, and why."""

    criterion: text(80, least=1)
    level: whole(0, 10)
    rationale: text(1000) = ""


class JudgementGive(Sent):
    """What is said of a project."""

    judgements: Annotated[list[SaidSent], Rule(min_length=1, max_length=30)]


class JudgementRecuse(Sent):
    """The conflict of interest."""

    conflict: text(500, least=1)


class Given(Told):
    """How many judgements changed."""

    changed: int


class ProgressTold(Told):
    """How far somebody is."""

    evaluator: str
    judged: int
    recused: int
    total: int
    let_in: list[str]


class JudgedCellTold(Told):
    """What the judgements of a project under a criterion came to."""

    project: str
    criterion: str
    points: float
    words: str
    lowest: float
    highest: float
    count: int
    is_apart: bool


class ResultTold(Told):
    """What a round came to, of its closed turns."""

    agreement: float | None
    cells: list[JudgedCellTold]


class NoteTold(Told):
    """How one's own points lie against the others'; nobody else is told."""

    bias: float
    own_spread: float | None
    usual_spread: float | None
    compared: int


class TaskTold(Told):
    """A project one has to judge."""

    project: str
    state: Literal["open", "part", "done", "recused"]


def _rounds(request: HttpRequest) -> Any:
    return ScoringRound.objects.as_of(request.as_of).visible_to(request.user)


def _round(request: HttpRequest, round_id: int) -> Any:
    return found(_rounds(request).identified_by([round_id]))


def _told(request: HttpRequest, held: Any) -> Any:
    return ROUNDS.one(request, ScoringRound.objects.filter(pk=held.pk))


@routes.reads("/rounds", "rounds", ROUNDS.Page, is_list=True)
def rounds(request: HttpRequest, query: ROUNDS.Asked) -> Any:
    """List the scoring rounds you moderate, audit or are invited to."""
    return ROUNDS.page(request, _rounds(request), query)


@routes.reads("/rounds/{round_id}", "round", ROUNDS.One, versioned=True)
def one(request: HttpRequest, round_id: Id) -> Any:
    """Read a scoring round."""
    return ROUNDS.one(request, _rounds(request).identified_by([round_id]))


@routes.reads("/rounds/{round_id}/progress", "round.progress", list[ProgressTold])
def progress(request: HttpRequest, round_id: Id) -> Any:
    """Tell how far each evaluator is; never what they said."""
    held = _round(request, round_id)
    names = reading.may_see_names(request.user, held)
    return [
        {
            "evaluator": each.evaluator.person.username,
            "judged": each.done,
            "recused": each.recused,
            "total": each.total,
            "let_in": each.evaluator.gained if names else [],
        }
        for each in reading.progress_of(held)
    ]


@routes.reads("/rounds/{round_id}/tasks", "round.tasks", list[TaskTold])
def tasks(request: HttpRequest, round_id: Id) -> Any:
    """List the projects you have to judge in this turn."""
    held = _round(request, round_id)
    own = reading.tasks_of(request.user, held, reading.evaluator_for(request.user, held))
    return [{"project": task.item.project.code, "state": task.state} for task in own]


@routes.reads("/rounds/{round_id}/result", "round.result", ResultTold)
def result(request: HttpRequest, round_id: Id) -> Any:
    """Tell what the closed turns came to, without names."""
    held = _round(request, round_id)
    outcome = Outcome(held, reading.items_for(request.user, held))
    if outcome.is_empty:
        return {"agreement": None, "cells": []}
    cells = [
        {
            "project": cell.item.project.code,
            "criterion": cell.criterion["label"],
            "points": cell.points,
            "words": cell.words,
            "lowest": cell.low,
            "highest": cell.high,
            "count": cell.count,
            "is_apart": cell.is_apart,
        }
        for cell in outcome.cells()
    ]
    return {"agreement": outcome.concordance().w, "cells": cells}


@routes.reads("/rounds/{round_id}/note", "round.note", NoteTold | None)
def note(request: HttpRequest, round_id: Id) -> Any:
    """Tell how your own points lie against the others', once the round is finished; null where there is nothing."""
    own = note_for(_round(request, round_id), request.user)
    return own and {name: getattr(own, name) for name in NoteTold.model_fields}


@routes.does(
    "POST",
    "/models/{model_id}/rounds",
    Verb.ROUND_OPEN,
    ROUNDS.One,
    status=201,
    example={"name": "Round 2027", "projects": ["PUMPS"], "evaluators": ["olive"]},
)
def open_one(request: HttpRequest, model_id: Id, body: RoundOpen) -> Any:
    """Invite people to judge; who may not judge a project yet is let in as its evaluator."""
    sent = body.sent_only()
    model = found(ScoreModel.objects.visible_to(request.user).filter(pk=model_id))
    sent["projects"] = [named_project(request, "projects", code) for code in sent["projects"]]
    sent["evaluators"] = [named_person(request, "evaluators", name) for name in sent["evaluators"]]
    if sent.get("cycle") is not None:
        sent["cycle"] = named_cycle(request, sent["cycle"])
    held = open_round(model, actor=request.user, **sent)
    return Answer(_told(request, held).body, location=f"/api/v1/rounds/{held.pk}")


@routes.does(
    "PATCH", "/rounds/{round_id}", Verb.ROUND_EDIT, ROUNDS.One, precondition="required", example={"note": "Be quick"}
)
def edit(request: HttpRequest, round_id: Id, body: RoundEdit) -> Any:
    """Change a round that is not finished."""
    sent = body.sent_only()
    if "evaluators" in sent:
        sent["evaluators"] = [named_person(request, "evaluators", name) for name in sent["evaluators"]]
    held = _round(request, round_id)
    return _told(request, edit_round(held, actor=request.user, expected_version=request.expected_version, **sent))


@routes.does("POST", "/rounds/{round_id}/close", Verb.ROUND_CLOSE, ROUNDS.One)
def close(request: HttpRequest, round_id: Id) -> Any:
    """End the blind part of a round."""
    return _told(request, close_round(_round(request, round_id), actor=request.user))


@routes.does("POST", "/rounds/{round_id}/repeat", Verb.ROUND_REPEAT, ROUNDS.One)
def repeat(request: HttpRequest, round_id: Id) -> Any:
    """Judge again what lies outside the tolerance."""
    return _told(request, repeat_round(_round(request, round_id), actor=request.user))


@routes.does("POST", "/rounds/{round_id}/finish", Verb.ROUND_FINISH, ROUNDS.One)
def finish(request: HttpRequest, round_id: Id) -> Any:
    """Keep the result; it counts in the scores of the model."""
    return _told(request, finish_round(_round(request, round_id), actor=request.user))


def _item(request: HttpRequest, round_id: int, code: str) -> RoundItem:
    rows = RoundItem.objects.visible_to(request.user)
    return found(rows.filter(round_id=_round(request, round_id).pk, project__code=code))


@routes.does(
    "POST",
    "/rounds/{round_id}/items/{code}/judgements",
    Verb.JUDGEMENT_GIVE,
    Given,
    example={"judgements": [{"criterion": "Fit", "level": 1, "rationale": "Supports objective 2"}]},
)
def judge(request: HttpRequest, round_id: Id, code: Code, body: JudgementGive) -> Any:
    """Say how a project does; nobody sees it before the round closes."""
    said = [Said(each.criterion, each.level, each.rationale) for each in body.judgements]
    item = _item(request, round_id, code)
    return {"changed": give_judgements(item, actor=request.user, judgements=said)}


@routes.does(
    "POST",
    "/rounds/{round_id}/items/{code}/recusal",
    Verb.JUDGEMENT_RECUSE,
    RECUSALS.One,
    status=201,
    example={"conflict": "A relative works for the supplier"},
)
def stand_aside(request: HttpRequest, round_id: Id, code: Code, body: JudgementRecuse) -> Any:
    """Stand aside from judging a project."""
    made = recuse(_item(request, round_id, code), actor=request.user, conflict=body.conflict)
    return RECUSALS.one(request, Recusal.objects.filter(pk=made.pk))


@routes.reads("/judgements", "judgements", JUDGEMENTS.Page, is_list=True)
def judgements(request: HttpRequest, query: JUDGEMENTS.Asked) -> Any:
    """List your own judgements, and those of closed turns where you may see judgements."""
    return JUDGEMENTS.page(request, Judgement.objects.as_of(request.as_of).visible_to(request.user), query)


@routes.reads("/recusals", "recusals", RECUSALS.Page, is_list=True)
def recusals(request: HttpRequest, query: RECUSALS.Asked) -> Any:
    """List your own recusals, and those where you may see judgements."""
    return RECUSALS.page(request, Recusal.objects.as_of(request.as_of).visible_to(request.user), query)
