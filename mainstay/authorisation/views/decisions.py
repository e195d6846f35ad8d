"""Adopting a selection, and the record of what was decided."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from mainstay.authorisation import queries, sentences
from mainstay.authorisation.adoption import CHANGED, Move, adoptable, is_current, moves_of, told_obstacles
from mainstay.authorisation.deciding.content import sets_free
from mainstay.authorisation.deciding.operations.adopting import why_not_undoable
from mainstay.authorisation.models import Outcome, Selection
from mainstay.authorisation.operations.adoption import adopt_selection, refuse_own_cause_in
from mainstay.core import access
from mainstay.core.errors import Forbidden
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Phase
from mainstay.portfolio.sections import tabs_of
from mainstay.portfolio.views.sent import version_sent

LONGEST_NOTE = 5000
MOST_SHOWN = 500


@login_required
@require_http_methods(["GET", "POST"])
def adoption(request: HttpRequest, selection_id: int) -> HttpResponse:
    """What adopting would do, and doing it."""
    row = queries.selection_for(request.user, selection_id)
    access.require(request.user, Verb.SELECTION_ADOPT, row.portfolio)
    if request.method == "POST":
        return _adopt(request, row)
    result = adoptable(row)
    moves = moves_of(result, reject_others=bool(request.GET.get("reject")))
    obstacles = _obstacles(request, row, moves)
    context = {
        "selection": row,
        "result": result,
        "finding": sentences.finding(result),
        "moves": sorted(moves, key=lambda move: not move.obstacle)[:MOST_SHOWN],
        "hidden": max(0, len(moves) - MOST_SHOWN),
        "authorised": sum(move.outcome == Outcome.AUTHORISED for move in moves),
        "obstacles": obstacles,
        "reject": bool(request.GET.get("reject")),
    }
    return render(request, "authorisation/adoption.html", context)


def _obstacles(request: HttpRequest, row: Selection, moves: list[Move]) -> list[str]:
    """What stands in the way of all of it, for this person."""
    found = told_obstacles(moves)
    if not is_current(row, request.user):
        found.insert(0, CHANGED)
    try:
        refuse_own_cause_in(moves, request.user)
    except Forbidden as refusal:
        found.insert(0, refusal.message)
    return found


def _adopt(request: HttpRequest, row: object) -> HttpResponse:
    decision = adopt_selection(
        row,
        actor=request.user,
        expected_version=version_sent(request),
        reject_others=request.POST.get("reject") == "1",
        note=request.POST.get("note", "")[:LONGEST_NOTE],
    )
    messages.success(request, "The decision stands; everybody concerned was told.")
    return redirect("decision", decision.pk)


@login_required
@require_GET
def decisions(request: HttpRequest) -> HttpResponse:
    """Every decision the person may see."""
    return render(
        request, "authorisation/decisions.html", {"decisions": queries.decisions_for(request.user, request.as_of)}
    )


@login_required
@require_GET
def decision(request: HttpRequest, decision_id: int) -> HttpResponse:
    """The record of a decision: what was decided about whom, by whom, on what knowledge."""
    row = queries.decision_for(request.user, decision_id)
    lines = list(row.lines.select_related("project__stage"))
    groups = [
        (outcome, [line for line in lines if line.outcome == outcome])
        for outcome in Outcome
        if any(line.outcome == outcome for line in lines)
    ]
    context = {
        "decision": row,
        "groups": groups,
        "value": queries.brought_by(row),
        "record": getattr(row, "record", None),
        "sets_free": sets_free(row),
        "may_undo": row.scenario_id is not None and access.may(request.user, Verb.ADOPTION_UNDO, row.portfolio),
        "why_not": why_not_undoable(row) if row.scenario_id else "",
    }
    return render(request, "authorisation/decision.html", context)


@login_required
@require_GET
def project_decisions(request: HttpRequest, code: str) -> HttpResponse:
    """What was decided about a project and why; a fragment of its page or a page of its own."""
    project, lines = queries.decided_about(request.user, code)
    part = "#decisions" if request.htmx else ""
    tabs = tabs_of(project, request.user, "project_decisions")
    context = {
        "project": project,
        "lines": lines,
        "tabs": tabs,
        "is_rejected": project.stage.phase == Phase.DROPPED,
        "may_propose": access.may(request.user, Verb.PROJECT_ADVANCE, project),
        "cycle": queries.next_cycle(request.user, project) if lines else None,
    }
    return render(request, f"authorisation/project_decisions.html{part}", context)
