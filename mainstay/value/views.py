"""Pages about currencies."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.forms import take_errors
from mainstay.core.verbs import Verb
from mainstay.value import queries
from mainstay.value.forms import CurrencyForm, RateForm
from mainstay.value.models import Currency, ExchangeRate
from mainstay.value.operations import add_currency, set_rate


def _reader(request: HttpRequest) -> None:
    """Currencies are known to everybody who may see any part of the register."""
    if not access.may_somewhere(request.user, Verb.SEE_REGISTER):
        raise Missing("There is nothing here, or it is not open to you.")


@login_required
@require_http_methods(["GET", "POST"])
def currencies(request: HttpRequest) -> HttpResponse:
    """Every currency with its latest rate, and a form for another one."""
    _reader(request)
    if request.method == "POST":
        access.require(request.user, Verb.CURRENCY_ADD)
    form = CurrencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            currency = add_currency(None, actor=request.user, **form.cleaned_data)
            messages.success(request, f"{currency} was added; say next what it is worth.")
            return redirect("currency", code=currency.code)
        except ValidationError as error:
            take_errors(form, error)
    rows = queries.with_latest_rate(request.as_of)
    missing = [row.code for row in rows if row.latest_rate is None and row.code != settings.BASE_CURRENCY]
    return _page(request, "currencies", form, {"currencies": rows, "missing": missing})


@login_required
@require_http_methods(["GET", "POST"])
def currency(request: HttpRequest, code: str) -> HttpResponse:
    """A currency with every rate it had, and a form for a new one."""
    _reader(request)
    one = Currency.objects.filter(code=code).first()
    if one is None:
        raise Missing(f"There is no currency {code}.")
    if request.method == "POST":
        access.require(request.user, Verb.RATE_SET)
    form = RateForm(one, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            rate = set_rate(one, actor=request.user, **form.cleaned_data)
            worth = f"{rate.rate.normalize():f} {settings.BASE_CURRENCY}"
            messages.success(request, f"From {rate.date:%-d %B %Y} on, 1 {one} is worth {worth}.")
            return redirect("currency", code=one.code)
        except ValidationError as error:
            take_errors(form, error)
    rates = list(ExchangeRate.objects.as_of(request.as_of).filter(currency=one).order_by("-date"))
    trail = [("Currencies", reverse("currencies")), (one.code, "")]
    content = {"currency": one, "rates": rates, "latest": rates[0] if rates else None, "trail": trail}
    return _page(request, "currency", form, content)


def _page(request: HttpRequest, name: str, form: object, content: dict[str, object]) -> HttpResponse:
    verb = Verb.CURRENCY_ADD if name == "currencies" else Verb.RATE_SET
    may_write = access.may(request.user, verb) and request.as_of is None
    context = content | {"form": form, "may_write": may_write, "base": settings.BASE_CURRENCY}
    return render(request, f"value/{name}.html", context, status=422 if form.errors else 200)
