"""The tab of a project: its goals, its impacts and its buckets, changed where they are shown."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from mainstay.core.verbs import Verb
from mainstay.strategy.asked import Asked
from mainstay.strategy.forms.drivers import RatingsForm
from mainstay.strategy.forms.goals import ContributionForm
from mainstay.strategy.models import Contribution
from mainstay.strategy.operations.contributions import remove_contribution, set_contribution
from mainstay.strategy.operations.drivers import Rating, rate_impacts
from mainstay.strategy.operations.mix import classify_projects
from mainstay.strategy.project_page import ProjectPage, placements_form
from mainstay.strategy.views.shared import attempt, found, project_to


@login_required
@require_GET
def project_strategy(request: HttpRequest, code: str) -> HttpResponse:
    """What a project does for the strategy; a fragment of its page or a page of its own."""
    return _page(request, code)


def _page(request: HttpRequest, code: str, **forms: Any) -> HttpResponse:
    page = ProjectPage(Asked(request), code, **forms)
    part = "#strategy" if request.htmx else ""
    return render(request, f"strategy/project.html{part}", {"page": page}, status=422 if forms else 200)


@login_required
@require_POST
def project_contributions(request: HttpRequest, code: str) -> HttpResponse:
    """Say what the project gives to a goal; a second time changes it."""
    project = project_to(request, code, Verb.CONTRIBUTION_SET)
    form = ContributionForm(request.POST, user=request.user)
    if attempt(form, lambda: set_contribution(project, actor=request.user, **form.cleaned_data)) is None:
        return _page(request, code, contribution=form)
    messages.success(request, "Saved.")
    return redirect("project_strategy", code)


@login_required
@require_POST
def contribution_removal(request: HttpRequest, contribution_id: int) -> HttpResponse:
    """Take a contribution back."""
    rows = Contribution.objects.select_related("project", "programme", "goal")
    row = found(rows, request.user, Verb.CONTRIBUTION_REMOVE, pk=contribution_id)
    remove_contribution(row, actor=request.user)
    messages.success(request, f"{row.work} contributes to {row.goal} no more.")
    if request.POST.get("from") == "project" and row.project:
        return redirect("project_strategy", row.project.code)
    return redirect("goal", row.goal.code)


@login_required
@require_POST
def project_impacts(request: HttpRequest, code: str) -> HttpResponse:
    """Rate how much the project moves each driver."""
    project = project_to(request, code, Verb.IMPACT_RATE)
    form = RatingsForm(ProjectPage(Asked(request), code).rated, request.POST)

    def act() -> int:
        told = [(one.driver.row_id, level.data, note.data) for one, level, note in form.lines]
        ratings = [Rating(project.pk, pk, level or "", note or "") for pk, level, note in told]
        return rate_impacts([project], actor=request.user, ratings=ratings)

    if attempt(form, act) is None:
        return _page(request, code, ratings=form)
    messages.success(request, "Saved.")
    return redirect("project_strategy", code)


@login_required
@require_POST
def project_placements(request: HttpRequest, code: str) -> HttpResponse:
    """Place the project in the buckets it belongs to."""
    project = project_to(request, code, Verb.PROJECTS_CLASSIFY)
    form = placements_form(ProjectPage(Asked(request), code), request.POST)

    def act() -> int:
        terms = {"actor": request.user}
        with transaction.atomic():
            return sum(classify_projects([project], classification=k, bucket=b, **terms) for k, b in form.wanted)

    if attempt(form, act) is None:
        return _page(request, code, placements=form)
    messages.success(request, "Saved.")
    return redirect("project_strategy", code)
