"""Pages of evaluation: score models, their editor, the scored list, and the scores of a project."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.core import access
from mainstay.core.errors import Missing, Stale
from mainstay.core.verbs import Verb
from mainstay.evaluation import queries
from mainstay.evaluation.forms import ScoreModelForm, criteria_form
from mainstay.evaluation.models import ScoreModel
from mainstay.evaluation.operations.models import create_model, edit_model
from mainstay.evaluation.operations.scores import score_projects
from mainstay.evaluation.scoring import Scored, judge, projects_to_judge
from mainstay.portfolio.models import Portfolio
from mainstay.portfolio.sections import tabs_of

MOST_SHOWN = 200
MOST_PREVIEWED = 15


@login_required
@require_GET
def score_models(request: HttpRequest) -> HttpResponse:
    """Every score model the person may see, and where they may write a new one."""
    models = ScoreModel.objects.as_of(request.as_of).visible_to(request.user).select_related("portfolio")
    places = Portfolio.objects.visible_to(request.user, Verb.MODEL_CREATE) if request.as_of is None else []
    return render(request, "evaluation/score_models.html", {"models": models.order_by("name"), "places": places})


@login_required
@require_GET
def score_model(request: HttpRequest, model_id: int) -> HttpResponse:
    """A score model with its criteria and the projects it ranks."""
    model = queries.model_for(request.user, model_id, request.as_of)
    may_see = access.may(request.user, Verb.SEE_FIGURES, model.portfolio)
    ranked = queries.ranking(request.user, model, request.as_of)
    context = {
        "model": model,
        "criteria": queries.criteria_of(model, request.as_of),
        "ranked": ranked[:MOST_SHOWN],
        "count": len(ranked),
        "outdated": sum(one.is_outdated for one in ranked),
        "without": sum(one.score.total is None for one in ranked),
        "may_see": may_see,
        "may_edit": request.as_of is None and access.may(request.user, Verb.MODEL_EDIT, model.portfolio),
        "may_score": request.as_of is None and access.may(request.user, Verb.PROJECTS_SCORE, model.portfolio),
    }
    return render(request, "evaluation/score_model.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new_score_model(request: HttpRequest) -> HttpResponse:
    """Write down what a good project is in a portfolio."""
    code = request.POST.get("portfolio") or request.GET.get("portfolio", "")
    portfolio = Portfolio.objects.visible_to(request.user, Verb.MODEL_CREATE).filter(code=code).first()
    if portfolio is None:
        raise Missing("Choose a portfolio in which you may write a score model.")
    return _editor(request, portfolio, None)


@login_required
@require_http_methods(["GET", "POST"])
def score_model_edit(request: HttpRequest, model_id: int) -> HttpResponse:
    """Change what a score model asks."""
    model = queries.model_for(request.user, model_id)
    access.require(request.user, Verb.MODEL_EDIT, model.portfolio)
    return _editor(request, model.portfolio, model)


def _editor(request: HttpRequest, portfolio: Portfolio, model: ScoreModel | None) -> HttpResponse:
    initial = {"name": model.name, "description": model.description} if model else None
    form = ScoreModelForm(request.POST or None, initial=initial)
    criteria = criteria_form(model, request.POST or None)
    context: dict[str, Any] = {"form": form, "criteria": criteria, "portfolio": portfolio, "model": model}
    context["version"] = model.version if model else 0
    if request.method == "GET":
        return render(request, "evaluation/score_model_edit.html", context)
    if not (form.is_valid() & criteria.is_valid()):
        return render(request, "evaluation/score_model_edit.html", context, status=422)
    if request.POST.get("action") == "preview":
        context["preview"] = _preview(request, portfolio, criteria)
        return render(request, "evaluation/score_model_edit.html", context)
    return _save(request, context)


def _preview(request: HttpRequest, portfolio: Portfolio, criteria: Any) -> list[Scored]:
    """How the projects would rank, with nothing saved."""
    access.require(request.user, Verb.SEE_FIGURES, portfolio)
    scored = judge(criteria.wanted(), projects_to_judge(portfolio, request.user), portfolio.currency)
    return sorted(scored, key=lambda one: (one.total is None, -(one.total or 0)))[:MOST_PREVIEWED]


def _save(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    model, form, criteria = context["model"], context["form"], context["criteria"]
    terms = form.cleaned_data | {"criteria": criteria.wanted(), "actor": request.user}
    try:
        if model is None:
            saved = create_model(context["portfolio"], **terms)
        else:
            saved = edit_model(model, expected_version=_version(request), **terms)
    except Stale as stale:
        context |= {"stale": stale, "version": stale.current}
        return render(request, "evaluation/score_model_edit.html", context, status=stale.status)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return render(request, "evaluation/score_model_edit.html", context, status=422)
    messages.success(request, f"{saved.name} was saved; score the projects to see what it says.")
    return redirect("score_model", saved.pk)


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdigit() and len(text) < 10 else 0


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
@require_GET
def project_scores(request: HttpRequest, code: str) -> HttpResponse:
    """What a project scores under each model, part by part; a fragment of its page or a page of its own."""
    project, scores = queries.scores_of(request.user, code, request.as_of)
    part = "#scores" if request.htmx else ""
    query = f"?as_of={request.GET['as_of']}" if request.as_of else ""
    tabs = tabs_of(project, request.user, "project_scores", query)
    context = {"project": project, "scores": scores, "tabs": tabs}
    return render(request, f"evaluation/project_scores.html{part}", context)
