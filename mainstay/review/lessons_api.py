"""Lessons in the REST API."""

from typing import Any

from django.http import HttpRequest
from pydantic import Field as Rule

from mainstay.core.api.fields import VERSION, Field, Kind, number
from mainstay.core.api.finding import found
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import Changes, Code, Id, Reason, text
from mainstay.core.verbs import Verb
from mainstay.portfolio.api.finding import project_at
from mainstay.portfolio.api.shapes import sent_changes
from mainstay.review.api import OnlyWhy
from mainstay.review.models import LessonState
from mainstay.review.operations import add_lesson, edit_lesson, publish_lesson, remove_lesson
from mainstay.review.queries.lessons import lessons_for

routes = Routes("Lessons")
Words, Tag = text(2_000), text(40, least=1, example="supplier")
_ID = number("id", "The row's number.", lookup="pk", example=1)
_PROJECT = Field("project", Kind.TEXT, "The code of the project.", "project__code", example="PUMPS")

LESSONS = Resource(
    "Lesson",
    (
        _ID,
        _PROJECT,
        Field("title", Kind.TEXT, "What it is about.", example="Order transformers early"),
        Field("context", Kind.TEXT, "In which context.", sorts=False),
        Field("cause", Kind.TEXT, "What caused it.", sorts=False),
        Field("effect", Kind.TEXT, "With what effect.", sorts=False),
        Field("recommendation", Kind.TEXT, "What others should do.", sorts=False),
        Field("tags", Kind.DATA, "Words it is found by.", filters=False, sorts=False, schema=list[str]),
        Field("state", Kind.CHOICE, "Whether it is offered.", choices=tuple(LessonState.values), example="draft"),
        Field("published_on", Kind.DAY, "Since when.", may_be_missing=True),
        Field("external_key", Kind.TEXT, "Its key in another system."),
        VERSION,
    ),
    key="id",
    order=("id",),
    search=("title", "context", "cause", "effect", "recommendation"),
)


class LessonChanges(Changes):
    """A lesson in words others can use."""

    title: text(160, least=1) = ""
    context: Words = ""
    cause: Words = ""
    effect: Words = ""
    recommendation: text(2_000, least=1) = ""
    tags: list[Tag] = Rule(default_factory=list, max_length=12)
    external_key: text(80) = ""
    reason: Reason = ""


class LessonSent(LessonChanges):
    """What a project taught."""

    title: text(160, least=1)
    recommendation: text(2_000, least=1)


@routes.reads("/lessons", "lessons", LESSONS.Page, is_list=True)
def lessons(request: HttpRequest, query: LESSONS.Asked) -> Any:
    """List lessons: of projects you see, and published ones of work that is over where you may ask."""
    return LESSONS.page(request, lessons_for(request.user, request.as_of), query)


@routes.reads("/lessons/{lesson_id}", "lesson", LESSONS.One, versioned=True)
def lesson(request: HttpRequest, lesson_id: Id) -> Any:
    """Read a lesson."""
    return LESSONS.one(request, lessons_for(request.user, request.as_of).identified_by([lesson_id]))


@routes.does(
    "POST", "/projects/{code}/lessons", Verb.LESSON_ADD, LESSONS.One, status=201,
    example={"title": "Order transformers early", "recommendation": "Order before the design is final"},
)  # fmt: skip
def put_lesson(request: HttpRequest, code: Code, body: LessonSent) -> Any:
    """Write down what a project taught; it is a draft until it is published."""
    sent, reason = sent_changes(body)
    made = add_lesson(project_at(request, code), actor=request.user, reason=reason, **sent)
    told = LESSONS.one(request, lessons_for(request.user).filter(pk=made.pk)).body
    return Answer(told, status=201, location=f"/api/v1/lessons/{made.pk}")


@routes.does(
    "PATCH", "/lessons/{lesson_id}", Verb.LESSON_EDIT, LESSONS.One, precondition="required",
    example={"recommendation": "Order a year ahead"},
)  # fmt: skip
def change_lesson(request: HttpRequest, lesson_id: Id, body: LessonChanges) -> Any:
    """Change a lesson; it is a draft again."""
    rows = lessons_for(request.user, request.as_of).identified_by([lesson_id])
    sent, reason = sent_changes(body)
    edit_lesson(found(rows), actor=request.user, expected_version=request.expected_version, reason=reason, **sent)
    return LESSONS.one(request, rows)


@routes.does("DELETE", "/lessons/{lesson_id}", Verb.LESSON_REMOVE, None, status=204, precondition="possible")
def drop_lesson(request: HttpRequest, lesson_id: Id) -> Any:
    """Remove a lesson; its history stays."""
    row = found(lessons_for(request.user).identified_by([lesson_id]))
    remove_lesson(row, actor=request.user, expected_version=request.expected_version)


@routes.does(
    "POST", "/lessons/{lesson_id}/publication", Verb.LESSON_PUBLISH, LESSONS.One, precondition="possible", example={}
)
def post_publication(request: HttpRequest, lesson_id: Id, body: OnlyWhy) -> Any:
    """Offer a lesson to others."""
    rows = lessons_for(request.user, request.as_of).identified_by([lesson_id])
    version = request.expected_version
    publish_lesson(found(rows), actor=request.user, expected_version=version, reason=body.reason)
    return LESSONS.one(request, rows)
