"""Pages about alerts: those that stand, one of them, and evaluating the rules."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.core import access
from mainstay.core.forms import tried
from mainstay.core.operations.runs import start_run
from mainstay.core.verbs import Verb
from mainstay.monitoring.alerts import queries
from mainstay.monitoring.alerts.forms import ActionForm, TakingForm
from mainstay.monitoring.alerts.jobs import KIND
from mainstay.monitoring.alerts.operations import take_alert
from mainstay.monitoring.models import AlertState
from mainstay.portfolio.models import Portfolio
from mainstay.portfolio.views.sent import portfolio_chosen, version_sent

ON_A_PAGE = 50


@login_required
@require_GET
def alerts(request: HttpRequest) -> HttpResponse:
    """The alerts somebody asks for: all, their own, or those of a portfolio."""
    asked = queries.Asked.of(request.GET)
    rows = queries.alerts_for(request.user, asked, request.as_of)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "page": page,
        "shown": [queries.Shown(row) for row in page],
        "states": queries.STATES.items(),
        "finding": queries.finding_of(request.user, request.as_of),
        "portfolios": Portfolio.objects.visible_to(request.user).order_by("name"),
        "may_see_rules": access.may_somewhere(request.user, Verb.ALERTRULE_CREATE),
    }
    return render(request, "monitoring/alerts.html", context)


@login_required
@require_GET
def alert(request: HttpRequest, alert_id: int) -> HttpResponse:
    """One alert: what was found, who follows up, and what is done."""
    row = queries.alert_for(request.user, alert_id, request.as_of)
    return _page(request, row)


def _page(request: HttpRequest, row: Any, status: int = 200, **forms: Any) -> HttpResponse:
    now = request.as_of is None and row.state != AlertState.CLEARED
    context = {
        "alert": row,
        "shown": queries.Shown(row),
        "actions": queries.actions_about(row, request.as_of),
        "may_take": now and access.may(request.user, Verb.ALERT_TAKE, row.project),
        "may_act": now and access.may(request.user, Verb.ACTION_ADD, row.project),
        "taking": TakingForm(initial={"note": row.note, "follow_up": row.follow_up}),
        "action": ActionForm(row.project),
        "trail": [("Alerts", reverse("alerts")), (row.project.name, reverse("project", args=[row.project.code]))],
    }
    return render(request, "monitoring/alert.html", context | forms, status=status)


@login_required
@require_POST
def alert_taking(request: HttpRequest, alert_id: int) -> HttpResponse:
    """Take an alert over: what is done, and when to look again."""
    row = queries.alert_for(request.user, alert_id)
    access.require(request.user, Verb.ALERT_TAKE, row.project)
    form, version = TakingForm(request.POST), version_sent(request)
    done, status = tried(form, lambda sent: take_alert(row, actor=request.user, expected_version=version, **sent))
    if done is None:
        return _page(request, row, status, taking=form)
    messages.success(request, "You follow up this alert.")
    return redirect("alert", row.pk)


@login_required
@require_POST
def alert_action(request: HttpRequest, alert_id: int) -> HttpResponse:
    """Say what somebody does about an alert by a day."""
    row = queries.alert_for(request.user, alert_id)
    access.require(request.user, Verb.ACTION_ADD, row.project)
    from mainstay.monitoring.raid.operations import add_action

    form = ActionForm(row.project, request.POST)
    done, status = tried(form, lambda sent: add_action(row.project, actor=request.user, alert=row, **sent))
    if done is None:
        return _page(request, row, status, action=form)
    messages.success(request, "The action is on the list.")
    return redirect("alert", row.pk)


@login_required
@require_http_methods(["POST"])
def alert_evaluation(request: HttpRequest) -> HttpResponse:
    """Look at the figures now."""
    place = portfolio_chosen(request, Verb.ALERTS_EVALUATE, "Choose a portfolio in which you may evaluate alerts.")
    title = f"Evaluate the alert rules of {place.name}"
    run = start_run(None, actor=request.user, kind=KIND, title=title, parameters={"portfolio": place.code})
    return redirect("run", run.pk)
