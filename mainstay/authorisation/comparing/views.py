"""Pages: scenarios side by side, what differs from the plan of record, and merging with it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mainstay.authorisation.comparing import forms
from mainstay.authorisation.comparing.compare import MOST, Comparison, Line, compare
from mainstay.authorisation.comparing.difference import difference_of
from mainstay.authorisation.comparing.operations import merge_scenario
from mainstay.authorisation.comparing.settling import settlements_of
from mainstay.authorisation.comparing.telling import differences_in_words, finding_of, merge_finding_of
from mainstay.authorisation.scenarios import queries
from mainstay.authorisation.scenarios.rights import is_theirs
from mainstay.core import access, exchange
from mainstay.core.errors import Stale
from mainstay.core.verbs import Verb
from mainstay.portfolio.views.sent import version_sent

MOST_SHOWN = 500


@login_required
@require_GET
def scenario_comparison(request: HttpRequest) -> HttpResponse:
    """Up to five scenarios side by side with the plan of record."""
    known = queries.scenarios_for(request.user, request.as_of)
    found, lines = _compared(request, known)
    context = {
        "found": found,
        "lines": lines[:MOST_SHOWN],
        "hidden": max(0, len(lines) - MOST_SHOWN),
        "known": known,
        "chosen": {scenario.row_id for scenario in found.scenarios},
        "most": MOST,
        "only": request.GET.get("only") == "differences",
        "trail": [("Scenarios", reverse("scenarios"))],
    }
    return render(request, "authorisation/comparison.html", context)


def _compared(request: HttpRequest, known: list[Any]) -> tuple[Comparison, list[Line]]:
    """What the address asks for: scenarios that are not open do not exist."""
    by_number = {scenario.row_id: scenario for scenario in known}
    asked = forms.numbers_in(request.GET.getlist("scenario"))
    found = compare([by_number[number] for number in asked if number in by_number], request.user, request.as_of)
    lines = found.differing if request.GET.get("only") == "differences" else list(found.lines)
    return found, forms.ordered(lines, request.GET.get("sort", ""))


@login_required
@require_GET
def scenario_comparison_export(request: HttpRequest) -> StreamingHttpResponse:
    """The comparison as a file, in the order and with the rows of its page."""
    found, lines = _compared(request, queries.scenarios_for(request.user, request.as_of))
    columns = [
        exchange.Column("code", "Code", write=lambda line: line.code),
        exchange.Column("name", "Project", write=lambda line: line.name),
        exchange.Column("cost", "Whole-life cost", exchange.Kind.MONEY, write=lambda line: line.cost),
        exchange.Column("currency", "Currency", write=lambda line: line.currency),
        *(_cells(place, name) for place, name in enumerate(found.names if found.scenarios else [])),
        exchange.Column("agreement", "In how many", write=lambda line: line.agreement),
    ]
    return exchange.export_response(columns, lines, request.GET.get("format", "csv"), name="scenarios")


def _cells(place: int, name: str) -> exchange.Column:
    return exchange.Column(f"plan_{place}", name, write=lambda line: line.cells[place].says)


@login_required
@require_GET
def scenario_difference(request: HttpRequest, scenario_id: int) -> HttpResponse:
    """What a scenario changes, and what the plan of record changed since the branch, field by field."""
    scenario = queries.scenario_for(request.user, scenario_id)
    found = difference_of(scenario, request.user)
    context = {
        "scenario": scenario,
        "finding": finding_of(found),
        "here": differences_in_words(found.here),
        "there": found.there,
        "conflicts": len(found.conflicts),
        "settlements": settlements_of(scenario),
        "may_merge": _may_merge(request, scenario),
        "trail": _trail(scenario),
    }
    return render(request, "authorisation/difference.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def scenario_merge(request: HttpRequest, scenario_id: int) -> HttpResponse:
    """What merges by itself and what somebody has to settle; POST does all of it, or nothing."""
    scenario = queries.scenario_for(request.user, scenario_id)
    access.require(request.user, Verb.SCENARIO_MERGE, scenario.portfolio)
    if request.method == "GET":
        return _merge_page(request, scenario)
    settled = forms.settled_in(difference_of(scenario, request.user, trail=False), request.POST)
    plan = forms.plan_in(request.POST.get(forms.PLAN, ""))
    version = version_sent(request)
    try:
        merge_scenario(scenario, actor=request.user, expected_version=version, settled=settled, plan=plan)
    except ValidationError as error:
        return _merge_page(request, scenario, 422, errors=error.message_dict)
    except Stale as stale:
        fresh = queries.scenario_for(request.user, scenario_id)
        return _merge_page(request, fresh, stale.status, stale=stale)
    messages.success(request, "The scenario is merged: it now begins from the plan of record as it is.")
    return redirect("scenario_difference", scenario.pk)


def _merge_page(
    request: HttpRequest, scenario: Any, status: int = 200, errors: Any = None, stale: Stale | None = None
) -> HttpResponse:
    found = difference_of(scenario, request.user)
    context = {
        "scenario": scenario,
        "found": found,
        "finding": merge_finding_of(found),
        "questions": forms.questions_of(found, request.POST, errors),
        "wrong": sum(map(len, (errors or {}).values())),
        "stale": stale,
        "plan": forms.plan_out(found),
        "may_merge": _may_merge(request, scenario),
        "trail": [*_trail(scenario), ("Difference", reverse("scenario_difference", args=[scenario.pk]))],
    }
    return render(request, "authorisation/merge.html", context, status=status)


def _may_merge(request: HttpRequest, scenario: Any) -> bool:
    is_allowed = access.may(request.user, Verb.SCENARIO_MERGE, scenario.portfolio)
    return request.as_of is None and scenario.is_draft and is_allowed and is_theirs(scenario, request.user)


def _trail(scenario: Any) -> list[tuple[str, str]]:
    return [("Scenarios", reverse("scenarios")), (scenario.name, reverse("scenario", args=[scenario.pk]))]
