"""Pages of appraisal: all cases, one case's options, the risks of a portfolio, and the discount rates."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from mainstay.core import access
from mainstay.core.errors import Forbidden, Missing
from mainstay.core.exchange import export_response
from mainstay.core.verbs import Verb
from mainstay.evaluation.appraisal.forms import DiscountForm
from mainstay.evaluation.appraisal.page import MEASURES, Appraisals, options_appraised, rows_of
from mainstay.evaluation.appraisal.risks import PortfolioRisks
from mainstay.evaluation.appraisal.sheet import EXPORT
from mainstay.evaluation.corrections.views import corrections_of
from mainstay.evaluation.models import DiscountRate
from mainstay.evaluation.operations.discount import set_discount
from mainstay.identification.case_reading import case_for
from mainstay.portfolio.models import Portfolio
from mainstay.portfolio.views.sent import asked_for

ON_A_PAGE = 100


def _reader(request: HttpRequest) -> None:
    """Only who may see figures anywhere has anything to read here."""
    if not access.may_somewhere(request.user, Verb.SEE_FIGURES):
        raise Missing("There is nothing here, or it is not open to you.")


def _portfolio(request: HttpRequest) -> Any:
    """The portfolio asked for; None for everything."""
    code = asked_for(request, "portfolio")
    if not code:
        return None
    found = Portfolio.objects.as_of(request.as_of).visible_to(request.user).filter(code=code).first()
    if found is None:
        raise Missing("There is no such portfolio, or it is not open to you.")
    return found


def _places(request: HttpRequest) -> Any:
    return Portfolio.objects.as_of(request.as_of).visible_to(request.user, Verb.SEE_FIGURES).order_by("path")


@login_required
@require_GET
def appraisals(request: HttpRequest) -> HttpResponse:
    """Every business case of a portfolio with what it is worth."""
    _reader(request)
    portfolio = _portfolio(request)
    listed = Appraisals(request.user, portfolio, asked_for(request, "sort"), request.as_of)
    if format := asked_for(request, "format"):
        return export_response(EXPORT, listed.lines, format, name="appraisals")
    page = Paginator(listed.lines, ON_A_PAGE).get_page(asked_for(request, "page") or 1)
    context = {
        "listed": listed,
        "page": page,
        "portfolio": portfolio,
        "places": _places(request),
        "measures": MEASURES,
    }
    return render(request, "evaluation/appraisals.html", context)


@login_required
@require_GET
def case_appraisal(request: HttpRequest, case_id: int) -> HttpResponse:
    """What each option of a case is worth against doing nothing; a part of the case's page and a page of its own."""
    case = case_for(request, case_id)
    options = options_appraised(case, request.as_of)
    discount = next((one.measures.discount for one in options if one.measures.discount), None)
    context = {"case": case, "options": options, "rows": rows_of(options), "discount": discount}
    return render(request, "evaluation/case_appraisal.html", context | corrections_of(request, case))


@login_required
@require_GET
def risks(request: HttpRequest) -> HttpResponse:
    """The open risks of a portfolio, before and after their responses."""
    _reader(request)
    portfolio = _portfolio(request)
    found = PortfolioRisks(request.user, portfolio, request.as_of)
    context = {"found": found, "portfolio": portfolio, "places": _places(request)}
    return render(request, "evaluation/risks.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def discount_rates(request: HttpRequest) -> HttpResponse:
    """Every discount rate there was and is, and a form for a new one."""
    _reader(request)
    may_set = access.may_somewhere(request.user, Verb.DISCOUNT_SET)
    if request.method == "POST" and not may_set:
        raise Forbidden("Your roles do not let you set discount rates.")
    form = DiscountForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        made = set_discount(given.pop("portfolio"), actor=request.user, **given)
        messages.success(request, f"{made.rate.normalize():f}% holds from {made.from_date:%-d %B %Y} on.")
        return redirect("discount_rates")
    rows = DiscountRate.objects.as_of(request.as_of).visible_to(request.user).select_related("portfolio")
    context = {"rates": rows.order_by("portfolio__path", "-from_date"), "form": form}
    context["may_set"] = may_set and request.as_of is None
    return render(request, "evaluation/discount_rates.html", context, status=422 if form.errors else 200)
