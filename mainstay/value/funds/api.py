"""Funds and what they hold in each fiscal year, in the REST API."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from pydantic import Field as Rule

from mainstay.core.api.fields import VERSION, Field, Kind, number
from mainstay.core.api.finding import found
from mainstay.core.api.problems import Invalid
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import Changes, Currency, Money, PortfolioCode, Reason, Sent, Username, YesNo, text
from mainstay.core.verbs import Verb
from mainstay.portfolio.api.finding import named_portfolio, with_rows
from mainstay.portfolio.api.reading import PORTFOLIO
from mainstay.portfolio.models import FiscalYear
from mainstay.value.models import CostNature, Envelope, Fund
from mainstay.value.operations import create_fund, edit_fund, set_envelope

routes = Routes("Funds")
KEY = r"^[-a-zA-Z0-9_]{1,40}$"
FundKey = Annotated[str, Rule(pattern=KEY, examples=["growth"])]
Nature = Literal[tuple(CostNature.values)]

FUNDS = Resource(
    "Fund",
    (
        Field("key", Kind.TEXT, "The short name.", example="growth"),
        PORTFOLIO,
        Field("name", Kind.TEXT, "The name.", example="Growth fund"),
        Field("nature", Kind.CHOICE, "What it pays for.", choices=tuple(CostNature.values), example="capex"),
        Field("currency", Kind.TEXT, "The currency of its envelopes.", example="GBP"),
        Field("owner", Kind.TEXT, "Whose it is, by sign-in name.", "owner__username", may_be_missing=True),
        Field("is_open", Kind.YES_NO, "Whether it takes commitments.", example=True),
        Field("note", Kind.TEXT, "A note."),
        VERSION,
    ),
    key="key",
    order=("name",),
)
ENVELOPES = Resource(
    "Envelope",
    (
        number("id", "The row's number.", lookup="pk", example=1),
        Field("fund", Kind.TEXT, "The key of the fund.", "fund__key", example="growth"),
        Field("year", Kind.TEXT, "The fiscal year.", "year__name", example="2027"),
        Field("amount", Kind.MONEY, "What it holds.", example="1000000.00"),
        Field("held_back", Kind.MONEY, "How much of it is held back.", example="100000.00"),
        Field("currency", Kind.TEXT, "The currency.", "fund__currency", example="GBP"),
        VERSION,
    ),
    key="id",
    order=("fund", "year"),
)


class FundCreate(Sent):
    """A fund of a portfolio."""

    portfolio: PortfolioCode
    key: FundKey
    name: text(120, least=1)
    nature: Nature = "any"
    currency: Currency | None = None
    owner: Username | None = None
    note: text(300) = ""


class FundEdit(Changes):
    """Changes to a fund."""

    name: text(120, least=1) = ""
    nature: Nature = "any"
    owner: Username | None = None
    is_open: YesNo = True
    note: text(300) = ""
    reason: Reason = ""


class EnvelopeSet(Sent):
    """What a fund holds in a year."""

    year: text(20, least=1)
    amount: Money
    held_back: Money = Rule(default="0.00", validate_default=True)
    reason: Reason = ""


def funds_of(request: HttpRequest) -> Any:
    """The funds the asker may see."""
    return Fund.objects.as_of(request.as_of).visible_to(request.user)


@routes.reads("/funds", "funds", FUNDS.Page, is_list=True)
def funds(request: HttpRequest, query: FUNDS.Asked) -> Any:
    """List funds. Only where you may see figures."""
    return FUNDS.page(request, funds_of(request), query)


@routes.reads("/funds/{fund_key}", "fund", FUNDS.One, versioned=True)
def fund(request: HttpRequest, fund_key: FundKey) -> Any:
    """Read a fund."""
    return FUNDS.one(request, funds_of(request).filter(key=fund_key))


@routes.does(
    "POST",
    "/funds",
    Verb.FUND_CREATE,
    FUNDS.One,
    status=201,
    example={"portfolio": "NET", "key": "renewal", "name": "Renewal fund"},
)
def create(request: HttpRequest, body: FundCreate) -> Any:
    """Open a fund."""
    sent = with_rows(request, body.sent_only())
    portfolio = named_portfolio(request, "portfolio", sent.pop("portfolio"))
    made = create_fund(portfolio, actor=request.user, **sent | {"currency": sent.get("currency") or ""})
    row = FUNDS.one(request, Fund.objects.filter(pk=made.pk)).body
    return Answer(row, location=f"/api/v1/funds/{made.key}")


@routes.does(
    "PATCH", "/funds/{fund_key}", Verb.FUND_EDIT, FUNDS.One, precondition="required", example={"note": "Agreed"}
)
def edit(request: HttpRequest, fund_key: FundKey, body: FundEdit) -> Any:
    """Change a fund."""
    rows = funds_of(request).filter(key=fund_key)
    sent = with_rows(request, body.sent_only())
    edit_fund(found(rows), actor=request.user, expected_version=request.expected_version, **sent)
    return FUNDS.one(request, rows)


@routes.reads("/envelopes", "envelopes", ENVELOPES.Page, is_list=True)
def envelopes(request: HttpRequest, query: ENVELOPES.Asked) -> Any:
    """List what funds hold in each fiscal year."""
    return ENVELOPES.page(request, Envelope.objects.as_of(request.as_of).visible_to(request.user), query)


@routes.does(
    "POST",
    "/funds/{fund_key}/envelopes",
    Verb.ENVELOPE_SET,
    ENVELOPES.One,
    example={"year": "2031", "amount": "1000000.00"},
)
def set_one(request: HttpRequest, fund_key: FundKey, body: EnvelopeSet) -> Any:
    """Say what a fund holds in a fiscal year; the same year again corrects it."""
    sent = body.model_dump()
    row = found(funds_of(request).filter(key=fund_key))
    made = set_envelope(row, actor=request.user, **sent | {"year": named_year("year", sent["year"])})
    return ENVELOPES.one(request, Envelope.objects.filter(pk=made.pk))


def named_year(name: str, year: str) -> FiscalYear:
    """The fiscal year a field names."""
    row = FiscalYear.objects.filter(name=year).first()
    if row is None:
        raise Invalid(f"There is no fiscal year {year}.", **{name: f"There is no fiscal year {year}."})
    return row
