"""What the API tells of requests, and what it takes."""

from typing import Annotated, Any, Literal

from pydantic import Field as Rule

from mainstay.core.api.fields import VERSION, Field, Kind, number
from mainstay.core.api.resource import Resource
from mainstay.core.api.types import Changes, Code, Key, LongText, PortfolioCode, Reason, Sent, Told, Username, text
from mainstay.identification.models import NoteKind, State

NoteText = text(4_000, least=1, example="How many customers are concerned?")
ManyText = text(4_000)
AnswersSent = Annotated[
    dict[str, Any], Rule(max_length=200, description="By the key of each question; see the form's schema.")
]
REQUESTS = Resource(
    "Request",
    (
        number("id", "The row's number.", lookup="pk", example=1),
        Field("code", Kind.TEXT, "The code.", example="REQ-0001"),
        Field("title", Kind.TEXT, "What it is."),
        Field("description", Kind.TEXT, "What is needed and why.", sorts=False),
        Field("state", Kind.CHOICE, "How far it has come.", choices=tuple(State.values)),
        Field("form", Kind.TEXT, "The key of its form.", "edition__form__key", example="idea"),
        Field("edition", Kind.WHOLE, "The edition of the form it answers.", "edition__number"),
        Field("portfolio", Kind.TEXT, "The code of its portfolio.", "portfolio__code", example="NET"),
        Field("requester", Kind.TEXT, "Who asks, by sign-in name.", "requester__username"),
        Field("officer", Kind.TEXT, "Who triages it.", "officer__username", may_be_missing=True),
        Field("answers", Kind.DATA, "Answers as typed, by question.", schema=dict[str, Any]),
        Field("external_key", Kind.TEXT, "Its key in the source."),
        Field("submitted_at", Kind.MOMENT, "First submitted.", may_be_missing=True),
        Field("decided_at", Kind.MOMENT, "Decided.", may_be_missing=True),
        Field("returns", Kind.WHOLE, "Times returned or questioned."),
        Field("merged_into", Kind.TEXT, "The request it goes on in.", "merged_into__code", may_be_missing=True),
        Field("project", Kind.WHOLE, "The number of the project it became.", "project_id", may_be_missing=True),
        VERSION,
    ),
    order=("-code",),
    search=("code", "title", "description"),
)
NOTES = Resource(
    "Note",
    (
        number("id", "The row's number.", lookup="pk", example=1),
        Field("kind", Kind.CHOICE, "What it is.", choices=tuple(NoteKind.values)),
        Field("text", Kind.TEXT, "What was said.", sorts=False),
        Field("by", Kind.TEXT, "Who said it.", "by__username", may_be_missing=True),
        Field("at", Kind.MOMENT, "When."),
        VERSION,
    ),
    key="id",
    order=("at",),
)


class RequestCreate(Sent):
    """A draft, as complete as it is yet."""

    portfolio: PortfolioCode
    form: Key
    title: text(200) = ""
    description: LongText = ""
    answers: AnswersSent = Rule(default_factory=dict)


class RequestSave(Changes):
    """What is typed; answers that are not named stay."""

    title: text(200) = ""
    description: LongText = ""
    answers: AnswersSent = Rule(default_factory=dict)
    to_newest_edition: bool = False


class Words(Sent):
    """What is said to the other side."""

    text: NoteText


class RequestWhy(Sent):
    """Why, where there is something to say."""

    reason: Reason = ""


class MustSayWhy(Sent):
    """Why."""

    reason: text(2_000, least=1, example="The year is full.")


class Officer(Sent):
    """Who triages; null: nobody."""

    officer: Username | None


class RequestMerging(Sent):
    """The request it goes on in, and why."""

    into: Code
    reason: text(500, least=1, example="The same portal.")


class Many(Sent):
    """What is done to many requests."""

    requests: Annotated[list[Code], Rule(min_length=1, max_length=500)]
    action: Literal["assign", "return", "accept"]
    officer: Username | None = None
    text: ManyText = ""


class OutcomeTold(Told):
    """What became of one of them."""

    request: str
    problem: str


class ManyTold(Told):
    """What became of each."""

    outcomes: list[OutcomeTold]


class StandingTold(Told):
    """Where a request stands."""

    state: str
    next_step: str
    working_days_used: float
    working_days_left: float
    is_late: bool
    queue_position: int | None
    queue_length: int
    decision_expected: str | None
    complete_to_submit: str
    complete_to_accept: str
    missing: list[str]


class AlikeTold(Told):
    """Something similar, as far as the asker may know it."""

    name: str
    stage: str
    score: float
    shared: list[str]
    project: str | None
    request: str | None
    outcome: str
    lessons: list[str]


class AlikePage(Told):
    """What is similar, the closest first."""

    items: list[AlikeTold]


class AlikeAsked(Sent):
    """What is being written."""

    title: text(200) = ""
    description: LongText = ""
