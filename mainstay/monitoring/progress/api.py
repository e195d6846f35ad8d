"""Packages of work and their progress in the REST API."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from pydantic import Field as Rule

from mainstay.core.api.fields import VERSION, Field, Kind, number
from mainstay.core.api.finding import found
from mainstay.core.api.problems import Invalid
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import Changes, Code, Day, Id, Money, Number, Reason, Sent, Told, whole
from mainstay.core.api.types import text as words
from mainstay.core.verbs import Verb
from mainstay.monitoring.models import EarningRule, ProgressReading, WorkPackage
from mainstay.monitoring.progress.measures import METHODS, MONEY
from mainstay.monitoring.progress.measures import Told as Measured
from mainstay.monitoring.progress.operations import (
    Done,
    add_package,
    edit_package,
    record_progress,
    remove_package,
)
from mainstay.monitoring.progress.place_page import PlaceProgress
from mainstay.monitoring.progress.project_page import ProjectProgress
from mainstay.monitoring.progress.rollup import NOTHING
from mainstay.monitoring.raid.places import place_asked
from mainstay.portfolio.api.finding import project_at
from mainstay.portfolio.api.reading import reading_of
from mainstay.portfolio.api.shapes import sent_changes
from mainstay.portfolio.models import Portfolio

routes = Routes("Progress")
RULES = tuple(EarningRule.values)
METHOD_KEYS = tuple(METHODS)
_NUMBER = number("id", "The row's number.", lookup="pk", example=1)
_WEIGHTS = "Weights by the number of a milestone of the project, for packages that count milestones."

PACKAGES = Resource(
    "WorkPackage",
    (
        _NUMBER,
        Field("project", Kind.TEXT, "The code of the project.", "project__code", example="PUMPS"),
        Field("position", Kind.WHOLE, "Its place among the packages."),
        Field("name", Kind.TEXT, "What it is.", example="Civil works"),
        Field("rule", Kind.CHOICE, "How it earns its budget.", choices=RULES, example="physical"),
        Field("budget", Kind.MONEY, "In the currency of the project.", example="250000.00"),
        Field("start_date", Kind.DAY, "When it begins."),
        Field("end_date", Kind.DAY, "When it ends."),
        Field("units", Kind.DECIMAL, "Units planned, for packages that count units.", may_be_missing=True),
        Field("unit", Kind.TEXT, "What is counted."),
        Field("milestones", Kind.DATA, _WEIGHTS, schema=dict[str, float]),
        VERSION,
    ),
    key="id",
    order=("project", "position", "id"),
)
READINGS = Resource(
    "ProgressReading",
    (
        _NUMBER,
        Field("package", Kind.WHOLE, "The number of the package.", "package_id", example=1),
        Field("project", Kind.TEXT, "The code of the project.", "package__project__code", example="PUMPS"),
        Field("date", Kind.DAY, "The day it is told of."),
        Field("share", Kind.DECIMAL, "The share done, 0 to 1.", example="0.4"),
        Field("units", Kind.DECIMAL, "Units done, for packages that count units.", may_be_missing=True),
        Field("source", Kind.TEXT, "Where it comes from."),
        Field("note", Kind.TEXT, "What was said of it."),
        VERSION,
    ),
    key="id",
    order=("id",),
)


class PackageChanges(Changes):
    """A package of work."""

    name: words(160, least=1) = ""
    rule: Literal[RULES] = EarningRule.PHYSICAL.value
    budget: Money = Rule(default=0)
    start_date: Day | None = None
    end_date: Day | None = None
    units: Number | None = None
    unit: words(40) = ""
    milestones: dict[words(20, least=1), float] = Rule(default_factory=dict, description=_WEIGHTS, max_length=200)
    position: whole(0, 32_000) = 0
    reason: Reason = ""


class PackageSent(PackageChanges):
    """A part of a project with a budget, its days, and a rule for what it has earned."""

    name: words(160, least=1)
    budget: Money
    start_date: Day
    end_date: Day


class ReadingSent(Sent):
    """How far a package was: the share done from 0 to 1, or units for packages that count units."""

    package: Id
    share: Number = Rule(default=0, examples=["0.4"])
    units: Number | None = None
    note: words(300) = ""


class ProgressSent(Sent):
    """How far packages of a project were on a day; all of it is kept or nothing."""

    date: Day
    source: words(60) = ""
    packages: list[ReadingSent] = Rule(min_length=1, max_length=500)
    reason: Reason = ""


class MeasureTold(Told):
    """A measure of earned value; money as text, `value` null with a `reason` where there is none."""

    key: str
    label: str
    value: str | None
    reason: str
    definition: str


class EarnedValueTold(Told):
    """The earned value of a project at the end of its last known month; null without packages or progress."""

    month: str | None
    currency: str
    baseline: int | None
    method: str
    finish: str | None
    planned_finish: str | None
    measures: list[MeasureTold]


class EarnedSumTold(Told):
    """The earned value of running projects added up in one currency; indices null where there are none.

    Plans are taken at the rate of the day their baseline was frozen, costs at that of the month they were posted in;
    `rate_effect` is the part of what was spent that is owed to the difference.
    """

    currency: str
    projects: int
    budget: str
    planned: str
    earned: str
    spent: str
    cpi: float | None
    spi: float | None
    eac: str | None
    coverage: float | None
    rate_effect: str


class ProgressRecorded(Told):
    """How many readings are new or changed."""

    changed: int


def _packages(request: HttpRequest) -> Any:
    return WorkPackage.objects.as_of(request.as_of).visible_to(request.user)


def _readings(request: HttpRequest) -> Any:
    return ProgressReading.objects.as_of(request.as_of).visible_to(request.user)


@routes.reads("/packages", "packages", PACKAGES.Page, is_list=True)
def packages(request: HttpRequest, query: PACKAGES.Asked) -> Any:
    """List packages of work."""
    return PACKAGES.page(request, _packages(request), query)


@routes.reads("/packages/{package_id}", "package", PACKAGES.One, versioned=True)
def package(request: HttpRequest, package_id: Id) -> Any:
    """Read a package of work."""
    return PACKAGES.one(request, _packages(request).identified_by([package_id]))


@routes.does(
    "POST", "/projects/{code}/packages", Verb.PACKAGE_ADD, PACKAGES.One, status=201,
    example={"name": "Civil works", "budget": "600000.00", "start_date": "2026-01-01", "end_date": "2026-06-30"},
)  # fmt: skip
def put_package(request: HttpRequest, code: Code, body: PackageSent) -> Any:
    """Add a package of work to a project; it comes last unless a place is given."""
    made = add_package(project_at(request, code), actor=request.user, **body.sent_only())
    told = PACKAGES.one(request, WorkPackage.objects.filter(pk=made.pk)).body
    return Answer(told, location=f"/api/v1/packages/{made.pk}")


@routes.does(
    "PATCH", "/packages/{package_id}", Verb.PACKAGE_EDIT, PACKAGES.One, precondition="required",
    example={"budget": "650000.00"},
)  # fmt: skip
def change_package(request: HttpRequest, package_id: Id, body: PackageChanges) -> Any:
    """Change a package; the plan of a baseline stays as it was frozen."""
    changes, reason = sent_changes(body)
    rows, version = _packages(request).identified_by([package_id]), request.expected_version
    edit_package(found(rows), actor=request.user, expected_version=version, reason=reason, **changes)
    return PACKAGES.one(request, rows)


@routes.does("DELETE", "/packages/{package_id}", Verb.PACKAGE_REMOVE, None, status=204, precondition="possible")
def drop_package(request: HttpRequest, package_id: Id) -> Any:
    """Remove a package that was never reported on."""
    row = found(_packages(request).identified_by([package_id]))
    remove_package(row, actor=request.user, expected_version=request.expected_version)


@routes.reads("/progress", "progress", READINGS.Page, is_list=True)
def readings(request: HttpRequest, query: READINGS.Asked) -> Any:
    """List what was told of packages, by day."""
    return READINGS.page(request, _readings(request), query)


@routes.does(
    "POST", "/projects/{code}/progress", Verb.PROGRESS_RECORD, ProgressRecorded,
    example={"date": "2026-03-31", "source": "Site report", "packages": [{"package": 1, "share": "0.4"}]},
)  # fmt: skip
def tell(request: HttpRequest, code: Code, body: ProgressSent) -> Any:
    """Say how far packages of a project were on a day; a day told before is told anew."""
    project = project_at(request, code)
    known = {row.pk: row for row in WorkPackage.objects.visible_to(request.user).filter(project=project)}
    if unknown := {one.package for one in body.packages} - known.keys():
        raise Invalid("There is no such package.", packages=f"There is no package {min(unknown)} of {code}.")
    told = [Done(known[one.package], body.date, one.share, one.units, body.source, one.note) for one in body.packages]
    return {"changed": record_progress(project, actor=request.user, readings=told, reason=body.reason)}


@routes.reads("/projects/{code}/earned-value", "project.earnedvalue", EarnedValueTold)
def project_earned_value(request: HttpRequest, code: Code, method: Literal[METHOD_KEYS] = "typical") -> Any:
    """Read every measure of earned value of a project. Only where you may see figures."""
    page = ProjectProgress(request.user, code, request.as_of, method)
    return {
        "month": _day(page.month),
        "currency": page.project.currency,
        "baseline": page.baseline.number if page.baseline else None,
        "method": page.method_key,
        "finish": _day(page.finish),
        "planned_finish": _day(page.planned_finish),
        "measures": [_measure(one) for one in page.measures.values()],
    }


@routes.reads("/portfolios/{code}/earned-value", "portfolio.earnedvalue", EarnedSumTold)
def portfolio_earned_value(request: HttpRequest, code: Code) -> Any:
    """Read the earned value of the running projects of a portfolio and everything below it, added up."""
    reading = reading_of(request)
    seen = Portfolio.objects.as_of(request.as_of).visible_to(request.user, Verb.SEE_FIGURES)
    found(seen.filter(code=code))
    page = PlaceProgress(place_asked(reading, code, ""))
    one = page.whole or NOTHING
    money = {name: f"{getattr(one, name):.2f}" for name in ("budget", "planned", "earned", "spent", "rate_effect")}
    return money | {
        "currency": page.place.currency,
        "projects": one.count,
        "cpi": one.cpi,
        "spi": one.spi,
        "eac": None if one.eac is None else f"{one.eac:.2f}",
        "coverage": one.coverage,
    }


def _measure(one: Measured) -> dict[str, Any]:
    value = one.value if one.value is None else f"{one.value:.{2 if one.measure.kind == MONEY else 6}f}"
    said = {"key": one.measure.key, "label": one.measure.label, "definition": one.measure.definition}
    return said | {"value": value, "reason": one.reason}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
