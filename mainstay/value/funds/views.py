"""Opening a fund, changing it, and saying what it holds in a year."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mainstay.core import access
from mainstay.core.errors import Impossible, Missing, Stale
from mainstay.core.forms import take_errors
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Portfolio
from mainstay.portfolio.views.sent import version_sent
from mainstay.value.funds import queries
from mainstay.value.funds.forms import EnvelopeForm, FundForm
from mainstay.value.models import Envelope, Fund
from mainstay.value.operations import create_fund, edit_fund, set_envelope


@login_required
@require_http_methods(["GET", "POST"])
def fund_new(request: HttpRequest) -> HttpResponse:
    """Open a fund in a portfolio."""
    code = request.POST.get("portfolio") or request.GET.get("portfolio", "")
    portfolio = Portfolio.objects.visible_to(request.user, Verb.FUND_CREATE).filter(code=code).first()
    if portfolio is None:
        raise Missing("Choose a portfolio in which you may open a fund.")
    return _editor(request, Fund(portfolio=portfolio))


@login_required
@require_http_methods(["GET", "POST"])
def fund_edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change a fund."""
    fund = queries.fund_for(request.user, key)
    access.require(request.user, Verb.FUND_EDIT, fund.portfolio)
    return _editor(request, fund)


def _editor(request: HttpRequest, fund: Fund) -> HttpResponse:
    version = fund.version
    form = FundForm(request.POST or None, instance=fund, reader=request.user, portfolio=fund.portfolio)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and (saved := _save(request, form, fund)):
            messages.success(request, f"{saved} was saved.")
            return redirect("fund", saved.key)
    context = {"form": form, "fund": fund, "version": version}
    return render(request, "value/fund_edit.html", context, status=status)


def _save(request: HttpRequest, form: FundForm, fund: Fund) -> Fund | None:
    try:
        if fund.pk is None:
            return create_fund(fund.portfolio, actor=request.user, **form.cleaned_data)
        return edit_fund(fund, actor=request.user, expected_version=version_sent(request), **form.cleaned_data)
    except ValidationError as error:
        take_errors(form, error)
    except Stale as stale:
        form.add_error(None, stale.message)
    return None


@login_required
@require_http_methods(["GET", "POST"])
def envelope(request: HttpRequest, key: str) -> HttpResponse:
    """Say what a fund holds in a year; the same year again corrects it."""
    fund = queries.fund_for(request.user, key)
    access.require(request.user, Verb.ENVELOPE_SET, fund.portfolio)
    known = fund.envelopes.filter(year__name=request.GET.get("year", "")).first()
    form = EnvelopeForm(request.POST or None, instance=known or Envelope(fund=fund))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and _set(request, form, fund):
            return redirect("fund", fund.key)
    return render(request, "value/envelope.html", {"form": form, "fund": fund}, status=status)


def _set(request: HttpRequest, form: EnvelopeForm, fund: Fund) -> bool:
    try:
        made: Any = set_envelope(fund, actor=request.user, **form.cleaned_data)
    except ValidationError as error:
        take_errors(form, error)
    except Impossible as refusal:
        form.add_error(None, refusal.message)
    else:
        messages.success(request, f"{made} was saved.")
        return True
    return False
