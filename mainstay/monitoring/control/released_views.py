"""What a decision set free, offered to the work that waits, with the days from when it fits."""

from collections import Counter
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from mainstay.authorisation.queries import decision_for
from mainstay.core import access
from mainstay.core.errors import Missing, Refusal
from mainstay.core.verbs import Verb
from mainstay.monitoring.control.recording import stopped_by, told_by
from mainstay.monitoring.control.release import by_role
from mainstay.monitoring.control.replanning import free_name, planned_with
from mainstay.monitoring.control.waiting import WaitingList
from mainstay.monitoring.models import Action
from mainstay.portfolio.models import Project

MOST_CHOSEN = 50


@login_required
@require_GET
def released(request: HttpRequest, decision_id: int) -> HttpResponse:
    """What was set free, and who waits for it."""
    decision, told = _decision(request, decision_id)
    waiting = WaitingList(request.user, decision.portfolio)
    freed = told["freed"]
    rows = freed.get("hours_by_month", [])
    context = {
        "decision": decision,
        "freed": freed,
        "roles": by_role((role, date.fromisoformat(month), hours) for role, month, hours in rows),
        "closing": _closing(request, decision),
        "waiting": waiting,
        "offered": sum(one.is_offered for one in waiting.candidates),
        "may_plan": request.as_of is None and access.may(request.user, Verb.SCENARIO_CREATE, decision.portfolio),
        "trail": [("Continue, pause, stop", reverse("control_queue")), ("Decisions", reverse("decisions"))],
    }
    return render(request, "monitoring/released.html", context)


def _closing(request: HttpRequest, decision: Any) -> list[Any]:
    """The projects that were stopped, with how much is left to do for them."""
    rows = list(Project.objects.visible_to(request.user).filter(code__in=stopped_by(decision)).order_by("code"))
    open_ones = Counter(Action.objects.filter(project__in=rows, done_date=None).values_list("project_id", flat=True))
    return [(row, open_ones[row.pk]) for row in rows]


def _decision(request: HttpRequest, decision_id: int) -> tuple[Any, dict[str, Any]]:
    decision = decision_for(request.user, decision_id)
    told = told_by(decision)
    if not told:
        raise Missing("This decision set nothing free.")
    return decision, told


@login_required
@require_POST
def released_plan(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Plan with the chosen: a scenario with each of them from the day it fits."""
    decision, _ = _decision(request, decision_id)
    access.require(request.user, Verb.SCENARIO_CREATE, decision.portfolio)
    waiting, wanted = (
        WaitingList(request.user, decision.portfolio),
        set(request.POST.getlist("project")[:MOST_CHOSEN]),
    )
    starts = {
        one.project.code: one.together or one.alone or waiting.today
        for one in waiting.candidates
        if one.project.code in wanted
    }
    if not starts:
        messages.error(request, "Choose at least one of the waiting projects.")
        return redirect("released", decision.pk)
    name = free_name(decision.portfolio, f"After: {decision.title}")
    try:
        made = planned_with(decision.portfolio, actor=request.user, name=name, starts=starts)
    except (Refusal, ValidationError) as refusal:
        told = refusal.message if isinstance(refusal, Refusal) else " ".join(refusal.messages)
        messages.error(request, told)
        return redirect("released", decision.pk)
    messages.success(request, f"{len(starts)} waiting projects are in; adopt it to authorise them.")
    return redirect("scenario", made.pk)
