"""Adopting a scenario, taking that back, and verifying and replaying what was decided."""

import json

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.authorisation import queries
from mainstay.authorisation.comparing.settling import settlements_of
from mainstay.authorisation.deciding import allocating, log, steps
from mainstay.authorisation.deciding.baselines import differences
from mainstay.authorisation.deciding.operations import adopting
from mainstay.authorisation.deciding.replay import corrected_since, replay
from mainstay.authorisation.models import Baseline, Scenario
from mainstay.core import access
from mainstay.core.errors import Impossible, Missing
from mainstay.core.verbs import Verb
from mainstay.portfolio.api.finding import project_at
from mainstay.portfolio.sections import tabs_of
from mainstay.portfolio.views.sent import version_sent
from mainstay.value.models import Fund

LONGEST_NOTE = 5000
MOST_SHOWN = 500


@login_required
@require_http_methods(["GET", "POST"])
def scenario_adoption(request: HttpRequest, scenario_id: int) -> HttpResponse:
    """What adopting a scenario would do to each project, and doing it."""
    row = Scenario.objects.visible_to(request.user).select_related("portfolio", "solution").filter(pk=scenario_id)
    scenario = row.first()
    if scenario is None:
        raise Missing("There is no such scenario, or it is not open to you.")
    access.require(request.user, Verb.SCENARIO_ADOPT, scenario.portfolio)
    if request.method == "POST":
        return _adopt(request, scenario)
    found = steps.steps_of(scenario, reject_others=bool(request.GET.get("reject")))
    fund, money, short = _money(request, scenario, found)
    told = sorted(found, key=lambda one: (not (one.move.obstacle or one.has_moved_on), not one.changes_anything))
    context = {
        "scenario": scenario,
        "finding": adopting.statement(found),
        "steps": told[:MOST_SHOWN],
        "hidden": max(0, len(found) - MOST_SHOWN),
        "authorised": sum(steps.is_authorised(one) for one in found),
        "bookings": sum(one.to_harden for one in found),
        "obstacles": [*steps.obstacles(found), *short],
        "reject": bool(request.GET.get("reject")),
        "funds": _funds(request, scenario),
        "fund": fund,
        "money": money,
        "settlements": settlements_of(scenario),
    }
    return render(request, "authorisation/scenario_adoption.html", context)


def _funds(request: HttpRequest, scenario: Scenario) -> list[Fund]:
    """The funds that may pay for projects of the scenario."""
    rows = Fund.objects.visible_to(request.user).filter(is_open=True, currency=scenario.currency)
    return [
        fund for fund in rows.select_related("portfolio") if scenario.portfolio.path.startswith(fund.portfolio.path)
    ]


def _asked_fund(request: HttpRequest, scenario: Scenario, key: str) -> Fund | None:
    found = next((fund for fund in _funds(request, scenario) if fund.key == key), None)
    if key and found is None:
        raise Missing("There is no such fund, or it is not open to you.")
    return found


def _money(
    request: HttpRequest, scenario: Scenario, found: list[steps.Step]
) -> tuple[Fund | None, list[allocating.Asked], list[str]]:
    """The fund asked for, what each of its years would promise, and what is missing."""
    fund = _asked_fund(request, scenario, request.GET.get("fund", ""))
    try:
        money = allocating.by_year(allocating.allocations_of(fund, found))
    except Impossible as refusal:
        return fund, [], [refusal.message]
    return fund, money, allocating.shortfalls(money)


def _adopt(request: HttpRequest, scenario: Scenario) -> HttpResponse:
    decision = adopting.adopt_scenario(
        scenario,
        actor=request.user,
        expected_version=version_sent(request),
        reject_others=request.POST.get("reject") == "1",
        note=request.POST.get("note", "")[:LONGEST_NOTE],
        fund=_asked_fund(request, scenario, request.POST.get("fund", "")),
    )
    messages.success(request, "The scenario is the plan of record; everybody concerned was told.")
    return redirect("decision", decision.pk)


@login_required
@require_POST
def decision_undoing(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Take an adopted scenario back, with the reason."""
    row = queries.decision_for(request.user, decision_id)
    undoing = adopting.undo_adoption(
        row,
        actor=request.user,
        reason=request.POST.get("reason", "")[:LONGEST_NOTE],
        expected_version=version_sent(request),
    )
    messages.success(request, "The decision was taken back; stages, dates and bookings are as they were before.")
    return redirect("decision", undoing.pk)


@login_required
@require_GET
def decision_replay(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Solve the problem of a decision anew and compare with what was decided."""
    row = queries.decision_for(request.user, decision_id)
    context = {"decision": row, "replay": replay(row), "corrected": corrected_since(row)}
    return render(request, "authorisation/decision_replay.html", context)


@login_required
@require_GET
def decision_record(request: HttpRequest, decision_id: int) -> HttpResponse:
    """The full record of a decision as a file, with its fingerprints."""
    row = queries.decision_for(request.user, decision_id)
    told = json.dumps(log.record_of(row), indent=2, ensure_ascii=False)
    response = HttpResponse(told, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="decision-{row.pk}.json"'
    return response


@login_required
@require_GET
def decision_log(request: HttpRequest) -> HttpResponse:
    """The decision log with its fingerprints, and whether everything in it is as it was written."""
    access.require(request.user, Verb.SEE_AUDIT)
    records = {kept.decision_id: kept for kept in log.DecisionRecord.objects.defer("content")}
    rows = [row for row in queries.decisions_for(request.user, None) if row.pk in records]
    context = {
        "entries": sorted(((records[row.pk], row) for row in rows), key=lambda pair: -pair[0].number),
        "findings": log.verify(),
    }
    return render(request, "authorisation/decision_log.html", context)


@login_required
@require_GET
def project_baselines(request: HttpRequest, code: str) -> HttpResponse:
    """Every baseline of a project, and any two of them side by side."""
    project = project_at(request, code)
    rows = list(Baseline.objects.visible_to(request.user).filter(project=project).select_related("decision"))
    figures = access.may(request.user, Verb.SEE_FIGURES, project)
    first, second = _asked(request, rows)
    context = {
        "project": project,
        "baselines": rows,
        "first": first,
        "second": second,
        "comparison": differences(first, second, figures=figures),
        "figures": figures,
        "tabs": tabs_of(project, request.user, "project_baselines"),
    }
    return render(request, f"authorisation/project_baselines.html{'#baselines' if request.htmx else ''}", context)


def _asked(request: HttpRequest, rows: list[Baseline]) -> tuple[Baseline | None, Baseline | None]:
    """The two baselines asked for, by default the last two."""
    by_number = {str(row.number): row for row in rows}
    before = rows[1] if len(rows) > 1 else None
    return by_number.get(request.GET.get("from", ""), before), by_number.get(
        request.GET.get("to", ""), rows[0] if rows else None
    )
