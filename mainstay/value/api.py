"""Currencies and exchange rates in the REST API."""

from typing import Annotated, Any

from django.http import HttpRequest
from pydantic import Field as Rule

from mainstay.core import access
from mainstay.core.api.fields import VERSION, Field, Kind, number
from mainstay.core.api.finding import found
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Routes
from mainstay.core.api.types import Currency as Code
from mainstay.core.api.types import Day, Number, Reason, Sent, text, whole
from mainstay.core.verbs import Verb
from mainstay.value.models import Currency, ExchangeRate
from mainstay.value.operations import add_currency, set_rate

routes = Routes("Currencies")

CURRENCIES = Resource(
    "Currency",
    (
        Field("code", Kind.TEXT, "The three letters.", example="EUR"),
        Field("name", Kind.TEXT, "The name.", example="Euro"),
        Field("decimals", Kind.WHOLE, "Its decimal places.", example=2),
        VERSION,
    ),
)
RATES = Resource(
    "ExchangeRate",
    (
        number("id", "The row's number.", lookup="pk", example=1),
        Field("currency", Kind.TEXT, "The currency.", "currency__code", example="EUR"),
        Field("date", Kind.DAY, "From this day on.", example="2026-03-31"),
        Field("rate", Kind.DECIMAL, "What one unit is worth in the base currency.", example="0.8650000000"),
        VERSION,
    ),
    key="id",
    order=("currency", "-date"),
)


class CurrencyAdd(Sent):
    """Another currency."""

    code: Code
    name: text(60, least=1)
    decimals: whole(0, 4) = 2


class RateSet(Sent):
    """What a currency is worth from a date on."""

    date: Day
    rate: Number = Rule(examples=["0.865"])
    reason: Reason = ""


def _open(request: HttpRequest, model: Any) -> Any:
    """Open to everybody who may see any part of the register."""
    rows = model.objects.as_of(request.as_of)
    return rows if access.may_somewhere(request.user, Verb.SEE_REGISTER) else rows.none()


@routes.reads("/currencies", "currencies", CURRENCIES.Page, is_list=True)
def currencies(request: HttpRequest, query: CURRENCIES.Asked) -> Any:
    """List the currencies in which figures are stated."""
    return CURRENCIES.page(request, _open(request, Currency), query)


@routes.does(
    "POST", "/currencies", Verb.CURRENCY_ADD, CURRENCIES.One, status=201, example={"code": "SEK", "name": "Krona"}
)
def add(request: HttpRequest, body: CurrencyAdd) -> Any:
    """Add a currency."""
    made = add_currency(None, actor=request.user, **body.model_dump())
    return CURRENCIES.one(request, Currency.objects.filter(pk=made.pk))


@routes.reads("/rates", "rates", RATES.Page, is_list=True)
def rates(request: HttpRequest, query: RATES.Asked) -> Any:
    """List exchange rates, for each currency the latest first."""
    return RATES.page(request, _open(request, ExchangeRate), query)


@routes.does(
    "POST",
    "/currencies/{code}/rates",
    Verb.RATE_SET,
    RATES.One,
    example={"date": "2026-03-31", "rate": "0.865"},
)
def set_one(request: HttpRequest, code: Annotated[Code, Rule(examples=["EUR"])], body: RateSet) -> Any:
    """Say what a currency is worth from a date on; the same date again corrects it."""
    currency = found(_open(request, Currency).filter(code=code))
    made = set_rate(currency, actor=request.user, **body.model_dump())
    return RATES.one(request, ExchangeRate.objects.filter(pk=made.pk))
