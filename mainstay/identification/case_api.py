"""Business cases in the REST API: read whole, opened, changed, published, compared."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from pydantic import Field as Rule

from mainstay.core.api.fields import VERSION, Field, Kind, number
from mainstay.core.api.finding import found
from mainstay.core.api.problems import Invalid
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import Changes, Code, Currency, Day, Id, Reason, Sent, Told, YesNo, text, whole
from mainstay.core.verbs import Verb
from mainstay.identification.case_changes import compare
from mainstay.identification.case_content import content_of
from mainstay.identification.case_parts import missing_parts, require_writer
from mainstay.identification.models import BusinessCase, CaseEdition, Grain, Request
from mainstay.identification.operations.cases import edit_case, open_case, publish_case
from mainstay.portfolio.api.finding import named_project
from mainstay.portfolio.api.shapes import sent_changes

routes = Routes("Business cases")
NOW = "now"
GRAINS = tuple(Grain.values)

CASES = Resource(
    "BusinessCase",
    (
        number("id", "The row's number.", lookup="pk", example=1),
        Field(
            "project", Kind.TEXT, "The code of the project.", "project__code", may_be_missing=True, example="PUMPS"
        ),
        Field("request", Kind.TEXT, "The code of the request.", "request__code", may_be_missing=True),
        Field("problem", Kind.TEXT, "Problem and purpose.", sorts=False),
        Field("consequences", Kind.TEXT, "What happens if nothing is done.", sorts=False),
        Field("grain", Kind.CHOICE, "How long its periods are.", choices=GRAINS, example="year"),
        Field("first_period", Kind.DAY, "When its first period begins.", example="2027-01-01"),
        Field("periods", Kind.WHOLE, "How many periods it has.", example=5),
        Field("currency", Kind.TEXT, "The currency of its amounts.", example="GBP"),
        Field("edition", Kind.WHOLE, "The number of the last edition; 0 while none is published."),
        VERSION,
    ),
    key="id",
    order=("project", "request"),
)
EDITIONS = Resource(
    "CaseEdition",
    (
        number("id", "The row's number.", lookup="pk", example=1),
        Field("case", Kind.WHOLE, "The number of the case.", "case_id", example=1),
        Field("number", Kind.WHOLE, "Counts up from 1.", example=1),
        Field("made_at", Kind.MOMENT, "When it was published."),
        Field("made_by", Kind.TEXT, "By whom, by sign-in name.", "made_by__username", may_be_missing=True),
        Field("reason", Kind.TEXT, "What changed."),
        Field("content", Kind.DATA, "The whole case as it was."),
        VERSION,
    ),
    key="id",
    order=("case", "-number"),
)
Rows = list[dict[str, Any]]


class CaseContent(Told):
    """A whole case: words, periods, options with their lines by period, assumptions, risks, and what is missing."""

    problem: str
    consequences: str
    grain: str
    first_period: Day
    periods: int
    currency: str
    options: Rows
    assumptions: Rows
    risks: Rows
    missing: list[str]
    version: int


class CaseDifference(Told):
    """One thing that differs: where, what, before and after."""

    place: str
    label: str
    before: str
    after: str


class CaseDifferences(Told):
    """Everything that differs."""

    differences: list[CaseDifference]


class _CaseWords(Changes):
    problem: text(10_000) = ""
    consequences: text(10_000) = ""
    grain: Literal[GRAINS] = "year"
    first_period: Day = Rule(default=None)
    periods: whole(1, 120) = 5
    currency: Currency = "GBP"


class CaseOpen(_CaseWords):
    """The case of a project, or of one's own request."""

    project: Code | None = None
    request: Code | None = None


class CaseEdit(_CaseWords):
    """Changes to a case; `drops_amounts` lets amounts go whose periods go."""

    drops_amounts: YesNo = False
    reason: Reason = ""


class CasePublish(Sent):
    """What changed since the last edition."""

    reason: text(300) = ""


Word = Annotated[str, Rule(pattern=r"^(now|[0-9]{1,5})$", description="The number of an edition, or `now`.")]


def cases_of(request: HttpRequest) -> Any:
    """The cases the asker may read, as known at the moment asked for."""
    return BusinessCase.objects.as_of(request.as_of).visible_to(request.user)


def case_to_change(request: HttpRequest, case_id: int) -> BusinessCase:
    """A case the asker may change; whoever may not is refused before a stale version is told."""
    row: BusinessCase = found(cases_of(request).filter(pk=case_id))
    require_writer(request.user, row)
    return row


