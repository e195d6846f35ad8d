"""Goals, their weights, and which helps which, in the REST API."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from pydantic import Field as Rule

from mainstay.core.api.fields import VERSION, Field, Kind
from mainstay.core.api.finding import found
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import Changes, Day, Id, Name, PortfolioCode, Reason, Sent, Told, Username, YesNo, text
from mainstay.core.verbs import Verb
from mainstay.strategy.api.shared import (
    NUMBER,
    PORTFOLIO,
    GoalCode,
    Share,
    named_goal,
    placed,
    with_people,
    with_place,
)
from mainstay.strategy.models import Cause, Goal, GoalKind, Perspective
from mainstay.strategy.operations.causes import link_cause, unlink_cause
from mainstay.strategy.operations.goals import create_goal, edit_goal, remove_goal, weigh_goals

routes = Routes("Strategy")
KINDS, VIEWS = tuple(GoalKind.values), ("", *Perspective.values)

GOALS = Resource(
    "Goal",
    (
        Field("code", Kind.TEXT, "The code.", example="G-001"),
        Field("name", Kind.TEXT, "The name.", example="Halve the leaks"),
        Field("kind", Kind.CHOICE, "How wide it is.", choices=KINDS),
        Field("parent", Kind.TEXT, "The code of the goal it hangs under.", "parent__code", may_be_missing=True),
        PORTFOLIO,
        Field("description", Kind.TEXT, "What it means."),
        Field("owner", Kind.TEXT, "Who answers for it.", "owner__username", may_be_missing=True),
        Field("perspective", Kind.CHOICE, "The perspective of the scorecard.", choices=VIEWS),
        Field("weight", Kind.DECIMAL, "Its weight among its siblings, in percent.", example="60.00"),
        Field("start_date", Kind.DAY, "From when.", may_be_missing=True),
        Field("end_date", Kind.DAY, "Until when.", may_be_missing=True),
        Field("position", Kind.WHOLE, "Its place among its siblings."),
        Field("is_closed", Kind.YES_NO, "Whether it is pursued no more."),
        VERSION,
    ),
    order=("position", "code"),
    search=("code", "name", "description"),
)
CAUSES = Resource(
    "Cause",
    (
        NUMBER,
        Field("source", Kind.TEXT, "The code of the goal that helps.", "source__code"),
        Field("target", Kind.TEXT, "The code of the goal that is helped.", "target__code"),
        Field("note", Kind.TEXT, "Why."),
        VERSION,
    ),
    key="id",
    order=("source", "target"),
)


class GoalEdit(Changes):
    """Changes to a goal; what is left away stays."""

    name: Name = ""
    code: GoalCode = ""
    kind: Literal[KINDS] = "objective"
    parent: GoalCode | None = None
    portfolio: PortfolioCode | None = None
    description: text(5_000) = ""
    owner: Username | None = None
    perspective: Literal[VIEWS] = ""
    start_date: Day | None = None
    end_date: Day | None = None
    position: Annotated[int, Rule(ge=0, le=30_000)] = 0
    is_closed: YesNo = False
    reason: Reason = ""


class GoalCreate(Sent):
    """A goal; without a portfolio it stands for the whole organisation."""

    name: Name
    code: GoalCode | None = None
    kind: Literal[KINDS] = "objective"
    parent: GoalCode | None = None
    portfolio: PortfolioCode | None = None
    description: text(5_000) = ""
    owner: Username | None = None
    perspective: Literal[VIEWS] = ""
    start_date: Day | None = None
    end_date: Day | None = None


class GoalWeight(Sent):
    """A goal and its weight in percent."""

    goal: GoalCode
    weight: Share


class GoalsWeigh(Sent):
    """The weights of all open goals under one goal; they add up to 100."""

    weights: Annotated[list[GoalWeight], Rule(min_length=1, max_length=200)]
    reason: Reason = ""


class Weighed(Told):
    """How many weights changed."""

    changed: int


class CauseLink(Sent):
    """Which goal helps which."""

    source: GoalCode
    target: GoalCode
    note: text(300) = ""


def _goals(request: HttpRequest) -> Any:
    return with_place(request, Goal.objects.as_of(request.as_of).visible_to(request.user))


def _causes(request: HttpRequest) -> Any:
    return Cause.objects.as_of(request.as_of).visible_to(request.user)


def _terms(request: HttpRequest, sent: dict[str, Any]) -> dict[str, Any]:
    if sent.get("parent") is not None:
        sent["parent"] = named_goal(request, "parent", sent["parent"])
    return with_people(request, sent)


@routes.reads("/goals", "goals", GOALS.Page, is_list=True)
def goals(request: HttpRequest, query: GOALS.Asked) -> Any:
    """List visions, themes and objectives."""
    return GOALS.page(request, _goals(request), query)


@routes.reads("/goals/{code}", "goal", GOALS.One, versioned=True)
def goal(request: HttpRequest, code: GoalCode) -> Any:
    """Read a goal."""
    return GOALS.one(request, _goals(request).filter(code=code))


@routes.does(
    "POST", "/goals", Verb.GOAL_CREATE, GOALS.One, status=201, example={"portfolio": "NET", "name": "Halve the leaks"}
)
def create(request: HttpRequest, body: GoalCreate) -> Any:
    """Write down a goal of the whole organisation or of a portfolio."""
    sent = {name: value for name, value in body.sent_only().items() if not (name == "code" and value is None)}
    place = placed(request, sent, Verb.GOAL_CREATE)
    made = create_goal(place, actor=request.user, **_terms(request, sent))
    row = GOALS.one(request, _goals(request).filter(pk=made.pk)).body
    return Answer(row, location=f"/api/v1/goals/{made.code}")


@routes.does(
    "PATCH", "/goals/{code}", Verb.GOAL_EDIT, GOALS.One, precondition="required", example={"name": "Leak less"}
)
def edit(request: HttpRequest, code: GoalCode, body: GoalEdit) -> Any:
    """Change a goal, close it, or hang it elsewhere."""
    row, sent = found(Goal.objects.visible_to(request.user).filter(code=code)), body.sent_only()
    if "portfolio" in sent:
        sent |= {"portfolio": placed(request, sent, Verb.GOAL_EDIT)}
    terms = _terms(request, sent)
    edit_goal(row, actor=request.user, expected_version=request.expected_version, **terms)
    return GOALS.one(request, _goals(request).filter(pk=row.pk))


@routes.does("DELETE", "/goals/{code}", Verb.GOAL_REMOVE, None, status=204)
def remove(request: HttpRequest, code: GoalCode) -> Any:
    """Remove a goal nothing hangs on."""
    remove_goal(found(Goal.objects.visible_to(request.user).filter(code=code)), actor=request.user)


@routes.does(
    "POST",
    "/goal-weights",
    Verb.GOALS_WEIGH,
    Weighed,
    example={"weights": [{"goal": "G-001", "weight": "60"}, {"goal": "G-002", "weight": "40"}]},
)
def weigh(request: HttpRequest, body: GoalsWeigh) -> Any:
    """Publish the weights of all open goals that hang together."""
    rows = {one.goal: named_goal(request, "weights", one.goal) for one in body.weights}
    weights = {rows[one.goal].pk: one.weight for one in body.weights}
    changed = weigh_goals(list(rows.values()), actor=request.user, weights=weights, reason=body.reason)
    return {"changed": changed}


@routes.reads("/causes", "causes", CAUSES.Page, is_list=True)
def causes(request: HttpRequest, query: CAUSES.Asked) -> Any:
    """List which goal helps which."""
    return CAUSES.page(request, _causes(request), query)


@routes.does(
    "POST", "/causes", Verb.CAUSE_LINK, CAUSES.One, status=201, example={"source": "G-001", "target": "G-002"}
)
def link(request: HttpRequest, body: CauseLink) -> Any:
    """Say that reaching one goal helps to reach another."""
    source, target = (named_goal(request, name, getattr(body, name)) for name in ("source", "target"))
    made = link_cause(source, actor=request.user, target=target, note=body.note)
    return CAUSES.one(request, Cause.objects.filter(pk=made.pk))


@routes.does("DELETE", "/causes/{cause_id}", Verb.CAUSE_UNLINK, None, status=204)
def unlink(request: HttpRequest, cause_id: Id) -> Any:
    """Take a link between goals away."""
    unlink_cause(found(_causes(request).filter(pk=cause_id)), actor=request.user)
