"""Portfolios and programmes: the tree everything hangs in, with its figures."""

from typing import Any

from django.http import HttpRequest
from pydantic import Field as Rule

from mainstay.core.api.fields import VERSION, Field, Kind, number
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import (
    Changes,
    Code,
    Currency,
    LongText,
    Name,
    PortfolioCode,
    ProgrammeCode,
    Reason,
    Sent,
    Told,
    Username,
    YesNo,
    text,
)
from mainstay.core.verbs import Verb
from mainstay.portfolio.api import finding
from mainstay.portfolio.api.reading import asked_as, reading_of
from mainstay.portfolio.api.shapes import sent_changes
from mainstay.portfolio.models import Phase, Portfolio, Programme
from mainstay.portfolio.operations.tree import (
    create_portfolio,
    create_programme,
    edit_portfolio,
    edit_programme,
    move_portfolio,
)
from mainstay.portfolio.queries import grouped, totals
from mainstay.portfolio.queries.columns import COLUMNS
from mainstay.portfolio.queries.figures import Totals

routes = Routes("Portfolios and programmes")
CODE = Field("code", Kind.TEXT, "The code.", example="NET")
NAME = Field("name", Kind.TEXT, "The name.", example="Networks")
DESCRIPTION = Field("description", Kind.TEXT, "What it is about.", sorts=False)
OWNER = Field("owner", Kind.TEXT, "Who owns it, by sign-in name.", "owner__username", may_be_missing=True)
PATH = Field("path", Kind.TEXT, "Its place in the tree, for grants.", filters=False)
NUMBER = number("id", "The row's number, as events have it.", lookup="pk")


def _only_visible_parents(request: HttpRequest, rows: list[dict[str, Any]]) -> None:
    """A parent the asker may not see is not named."""
    codes = {row.code for row in reading_of(request).portfolios.values()}
    for row in rows:
        for name in {"parent", "portfolio"} & row.keys():
            row[name] = row[name] if row[name] in codes else None


PORTFOLIOS = Resource(
    "Portfolio",
    (
        NUMBER,
        CODE,
        NAME,
        DESCRIPTION,
        Field(
            "parent",
            Kind.TEXT,
            "The code of the portfolio above it.",
            "parent__code",
            may_be_missing=True,
            filters=False,
            sorts=False,
        ),
        OWNER,
        Field("currency", Kind.TEXT, "The usual currency of its projects.", example="GBP"),
        Field("is_confidential", Kind.YES_NO, "Whether everything below it is sealed."),
        PATH,
        VERSION,
    ),
    order=("path",),
    search=("code", "name", "description"),
    finish=_only_visible_parents,
)
PROGRAMMES = Resource(
    "Programme",
    (
        NUMBER,
        CODE,
        NAME,
        DESCRIPTION,
        Field(
            "portfolio",
            Kind.TEXT,
            "The code of its portfolio; a filter takes everything below it too.",
            "portfolio__code",
            may_be_missing=True,
            sorts=False,
            matches=asked_as("portfolio"),
        ),
        OWNER,
        Field("objective", Kind.TEXT, "The benefit its projects share.", sorts=False),
        PATH,
        VERSION,
    ),
    order=("name",),
    search=("code", "name", "objective"),
    finish=_only_visible_parents,
)


class MoneySum(Told):
    """A sum in one currency."""

    currency: str
    cost: str
    given: int = Rule(description="How many projects give a cost you may see.")


class Sums(Told):
    """How many projects, and what they cost in each currency."""

    projects: int
    costs: list[MoneySum]
    without_cost: int = Rule(description="How many give no cost, or none you may see.")


class Figures(Sums):
    """The figures of a portfolio with everything below it that you may see."""

    by_phase: dict[str, Sums]
    by_stage: dict[str, Sums]


class PortfolioCreate(Sent):
    """A new portfolio, at the top or under a parent."""

    name: Name
    parent: PortfolioCode | None = None
    code: Code = ""
    description: LongText = ""
    owner: Username | None = None
    currency: Currency = "GBP"
    is_confidential: YesNo = False


class PortfolioEdit(Changes):
    """Changes to a portfolio; what is left away stays."""

    code: Code = ""
    name: Name = ""
    description: LongText = ""
    owner: Username | None = None
    currency: Currency = ""
    is_confidential: YesNo = False
    reason: Reason = ""


class PortfolioMove(Sent):
    """The new parent; null: the top."""

    parent: PortfolioCode | None


class ProgrammeCreate(Sent):
    """A new programme."""

    portfolio: PortfolioCode
    name: Name
    code: Code = ""
    description: LongText = ""
    owner: Username | None = None
    objective: text(300) = ""


class ProgrammeEdit(Changes):
    """Changes to a programme; what is left away stays."""

    code: Code = ""
    name: Name = ""
    description: LongText = ""
    owner: Username | None = None
    objective: text(300) = ""
    reason: Reason = ""


def _portfolio(request: HttpRequest, code: str) -> Answer:
    return PORTFOLIOS.one(request, Portfolio.objects.as_of(request.as_of).visible_to(request.user).filter(code=code))


def _programme(request: HttpRequest, code: str) -> Answer:
    return PROGRAMMES.one(request, Programme.objects.as_of(request.as_of).visible_to(request.user).filter(code=code))


@routes.reads("/portfolios", "portfolios", PORTFOLIOS.Page, is_list=True)
def portfolios(request: HttpRequest, query: PORTFOLIOS.Asked) -> Any:
    """List portfolios in the order of the tree."""
    return PORTFOLIOS.page(request, Portfolio.objects.as_of(request.as_of).visible_to(request.user), query)


