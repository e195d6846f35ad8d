"""Pages about funds and the tranches that wait."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.authorisation.funding import queries
from mainstay.authorisation.funding.forms import CarryForm
from mainstay.authorisation.funding.operations import carry_over, release_tranche
from mainstay.authorisation.funding.pictures import years_of
from mainstay.core import access
from mainstay.core.errors import Impossible, Missing
from mainstay.core.forms import take_errors
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Portfolio


@login_required
@require_GET
def funds(request: HttpRequest) -> HttpResponse:
    """Every fund the person may see, with the year that runs."""
    places = Portfolio.objects.visible_to(request.user, Verb.FUND_CREATE) if request.as_of is None else []
    rows = queries.purses(request.user, request.as_of)
    return render(request, "authorisation/funds.html", {"purses": rows, "places": places})


@login_required
@require_GET
def fund(request: HttpRequest, key: str) -> HttpResponse:
    """A fund by year, its chart, and the projects that hold its money."""
    purse = queries.purse_for(request.user, key, request.as_of)
    now, place = request.as_of is None, purse.fund.portfolio
    context: dict[str, Any] = {
        "purse": purse,
        "fund": purse.fund,
        "figure": years_of(purse) if purse.years else None,
        "commitments": queries.commitments_of(purse.fund, request.user, request.as_of),
        "carried": queries.carried(purse.fund, request.user, request.as_of),
        "may_edit": now and access.may(request.user, Verb.FUND_EDIT, place),
        "may_set": now and access.may(request.user, Verb.ENVELOPE_SET, place),
        "may_carry": now and access.may(request.user, Verb.FUNDING_CARRY, place),
        "trail": [("Funds", reverse("funds"))],
    }
    return render(request, "authorisation/fund.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def carrying(request: HttpRequest, key: str) -> HttpResponse:
    """Carry what is left of a year into another one."""
    purse = queries.purse_for(request.user, key)
    access.require(request.user, Verb.FUNDING_CARRY, purse.fund.portfolio)
    form, status = CarryForm(request.POST or None, years=purse.years, initial=_suggested(purse)), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            status = _carry(request, form, purse)
    if status == 302:
        return redirect("fund", key)
    return render(request, "authorisation/carrying.html", {"form": form, "fund": purse.fund}, status=status)


def _suggested(purse: queries.Purse) -> dict[str, Any]:
    """At year end: all that is left of the first year that is over, into the year that runs."""
    if not purse.left_over or purse.now is None:
        return {}
    over = purse.left_over[0]
    whole = {"origin": over.envelope.pk, "target": purse.now.envelope.pk, "amount": over.balance.available}
    return whole | {"reason": f"Year end {over.envelope.year}"}


def _carry(request: HttpRequest, form: CarryForm, purse: queries.Purse) -> int:
    rows = {year.envelope.pk: year.envelope for year in purse.years}
    data = form.cleaned_data | {name: rows[form.cleaned_data[name]] for name in ("origin", "target")}
    try:
        carry_over(purse.fund, actor=request.user, **data)
    except ValidationError as error:
        take_errors(form, error)
    except Impossible as refusal:
        form.add_error(None, refusal.message)
        return Impossible.status
    else:
        messages.success(request, f"Carried over into {data['target'].year}.")
        return 302
    return 422


@login_required
@require_GET
def tranches(request: HttpRequest) -> HttpResponse:
    """The tranches that are held: which may be released, and what holds the others."""
    if not access.may_somewhere(request.user, Verb.SEE_FIGURES):
        raise Missing("There is nothing here, or it is not open to you.")
    rows = queries.waiting(request.user)
    ready = [row for row in rows if not row.obstacle]
    may_release = access.may_somewhere(request.user, Verb.FUNDING_RELEASE)
    return render(
        request,
        "authorisation/tranches.html",
        {"ready": ready, "held": [row for row in rows if row.obstacle], "may_release": may_release},
    )


@login_required
@require_POST
def tranche_release(request: HttpRequest, tranche_id: int) -> HttpResponse:
    """Release a tranche."""
    row = queries.tranche_for(request.user, tranche_id)
    access.require(request.user, Verb.FUNDING_RELEASE, row.commitment.project)
    released = release_tranche(row, actor=request.user)
    messages.success(request, f"Tranche {released.number} of {released.commitment.project} was released.")
    return redirect("project_funding", row.commitment.project.code)
