"""Pages of one issue and one action: writing it down, changing it, taking it away."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from mainstay.core import access
from mainstay.core.forms import tried
from mainstay.core.verbs import Verb
from mainstay.monitoring.models import Action, ChangeRequest, Issue
from mainstay.monitoring.raid import queries
from mainstay.monitoring.raid.forms import ActionForm, DoneForm, IssueForm, NewIssueForm
from mainstay.monitoring.raid.operations import (
    add_action,
    add_issue,
    edit_action,
    edit_issue,
    remove_action,
    remove_issue,
)
from mainstay.portfolio.models import Project
from mainstay.portfolio.queries.reading import Reading
from mainstay.portfolio.views.projects import writable
from mainstay.portfolio.views.sent import asked_for, version_sent, whole


@login_required
@require_http_methods(["GET", "POST"])
def issue_new(request: HttpRequest, code: str) -> HttpResponse:
    """Write down something that has happened."""
    project, status = writable(request, code, Verb.ISSUE_ADD), 200
    form = NewIssueForm(request.POST or None, instance=Issue(project=project), user=request.user)
    if request.method == "POST":
        made, status = tried(form, lambda sent: add_issue(project, actor=request.user, **sent))
        if made is not None:
            messages.success(request, "The issue is on the register.")
            return redirect("project_raid", project.code)
    return _page(request, "issue.html", project, form, status, "New issue")


@login_required
@require_http_methods(["GET", "POST"])
def issue(request: HttpRequest, issue_id: int) -> HttpResponse:
    """An issue with its actions; POST changes or resolves it."""
    as_of = None if request.method == "POST" else request.as_of
    row, status = queries.issue_for(request.user, issue_id, as_of), 200
    may_edit = as_of is None and access.may(request.user, Verb.ISSUE_EDIT, row.project)
    form = IssueForm(request.POST or None, instance=row, user=request.user) if may_edit else None
    if request.method == "POST":
        access.require(request.user, Verb.ISSUE_EDIT, row.project)
        version = version_sent(request)
        done, status = tried(
            form, lambda sent: edit_issue(row, actor=request.user, expected_version=version, **sent)
        )  # fmt: skip
        if done is not None:
            messages.success(request, "The issue was saved.")
            return redirect("issue", row.pk)
        row = queries.issue_for(request.user, issue_id)
    actions = Action.objects.as_of(as_of).filter(issue_id=row.row_id).select_related("owner")
    more = {"issue": row, "actions": actions, "may_act": may_edit, "badge": queries.BADGES.get(row.severity, "none")}
    return _page(request, "issue.html", row.project, form, status, row.title, **more)


@login_required
@require_POST
def issue_removal(request: HttpRequest, issue_id: int) -> HttpResponse:
    """Take away an issue that was written down by mistake."""
    row = queries.issue_for(request.user, issue_id)
    remove_issue(row, actor=request.user)
    messages.success(request, "The issue was removed; its history stays.")
    return redirect("project_raid", row.project.code)


@login_required
@require_http_methods(["GET", "POST"])
def action_new(request: HttpRequest, code: str) -> HttpResponse:
    """Say what somebody does by a day."""
    project, status = writable(request, code, Verb.ACTION_ADD), 200
    form = ActionForm(request.POST or None, instance=_about(request, project), user=request.user)
    if request.method == "POST":
        made, status = tried(form, lambda sent: add_action(project, actor=request.user, **sent))
        if made is not None:
            messages.success(request, "The action is on the list.")
            return redirect("issue", made.issue_id) if made.issue_id else redirect("project_raid", project.code)
    return _page(request, "action.html", project, form, status, "New action")


def _about(request: HttpRequest, project: Project) -> Action:
    """A new action about what the address names, where that belongs to the project."""
    about = {"issue": Issue.objects.filter(project=project), "change": ChangeRequest.objects.filter(project=project)}
    found = {name: rows.filter(pk=whole(asked_for(request, name))).first() for name, rows in about.items()}
    return Action(project=project, **found)


@login_required
@require_http_methods(["GET", "POST"])
def action(request: HttpRequest, action_id: int) -> HttpResponse:
    """An action; POST changes it or says that it is done."""
    as_of = None if request.method == "POST" else request.as_of
    row, status = queries.action_for(request.user, action_id, as_of), 200
    may_edit = as_of is None and access.may(request.user, Verb.ACTION_EDIT, row.project)
    form = DoneForm(request.POST or None, instance=row, user=request.user) if may_edit else None
    if request.method == "POST":
        access.require(request.user, Verb.ACTION_EDIT, row.project)
        version = version_sent(request)
        done, status = tried(
            form, lambda sent: edit_action(row, actor=request.user, expected_version=version, **sent)
        )  # fmt: skip
        if done is not None:
            messages.success(request, "The action was saved.")
            return redirect("project_raid", row.project.code)
        row = queries.action_for(request.user, action_id)
    about = queries.Names.of(Reading(request.user, as_of), [row]).about(row)
    return _page(request, "action.html", row.project, form, status, row.text, action=row, about=about)


@login_required
@require_POST
def action_removal(request: HttpRequest, action_id: int) -> HttpResponse:
    """Take away an action that was written down by mistake."""
    row = queries.action_for(request.user, action_id)
    remove_action(row, actor=request.user)
    messages.success(request, "The action was removed; its history stays.")
    return redirect("project_raid", row.project.code)


def _page(
    request: HttpRequest, name: str, project: Any, form: Any, status: int, title: str, **more: Any
) -> HttpResponse:
    trail = [
        (project.name, reverse("project", args=[project.code])),
        ("Risks and issues", reverse("project_raid", args=[project.code])),
    ]
    context = {"project": project, "form": form, "heading": title, "trail": trail} | more
    return render(request, f"monitoring/{name}", context, status=status)
