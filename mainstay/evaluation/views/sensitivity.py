"""How firmly a ranking stands, weights to be tried out, and what other weights would change before they are saved."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.rank_moves import read_amount
from mainstay.core.verbs import Verb
from mainstay.evaluation import queries
from mainstay.evaluation.effect import effect_of
from mainstay.evaluation.operations.models import edit_model
from mainstay.evaluation.ranking.sensitivity import USUAL_PLACES, Firmness
from mainstay.evaluation.ranking.weights import key_of, reweighed, sent_weights, weighing_of
from mainstay.evaluation.views.ranking import chosen_model, models_of, reader

MOST_MOVES = 50


@login_required
@require_GET
def sensitivity(request: HttpRequest) -> HttpResponse:
    """How far each weight may move, and what it takes for a project to cross the line."""
    reader(request)
    models = models_of(request)
    model = chosen_model(request, models)
    if model is None:
        return render(request, "evaluation/sensitivity.html", {"models": models})
    firm = _firmness(request, model)
    context = {"models": models, "model": model, "firm": firm, "limits": _limits(firm)}
    context["limited"] = firm.limit.key if firm.limit else "cost"
    if len(firm.projects) > 1 and firm.criteria:
        context |= _picture(request, firm)
    return render(request, "evaluation/sensitivity.html", context)


def _firmness(request: HttpRequest, model: Any) -> Firmness:
    asked = request.GET
    text = asked.get("cut", "")
    places = int(text) if text.isdecimal() and len(text) < 6 else USUAL_PLACES
    budget = read_amount(asked["budget"]) if asked.get("line") == "budget" and asked.get("budget") else None
    limit = asked.get("limit") or "cost"
    return Firmness(request.user, model, request.as_of, places=places, budget=budget, limit=limit)


def _limits(firm: Firmness) -> list[Any]:
    return [measure for measure in firm.measures.known.values() if measure.adds_up]


def _picture(request: HttpRequest, firm: Firmness) -> dict[str, Any]:
    """Sliders, the chosen project and what crosses the line."""
    may_edit = request.as_of is None and access.may(request.user, Verb.MODEL_EDIT, firm.model.portfolio)
    action = reverse("sensitivity_weights", args=[firm.model.row_id]) if may_edit else ""
    query = f"?as_of={request.GET['as_of']}" if request.as_of else ""
    row = firm.place_of(request.GET.get("project", ""))
    if row is None:
        raise Missing("This project has no place in the ranking, or it is not open to you.")
    return {
        "weighing": weighing_of(firm, action, query),
        "chosen": firm.projects[row],
        "is_in": firm.is_in[row],
        "figure": firm.tornado(row),
        "flips": firm.flips(row),
    }


@login_required
@require_POST
def sensitivity_weights(request: HttpRequest, model_id: int) -> HttpResponse:
    """What other weights would change; with a reason, they are saved."""
    model = queries.model_for(request.user, model_id)
    access.require(request.user, Verb.MODEL_EDIT, model.portfolio)
    access.require(request.user, Verb.SEE_FIGURES, model.portfolio)
    criteria = list(queries.criteria_of(model))
    weighed = [row for row in criteria if row.weight > 0]
    try:
        weights = sent_weights(request.POST, weighed)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(f"{reverse('sensitivity')}?model={model.pk}")
    reason = request.POST.get("reason", "").strip()
    errors = []
    if "reason" in request.POST and not (errors := _save(request, model, criteria, weights, reason)):
        return redirect("score_model", model.pk)
    context = _effect(request, model, weighed, weights) | {"reason": reason, "errors": errors}
    return render(request, "evaluation/sensitivity_weights.html", context, status=422 if errors else 200)


def _save(
    request: HttpRequest, model: Any, criteria: list[Any], weights: dict[str, Decimal], reason: str
) -> list[str]:
    """Saves the weights; gives what is wrong."""
    if not reason:
        return ["Say why these weights shall count."]
    text = request.POST.get("expected_version", "")
    version = int(text) if text.isdecimal() and len(text) < 10 else model.version
    try:
        saved = edit_model(
            model,
            actor=request.user,
            criteria=reweighed(criteria, weights),
            expected_version=version,
            reason=reason[:500],
        )
    except ValidationError as error:
        return error.messages
    then = "publish it, and it counts" if saved.is_changed_since_published else "score the projects to rank by it"
    messages.success(request, f"The weights are edition {saved.edition} of {saved.name}; {then}.")
    return []


def _effect(request: HttpRequest, model: Any, weighed: list[Any], weights: dict[str, Decimal]) -> dict[str, Any]:
    moves = effect_of(request.user, model, weights)
    return {
        "model": model,
        "version": request.POST.get("expected_version", model.version),
        "lines": [(key_of(row), row.label, row.weight, weights[row.label]) for row in weighed],
        "moves": moves[:MOST_MOVES],
        "count": len(moves),
        "moved": sum(bool(one.moved) for one in moves),
        "crossing": [one for one in moves if one.crosses],
    }
