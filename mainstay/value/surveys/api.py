"""Surveys of customers in the REST API."""

from typing import Any, Literal

from django.http import HttpRequest
from pydantic import Field as Rule

from mainstay.core.api.fields import VERSION, Field, Kind, number
from mainstay.core.api.finding import found
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import Changes, Code, Day, Id, Reason, text
from mainstay.core.verbs import Verb
from mainstay.portfolio.api.finding import project_at
from mainstay.portfolio.api.shapes import sent_changes
from mainstay.value.models import Question, Survey, When
from mainstay.value.operations import correct_survey, record_survey, remove_survey
from mainstay.value.surveys.queries import surveys_for

routes = Routes("Surveys")
QUESTIONS, TIMES = tuple(Question.values), tuple(When.values)


SURVEYS = Resource(
    "Survey",
    (
        number("id", "The row's number.", lookup="pk", example=1),
        Field("project", Kind.TEXT, "The code of the project.", "project__code", example="PUMPS"),
        Field("question", Kind.CHOICE, "What was asked.", choices=QUESTIONS, example="csat"),
        Field("when", Kind.CHOICE, "Before or after the work.", choices=TIMES, example="after"),
        Field("starts_on", Kind.DAY, "Asked from."),
        Field("ends_on", Kind.DAY, "Asked until."),
        Field("counts", Kind.DATA, "How often each answer was given, by answer.", schema=dict[str, int]),
        Field("source", Kind.TEXT, "Who was asked, and how.", sorts=False),
        Field("external_key", Kind.TEXT, "Its key in another system."),
        VERSION,
    ),
    key="id",
    order=("id",),
)


class SurveyChanges(Changes):
    """What was asked and answered; counts by answer, such as `{"5": 12, "4": 30}`."""

    question: Literal[QUESTIONS] = "csat"
    when: Literal[TIMES] = "after"
    starts_on: Day | None = None
    ends_on: Day | None = None
    counts: dict[text(2), int] = Rule(default_factory=dict, max_length=11)
    source: text(300) = ""
    external_key: text(80) = ""
    reason: Reason = ""


class SurveySent(SurveyChanges):
    """A survey."""

    question: Literal[QUESTIONS]
    when: Literal[TIMES]
    starts_on: Day
    ends_on: Day
    counts: dict[text(2), int] = Rule(min_length=1, max_length=11)


def _surveys(request: HttpRequest) -> Any:
    return surveys_for(request.user, request.as_of)


@routes.reads("/surveys", "surveys", SURVEYS.Page, is_list=True)
def surveys(request: HttpRequest, query: SURVEYS.Asked) -> Any:
    """List surveys of customers."""
    return SURVEYS.page(request, _surveys(request), query)


@routes.reads("/surveys/{survey_id}", "survey", SURVEYS.One, versioned=True)
def survey(request: HttpRequest, survey_id: Id) -> Any:
    """Read a survey."""
    return SURVEYS.one(request, _surveys(request).identified_by([survey_id]))


@routes.does(
    "POST", "/projects/{code}/surveys", Verb.SURVEY_RECORD, SURVEYS.One, status=201,
    example={
        "question": "csat", "when": "after", "starts_on": "2026-03-01", "ends_on": "2026-03-14", "counts": {"5": 12},
    },
)  # fmt: skip
def put(request: HttpRequest, code: Code, body: SurveySent) -> Any:
    """Write down what customers answered."""
    made = record_survey(project_at(request, code), actor=request.user, **body.sent_only())
    told = SURVEYS.one(request, Survey.objects.filter(pk=made.pk)).body
    return Answer(told, location=f"/api/v1/surveys/{made.pk}")


@routes.does(
    "PATCH", "/surveys/{survey_id}", Verb.SURVEY_CORRECT, SURVEYS.One, precondition="required",
    example={"source": "Letters"},
)  # fmt: skip
def alter(request: HttpRequest, survey_id: Id, body: SurveyChanges) -> Any:
    """Correct a survey."""
    changes, reason = sent_changes(body)
    rows, version = _surveys(request).identified_by([survey_id]), request.expected_version
    correct_survey(found(rows), actor=request.user, expected_version=version, reason=reason, **changes)
    return SURVEYS.one(request, rows)


@routes.does("DELETE", "/surveys/{survey_id}", Verb.SURVEY_REMOVE, None, status=204, precondition="possible")
def drop(request: HttpRequest, survey_id: Id) -> Any:
    """Remove a survey that was recorded by mistake."""
    row = found(_surveys(request).identified_by([survey_id]))
    remove_survey(row, actor=request.user, expected_version=request.expected_version)
