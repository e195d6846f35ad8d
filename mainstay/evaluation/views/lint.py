"""The check of a score model, as a part of its page and as a page of its own."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb
from mainstay.evaluation import queries
from mainstay.evaluation.ranking.lint import Check


@login_required
@require_GET
def score_model_check(request: HttpRequest, model_id: int) -> HttpResponse:
    """What is wrong with a score model, in sentences with figures."""
    model = queries.model_for(request.user, model_id, request.as_of)
    if not access.may(request.user, Verb.SEE_FIGURES, model.portfolio):
        raise Missing("The check rests on scores, and they are open to those who may see business-case figures.")
    context = {"model": model, "check": Check(request.user, model, request.as_of)}
    return render(request, f"evaluation/lint.html{'#check' if request.htmx else ''}", context)
