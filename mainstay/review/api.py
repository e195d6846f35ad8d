"""Closures and reviews in the REST API."""

from typing import Any, Literal

from django.http import HttpRequest
from pydantic import Field as Rule

from mainstay.core.api.fields import VERSION, Field, Kind, number
from mainstay.core.api.finding import found
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import (
    Changes,
    Code,
    Day,
    Id,
    Money,
    PortfolioCode,
    Reason,
    Sent,
    Told,
    Username,
    YesNo,
    text,
    whole,
)
from mainstay.core.verbs import Verb
from mainstay.portfolio.api.finding import named_person, portfolio_at, project_at
from mainstay.portfolio.api.shapes import sent_changes
from mainstay.portfolio.models import Project
from mainstay.review.checklist import ITEMS
from mainstay.review.comparing import compared
from mainstay.review.models import ClosingRule, Closure, PostReview, ReviewState, Worth
from mainstay.review.operations import (
    complete_closure,
    edit_review,
    prepare_closure,
    set_closing_rule,
    sign_review,
    start_review,
)
from mainstay.review.operations.reminding import remind_leads

routes = Routes("Reviews")
_ID = number("id", "The row's number.", lookup="pk", example=1)
_PROJECT = Field("project", Kind.TEXT, "The code of the project.", "project__code", example="PUMPS")
Words = text(2_000)
Found = text(4_000)

RULES = Resource(
    "ClosingRule",
    (
        Field("portfolio", Kind.TEXT, "The code of the portfolio.", "portfolio__code", example="NET"),
        Field("asks", Kind.YES_NO, "Whether work closes only with a complete closure.", example=True),
        Field("months", Kind.WHOLE, "Months from the closure to the review.", example=6),
        VERSION,
    ),
    key="portfolio",
    order=("portfolio",),
)
CLOSURES = Resource(
    "Closure",
    (
        _PROJECT,
        Field("answers", Kind.DATA, "The checklist: answer and note by item.", filters=False, sorts=False),
        Field("note", Kind.TEXT, "What remains to be known.", sorts=False),
        Field("final_end", Kind.DAY, "When it was finished.", may_be_missing=True),
        Field("closed_on", Kind.DAY, "Since when it is complete.", may_be_missing=True),
        Field("closed_by", Kind.TEXT, "By whom, by sign-in name.", "closed_by__username", may_be_missing=True),
        VERSION,
    ),
    key="project",
    order=("project",),
)
REVIEWS = Resource(
    "PostReview",
    (
        _ID,
        _PROJECT,
        Field("due_date", Kind.DAY, "When it is due.", example="2027-06-01"),
        Field("state", Kind.CHOICE, "Where it stands.", choices=tuple(ReviewState.values), example="planned"),
        Field("led_by", Kind.TEXT, "Who leads it, by sign-in name.", "led_by__username", may_be_missing=True),
        Field("worth", Kind.CHOICE, "Whether it was worth it.", choices=tuple(Worth.values), example="yes"),
        Field("went_well", Kind.TEXT, "What went well.", sorts=False),
        Field("went_badly", Kind.TEXT, "What went badly.", sorts=False),
        Field("findings", Kind.TEXT, "What was found.", sorts=False),
        Field("signed_on", Kind.DAY, "When it was signed.", may_be_missing=True),
        Field("signed_by", Kind.TEXT, "By whom, by sign-in name.", "signed_by__username", may_be_missing=True),
        VERSION,
    ),
    key="id",
    order=("id",),
)


class ClosingRuleSent(Sent):
    """What a portfolio asks for when work closes."""

    asks: YesNo
    months: whole(1, 60) = 6


class ChecklistAnswer(Sent):
    """An answer to one item; what is not needed says why."""

    answer: Literal["", "yes", "not_needed"] = ""
    note: text(300) = ""


class ClosureSent(Changes):
    """Answers by item, and what the project ended with."""

    answers: dict[Literal[tuple(item.key for item in ITEMS)], ChecklistAnswer] = Rule(default_factory=dict)
    note: Words = ""
    final_cost: Money | None = None
    final_end: Day | None = None
    reason: Reason = ""


class ReviewStart(Sent):
    """Who leads a review, and until when; empty leaves what was planned."""

    led_by: Username | None = None
    due_date: Day | None = None
    reason: Reason = ""


class ReviewChanges(Changes):
    """What was found, and the terms of the review."""

    due_date: Day = None
    led_by: Username | None = None
    worth: Literal[tuple(Worth.values)] = ""
    benefit_realised: Money | None = None
    score_realised: whole(0, 100) | None = None
    went_well: Found = ""
    went_badly: Found = ""
    findings: Found = ""
    reason: Reason = ""


class OnlyWhy(Sent):
    """Nothing but perhaps a reason."""

    reason: Reason = ""


class ComparedText(Told):
    """Planned, actual and the difference."""

    planned: str | None
    actual: str | None
    difference: str | None


class ComparedDays(Told):
    """Days as dates, the difference in days."""

    planned: str | None
    actual: str | None
    difference: int | None


class ComparedScore(Told):
    """Scores from 0 to 100."""

    planned: float | None
    actual: float | None
    difference: float | None


class ReviewFigures(Told):
    """Planned against actual of a project."""

    cost: ComparedText
    end: ComparedDays
    benefit: ComparedText
    score: ComparedScore


class ReviewNotices(Told):
    """How many notices were left."""

    count: int


def _rows(request: HttpRequest, model: Any) -> Any:
    return model.objects.as_of(request.as_of).visible_to(request.user)


