"""The matrix of any two measures."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from mainstay.charts.matrix import HINT
from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb
from mainstay.evaluation.ranking.asked import PIPELINE
from mainstay.evaluation.ranking.matrix import Matrix, Question
from mainstay.evaluation.ranking.standing import IN_PLAY
from mainstay.evaluation.views.ranking import chosen_model, models_of, reader
from mainstay.portfolio.models import Portfolio, Stage

ON_A_PAGE = 50


@login_required
@require_GET
def matrix(request: HttpRequest) -> HttpResponse:
    """Projects by any two measures, with size and colour by choice."""
    reader(request)
    models = models_of(request)
    model = chosen_model(request, models)
    places = Portfolio.objects.as_of(request.as_of).visible_to(request.user, Verb.SEE_FIGURES).order_by("path")
    portfolio = _portfolio(request, places)
    found = Matrix(request.user, _question(request), model, portfolio, request.as_of)
    context = {"models": models, "model": model, "places": places, "portfolio": portfolio, "matrix": found}
    stages = Stage.objects.filter(phase__in=IN_PLAY).order_by("position").values_list("key", "name")
    context |= {"stages": [(PIPELINE, "Proposals"), *stages], "hint": HINT}
    context["page"] = Paginator(found.spots, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "evaluation/matrix.html", context)


def _question(request: HttpRequest) -> Question:
    asked = {name: request.GET[name] for name in ("x", "y", "size", "group", "stage") if name in request.GET}
    asked["group"] = asked.get("group") or "theme"
    return Question(**asked)


def _portfolio(request: HttpRequest, places: Any) -> Any:
    """The portfolio asked for, else the topmost one; None for everything."""
    code = request.GET.get("portfolio")
    if code == "all":
        return None
    found = places.filter(code=code[:40]).first() if code else places.first()
    if code and found is None:
        raise Missing("There is no such portfolio, or it is not open to you.")
    return found
