"""Departments, drivers with their statements and weights, and ratings, in the REST API."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from pydantic import Field as Rule

from mainstay.core.api.fields import VERSION, Field, Kind
from mainstay.core.api.finding import found
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import Changes, Code, Id, PortfolioCode, Reason, Sent, Told, Username, YesNo, text
from mainstay.core.verbs import Verb
from mainstay.portfolio.api.finding import named_project
from mainstay.portfolio.models import Project
from mainstay.strategy.api.shared import (
    NUMBER,
    PORTFOLIO,
    DriverCode,
    Share,
    named_driver,
    placed,
    with_people,
    with_place,
)
from mainstay.strategy.models import Department, Driver, Impact, ImpactStatement, Level
from mainstay.strategy.operations.drivers import (
    Rating,
    create_department,
    create_driver,
    edit_department,
    edit_driver,
    rate_impacts,
    weigh_drivers,
)

routes = Routes("Strategy")
LEVELS = tuple(Level.values)
Statements = dict[Literal[LEVELS], text(300)]


def _with_statements(request: HttpRequest, rows: list[dict[str, Any]]) -> None:
    told: dict[int, dict[str, str]] = {}
    kept = ImpactStatement.objects.as_of(request.as_of).filter(driver_id__in=[row["_pk"] for row in rows])
    for driver_id, level, sentence in kept.values_list("driver_id", "level", "text"):
        told.setdefault(driver_id, {})[level] = sentence
    for row in rows:
        row["statements"] = told.get(row["_pk"], {})


DEPARTMENTS = Resource(
    "Department",
    (
        NUMBER,
        Field("name", Kind.TEXT, "The name."),
        PORTFOLIO,
        Field("head", Kind.TEXT, "Who leads it.", "head__username", may_be_missing=True),
        Field("is_active", Kind.YES_NO, "Whether it is in use."),
        VERSION,
    ),
    key="id",
    order=("name",),
)
DRIVERS = Resource(
    "Driver",
    (
        Field("code", Kind.TEXT, "The code.", example="D-001"),
        Field("name", Kind.TEXT, "The name.", example="Leakage"),
        PORTFOLIO,
        Field("department", Kind.WHOLE, "The number of the department.", "department_id", may_be_missing=True),
        Field("description", Kind.TEXT, "What it means."),
        Field("weight", Kind.DECIMAL, "How much it counts, in percent."),
        Field("position", Kind.WHOLE, "Its place in the list."),
        Field("is_active", Kind.YES_NO, "Whether it is in use."),
        VERSION,
    ),
    order=("position", "code"),
    private=("pk",),
    finish=_with_statements,
    added={"statements": (Statements, Rule(default_factory=dict, description="What each level means."))},
)
IMPACTS = Resource(
    "Impact",
    (
        NUMBER,
        Field("project", Kind.TEXT, "The code of the project.", "project__code"),
        Field("driver", Kind.TEXT, "The code of the driver.", "driver__code"),
        Field("level", Kind.CHOICE, "How much it moves the driver.", choices=LEVELS),
        Field("note", Kind.TEXT, "Why."),
        VERSION,
    ),
    key="id",
    order=("project", "driver"),
)


class DepartmentCreate(Sent):
    """A department."""

    name: text(120, least=1)
    portfolio: PortfolioCode | None = None
    head: Username | None = None


class DepartmentEdit(Changes):
    """Changes to a department."""

    name: text(120, least=1) = ""
    head: Username | None = None
    is_active: YesNo = True
    reason: Reason = ""


class DriverCreate(Sent):
    """A driver with what each level means."""

    name: text(120, least=1)
    code: DriverCode | None = None
    portfolio: PortfolioCode | None = None
    department: Id | None = None
    description: text(1000) = ""
    statements: Statements = Rule(default_factory=dict)


class DriverEdit(Changes):
    """Changes to a driver; a statement sent empty is taken away."""

    name: text(120, least=1) = ""
    department: Id | None = None
    description: text(1000) = ""
    is_active: YesNo = True
    statements: Statements = Rule(default_factory=dict)
    reason: Reason = ""


class DriverWeight(Sent):
    """A driver and its weight in percent."""

    driver: DriverCode
    weight: Share


class DriversWeigh(Sent):
    """The weights of drivers; they add up to 100."""

    weights: Annotated[list[DriverWeight], Rule(min_length=1, max_length=100)]
    reason: Reason = ""


class RatingSent(Sent):
    """How much a project moves a driver; without a level the rating is taken back."""

    project: Code
    driver: DriverCode
    level: Literal[LEVELS] | None = None
    note: text(300) | None = None


class ImpactRate(Sent):
    """Ratings, many at once."""

    ratings: Annotated[list[RatingSent], Rule(min_length=1, max_length=2000)]
    reason: Reason = ""


class DriversChanged(Told):
    """How many rows changed."""

    changed: int


def _departments(request: HttpRequest) -> Any:
    return with_place(request, Department.objects.as_of(request.as_of).visible_to(request.user))


def _drivers(request: HttpRequest) -> Any:
    return with_place(request, Driver.objects.as_of(request.as_of).visible_to(request.user))


def _terms(request: HttpRequest, sent: dict[str, Any]) -> dict[str, Any]:
    if sent.get("department") is not None:
        rows = Department.objects.visible_to(request.user).filter(pk=sent["department"])
        sent["department"] = found(rows)
    return {name: value for name, value in sent.items() if not (name == "code" and value is None)}


@routes.reads("/departments", "departments", DEPARTMENTS.Page, is_list=True)
def departments(request: HttpRequest, query: DEPARTMENTS.Asked) -> Any:
    """List departments."""
    return DEPARTMENTS.page(request, _departments(request), query)


@routes.does(
    "POST",
    "/departments",
    Verb.DEPARTMENT_CREATE,
    DEPARTMENTS.One,
    status=201,
    example={"portfolio": "NET", "name": "Operations"},
)
def new_department(request: HttpRequest, body: DepartmentCreate) -> Any:
    """Name a department."""
    sent = with_people(request, body.sent_only())
    made = create_department(placed(request, sent, Verb.DEPARTMENT_CREATE), actor=request.user, **sent)
    return DEPARTMENTS.one(request, _departments(request).filter(pk=made.pk))


@routes.does(
    "PATCH",
    "/departments/{department_id}",
    Verb.DEPARTMENT_EDIT,
    DEPARTMENTS.One,
    precondition="required",
    example={"name": "Operations"},
)
def change_department(request: HttpRequest, department_id: Id, body: DepartmentEdit) -> Any:
    """Change a department."""
    rows, version = _departments(request).filter(pk=department_id), request.expected_version
    edit_department(
        found(rows), actor=request.user, expected_version=version, **with_people(request, body.sent_only())
    )
    return DEPARTMENTS.one(request, rows)


@routes.reads("/drivers", "drivers", DRIVERS.Page, is_list=True)
def drivers(request: HttpRequest, query: DRIVERS.Asked) -> Any:
    """List drivers with what each level of impact means."""
    return DRIVERS.page(request, _drivers(request), query)


@routes.reads("/drivers/{code}", "driver", DRIVERS.One, versioned=True)
def driver(request: HttpRequest, code: DriverCode) -> Any:
    """Read a driver."""
    return DRIVERS.one(request, _drivers(request).filter(code=code))


@routes.does(
    "POST",
    "/drivers",
    Verb.DRIVER_CREATE,
    DRIVERS.One,
    status=201,
    example={"portfolio": "NET", "name": "Fewer leaks", "statements": {"none": "Nothing changes"}},
)
def new_driver(request: HttpRequest, body: DriverCreate) -> Any:
    """Write down a reason for the business to invest."""
    sent = body.sent_only()
    place = placed(request, sent, Verb.DRIVER_CREATE)
    made = create_driver(place, actor=request.user, **_terms(request, sent))
    row = DRIVERS.one(request, _drivers(request).filter(pk=made.pk)).body
    return Answer(row, location=f"/api/v1/drivers/{made.code}")


@routes.does(
    "PATCH", "/drivers/{code}", Verb.DRIVER_EDIT, DRIVERS.One, precondition="required", example={"name": "Leaks"}
)
def change_driver(request: HttpRequest, code: DriverCode, body: DriverEdit) -> Any:
    """Change a driver or what the levels of impact on it mean."""
    row = found(Driver.objects.visible_to(request.user).filter(code=code))
    terms = _terms(request, body.sent_only())
    edit_driver(row, actor=request.user, expected_version=request.expected_version, **terms)
    return DRIVERS.one(request, _drivers(request).filter(pk=row.pk))


@routes.does(
    "POST",
    "/driver-weights",
    Verb.DRIVERS_WEIGH,
    DriversChanged,
    example={"weights": [{"driver": "D-001", "weight": "100"}]},
)
def weigh(request: HttpRequest, body: DriversWeigh) -> Any:
    """Publish the weights of the drivers in use."""
    rows = {one.driver: named_driver(request, "weights", one.driver) for one in body.weights}
    weights = {rows[one.driver].pk: one.weight for one in body.weights}
    changed = weigh_drivers(list(rows.values()), actor=request.user, weights=weights, reason=body.reason)
    return {"changed": changed}


@routes.reads("/impacts", "impacts", IMPACTS.Page, is_list=True)
def impacts(request: HttpRequest, query: IMPACTS.Asked) -> Any:
    """List how much projects move drivers; what nobody rated is not in the list."""
    seen = Driver.objects.visible_to(request.user).values("pk")
    rows = Impact.objects.as_of(request.as_of).visible_to(request.user).filter(driver_id__in=seen)
    return IMPACTS.page(request, rows, query)


@routes.does(
    "POST",
    "/impacts",
    Verb.IMPACT_RATE,
    DriversChanged,
    example={"ratings": [{"project": "PUMPS", "driver": "D-001", "level": "strong"}]},
)
def rate(request: HttpRequest, body: ImpactRate) -> Any:
    """Rate how much projects move drivers, many at once."""
    codes = {one.project for one in body.ratings}
    known = {row.code: row for row in Project.objects.visible_to(request.user).filter(code__in=codes)}
    for code in sorted(codes - known.keys())[:1]:
        named_project(request, "ratings", code)
    names = {one.driver for one in body.ratings}
    rated = {code: named_driver(request, "ratings", code) for code in names}
    ratings = [Rating(known[one.project].pk, rated[one.driver].pk, one.level or "", one.note) for one in body.ratings]
    return {"changed": rate_impacts(list(known.values()), actor=request.user, ratings=ratings, reason=body.reason)}
