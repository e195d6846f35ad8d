"""Pages of score models: the list, the record with its ranking, the editor."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from mainstay.core import access
from mainstay.core.errors import Stale
from mainstay.core.verbs import Verb
from mainstay.evaluation import queries
from mainstay.evaluation.conflict import Conflict, settled
from mainstay.evaluation.forms import ScoreModelForm, criteria_form
from mainstay.evaluation.judged import bypasses_of, results_of
from mainstay.evaluation.models import ScoreModel, Way
from mainstay.evaluation.offers import offered_criteria
from mainstay.evaluation.operations.models import create_model, edit_model
from mainstay.evaluation.scoring import Scored, judge, projects_to_judge
from mainstay.portfolio.models import Portfolio, Project
from mainstay.portfolio.views.sent import portfolio_chosen, version_sent

MOST_SHOWN = 200
MOST_PREVIEWED = 15
MOST_OFFERED = 500


@login_required
@require_GET
def score_models(request: HttpRequest) -> HttpResponse:
    """Every score model the person may see, and where they may write a new one."""
    models = ScoreModel.objects.as_of(request.as_of).visible_to(request.user).select_related("portfolio", "cycle")
    places = Portfolio.objects.visible_to(request.user, Verb.MODEL_CREATE) if request.as_of is None else []
    return render(request, "evaluation/score_models.html", {"models": models.order_by("name"), "places": places})


@login_required
@require_GET
def score_model(request: HttpRequest, model_id: int) -> HttpResponse:
    """A score model with its criteria and the projects it ranks."""
    model = queries.model_for(request.user, model_id, request.as_of)
    ranked = queries.ranking(request.user, model, request.as_of)
    context = {
        "model": model,
        "criteria": queries.criteria_of(model, request.as_of),
        "ranked": ranked[:MOST_SHOWN],
        "count": len(ranked),
        "outdated": sum(one.is_outdated for one in ranked),
        "without": sum(one.score.total is None for one in ranked),
        "not_eligible": sum(not one.score.is_eligible for one in ranked),
        "bypasses": queries.bypasses_for(request.user, model, request.as_of),
        "editions": queries.editions_of(model) if request.as_of is None else [],
        "has_judged": queries.criteria_of(model).filter(way=Way.JUDGED).exists(),
    }
    return render(request, "evaluation/score_model.html", context | _rights(request, model))


def _rights(request: HttpRequest, model: Any) -> dict[str, Any]:
    """What the person may do with the model today."""
    now, place = request.as_of is None, model.portfolio
    may_bypass = now and access.may(request.user, Verb.BYPASS_GRANT, place)
    rights = {
        "may_see": access.may(request.user, Verb.SEE_FIGURES, place),
        "may_edit": now and access.may(request.user, Verb.MODEL_EDIT, place),
        "may_score": now and access.may(request.user, Verb.PROJECTS_SCORE, place),
        "may_publish": now and not model.is_published and access.may(request.user, Verb.MODEL_PUBLISH, place),
        "may_judge": now and access.may(request.user, Verb.ROUND_OPEN, place),
        "may_bypass": may_bypass,
    }
    if may_bypass:
        below = Project.objects.visible_to(request.user, Verb.BYPASS_GRANT).within(place)
        rights["projects"] = below.order_by("code").values_list("code", "name")[:MOST_OFFERED]
    return rights


@login_required
@require_http_methods(["GET", "POST"])
def new_score_model(request: HttpRequest) -> HttpResponse:
    """Write down what a good project is in a portfolio."""
    portfolio = portfolio_chosen(
        request, Verb.MODEL_CREATE, "Choose a portfolio in which you may write a score model."
    )
    return _editor(request, portfolio, None)


@login_required
@require_http_methods(["GET", "POST"])
def score_model_edit(request: HttpRequest, model_id: int) -> HttpResponse:
    """Change what a score model asks."""
    model = queries.model_for(request.user, model_id)
    access.require(request.user, Verb.MODEL_EDIT, model.portfolio)
    return _editor(request, model.portfolio, model)


def _editor(request: HttpRequest, portfolio: Portfolio, model: ScoreModel | None) -> HttpResponse:
    initial = {"name": model.name, "description": model.description, "cycle": model.cycle} if model else None
    data = settled(request.POST, model) or None
    form = ScoreModelForm(data, initial=initial, portfolio=portfolio, user=request.user)
    offers = offered_criteria(request.user, portfolio)
    chosen = [offers[key] for key in request.GET.getlist("offer") if key in offers]
    criteria = criteria_form(model, data, chosen)
    context: dict[str, Any] = {"form": form, "criteria": criteria, "portfolio": portfolio, "model": model}
    context |= {"version": model.version if model else 0, "offers": [(key, offers[key]["label"]) for key in offers]}
    if request.method == "GET":
        return render(request, "evaluation/score_model_edit.html", context)
    if not (form.is_valid() & criteria.is_valid()):
        return render(request, "evaluation/score_model_edit.html", context, status=422)
    if request.POST.get("action") == "preview":
        context["preview"] = _preview(request, portfolio, model, criteria)
        return render(request, "evaluation/score_model_edit.html", context)
    return _save(request, context)


def _preview(request: HttpRequest, portfolio: Portfolio, model: ScoreModel | None, criteria: Any) -> list[Scored]:
    """How the projects would rank, with nothing saved."""
    access.require(request.user, Verb.SEE_FIGURES, portfolio)
    known = (results_of(model.pk), bypasses_of(model.pk)) if model else (None, None)
    projects = projects_to_judge(portfolio, request.user)
    scored = judge(criteria.wanted(), projects, portfolio.currency, *known)
    return sorted(scored, key=lambda one: (one.total is None, -(one.total or 0)))[:MOST_PREVIEWED]


def _save(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    model, form, criteria = context["model"], context["form"], context["criteria"]
    terms = form.cleaned_data | {"criteria": criteria.wanted(), "actor": request.user}
    try:
        if model is None:
            saved = create_model(context["portfolio"], **terms)
        else:
            saved = edit_model(model, expected_version=version_sent(request), **terms)
    except Stale as stale:
        conflict = Conflict(stale, form, criteria, model)
        context |= {"conflict": conflict, "criteria": conflict.criteria}
        return render(request, "evaluation/score_model_edit.html", context, status=stale.status)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return render(request, "evaluation/score_model_edit.html", context, status=422)
    messages.success(request, f"{saved.name} was saved; {_next_step(saved)}.")
    return redirect("score_model", saved.pk)


def _next_step(model: ScoreModel) -> str:
    if model.is_changed_since_published:
        return f"edition {model.edition} counts when it is published"
    return "score the projects to see what it says"
