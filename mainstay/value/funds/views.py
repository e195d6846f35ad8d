"""Opening a fund, changing it, and saying what it holds in a year."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mainstay.core import access
from mainstay.core.forms import tried
from mainstay.core.verbs import Verb
from mainstay.portfolio.views.sent import portfolio_chosen, version_sent
from mainstay.value.funds import queries
from mainstay.value.funds.forms import EnvelopeForm, FundForm
from mainstay.value.models import Envelope, Fund
from mainstay.value.operations import create_fund, edit_fund, set_envelope


@login_required
@require_http_methods(["GET", "POST"])
def fund_new(request: HttpRequest) -> HttpResponse:
    """Open a fund in a portfolio."""
    portfolio = portfolio_chosen(request, Verb.FUND_CREATE, "Choose a portfolio in which you may open a fund.")
    return _editor(request, Fund(portfolio=portfolio))


@login_required
@require_http_methods(["GET", "POST"])
def fund_edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change a fund."""
    fund = queries.fund_for(request.user, key)
    access.require(request.user, Verb.FUND_EDIT, fund.portfolio)
    return _editor(request, fund)


def _editor(request: HttpRequest, fund: Fund) -> HttpResponse:
    version, status = fund.version, 200
    form = FundForm(request.POST or None, instance=fund, reader=request.user, portfolio=fund.portfolio)
    if request.method == "POST":
        saved, status = tried(form, lambda sent: _saved(request, fund, sent))
        if saved is not None:
            messages.success(request, f"{saved} was saved.")
            return redirect("fund", saved.key)
    context = {"form": form, "fund": fund, "version": version}
    return render(request, "value/fund_edit.html", context, status=status)


def _saved(request: HttpRequest, fund: Fund, sent: dict[str, Any]) -> Fund:
    if fund.pk is None:
        return create_fund(fund.portfolio, actor=request.user, **sent)
    return edit_fund(fund, actor=request.user, expected_version=version_sent(request), **sent)


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
        made, status = tried(form, lambda sent: set_envelope(fund, actor=request.user, **sent))
        if made is not None:
            messages.success(request, f"{made} was saved.")
            return redirect("fund", fund.key)
    return render(request, "value/envelope.html", {"form": form, "fund": fund}, status=status)
