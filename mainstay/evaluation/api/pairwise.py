"""Pairwise sessions and comparisons in the REST API; an open session tells nobody what others answer."""

import math
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from pydantic import Field as Rule

from mainstay.core import access
from mainstay.core.api.fields import VERSION, Field, Kind, number
from mainstay.core.api.finding import found
from mainstay.core.api.problems import Invalid
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import Day, Id, PortfolioCode, Reason, Sent, Told, Username, text
from mainstay.core.verbs import Verb
from mainstay.evaluation import sessions as reading
from mainstay.evaluation.api.models import named_cycle
from mainstay.evaluation.comparing import group_of, shares_by_key, standings_of
from mainstay.evaluation.effect import effect_of
from mainstay.evaluation.models import Compared, Comparison, PairwiseSession, ScoreModel, SessionState, Together
from mainstay.evaluation.operations.pairwise import close_session, compare_pair, open_session, publish_session
from mainstay.portfolio.api.finding import named_person, named_portfolio

routes = Routes("Pairwise sessions")
NUMBER = number("id", "The row's number.", lookup="pk", example=1)

SESSIONS = Resource(
    "PairwiseSession",
    (
        NUMBER,
        Field("name", Kind.TEXT, "The name.", example="Weights 2027"),
        Field("portfolio", Kind.TEXT, "The code of the portfolio.", "portfolio__code", example="NET"),
        Field("subject", Kind.CHOICE, "What is compared.", choices=tuple(Compared.values), example="criteria"),
        Field("model", Kind.WHOLE, "The number of the score model.", "model_id", may_be_missing=True),
        Field("cycle", Kind.WHOLE, "The number of the planning cycle.", "cycle_id", may_be_missing=True),
        Field("state", Kind.CHOICE, "How far it has come.", choices=tuple(SessionState.values), example="open"),
        Field("together", Kind.CHOICE, "How the group's weights come about.", choices=tuple(Together.values)),
        Field("due_date", Kind.DAY, "Until when to answer.", may_be_missing=True),
        Field("note", Kind.TEXT, "A word to the participants."),
        Field("things", Kind.DATA, "What is compared: key, label, help.", schema=list[dict[str, str]]),
        Field("weights", Kind.DATA, "The published weights in percent, by key.", schema=dict[str, str]),
        Field("published_edition", Kind.WHOLE, "The edition they became.", may_be_missing=True),
        VERSION,
    ),
    key="id",
    order=("-id",),
)
COMPARISONS = Resource(
    "Comparison",
    (
        NUMBER,
        number("session", "The number of the session.", lookup="participant__session_id", example=1),
        Field("participant", Kind.TEXT, "Who, by sign-in name.", "participant__person__username", example="edward"),
        Field("left", Kind.TEXT, "The key of the one.", example="Fit"),
        Field("right", Kind.TEXT, "The key of the other.", example="Risk"),
        Field("ratio", Kind.FLOAT, "How many times more the left one counts; null: skipped.", may_be_missing=True),
        VERSION,
    ),
    key="id",
    order=("session", "participant"),
)
Way = Literal[tuple(Together.values)]


class SessionOpen(Sent):
    """People are invited to compare the criteria of a model, or without a model the drivers of a portfolio."""

    portfolio: PortfolioCode
    name: text(120, least=1)
    participants: Annotated[list[Username], Rule(min_length=1, max_length=50)]
    model: Id | None = None
    due_date: Day | None = None
    note: text(500) = ""
    cycle: Id | None = None
    together: Way = Together.JUDGEMENTS.value


class PairCompare(Sent):
    """How many times more the left one counts than the right one; null skips the pair."""

    left: text(80, least=1)
    right: text(80, least=1)
    ratio: Annotated[float, Rule(ge=0.11, le=9)] | None


class SessionPublish(Sent):
    """Why these weights shall count."""

    reason: Reason
    together: Way | None = None


class WeightTold(Told):
    """A weight."""

    key: str
    weight: float


class MisfitTold(Told):
    """The answer that contradicts one's others most, and what would fit."""

    left: str
    right: str
    given: float
    fitting: float


class OwnTold(Told):
    """What one's own answers come to."""

    answered: int
    skipped: int
    total: int
    consistency_ratio: float | None
    limit: float
    weights: list[WeightTold]
    misfit: MisfitTold | None


class GroupTold(Told):
    """What the group's answers come to, once the session is closed."""

    together: Way
    consistency_ratio: float | None
    like_project_online: float | None
    weights: list[WeightTold]


class MoveTold(Told):
    """A project under today's weights and under the group's."""

    project: str
    before: int | None
    after: int | None
    total_before: float | None
    total_after: float | None


def _sessions(request: HttpRequest) -> Any:
    return PairwiseSession.objects.as_of(request.as_of).visible_to(request.user)


def _session(request: HttpRequest, session_id: int) -> Any:
    return found(_sessions(request).identified_by([session_id]))


def _told(request: HttpRequest, session: Any) -> Any:
    return SESSIONS.one(request, PairwiseSession.objects.filter(pk=session.pk))


@routes.reads("/sessions", "sessions", SESSIONS.Page, is_list=True)
def sessions(request: HttpRequest, query: SESSIONS.Asked) -> Any:
    """List the pairwise sessions you moderate, audit or are invited to."""
    return SESSIONS.page(request, _sessions(request), query)


@routes.reads("/sessions/{session_id}", "session", SESSIONS.One, versioned=True)
def one(request: HttpRequest, session_id: Id) -> Any:
    """Read a pairwise session."""
    return SESSIONS.one(request, _sessions(request).identified_by([session_id]))


