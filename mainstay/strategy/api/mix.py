"""Classifications, their buckets, and which project lies in which, in the REST API."""

from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpRequest
from pydantic import Field as Rule

from mainstay.core.api.fields import VERSION, Field, Kind
from mainstay.core.api.finding import found
from mainstay.core.api.problems import Invalid
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import Changes, Code, Id, PortfolioCode, Reason, Sent, Told, YesNo, text
from mainstay.core.verbs import Verb
from mainstay.portfolio.api.finding import named_project
from mainstay.portfolio.models import Project
from mainstay.strategy.api.shared import NUMBER, PORTFOLIO, KindCode, Share, named_kind, placed, with_place
from mainstay.strategy.models import Bucket, Classification, Placement
from mainstay.strategy.operations.mix import (
    WantedBucket,
    classify_projects,
    create_classification,
    edit_classification,
)

routes = Routes("Strategy")


class BucketTold(Told):
    """A bucket with its target share and tolerance, in percent and points."""

    id: int
    name: str
    target_share: str
    tolerance: str


def _with_buckets(request: HttpRequest, rows: list[dict[str, Any]]) -> None:
    key = "row_id" if request.as_of else "pk"
    kept = Bucket.objects.as_of(request.as_of).filter(classification_id__in=[row["_pk"] for row in rows])
    told: dict[int, list[dict[str, Any]]] = {}
    names = (key, "name", "target_share", "tolerance", "classification_id")
    for pk, name, target, tolerance, kind in kept.order_by("position", key).values_list(*names):
        one = {"id": pk, "name": name, "target_share": str(target), "tolerance": str(tolerance)}
        told.setdefault(kind, []).append(one)
    for row in rows:
        row["buckets"] = told.get(row["_pk"], [])


KINDS = Resource(
    "Classification",
    (
        Field("code", Kind.TEXT, "The code.", example="C-001"),
        Field("name", Kind.TEXT, "The name.", example="Run, grow, transform"),
        PORTFOLIO,
        Field("description", Kind.TEXT, "How it sorts."),
        Field("position", Kind.WHOLE, "Its place in the list."),
        Field("is_active", Kind.YES_NO, "Whether it is in use."),
        VERSION,
    ),
    order=("position", "code"),
    private=("pk",),
    finish=_with_buckets,
    added={"buckets": (list[BucketTold], Rule(default_factory=list, description="The buckets in their order."))},
)
PLACEMENTS = Resource(
    "Placement",
    (
        NUMBER,
        Field("project", Kind.TEXT, "The code of the project.", "project__code"),
        Field("classification", Kind.TEXT, "The code of the classification.", "classification__code"),
        Field("bucket", Kind.TEXT, "The name of the bucket.", "bucket__name"),
        VERSION,
    ),
    key="id",
    order=("project", "classification"),
)


class BucketSent(Sent):
    """A bucket; with a number it is one that is there."""

    id: Id | None = None
    name: text(80, least=1)
    target_share: Share
    tolerance: Share = Decimal(5)

    def wanted(self) -> WantedBucket:
        """The bucket as the operation takes it."""
        return WantedBucket(self.name, self.target_share, self.tolerance, self.id)


Buckets = Annotated[list[BucketSent], Rule(min_length=2, max_length=20)]
EXAMPLE = [{"name": "Run", "target_share": "60"}, {"name": "Change", "target_share": "40"}]


class KindCreate(Sent):
    """A classification; the targets of its buckets add up to 100."""

    name: text(120, least=1)
    code: KindCode | None = None
    portfolio: PortfolioCode | None = None
    description: text(500) = ""
    buckets: Buckets


class KindEdit(Changes):
    """Changes to a classification; buckets that are sent replace all of them."""

    name: text(120, least=1) = ""
    description: text(500) = ""
    is_active: YesNo = True
    buckets: Buckets = Rule(default_factory=list)
    reason: Reason = ""


