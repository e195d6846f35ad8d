"""Appraisals, risks by portfolio and discount rates in the REST API."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query
from pydantic import BaseModel, ConfigDict
from pydantic import Field as Rule

from mainstay.core.api.fields import VERSION, Field, Kind, number
from mainstay.core.api.finding import found
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Routes
from mainstay.core.api.types import Day, Id, Number, PortfolioCode, Reason, Sent, Told, YesNo, whole
from mainstay.core.values import plain
from mainstay.core.verbs import Verb
from mainstay.evaluation.appraisal.measures import Measures
from mainstay.evaluation.appraisal.page import SORTS, Appraisals, Line, options_appraised
from mainstay.evaluation.appraisal.risks import PortfolioRisks
from mainstay.evaluation.models import DiscountRate
from mainstay.evaluation.models.discount import Convention
from mainstay.evaluation.operations.discount import set_discount
from mainstay.identification.models import BusinessCase
from mainstay.portfolio.api.finding import named_portfolio, portfolio_at

routes = Routes("Appraisal")
ON_A_PAGE = 200
ORDERS = tuple(order for sort in SORTS for order in (sort, f"-{sort}"))

DISCOUNTS = Resource(
    "DiscountRate",
    (
        number("id", "The row's number.", lookup="pk", example=1),
        Field("portfolio", Kind.TEXT, "The code of the portfolio; null for the organisation.", "portfolio__code",
              may_be_missing=True, example="NET"),
        Field("from_date", Kind.DAY, "From this day on.", example="2027-01-01"),
        Field("rate", Kind.DECIMAL, "Percent a year.", example="6.000"),
        Field("convention", Kind.CHOICE, "When money flows.", choices=tuple(Convention.values), example="end"),
        Field("is_real", Kind.YES_NO, "Whether inflation is taken out."),
        VERSION,
    ),
    key="id",
    order=("-from_date",),
)  # fmt: skip


class MeasuresTold(Told):
    """What a change is worth; null says that a figure does not exist. Shares are fractions, times are years."""

    net: str | None
    npv: str | None
    irr: float | None
    irr_roots: list[float]
    mirr: float | None
    payback: float | None
    discounted_payback: float | None
    profitability_index: float | None
    roi: float | None
    bcr: float | None
    equivalent_annuity: str | None
    discount: str | None


class AppraisalTold(Told):
    """A case with its figures: the preferred option less doing nothing."""

    case: int
    project: str
    name: str
    currency: str
    cost: str | None
    cost_low: str | None
    cost_high: str | None
    benefit: str | None
    demand: str
    risk_exposure: str
    risk_exposure_residual: str
    measures: MeasuresTold


class AppraisalsTold(Told):
    """A page of appraised cases."""

    items: list[AppraisalTold]
    count: int
    pages: int
    finding: str


class OptionTold(Told):
    """An option against doing nothing."""

    option: int
    name: str
    is_preferred: bool
    measures: MeasuresTold


class OptionsTold(Told):
    """Every option of a case."""

    options: list[OptionTold]


class MatrixCellTold(Told):
    """Threats of one step of probability and of impact, from 1 to 5."""

    probability: int
    impact: int
    count: int
    exposure: float


class RisksTold(Told):
    """The open risks stated in one currency, before and after their responses."""

    currency: str
    count: int
    exposure: str
    residual: str
    without_response: int
    inherent_cells: list[MatrixCellTold]
    residual_cells: list[MatrixCellTold]


class PortfolioRisksTold(Told):
    """The risks of a portfolio by currency."""

    by_currency: list[RisksTold]
    finding: str


class Place(BaseModel):
    """Which part of the portfolio."""

    model_config = ConfigDict(extra="forbid")
    portfolio: PortfolioCode | None = None
    as_of: str | None = None


class AppraisalAsked(Place):
    """Which cases, in which order."""

    sort: Literal[ORDERS] = "-npv"
    page: whole(1, 10_000) = 1


class DiscountSet(Sent):
    """A rate from a date on; without a portfolio for the organisation."""

    portfolio: PortfolioCode | None = None
    from_date: Day
    rate: Annotated[Number, Rule(ge=-50, le=100, examples=["6"])]
    convention: Literal[tuple(Convention.values)] = "end"
    is_real: YesNo = False
    reason: Reason = ""


def _portfolio(request: HttpRequest, code: str | None) -> Any:
    return portfolio_at(request, code) if code else None


@routes.reads("/appraisals", "appraisals", AppraisalsTold)
def appraisals(request: HttpRequest, query: Annotated[AppraisalAsked, Query()]) -> Any:
    """List appraised business cases of a portfolio, or of everything open to you, 200 on a page."""
    listed = Appraisals(request.user, _portfolio(request, query.portfolio), query.sort, request.as_of)
    start = (query.page - 1) * ON_A_PAGE
    return {
        "items": [_line(line) for line in listed.lines[start : start + ON_A_PAGE]],
        "count": len(listed.lines),
        "pages": -(-len(listed.lines) // ON_A_PAGE),
        "finding": listed.finding,
    }


def _line(line: Line) -> dict[str, Any]:
    one = line.figures
    amounts = {name: plain(getattr(one, name)) for name in ("cost", "cost_low", "cost_high", "benefit", "demand")}
    risks = {"risk_exposure": str(one.exposure), "risk_exposure_residual": str(one.residual)}
    named = {"case": one.case_id, "project": line.project.code, "name": line.project.name, "currency": one.currency}
    return named | amounts | risks | {"measures": _measures(one.measures)}


def _measures(measures: Measures) -> dict[str, Any]:
    told = {name: plain(getattr(measures, name)) for name in MeasuresTold.model_fields if name != "discount"}
    roots = list(measures.irr_roots)
    return told | {"irr_roots": roots, "discount": measures.discount.words if measures.discount else None}


@routes.reads("/cases/{case_id}/appraisal", "case.appraisal", OptionsTold)
def options(request: HttpRequest, case_id: Id) -> Any:
    """Tell what each option of a case is worth against doing nothing."""
    case = found(BusinessCase.objects.as_of(request.as_of).visible_to(request.user).identified_by([case_id]))
    return {
        "options": [
            {
                "option": one.option["id"],
                "name": one.option["name"],
                "is_preferred": one.option["is_preferred"],
                "measures": _measures(one.measures),
            }
            for one in options_appraised(case, request.as_of)
        ]
    }


@routes.reads("/risk-matrix", "risk.matrix", PortfolioRisksTold)
def risk_matrix(request: HttpRequest, query: Annotated[Place, Query()]) -> Any:
    """Tell how many open risks stand where, before and after their responses, and what they come to."""
    found_risks = PortfolioRisks(request.user, _portfolio(request, query.portfolio), request.as_of)
    return {
        "by_currency": [_group(group) for group in found_risks.by_currency],
        "finding": found_risks.finding,
    }


def _group(group: Any) -> dict[str, Any]:
    return {
        "currency": group.currency,
        "count": group.exposure.count,
        "exposure": str(group.exposure.inherent),
        "residual": str(group.exposure.residual),
        "without_response": group.exposure.undecided,
        "inherent_cells": _cells(group.inherent.rows),
        "residual_cells": _cells(group.residual.rows),
    }


def _cells(rows: Iterable[Any]) -> list[dict[str, Any]]:
    return [{name: row[name] for name in MatrixCellTold.model_fields} for row in rows if row["count"]]


@routes.reads("/discount-rates", "discounts", DISCOUNTS.Page, is_list=True)
def discounts(request: HttpRequest, query: DISCOUNTS.Asked) -> Any:
    """List discount rates, the latest first."""
    return DISCOUNTS.page(request, DiscountRate.objects.as_of(request.as_of).visible_to(request.user), query)


@routes.does(
    "POST", "/discount-rates", Verb.DISCOUNT_SET, DISCOUNTS.One, example={"from_date": "2027-01-01", "rate": "6"}
)
def set_one(request: HttpRequest, body: DiscountSet) -> Any:
    """Say how a portfolio, or without one the organisation, discounts from a date on; the same date corrects it."""
    given = body.model_dump()
    code = given.pop("portfolio")
    portfolio = named_portfolio(request, "portfolio", code, Verb.DISCOUNT_SET) if code else None
    made = set_discount(portfolio, actor=request.user, **given)
    return DISCOUNTS.one(request, DiscountRate.objects.filter(pk=made.pk))