@routes.reads("/sessions/{session_id}/own", "session.own", OwnTold)
def own(request: HttpRequest, session_id: Id) -> Any:
    """Tell what your own answers come to, and which one contradicts the others."""
    session = _session(request, session_id)
    participant = reading.participant_for(request.user, session)
    standing = standings_of(session, [participant])[participant.pk]
    misfit = standing.misfit
    return {
        "answered": standing.answered,
        "skipped": standing.skipped,
        "total": len(standing.questions),
        "consistency_ratio": _known(standing.weights and standing.weights.consistency_ratio),
        "limit": standing.limit,
        "weights": _weights(session, standing.weights.weights.tolist() if standing.weights else []),
        "misfit": misfit
        and {
            "left": session.keys[misfit.first],
            "right": session.keys[misfit.second],
            "given": misfit.given,
            "fitting": misfit.on_scale,
        },
    }


def _weights(session: Any, weights: list[float]) -> list[dict[str, Any]]:
    return [{"key": key, "weight": weight} for key, weight in zip(session.keys, weights, strict=False)]


def _known(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else value


@routes.reads("/sessions/{session_id}/group", "session.group", GroupTold | None)
def group(request: HttpRequest, session_id: Id) -> Any:
    """Tell what the group's answers come to; null while the session is open."""
    session = _session(request, session_id)
    told = group_of(session)
    if told is None:
        return None
    weighed = told.weighed
    return {
        "together": told.together,
        "consistency_ratio": _known(weighed and weighed.consistency_ratio),
        "like_project_online": _known(weighed and weighed.like_project_online),
        "weights": _weights(session, told.weights),
    }


@routes.reads("/sessions/{session_id}/effect", "session.effect", list[MoveTold])
def effect(request: HttpRequest, session_id: Id) -> Any:
    """Tell what the group's weights would do to today's ranking of the model."""
    session = _session(request, session_id)
    access.require(request.user, Verb.SESSION_PUBLISH, session.portfolio)
    access.require(request.user, Verb.SEE_FIGURES, session.portfolio)
    told = group_of(session)
    if told is None or not told.is_ready or not session.model_id:
        return []
    whole = sum(reading.weights_today(session).values())
    moves = effect_of(request.user, session.model, shares_by_key(session, told.weights, whole))
    names = ("before", "after", "total_before", "total_after")
    return [{"project": move.project.code} | {name: getattr(move, name) for name in names} for move in moves]


@routes.does(
    "POST",
    "/sessions",
    Verb.SESSION_OPEN,
    SESSIONS.One,
    status=201,
    example={"portfolio": "NET", "name": "Weights 2027", "participants": ["edward"], "model": 1},
)
def open_one(request: HttpRequest, body: SessionOpen) -> Any:
    """Invite people to compare."""
    sent = body.sent_only()
    portfolio = named_portfolio(request, "portfolio", sent.pop("portfolio"))
    if sent.get("model") is not None:
        sent["model"] = _named_model(request, sent["model"])
    sent["participants"] = [named_person(request, "participants", name) for name in sent["participants"]]
    if sent.get("cycle") is not None:
        sent["cycle"] = named_cycle(request, sent["cycle"])
    session = open_session(portfolio, actor=request.user, **sent)
    return Answer(_told(request, session).body, location=f"/api/v1/sessions/{session.pk}")


def _named_model(request: HttpRequest, model_id: int) -> ScoreModel:
    model = ScoreModel.objects.visible_to(request.user).filter(pk=model_id).first()
    if model is None:
        raise Invalid(f"There is no score model {model_id}.", model=f"There is no score model {model_id}.")
    return model


@routes.does(
    "POST",
    "/sessions/{session_id}/comparisons",
    Verb.PAIR_COMPARE,
    COMPARISONS.One,
    example={"left": "Fit", "right": "Risk", "ratio": 3},
)
def compare(request: HttpRequest, session_id: Id, body: PairCompare) -> Any:
    """Compare a pair; the same pair again corrects the answer."""
    participant = reading.participant_for(request.user, _session(request, session_id))
    made = compare_pair(participant, actor=request.user, **body.model_dump())
    return COMPARISONS.one(request, Comparison.objects.filter(pk=made.pk))


@routes.reads("/comparisons", "comparisons", COMPARISONS.Page, is_list=True)
def comparisons(request: HttpRequest, query: COMPARISONS.Asked) -> Any:
    """List your own comparisons, and those of closed sessions where you may see judgements."""
    return COMPARISONS.page(request, Comparison.objects.as_of(request.as_of).visible_to(request.user), query)


@routes.does("POST", "/sessions/{session_id}/close", Verb.SESSION_CLOSE, SESSIONS.One)
def close(request: HttpRequest, session_id: Id) -> Any:
    """End the blind part of a session."""
    return _told(request, close_session(_session(request, session_id), actor=request.user))


@routes.does(
    "POST",
    "/sessions/{session_id}/publish",
    Verb.SESSION_PUBLISH,
    SESSIONS.One,
    example={"reason": "Agreed by the executives"},
)
def publish(request: HttpRequest, session_id: Id, body: SessionPublish) -> Any:
    """Let the group's weights count: as a new edition of the model, or as the weights of the drivers."""
    terms = {"reason": body.reason, "together": body.together or ""}
    return _told(request, publish_session(_session(request, session_id), actor=request.user, **terms))
