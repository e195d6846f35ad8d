"""Key results and check-ins in the REST API."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from pydantic import Field as Rule

from mainstay.core.api.fields import VERSION, Field, Kind
from mainstay.core.api.finding import found
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import Changes, Day, Id, Name, Number, Reason, Sent, Username, text
from mainstay.core.verbs import Verb
from mainstay.portfolio.api.shapes import sent_changes
from mainstay.strategy.api.shared import NUMBER, GoalCode, with_people
from mainstay.strategy.models import CheckIn, Goal, KeyResult, ResultKind
from mainstay.strategy.operations.results import (
    add_result,
    correct_check_in,
    edit_result,
    record_check_in,
    remove_result,
)

routes = Routes("Strategy")
KINDS = tuple(ResultKind.values)
Weight = Annotated[int, Rule(ge=1, le=1000)]
Confidence = Annotated[int, Rule(ge=1, le=5)] | None

RESULTS = Resource(
    "KeyResult",
    (
        NUMBER,
        Field("goal", Kind.TEXT, "The code of the goal.", "goal__code"),
        Field("name", Kind.TEXT, "The name.", example="Leakage"),
        Field("kind", Kind.CHOICE, "Whether it has an end.", choices=KINDS),
        Field("unit", Kind.TEXT, "What is counted.", example="Ml a day"),
        Field("start_value", Kind.DECIMAL, "Where it starts.", may_be_missing=True),
        Field("target_value", Kind.DECIMAL, "Where it should be.", may_be_missing=True),
        Field("healthy_from", Kind.DECIMAL, "The lower end of the healthy band.", may_be_missing=True),
        Field("healthy_to", Kind.DECIMAL, "The upper end of the healthy band.", may_be_missing=True),
        Field("weight", Kind.WHOLE, "How much it counts in its goal."),
        Field("owner", Kind.TEXT, "Who answers for it.", "owner__username", may_be_missing=True),
        Field("start_date", Kind.DAY, "From when.", may_be_missing=True),
        Field("due_date", Kind.DAY, "When it is due.", may_be_missing=True),
        VERSION,
    ),
    key="id",
    order=("goal", "name"),
    search=("name",),
)
CHECK_INS = Resource(
    "CheckIn",
    (
        NUMBER,
        Field("key_result", Kind.WHOLE, "The number of the key result.", "key_result_id"),
        Field("on_date", Kind.DAY, "The day it tells of."),
        Field("value", Kind.DECIMAL, "Where it stood."),
        Field("confidence", Kind.WHOLE, "How sure, from 1 to 5.", may_be_missing=True),
        Field("note", Kind.TEXT, "Why."),
        Field("by", Kind.TEXT, "Who checked in.", "by__username", may_be_missing=True),
        Field("corrects", Kind.WHOLE, "The check-in it corrects.", "corrects_id", may_be_missing=True),
        VERSION,
    ),
    key="id",
    order=("-on_date",),
)


class ResultEdit(Changes):
    """Changes to a key result or a measure; what is left away stays."""

    name: Name = ""
    kind: Literal[KINDS] = "result"
    unit: text(40) = ""
    start_value: Number | None = None
    target_value: Number | None = None
    healthy_from: Number | None = None
    healthy_to: Number | None = None
    weight: Weight = 1
    owner: Username | None = None
    start_date: Day | None = None
    due_date: Day | None = None
    reason: Reason = ""


class ResultAdd(Sent):
    """A key result with start, target and due date, or a standing measure with its healthy band."""

    name: Name
    kind: Literal[KINDS] = "result"
    unit: text(40) = ""
    start_value: Number | None = None
    target_value: Number | None = None
    healthy_from: Number | None = None
    healthy_to: Number | None = None
    weight: Weight = 1
    owner: Username | None = None
    start_date: Day | None = None
    due_date: Day | None = None


class CheckInRecord(Sent):
    """Where a key result stands; without a day, today."""

    value: Number
    on_date: Day | None = None
    confidence: Confidence = None
    note: text(1000) = ""


class CheckInCorrect(Changes):
    """What was wrong; the rest is taken over."""

    value: Number = None
    on_date: Day = None
    confidence: Confidence = None
    note: text(1000) = ""
    reason: Reason = ""


def _results(request: HttpRequest) -> Any:
    return KeyResult.objects.as_of(request.as_of).visible_to(request.user)


def _check_ins(request: HttpRequest) -> Any:
    return CheckIn.objects.as_of(request.as_of).visible_to(request.user)


@routes.reads("/key-results", "results", RESULTS.Page, is_list=True)
def results(request: HttpRequest, query: RESULTS.Asked) -> Any:
    """List key results and measures; `goal=` takes those of one goal."""
    return RESULTS.page(request, _results(request), query)


@routes.reads("/key-results/{result_id}", "result", RESULTS.One, versioned=True)
def result(request: HttpRequest, result_id: Id) -> Any:
    """Read a key result."""
    return RESULTS.one(request, _results(request).identified_by([result_id]))


@routes.does(
    "POST",
    "/goals/{code}/results",
    Verb.RESULT_ADD,
    RESULTS.One,
    status=201,
    example={"name": "Leakage", "start_value": "20", "target_value": "10", "due_date": "2030-12-31"},
)
def add(request: HttpRequest, code: GoalCode, body: ResultAdd) -> Any:
    """Add a key result or a measure to a goal."""
    goal = found(Goal.objects.visible_to(request.user).filter(code=code))
    made = add_result(goal, actor=request.user, **with_people(request, body.sent_only()))
    row = RESULTS.one(request, KeyResult.objects.filter(pk=made.pk)).body
    return Answer(row, location=f"/api/v1/key-results/{made.pk}")


@routes.does(
    "PATCH",
    "/key-results/{result_id}",
    Verb.RESULT_EDIT,
    RESULTS.One,
    precondition="required",
    example={"target_value": "9"},
)
def edit(request: HttpRequest, result_id: Id, body: ResultEdit) -> Any:
    """Change a key result or a measure."""
    rows, version = _results(request).filter(pk=result_id), request.expected_version
    changes = with_people(request, body.sent_only())
    edit_result(found(rows), actor=request.user, expected_version=version, **changes)
    return RESULTS.one(request, rows)


@routes.does("DELETE", "/key-results/{result_id}", Verb.RESULT_REMOVE, None, status=204)
def remove(request: HttpRequest, result_id: Id) -> Any:
    """Remove a key result with its check-ins."""
    remove_result(found(_results(request).filter(pk=result_id)), actor=request.user)


@routes.reads("/check-ins", "checkins", CHECK_INS.Page, is_list=True)
def check_ins(request: HttpRequest, query: CHECK_INS.Asked) -> Any:
    """List check-ins; `key_result=` takes those of one key result."""
    return CHECK_INS.page(request, _check_ins(request), query)


@routes.does(
    "POST",
    "/key-results/{result_id}/check-ins",
    Verb.CHECKIN_RECORD,
    CHECK_INS.One,
    status=201,
    example={"value": "15", "confidence": 4},
)
def record(request: HttpRequest, result_id: Id, body: CheckInRecord) -> Any:
    """Record where a key result stands."""
    made = record_check_in(found(_results(request).filter(pk=result_id)), actor=request.user, **body.model_dump())
    return CHECK_INS.one(request, CheckIn.objects.filter(pk=made.pk))


@routes.does(
    "POST",
    "/check-ins/{check_in_id}/correction",
    Verb.CHECKIN_CORRECT,
    CHECK_INS.One,
    status=201,
    example={"value": "16"},
)
def correct(request: HttpRequest, check_in_id: Id, body: CheckInCorrect) -> Any:
    """Replace a check-in by a right one; both are kept."""
    changes, reason = sent_changes(body)
    wrong = found(_check_ins(request).filter(pk=check_in_id))
    made = correct_check_in(wrong, actor=request.user, reason=reason, **changes)
    return CHECK_INS.one(request, CheckIn.objects.filter(pk=made.pk))
