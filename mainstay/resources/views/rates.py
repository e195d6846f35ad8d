"""What an hour costs, and what more hours would cost: open to few."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.core import access
from mainstay.core.verbs import Verb
from mainstay.portfolio.views.sent import version_of
from mainstay.resources.forms.rates import NewSourcingForm, RateForm, RoleRateForm, SourcingForm
from mainstay.resources.models import CostRate, SourcingOption
from mainstay.resources.operations.rates import (
    edit_cost_rate,
    edit_sourcing,
    remove_cost_rate,
    remove_sourcing,
    set_cost_rate,
    set_sourcing,
)
from mainstay.resources.rates_page import RatesPage
from mainstay.resources.views.people import person_page
from mainstay.resources.views.shared import attempt, data_of, edited, found, require_somewhere, resource_to


@login_required
@require_GET
def rates(request: HttpRequest) -> HttpResponse:
    """Cost rates of roles and people, and ways to get more of them."""
    return _page(request)


def _page(request: HttpRequest, **forms: Any) -> HttpResponse:
    require_somewhere(request.user, Verb.SEE_RATES)
    page = RatesPage(request, **forms)
    return render(request, "resources/rates.html", {"page": page}, status=422 if forms else 200)


@login_required
@require_POST
def role_rates(request: HttpRequest) -> HttpResponse:
    """Set what an hour of a role costs from a day on."""
    access.require(request.user, Verb.COSTRATE_SET)
    form = RoleRateForm(request.POST, user=request.user, prefix="role")

    def act() -> CostRate:
        given = form.given()
        return set_cost_rate(given.pop("role"), actor=request.user, **given)

    if attempt(form, act) is None:
        return _page(request, role_form=form)
    messages.success(request, "The rate holds.")
    return redirect("rates")


@login_required
@require_POST
def person_rates(request: HttpRequest, key: str) -> HttpResponse:
    """Set what an hour of a person costs from a day on."""
    row = resource_to(request, key, Verb.COSTRATE_SET)
    form = RateForm(request.POST, user=request.user, prefix="rate")
    if attempt(form, lambda: set_cost_rate(row, actor=request.user, **form.given())) is None:
        return person_page(request, key, rate_form=form)
    messages.success(request, "The rate holds.")
    return redirect("resource", key)


@login_required
@require_http_methods(["GET", "POST"])
def rate(request: HttpRequest, rate_id: int) -> HttpResponse:
    """Correct a cost rate."""
    row = _rate(request, rate_id, Verb.COSTRATE_EDIT)
    form = RateForm(data_of(request), user=request.user, instance=row)

    def act() -> CostRate:
        return edit_cost_rate(row, actor=request.user, expected_version=version_of(request), **form.given())

    removal = {"removal": reverse("rate_removal", args=[row.pk]), "question": "Take this rate back?"}
    return edited(request, form, act, title=str(row), back=_back(row), row=row, **removal)


@login_required
@require_POST
def rate_removal(request: HttpRequest, rate_id: int) -> HttpResponse:
    """Take a cost rate back."""
    row = _rate(request, rate_id, Verb.COSTRATE_REMOVE)
    remove_cost_rate(row, actor=request.user)
    messages.success(request, "The rate was taken back; the history keeps it.")
    return redirect(_back(row))


@login_required
@require_POST
def sourcing(request: HttpRequest) -> HttpResponse:
    """Say how more hours of a role or a skill can be had."""
    access.require(request.user, Verb.SOURCING_SET)
    form = NewSourcingForm(request.POST, user=request.user, prefix="sourcing")

    def act() -> SourcingOption:
        given = {name: value for name, value in form.given().items() if name != "of"}
        return set_sourcing(form.subject(), actor=request.user, **given)

    made = attempt(form, act)
    if made is None:
        return _page(request, sourcing_form=form)
    messages.success(request, f"{made}: saved.")
    return redirect("rates")


@login_required
@require_http_methods(["GET", "POST"])
def sourcing_option(request: HttpRequest, option_id: int) -> HttpResponse:
    """Change a way to get more people."""
    row = found(
        SourcingOption.objects.select_related("role", "skill"), request.user, Verb.SOURCING_EDIT, pk=option_id
    )
    form = SourcingForm(data_of(request), user=request.user, instance=row)

    def act() -> SourcingOption:
        return edit_sourcing(row, actor=request.user, expected_version=version_of(request), **form.changes())

    removal = {"removal": reverse("sourcing_removal", args=[row.pk]), "question": f"Take {row} away?"}
    return edited(request, form, act, title=str(row), back=reverse("rates"), row=row, **removal)


@login_required
@require_POST
def sourcing_removal(request: HttpRequest, option_id: int) -> HttpResponse:
    """Take a way to get more people away."""
    row = found(SourcingOption.objects.all(), request.user, Verb.SOURCING_REMOVE, pk=option_id)
    remove_sourcing(row, actor=request.user)
    messages.success(request, f"{row} was taken away.")
    return redirect("rates")


def _rate(request: HttpRequest, pk: int, verb: Verb) -> CostRate:
    return found(CostRate.objects.select_related("resource__team__portfolio", "role"), request.user, verb, pk=pk)


def _back(row: CostRate) -> str:
    return reverse("resource", args=[row.resource.key]) if row.resource is not None else reverse("rates")
