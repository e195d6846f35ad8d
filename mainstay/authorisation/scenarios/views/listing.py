"""The list of scenarios, the form of their terms, and copying one."""

from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_http_methods

from mainstay.authorisation.models import Scenario
from mainstay.authorisation.scenarios import queries
from mainstay.authorisation.scenarios.forms import TermsForm
from mainstay.authorisation.scenarios.operations import copy_scenario, create_scenario, edit_scenario
from mainstay.core import access
from mainstay.core.errors import Stale
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Portfolio
from mainstay.portfolio.views.sent import portfolio_chosen, version_sent


@login_required
@require_GET
def scenarios(request: HttpRequest) -> HttpResponse:
    """Every scenario the person may see, and where they may branch one."""
    rows = queries.scenarios_for(request.user, request.as_of)
    shown = rows if request.GET.get("archived") else [row for row in rows if row.state != "archived"]
    places = Portfolio.objects.visible_to(request.user, Verb.SCENARIO_CREATE) if request.as_of is None else []
    context = {"rows": shown, "hidden": len(rows) - len(shown), "places": places}
    return render(request, "authorisation/scenarios.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def scenario_new(request: HttpRequest) -> HttpResponse:
    """Branch off the plan of record."""
    portfolio = portfolio_chosen(
        request, Verb.SCENARIO_CREATE, "Choose a portfolio in which you may create a scenario."
    )
    return _editor(request, portfolio, None)


@login_required
@require_http_methods(["GET", "POST"])
def scenario_edit(request: HttpRequest, scenario_id: int) -> HttpResponse:
    """Change what a scenario asks."""
    scenario = queries.scenario_for(request.user, scenario_id)
    access.require(request.user, Verb.SCENARIO_EDIT, scenario.portfolio)
    return _editor(request, scenario.portfolio, scenario)


def _editor(request: HttpRequest, portfolio: Portfolio, scenario: Scenario | None) -> HttpResponse:
    form = TermsForm(portfolio, request.user, request.POST or None, scenario)
    context: dict[str, Any] = {
        "form": form,
        "portfolio": portfolio,
        "scenario": scenario,
        "version": request.POST.get("version") or (scenario.version if scenario else 0),
    }
    if request.method == "GET":
        return render(request, "authorisation/scenario_edit.html", context)
    if not form.is_valid():
        return render(request, "authorisation/scenario_edit.html", context, status=422)
    return _save(request, context)


def _save(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    scenario, terms = context["scenario"], context["form"].terms()
    try:
        if scenario is None:
            saved = create_scenario(context["portfolio"], actor=request.user, as_of=_known_at(request), **terms)
        else:
            saved = edit_scenario(scenario, actor=request.user, expected_version=version_sent(request), **terms)
    except Stale as stale:
        context |= {"stale": stale, "version": stale.current}
        return render(request, "authorisation/scenario_edit.html", context, status=stale.status)
    except ValidationError as error:
        context["form"].take(error.message_dict)
        return render(request, "authorisation/scenario_edit.html", context, status=422)
    messages.success(request, f"{saved.name} was saved.")
    return redirect("scenario", saved.pk)


def _known_at(request: HttpRequest) -> datetime | None:
    """The end of the day as of which the plan of record is branched; None for today."""
    day = parse_date(request.POST.get("known_on", "") or "")
    if day is None or day >= timezone.localdate():
        return None
    return timezone.make_aware(datetime.combine(day, time.max))


@login_required
@require_http_methods(["GET", "POST"])
def scenario_copy(request: HttpRequest, scenario_id: int) -> HttpResponse:
    """Copy a scenario under another name."""
    scenario = queries.scenario_for(request.user, scenario_id)
    access.require(request.user, Verb.SCENARIO_COPY, scenario.portfolio)
    name = request.POST.get("name", f"{scenario.name}, copy")[:120]
    context = {"scenario": scenario, "name": name}
    if request.method == "GET":
        return render(request, "authorisation/scenario_copy.html", context)
    try:
        copy = copy_scenario(scenario, actor=request.user, name=name)
    except ValidationError as error:
        context["errors"] = error.messages
        return render(request, "authorisation/scenario_copy.html", context, status=422)
    messages.success(request, f"{copy.name} is yours to change.")
    return redirect("scenario", copy.pk)