class Classify(Sent):
    """Projects that go into a bucket; without a bucket they go into none."""

    classification: KindCode
    bucket: text(80) | None = None
    projects: Annotated[list[Code], Rule(min_length=1, max_length=1000)]
    reason: Reason = ""


class Placed(Told):
    """How many projects changed their bucket."""

    changed: int


def _kinds(request: HttpRequest) -> Any:
    return with_place(request, Classification.objects.as_of(request.as_of).visible_to(request.user))


def _terms(body: Any) -> dict[str, Any]:
    sent = {name: value for name, value in body.sent_only().items() if not (name == "code" and value is None)}
    return sent | ({"buckets": [one.wanted() for one in body.buckets]} if "buckets" in sent else {})


@routes.reads("/classifications", "classifications", KINDS.Page, is_list=True)
def kinds(request: HttpRequest, query: KINDS.Asked) -> Any:
    """List classifications with their buckets and targets."""
    return KINDS.page(request, _kinds(request), query)


@routes.reads("/classifications/{code}", "classification", KINDS.One, versioned=True)
def kind(request: HttpRequest, code: KindCode) -> Any:
    """Read a classification."""
    return KINDS.one(request, _kinds(request).filter(code=code))


@routes.does(
    "POST",
    "/classifications",
    Verb.CLASSIFICATION_CREATE,
    KINDS.One,
    status=201,
    example={"portfolio": "NET", "name": "Run and change", "buckets": EXAMPLE},
)
def create(request: HttpRequest, body: KindCreate) -> Any:
    """Write down a way to sort work."""
    terms = _terms(body)
    made = create_classification(placed(request, terms, Verb.CLASSIFICATION_CREATE), actor=request.user, **terms)
    row = KINDS.one(request, _kinds(request).filter(pk=made.pk)).body
    return Answer(row, location=f"/api/v1/classifications/{made.code}")


@routes.does(
    "PATCH",
    "/classifications/{code}",
    Verb.CLASSIFICATION_EDIT,
    KINDS.One,
    precondition="required",
    example={"name": "Run or change"},
)
def edit(request: HttpRequest, code: KindCode, body: KindEdit) -> Any:
    """Change a classification, its buckets or their targets."""
    row = found(Classification.objects.visible_to(request.user).filter(code=code))
    edit_classification(row, actor=request.user, expected_version=request.expected_version, **_terms(body))
    return KINDS.one(request, _kinds(request).filter(pk=row.pk))


@routes.reads("/placements", "placements", PLACEMENTS.Page, is_list=True)
def placements(request: HttpRequest, query: PLACEMENTS.Asked) -> Any:
    """List which project lies in which bucket."""
    seen = Classification.objects.visible_to(request.user).values("pk")
    rows = Placement.objects.as_of(request.as_of).visible_to(request.user).filter(classification_id__in=seen)
    return PLACEMENTS.page(request, rows, query)


@routes.does(
    "POST",
    "/placements",
    Verb.PROJECTS_CLASSIFY,
    Placed,
    example={"classification": "C-001", "bucket": "Run", "projects": ["PUMPS"]},
)
def classify(request: HttpRequest, body: Classify) -> Any:
    """Place projects in a bucket, many at once."""
    row = named_kind(request, "classification", body.classification)
    bucket = None if not body.bucket else row.buckets.filter(name=body.bucket).first()
    if body.bucket and bucket is None:
        raise Invalid(f"There is no bucket {body.bucket}.", bucket=f"There is no bucket {body.bucket}.")
    projects = list(Project.objects.visible_to(request.user).filter(code__in=set(body.projects)))
    for code in sorted(set(body.projects) - {project.code for project in projects})[:1]:
        named_project(request, "projects", code)
    terms = {"classification": row, "bucket": bucket, "reason": body.reason}
    return {"changed": classify_projects(projects, actor=request.user, **terms)}
