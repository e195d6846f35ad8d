"""Pages of changes: those of a project, those that wait, one with its effect, asking for it and deciding it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.core import access
from mainstay.core.errors import Impossible, Stale
from mainstay.core.forms import tried
from mainstay.core.verbs import Verb
from mainstay.monitoring.changes import queries
from mainstay.monitoring.changes.effect import Effect
from mainstay.monitoring.changes.forms import ChangeForms, DecisionForm
from mainstay.monitoring.changes.operations import (
    decide_change,
    draft_change,
    edit_change,
    submit_change,
    withdraw_change,
)
from mainstay.monitoring.models import ChangeRequest, ChangeState
from mainstay.monitoring.raid.places import project_place
from mainstay.portfolio.models import Phase, Project
from mainstay.portfolio.sections import tabs_of
from mainstay.portfolio.views.projects import writable
from mainstay.portfolio.views.sent import asked_for, reason_of, version_sent


@login_required
@require_GET
def changes(request: HttpRequest) -> HttpResponse:
    """The changes of all projects: those that wait, for everybody or for oneself, and those decided."""
    state = asked_for(request, "state") or "waiting"
    state = state if state in queries.STATES else "waiting"
    rows = queries.listed(request.user, state, request.as_of)
    context = {"rows": rows, "state": state, "states": queries.STATES.items()}
    return render(request, "monitoring/changes.html", context | {"finding": queries.finding_of(rows, state)})


@login_required
@require_GET
def project_changes(request: HttpRequest, code: str) -> HttpResponse:
    """The changes of a project; a fragment of its page or a page of its own."""
    place = project_place(request.user, code, request.as_of)
    current = Project.objects.select_related("stage").get(pk=place.row.row_id)
    rows = queries.changes_for(request.user, request.as_of).filter(project_id=current.pk).order_by("-number")
    as_of = f"?as_of={request.GET['as_of']}" if request.as_of else ""
    runs = request.as_of is None and current.stage.phase == Phase.COMMITTED
    context = {
        "project": place.row,
        "rows": [queries.shown(row, request.user) for row in rows],
        "tabs": tabs_of(current, request.user, "project_changes", as_of),
        "may_ask": runs and access.may(request.user, Verb.CHANGEREQUEST_DRAFT, current),
    }
    return render(request, f"monitoring/project_changes.html{'#changes' if request.htmx else ''}", context)


@login_required
@require_http_methods(["GET", "POST"])
def change_new(request: HttpRequest, code: str) -> HttpResponse:
    """Write down a change with its effect."""
    project = writable(request, code, Verb.CHANGEREQUEST_DRAFT)
    forms, status = ChangeForms(ChangeRequest(project=project), request.POST or None), 200
    if request.method == "POST":
        made, status = _tried(forms, lambda sent: draft_change(project, actor=request.user, **sent))
        if made is not None:
            return redirect("change", made.pk)
    return _edit_page(request, project, forms, status)


@login_required
@require_http_methods(["GET", "POST"])
def change_edit(request: HttpRequest, change_id: int) -> HttpResponse:
    """Change what is asked for, while it is a draft."""
    row = queries.change_for(request.user, change_id)
    access.require(request.user, Verb.CHANGEREQUEST_EDIT, row.project)
    access.require(request.user, Verb.SEE_FIGURES, row.project)
    version, forms, status = row.version, ChangeForms(row, request.POST or None), 200
    if request.method == "POST":
        sent_version = version_sent(request)
        done, status = _tried(
            forms, lambda sent: edit_change(row, actor=request.user, expected_version=sent_version, **sent)
        )
        if done is not None:
            return redirect("change", row.pk)
    return _edit_page(request, row.project, forms, status, change=row, version=version)


def _tried(forms: ChangeForms, act: Any) -> tuple[Any, int]:
    """What came of an operation with what the forms say, and the status of the answer."""
    if not forms.is_valid():
        return None, 422
    try:
        return act(forms.sent), 200
    except ValidationError as error:
        forms.refuse(error)
        return None, 422
    except (Impossible, Stale) as refusal:
        forms.main.add_error(None, refusal.message)
        return None, refusal.status


def _edit_page(request: HttpRequest, project: Project, forms: ChangeForms, status: int, **more: Any) -> HttpResponse:
    context = {"project": project, "forms": forms, "trail": _trail(project)} | more
    return render(request, "monitoring/change_edit.html", context, status=status)


def _trail(project: Any) -> list[tuple[str, str]]:
    return [
        (project.name, reverse("project", args=[project.code])),
        ("Changes", reverse("project_changes", args=[project.code])),
    ]


@login_required
@require_GET
def change(request: HttpRequest, change_id: int) -> HttpResponse:
    """One change: what it does before and after, who decided it, and the baselines beside each other."""
    return _page(request, queries.change_for(request.user, change_id, request.as_of))


def _page(request: HttpRequest, row: Any, status: int = 200, form: Any = None) -> HttpResponse:
    now = request.as_of is None or request.method == "POST"
    open_, user = row.state in {ChangeState.DRAFT, ChangeState.SUBMITTED}, request.user
    figures = access.may(user, Verb.SEE_FIGURES, row.project)
    decides = now and row.state == ChangeState.SUBMITTED and access.may(user, Verb.CHANGEREQUEST_DECIDE, row.project)
    context = {
        "change": queries.shown(row, user),
        "project": row.project,
        "effect": Effect(row, user) if figures and open_ and now else None,
        "figures": figures,
        "actions": queries.actions_about(row, request.as_of),
        "history": queries.trail_of(row, request.as_of),
        "decides": decides,
        "obstacle": queries.obstacle_for(row, user) if decides else "",
        "form": form or DecisionForm(),
        "may_edit": now and row.state == ChangeState.DRAFT and access.may(user, Verb.CHANGEREQUEST_EDIT, row.project),
        "may_withdraw": now and open_ and access.may(user, Verb.CHANGEREQUEST_WITHDRAW, row.project),
        "trail": _trail(row.project),
    }
    return render(request, "monitoring/change.html", context, status=status)


@login_required
@require_POST
def change_submission(request: HttpRequest, change_id: int) -> HttpResponse:
    """Ask for a decision."""
    row = queries.change_for(request.user, change_id)
    access.require(request.user, Verb.CHANGEREQUEST_SUBMIT, row.project)
    try:
        submit_change(row, actor=request.user, expected_version=version_sent(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("change", row.pk)
    messages.success(request, "The change waits for a decision; those who may decide were told.")
    return redirect("change", row.pk)


@login_required
@require_POST
def change_withdrawal(request: HttpRequest, change_id: int) -> HttpResponse:
    """Take the question back."""
    row = queries.change_for(request.user, change_id)
    withdraw_change(row, actor=request.user, reason=reason_of(request))
    messages.success(request, "The change was withdrawn; it stays on record.")
    return redirect("project_changes", row.project.code)


@login_required
@require_POST
def change_decision(request: HttpRequest, change_id: int) -> HttpResponse:
    """Approve a change or not, with the reason."""
    row = queries.change_for(request.user, change_id)
    access.require(request.user, Verb.CHANGEREQUEST_DECIDE, row.project)
    form, approve = DecisionForm(request.POST), request.POST.get("verdict") == "approve"
    terms = {"approve": approve, "expected_version": version_sent(request)}
    done, status = tried(form, lambda sent: decide_change(row, actor=request.user, **terms, **sent))
    if done is None:
        return _page(request, queries.change_for(request.user, change_id), status, form)
    messages.success(request, f"The change is {done.get_state_display().lower()}; whoever asked for it was told.")
    return redirect("change", row.pk)
