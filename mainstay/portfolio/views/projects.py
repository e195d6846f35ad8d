"""The project: its page, proposing it, changing it, moving it, and taking it through its life."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.core import access
from mainstay.core.errors import Forbidden, Missing, Stale
from mainstay.core.forms import take_errors
from mainstay.core.verbs import Verb
from mainstay.portfolio.conflict import Conflict, settled
from mainstay.portfolio.forms.parts import DependencyForm, MemberForm, NewMilestoneForm
from mainstay.portfolio.forms.project import PlaceForm, ProjectForm, ProposalForm
from mainstay.portfolio.models import Portfolio, Project, Stage
from mainstay.portfolio.operations.projects import (
    advance_project,
    authorise_project,
    edit_project,
    move_project,
    propose_project,
    transition_between,
)
from mainstay.portfolio.queries.history import history_of
from mainstay.portfolio.record import Record
from mainstay.portfolio.sections import tabs_of
from mainstay.portfolio.undo import say_done
from mainstay.portfolio.views.sent import asked_for, reason_of, version_of


def writable(request: HttpRequest, code: str, verb: Verb) -> Project:
    """A project to change: one the person cannot see is missing, one they may not change is refused."""
    found = Project.objects.visible_to(request.user).filter(code=code).first()
    if found is None:
        raise Missing("There is no such project, or it is not open to you.")
    access.require(request.user, verb, found)
    return found


@login_required
@require_GET
def project(request: HttpRequest, code: str) -> HttpResponse:
    """One project: where it stands, what is known, what belongs to it."""
    return record_page(request, Record(code, request.user, request.as_of))


def record_page(request: HttpRequest, record: Record, status: int = 200, **forms: Any) -> HttpResponse:
    """The project's page; forms that were refused are shown with what was typed."""
    empty = {
        "milestone_form": NewMilestoneForm(),
        "dependency_form": DependencyForm(user=request.user),
        "member_form": MemberForm(user=request.user) if record.may_add_member else None,
    }
    context = {"record": record, "project": record.project, "tabs": _tabs(request, record, "project")} | empty | forms
    return render(request, "portfolio/project.html", context, status=status)


def _tabs(request: HttpRequest, record: Record, shown: str) -> list[dict[str, Any]]:
    query = f"?as_of={request.GET['as_of']}" if request.as_of else ""
    return tabs_of(record.current, request.user, shown, query)


@login_required
@require_GET
def history(request: HttpRequest, code: str) -> HttpResponse:
    """Who changed what of a project, when, why and through which channel."""
    record = Record(code, request.user, request.as_of)
    entries = history_of(record.current, request.user, request.as_of)
    context = {"record": record, "project": record.project, "entries": entries}
    context["tabs"] = _tabs(request, record, "project_history")
    return render(request, "portfolio/history.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new_project(request: HttpRequest) -> HttpResponse:
    """Propose a project; without a portfolio in the address the person chooses one first."""
    open_ones = Portfolio.objects.visible_to(request.user, Verb.PROJECT_PROPOSE).order_by("path")
    portfolio = open_ones.filter(code=asked_for(request, "portfolio")).first()
    if not open_ones.exists():
        raise Forbidden("No portfolio takes proposals from you yet. Ask its portfolio manager for a role.")
    if portfolio is None:
        return render(request, "portfolio/project_new.html", {"portfolios": open_ones})
    form = ProposalForm(request.POST if request.method == "POST" else None, user=request.user, portfolio=portfolio)
    if request.method == "POST" and form.is_valid():
        try:
            made = propose_project(portfolio, actor=request.user, **form.given())
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, f"{made.name} is proposed under the code {made.code}.")
            return redirect("project", made.code)
    context = {"form": form, "portfolio": portfolio}
    return render(request, "portfolio/project_new.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change a project; who saves second sees both versions and loses nothing."""
    project = writable(request, code, Verb.PROJECT_EDIT)
    data = settled(request.POST, project) if request.method == "POST" else None
    form = ProjectForm(data, instance=project, user=request.user, portfolio=project.portfolio)
    if data is None or not form.is_valid():
        return _edit_page(request, project, form, 422 if form.errors else 200)
    try:
        fresh = writable(request, code, Verb.PROJECT_EDIT)
        version = version_of(request)
        saved = edit_project(
            fresh, actor=request.user, expected_version=version, reason=reason_of(request),
            **form.changes(),
        )  # fmt: skip
    except ValidationError as error:
        take_errors(form, error)
        return _edit_page(request, project, form, 422)
    except Stale as stale:
        conflict = Conflict(stale, form)
        return _edit_page(request, fresh, conflict.form, 409, conflict=conflict)
    say_done(request, "Saved.", Verb.PROJECT_EDIT)
    return redirect("project", saved.code)


def _edit_page(request: HttpRequest, project: Project, form: ProjectForm, status: int, **more: Any) -> HttpResponse:
    context = {"project": project, "form": form, **more}
    return render(request, "portfolio/project_edit.html", context, status=status)


@login_required
@require_POST
def stage(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Take a project to another stage."""
    target = Stage.objects.filter(key=key).first()
    if target is None:
        raise Missing("There is no such stage.")
    project = writable(request, code, Verb.SEE_REGISTER)
    way = transition_between(project, target)
    enter = authorise_project if way.is_authorising else advance_project
    try:
        enter(project, actor=request.user, target=target, reason=reason_of(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"{project.name}: {target.name.lower()}.")
    return redirect("project", code)


@login_required
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, code: str) -> HttpResponse:
    """Take a project to another portfolio."""
    project = writable(request, code, Verb.PROJECT_MOVE)
    start = {"portfolio": project.portfolio.code, "programme": project.programme.code if project.programme else ""}
    form = PlaceForm(request.POST if request.method == "POST" else None, user=request.user, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            move_project(project, actor=request.user, **form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, f"{project.name} lies in {form.cleaned_data['portfolio']} now.")
            return redirect("project", code)
    context = {"project": project, "form": form}
    return render(request, "portfolio/project_move.html", context, status=422 if form.errors else 200)