@routes.reads("/closing-rules", "closingrules", RULES.Page, is_list=True)
def rules(request: HttpRequest, query: RULES.Asked) -> Any:
    """List what portfolios ask for when work closes."""
    return RULES.page(request, _rows(request, ClosingRule), query)


@routes.does("PUT", "/portfolios/{code}/closing-rule", Verb.CLOSINGRULE_SET, RULES.One, example={"asks": True})
def put_rule(request: HttpRequest, code: PortfolioCode, body: ClosingRuleSent) -> Any:
    """Say whether work of a portfolio closes by checklist, and how long after that it is reviewed."""
    made = set_closing_rule(portfolio_at(request, code), actor=request.user, asks=body.asks, months=body.months)
    return RULES.one(request, ClosingRule.objects.filter(pk=made.pk))


@routes.reads("/closures", "closures", CLOSURES.Page, is_list=True)
def closures(request: HttpRequest, query: CLOSURES.Asked) -> Any:
    """List closures."""
    return CLOSURES.page(request, _rows(request, Closure), query)


@routes.reads("/projects/{code}/closure", "closure", CLOSURES.One, versioned=True)
def closure(request: HttpRequest, code: Code) -> Any:
    """Read the closure of a project."""
    return CLOSURES.one(request, _rows(request, Closure).filter(project__code=code))


@routes.does(
    "PUT", "/projects/{code}/closure", Verb.CLOSURE_PREPARE, CLOSURES.One, precondition="possible",
    example={"answers": {"money": {"answer": "yes"}}},
)  # fmt: skip
def put_closure(request: HttpRequest, code: Code, body: ClosureSent) -> Any:
    """Answer the checklist of a closure; items left out are open."""
    sent, reason = sent_changes(body)
    shown = request.expected_version
    made = prepare_closure(project_at(request, code), actor=request.user, shown=shown, reason=reason, **sent)
    return CLOSURES.one(request, Closure.objects.filter(pk=made.pk))


@routes.does(
    "POST", "/projects/{code}/closure/completion", Verb.CLOSURE_COMPLETE, CLOSURES.One, precondition="possible",
    example={},
)  # fmt: skip
def post_completion(request: HttpRequest, code: Code, body: OnlyWhy) -> Any:
    """Freeze the figures a project ends with and plan its review; refused while an item is open."""
    rows = _rows(request, Closure).filter(project__code=code)
    version = request.expected_version
    complete_closure(found(rows), actor=request.user, expected_version=version, reason=body.reason)
    return CLOSURES.one(request, rows)


@routes.reads("/post-reviews", "postreviews", REVIEWS.Page, is_list=True)
def reviews(request: HttpRequest, query: REVIEWS.Asked) -> Any:
    """List post-implementation reviews."""
    return REVIEWS.page(request, _rows(request, PostReview), query)


@routes.reads("/post-reviews/{post_review_id}", "postreview", REVIEWS.One, versioned=True)
def post_review(request: HttpRequest, post_review_id: Id) -> Any:
    """Read a post-implementation review."""
    return REVIEWS.one(request, _rows(request, PostReview).identified_by([post_review_id]))


@routes.reads("/projects/{code}/review-figures", "postreview.figures", ReviewFigures)
def figures(request: HttpRequest, code: Code) -> Any:
    """Read what a project was planned to cost, take and bring, and what happened. Only where you may see figures."""
    project = found(Project.objects.visible_to(request.user, Verb.SEE_FIGURES).filter(code=code))
    return compared(project, PostReview.objects.filter(project=project).first())


@routes.does("POST", "/projects/{code}/post-review", Verb.REVIEW_START, REVIEWS.One, status=201, example={})
def post_start(request: HttpRequest, code: Code, body: ReviewStart) -> Any:
    """Begin the review of a project, planned or not."""
    lead = named_person(request, "led_by", body.led_by) if body.led_by else None
    terms = {"led_by": lead, "due_date": body.due_date, "reason": body.reason}
    made = start_review(project_at(request, code), actor=request.user, **terms)
    told = REVIEWS.one(request, PostReview.objects.filter(pk=made.pk)).body
    return Answer(told, status=201, location=f"/api/v1/post-reviews/{made.pk}")


@routes.does(
    "PATCH", "/post-reviews/{post_review_id}", Verb.REVIEW_EDIT, REVIEWS.One, precondition="required",
    example={"findings": "It pays for itself sooner than planned"},
)  # fmt: skip
def change_review(request: HttpRequest, post_review_id: Id, body: ReviewChanges) -> Any:
    """Write what was found, or change who leads the review and until when."""
    rows = _rows(request, PostReview).identified_by([post_review_id])
    sent, reason = sent_changes(body)
    if sent.get("led_by"):
        sent["led_by"] = named_person(request, "led_by", sent["led_by"])
    version = request.expected_version
    edit_review(found(rows), actor=request.user, expected_version=version, reason=reason, **sent)
    return REVIEWS.one(request, rows)


@routes.does(
    "POST",
    "/post-reviews/{post_review_id}/signature",
    Verb.REVIEW_SIGN,
    REVIEWS.One,
    precondition="possible",
    example={},
)
def post_signature(request: HttpRequest, post_review_id: Id, body: OnlyWhy) -> Any:
    """Stand by a review somebody else wrote."""
    rows = _rows(request, PostReview).identified_by([post_review_id])
    version = request.expected_version
    sign_review(found(rows), actor=request.user, expected_version=version, reason=body.reason)
    return REVIEWS.one(request, rows)


@routes.does("POST", "/review-reminders", Verb.REVIEWS_REMIND, ReviewNotices)
def remind(request: HttpRequest) -> Any:
    """Remind leads of reviews that are due within two weeks or late; nobody is told the same twice."""
    return {"count": remind_leads(request.user)}