@routes.reads("/portfolios/{code}", "portfolio", PORTFOLIOS.One, versioned=True)
def portfolio(request: HttpRequest, code: PortfolioCode) -> Any:
    """Read a portfolio."""
    return _portfolio(request, code)


@routes.reads("/portfolios/{code}/figures", "portfolio.figures", Figures)
def figures(request: HttpRequest, code: PortfolioCode) -> Any:
    """Count and cost of a portfolio with everything below it; currencies are never added up."""
    _portfolio(request, code)
    reading = reading_of(request)
    rows = reading.projects().filter(asked_as("portfolio")(request, code))
    by_stage = {reading.stages[pk]: group.totals for pk, group in grouped(rows, COLUMNS["stage"], reading).items()}
    by_phase = {phase: Totals() for phase in Phase.values}
    for stage, part in by_stage.items():
        _add(by_phase[stage.phase], part)
    return {
        **_sums(totals(rows)),
        "by_phase": {phase: _sums(part) for phase, part in by_phase.items() if part.count},
        "by_stage": {stage.key: _sums(part) for stage, part in by_stage.items()},
    }


def _add(whole: Totals, part: Totals) -> None:
    whole.count += part.count
    for money in part.money:
        whole.add(0, money.currency, money.amount, money.given)


def _sums(sums: Totals) -> dict[str, Any]:
    costs = [{"currency": m.currency, "cost": f"{m.amount:.2f}", "given": m.given} for m in sums.money]
    return {"projects": sums.count, "costs": costs, "without_cost": sums.without_cost}


@routes.does(
    "POST",
    "/portfolios",
    Verb.PORTFOLIO_CREATE,
    PORTFOLIOS.One,
    status=201,
    example={"name": "Plants", "parent": "NET"},
)
def create(request: HttpRequest, body: PortfolioCreate) -> Any:
    """Open a portfolio at the top or under another one."""
    sent = finding.with_rows(request, body.sent_only())
    parent = sent.pop("parent", None)
    above = finding.named_portfolio(request, "parent", parent) if parent else None
    made = create_portfolio(above, actor=request.user, **sent)
    return Answer(_portfolio(request, made.code).body, location=f"/api/v1/portfolios/{made.code}")


@routes.does(
    "PATCH",
    "/portfolios/{code}",
    Verb.PORTFOLIO_EDIT,
    PORTFOLIOS.One,
    precondition="required",
    example={"description": "Everything below the street"},
)
def edit(request: HttpRequest, code: PortfolioCode, body: PortfolioEdit) -> Any:
    """Change a portfolio; making it confidential seals everything below."""
    changes, reason = sent_changes(body)
    portfolio = finding.portfolio_at(request, code)
    sent = finding.with_rows(request, changes)
    version = request.expected_version
    edited = edit_portfolio(portfolio, actor=request.user, expected_version=version, reason=reason, **sent)
    return _portfolio(request, edited.code)


@routes.does(
    "POST",
    "/portfolios/{code}/move",
    Verb.PORTFOLIO_MOVE,
    PORTFOLIOS.One,
    precondition="possible",
    example={"parent": None},
)
def move(request: HttpRequest, code: PortfolioCode, body: PortfolioMove) -> Any:
    """Hang a portfolio with everything below it under another parent."""
    parent = finding.named_portfolio(request, "parent", body.parent) if body.parent else None
    portfolio, version = finding.portfolio_at(request, code), request.expected_version
    move_portfolio(portfolio, actor=request.user, parent=parent, expected_version=version)
    request.user.__dict__.pop("_held", None)  # grants moved along
    return _portfolio(request, code)


@routes.reads("/programmes", "programmes", PROGRAMMES.Page, is_list=True)
def programmes(request: HttpRequest, query: PROGRAMMES.Asked) -> Any:
    """List programmes."""
    return PROGRAMMES.page(request, Programme.objects.as_of(request.as_of).visible_to(request.user), query)


@routes.reads("/programmes/{code}", "programme", PROGRAMMES.One, versioned=True)
def programme(request: HttpRequest, code: ProgrammeCode) -> Any:
    """Read a programme."""
    return _programme(request, code)


@routes.does(
    "POST",
    "/programmes",
    Verb.PROGRAMME_CREATE,
    PROGRAMMES.One,
    status=201,
    example={"portfolio": "NET", "name": "Dry feet", "objective": "Half the floods"},
)
def create_one(request: HttpRequest, body: ProgrammeCreate) -> Any:
    """Open a programme in a portfolio."""
    sent = finding.with_rows(request, body.sent_only())
    portfolio = finding.named_portfolio(request, "portfolio", sent.pop("portfolio"))
    made = create_programme(portfolio, actor=request.user, **sent)
    return Answer(_programme(request, made.code).body, location=f"/api/v1/programmes/{made.code}")


@routes.does(
    "PATCH",
    "/programmes/{code}",
    Verb.PROGRAMME_EDIT,
    PROGRAMMES.One,
    precondition="required",
    example={"objective": "Half the floods by 2030"},
)
def edit_one(request: HttpRequest, code: ProgrammeCode, body: ProgrammeEdit) -> Any:
    """Change a programme."""
    changes, reason = sent_changes(body)
    programme, sent = finding.programme_at(request, code), finding.with_rows(request, changes)
    version = request.expected_version
    edited = edit_programme(programme, actor=request.user, expected_version=version, reason=reason, **sent)
    return _programme(request, edited.code)
