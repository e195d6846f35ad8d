"""Scoring the projects of a model, publishing it, what must be done anyhow, and the scorecards of a project."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb
from mainstay.evaluation import queries
from mainstay.evaluation.models import Bypass
from mainstay.evaluation.operations.models import grant_bypass, lift_bypass, publish_model
from mainstay.evaluation.operations.scores import score_projects
from mainstay.portfolio.models import Project
from mainstay.portfolio.sections import tabs_of
from mainstay.portfolio.views.sent import version_sent


@login_required
@require_POST
def scores(request: HttpRequest, model_id: int) -> HttpResponse:
    """Score every project under the model."""
    model = queries.model_for(request.user, model_id)
    changed = score_projects(model, actor=request.user)
    word = "score" if changed == 1 else "scores"
    messages.success(request, f"{changed} {word} changed." if changed else "Every score was up to date.")
    return redirect("score_model", model.pk)


@login_required
@require_POST
def model_publication(request: HttpRequest, model_id: int) -> HttpResponse:
    """Publish the criteria as they stand now."""
    model = queries.model_for(request.user, model_id)
    version = version_sent(request) or None
    try:
        saved = publish_model(
            model, actor=request.user, note=request.POST.get("reason", ""), expected_version=version
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("score_model", model.pk)
    messages.success(request, f"Edition {saved.edition} of {saved.name} is published.")
    return redirect("score_model", saved.pk)


@login_required
@require_POST
def bypasses(request: HttpRequest, model_id: int) -> HttpResponse:
    """Say that a project must be done whatever it scores."""
    model = queries.model_for(request.user, model_id)
    access.require(request.user, Verb.BYPASS_GRANT, model.portfolio)
    code = request.POST.get("project", "").strip()
    project = Project.objects.visible_to(request.user).within(model.portfolio).filter(code=code).first()
    if project is None:
        messages.error(request, "Choose the project that must be done.")
        return redirect("score_model", model.pk)
    try:
        grant_bypass(project, actor=request.user, model=model, reason=request.POST.get("reason", ""))
        messages.success(request, f"{project.name} must be done; it stands first whatever it scores.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("score_model", model.pk)


@login_required
@require_POST
def bypass_removal(request: HttpRequest, model_id: int, bypass_id: int) -> HttpResponse:
    """Let a project be ranked by its score again."""
    model = queries.model_for(request.user, model_id)
    bypass = Bypass.objects.visible_to(request.user).filter(pk=bypass_id, model=model).first()
    if bypass is None:
        raise Missing("There is nothing here, or it is not open to you.")
    lift_bypass(bypass, actor=request.user, reason=request.POST.get("reason", ""))
    messages.success(request, f"{bypass.project.name} is ranked by its score again.")
    return redirect("score_model", model.pk)


@login_required
@require_GET
def project_scores(request: HttpRequest, code: str) -> HttpResponse:
    """What a project scores under each model, part by part; a fragment of its page or a page of its own."""
    project, found = queries.scores_of(request.user, code, request.as_of)
    part = "#scores" if request.htmx else ""
    query = f"?as_of={request.GET['as_of']}" if request.as_of else ""
    tabs = tabs_of(project, request.user, "project_scores", query)
    context = {"project": project, "scores": found, "tabs": tabs}
    return render(request, f"evaluation/project_scores.html{part}", context)
