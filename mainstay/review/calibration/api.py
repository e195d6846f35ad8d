"""Calibration in the REST API."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query
from pydantic import BaseModel, ConfigDict

from mainstay.core import access
from mainstay.core.api.problems import Invalid
from mainstay.core.api.routes import Routes
from mainstay.core.api.types import Code, PortfolioCode, Told
from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb
from mainstay.evaluation.corrections.classes import class_kinds
from mainstay.evaluation.models.correction import Estimate
from mainstay.portfolio.api.finding import portfolio_at
from mainstay.portfolio.queries.reading import Reading
from mainstay.review.calibration.classes import Calibrated, ClassOfWork

routes = Routes("Calibration")


class CalibrationAsked(BaseModel):
    """Which estimates, sorted how, and where."""

    model_config = ConfigDict(extra="forbid")
    what: Literal[tuple(Estimate.values)] = "cost"
    by: str = "theme"
    portfolio: PortfolioCode | None = None
    as_of: str | None = None


class FinishedTold(Told):
    """A finished project with its estimate and what came: money in its currency, duration in days."""

    project: Code
    estimate: float
    actual: float
    ratio: float


class ClassOfWorkTold(Told):
    """A class of finished work; errors are shares, null where there is too little to tell."""

    name: str
    cases: int
    is_enough: bool
    factor: float
    p80_factor: float | None
    error_before: float | None
    error_after: float | None
    held: float | None
    projects: list[FinishedTold]


class CalibrationTold(Told):
    """How estimates of finished projects came out."""

    finding: str
    classes: list[ClassOfWorkTold]
    coverage: float | None
    left_out: list[Code]


@routes.reads("/calibration", "calibration", CalibrationTold)
def calibration(request: HttpRequest, query: Annotated[CalibrationAsked, Query()]) -> Any:
    """Tell how estimates of finished projects came out, by class of work. Only where you may see figures."""
    kinds = class_kinds(request.user)
    if query.by not in kinds:
        raise Invalid("There is no such way to sort.", by=f"Projects are sorted by: {', '.join(kinds)}.")
    if not access.may_somewhere(request.user, Verb.SEE_FIGURES):
        raise Missing("There is nothing here, or it is not open to you.")
    place = portfolio_at(request, query.portfolio) if query.portfolio else None
    found = Calibrated(Reading(request.user, request.as_of), query.what, query.by, place)
    return {
        "finding": found.finding,
        "classes": [_class(one) for one in found.classes],
        "coverage": found.coverage.share if found.coverage else None,
        "left_out": [project.code for project in found.found.left_out],
    }


def _class(one: ClassOfWork) -> dict[str, Any]:
    projects = [
        {"project": each.project.code, "estimate": each.estimate, "actual": each.actual, "ratio": each.ratio}
        for each in one.outcomes
    ]
    names = ("name", "cases", "is_enough", "factor", "error_before", "error_after", "held")
    return {name: getattr(one, name) for name in names} | {"p80_factor": one.p80, "projects": projects}