@routes.reads("/cases", "cases", CASES.Page, is_list=True)
def cases(request: HttpRequest, query: CASES.Asked) -> Any:
    """List business cases; `project=` takes that of one project. Only where you may see figures, and your own."""
    return CASES.page(request, cases_of(request), query)


@routes.reads("/cases/{case_id}", "case", CASES.One, versioned=True)
def case(request: HttpRequest, case_id: Id) -> Any:
    """Read what a business case says; its lines are in its content."""
    return CASES.one(request, cases_of(request).identified_by([case_id]))


@routes.reads("/cases/{case_id}/content", "case.content", CaseContent, versioned=True)
def content(request: HttpRequest, case_id: Id) -> Any:
    """Read a whole business case with every line, assumption and risk."""
    row = found(cases_of(request).identified_by([case_id]))
    missing = missing_parts(row) if isinstance(row, BusinessCase) else []
    return content_of(row, request.as_of) | {"missing": missing, "version": row.version}


@routes.does("POST", "/cases", Verb.CASE_OPEN, CASES.One, status=201, example={"project": "METERS", "periods": 5})
def open_one(request: HttpRequest, body: CaseOpen) -> Any:
    """Begin the business case of a project or of a request: doing nothing as the baseline, and the proposal."""
    given = body.sent_only()
    made = open_case(_subject(request, given), actor=request.user, **given)
    return Answer(
        CASES.one(request, BusinessCase.objects.filter(pk=made.pk)).body, location=f"/api/v1/cases/{made.pk}"
    )


def _subject(request: HttpRequest, given: dict[str, Any]) -> Any:
    """What the case is opened for; it is taken out of what was sent."""
    project, code = given.pop("project", None), given.pop("request", None)
    if (project is None) == (code is None):
        raise Invalid("Name a project or a request.", project="Name either a project or a request.")
    if project is not None:
        return named_project(request, "project", project)
    row = Request.objects.visible_to(request.user).filter(code=code).first()
    if row is None:
        raise Invalid(f"There is no request {code}.", request=f"There is no request {code}.")
    return row


@routes.does(
    "PATCH",
    "/cases/{case_id}",
    Verb.CASE_EDIT,
    CASES.One,
    precondition="required",
    example={"problem": "Pumps fail."},
)
def edit(request: HttpRequest, case_id: Id, body: CaseEdit) -> Any:
    """Change the words or the periods of a case; amounts move along, and none is dropped unasked."""
    changes, reason = sent_changes(body)
    rows, version = cases_of(request).filter(pk=case_id), request.expected_version
    edit_case(
        case_to_change(request, case_id), actor=request.user, expected_version=version, reason=reason, **changes
    )
    return CASES.one(request, rows)


@routes.does(
    "POST", "/cases/{case_id}/editions", Verb.CASE_PUBLISH, EDITIONS.One, status=201, example={"reason": "First"}
)
def publish(request: HttpRequest, case_id: Id, body: CasePublish) -> Any:
    """Keep the whole case as an edition, and tell the register what the preferred option costs and brings."""
    made = publish_case(case_to_change(request, case_id), actor=request.user, reason=body.reason)
    return EDITIONS.one(request, CaseEdition.objects.filter(pk=made.pk))


@routes.reads("/case-editions", "case.editions", EDITIONS.Page, is_list=True)
def editions(request: HttpRequest, query: EDITIONS.Asked) -> Any:
    """List editions of business cases, the newest of each case first; `case=` takes those of one case."""
    return EDITIONS.page(request, CaseEdition.objects.as_of(request.as_of).visible_to(request.user), query)


@routes.reads("/cases/{case_id}/changes/{before}/{after}", "case.changes", CaseDifferences)
def changes(request: HttpRequest, case_id: Id, before: Word, after: Word) -> Any:
    """Tell what differs between two editions, or between one and now: field by field, period by period."""
    row = found(cases_of(request).identified_by([case_id]))
    told = compare(*(_content(request, row, word) for word in (before, after)))
    return {
        "differences": [
            {"place": one.place, "label": one.label, "before": one.before, "after": one.after} for one in told
        ]
    }


def _content(request: HttpRequest, row: Any, word: str) -> dict[str, Any]:
    if word == NOW:
        return content_of(row, request.as_of)
    rows = CaseEdition.objects.as_of(request.as_of).filter(case_id=row.row_id, number=int(word))
    content: dict[str, Any] = found(rows).content
    return content
