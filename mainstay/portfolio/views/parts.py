"""What belongs to a project: its milestones, dependencies and members."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.forms import take_errors, tried
from mainstay.core.verbs import Verb
from mainstay.portfolio.forms.parts import (
    DependencyForm,
    GiverForm,
    MemberForm,
    MilestoneForm,
    NewMilestoneForm,
    TakerForm,
)
from mainstay.portfolio.models import Dependency, Project
from mainstay.portfolio.operations.parts import (
    add_dependency,
    add_member,
    add_milestone,
    edit_dependency,
    edit_milestone,
    remove_dependency,
    remove_member,
    remove_milestone,
)
from mainstay.portfolio.record import Record
from mainstay.portfolio.views.projects import record_page, writable
from mainstay.portfolio.views.sent import version_of


def _add(request: HttpRequest, project: Project, add: Callable[..., Any], form: BaseForm, name: str) -> HttpResponse:
    """Add a part, or show the project again with the form as it was typed."""
    if form.is_valid():
        try:
            add(project, actor=request.user, **form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        else:
            return redirect("project", project.code)
    return record_page(request, Record(project.code, request.user), 422, **{name: form})


def _part(project: Project, parts: str, part_id: int) -> Any:
    found = getattr(project, parts).filter(pk=part_id).first()
    if found is None:
        raise Missing("This is not there any more.")
    return found


@login_required
@require_POST
def milestones(request: HttpRequest, code: str) -> HttpResponse:
    """Add a milestone."""
    project = writable(request, code, Verb.MILESTONE_ADD)
    return _add(request, project, add_milestone, NewMilestoneForm(request.POST), "milestone_form")


@login_required
@require_http_methods(["GET", "POST"])
def milestone(request: HttpRequest, code: str, part_id: int) -> HttpResponse:
    """Change a milestone."""
    project = writable(request, code, Verb.MILESTONE_EDIT)
    found = _part(project, "milestones", part_id)
    form = MilestoneForm(request.POST if request.method == "POST" else None, instance=found)
    if request.method == "POST" and form.is_valid():
        version = version_of(request)
        fresh = _part(project, "milestones", part_id)
        edit_milestone(fresh, actor=request.user, expected_version=version, **form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect("project", code)
    context = {"project": project, "milestone": found, "form": form}
    return render(request, "portfolio/milestone.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def milestone_completion(request: HttpRequest, code: str, part_id: int) -> HttpResponse:
    """Say that a milestone was reached today, or that it was not after all."""
    project = writable(request, code, Verb.MILESTONE_EDIT)
    found = _part(project, "milestones", part_id)
    done_date = None if found.done_date else timezone.localdate()
    edit_milestone(found, actor=request.user, done_date=done_date)
    return redirect("project", code)


@login_required
@require_POST
def milestone_removal(request: HttpRequest, code: str, part_id: int) -> HttpResponse:
    """Take a milestone away."""
    project = writable(request, code, Verb.MILESTONE_REMOVE)
    remove_milestone(_part(project, "milestones", part_id), actor=request.user)
    return redirect("project", code)


@login_required
@require_POST
def dependencies(request: HttpRequest, code: str) -> HttpResponse:
    """Say that a project depends on another one."""
    project = writable(request, code, Verb.DEPENDENCY_ADD)
    return _add(request, project, add_dependency, DependencyForm(request.POST, user=request.user), "dependency_form")


@login_required
@require_http_methods(["GET", "POST"])
def dependency(request: HttpRequest, code: str, part_id: int) -> HttpResponse:
    """Change what is handed over and when, from the end of the project that gives or of the one that needs it."""
    project = writable(request, code, Verb.DEPENDENCY_EDIT)
    found, other = _end(request, project, part_id)
    form_of = TakerForm if found.project_id == project.pk else GiverForm
    form, status = form_of(request.POST or None, instance=found), 200
    if request.method == "POST":
        sent = {"dependency": found, "dependency_version": version_of(request)}
        done, status = tried(form, lambda typed: edit_dependency(project, actor=request.user, **sent, **typed))
        if done is not None:
            messages.success(request, "Saved.")
            return redirect("project", code)
    context = {"project": project, "dependency": found, "other": other, "form": form}
    return render(request, "portfolio/dependency.html", context, status=status)


def _end(request: HttpRequest, project: Project, part_id: int) -> tuple[Dependency, Project]:
    """A dependency one of whose ends is the project, and its other end, where the person may see that."""
    rows = Dependency.objects.filter(Q(project=project) | Q(needs=project), pk=part_id)
    found = rows.select_related("project", "needs").first()
    other = found and (found.needs if found.project_id == project.pk else found.project)
    if other is None or not access.may(request.user, Verb.SEE_REGISTER, other):
        raise Missing("This is not there any more.")
    return found, other


@login_required
@require_POST
def dependency_removal(request: HttpRequest, code: str, part_id: int) -> HttpResponse:
    """Take a dependency away."""
    project = writable(request, code, Verb.DEPENDENCY_REMOVE)
    remove_dependency(_part(project, "dependencies", part_id), actor=request.user)
    return redirect("project", code)


@login_required
@require_POST
def members(request: HttpRequest, code: str) -> HttpResponse:
    """Give somebody a part in a project."""
    project = writable(request, code, Verb.MEMBER_ADD)
    return _add(request, project, add_member, MemberForm(request.POST, user=request.user), "member_form")


@login_required
@require_POST
def member_removal(request: HttpRequest, code: str, part_id: int) -> HttpResponse:
    """End somebody's part in a project."""
    project = writable(request, code, Verb.MEMBER_REMOVE)
    found = _part(project, "members", part_id)
    remove_member(found, actor=request.user)
    messages.success(request, f"{found.person} has no part in it any more.")
    return redirect("project", code)
