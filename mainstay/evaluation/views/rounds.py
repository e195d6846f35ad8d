"""Pages of scoring rounds for those who moderate them and for everybody invited."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.core import access
from mainstay.core.conflict import Conflict, settled
from mainstay.core.errors import Stale
from mainstay.core.forms import take_errors
from mainstay.core.verbs import Verb
from mainstay.evaluation import rounds
from mainstay.evaluation.forms.rounds import NewRoundForm, RoundForm
from mainstay.evaluation.models import Recusal, RoundState, ScoreModel, Way
from mainstay.evaluation.operations.rounds import close_round, edit_round, finish_round, open_round, repeat_round
from mainstay.evaluation.outcome import Outcome, note_for
from mainstay.evaluation.pictures import dispersion_of
from mainstay.evaluation.queries import model_for
from mainstay.portfolio.views.sent import version_sent

TRAIL = "Scoring rounds"


@login_required
@require_GET
def scoring_rounds(request: HttpRequest) -> HttpResponse:
    """Every scoring round the person moderates or is invited to, with what waits for them."""
    rows = list(rounds.rounds_for(request.user, request.as_of))
    now = request.as_of is None
    models = ScoreModel.objects.visible_to(request.user, Verb.ROUND_OPEN).filter(criteria__way=Way.JUDGED).distinct()
    context = {
        "rounds": rows,
        "waiting": rounds.waiting_for(request.user) if now else [],
        "models": models.order_by("name") if now else [],
    }
    return render(request, "evaluation/scoring_rounds.html", context)


@login_required
@require_GET
def scoring_round(request: HttpRequest, round_id: int) -> HttpResponse:
    """A scoring round: while it is open how far people are, once it is closed what they said."""
    held = rounds.round_for(request.user, round_id, request.as_of)
    items = rounds.items_for(request.user, held)
    outcome = Outcome(held, items)
    shows_names = rounds.may_see_names(request.user, held)
    evaluator = rounds.invited(request.user, held)
    context: dict[str, Any] = {
        "round": held,
        "items": items,
        "outcome": None if outcome.is_empty else outcome,
        "shows_names": shows_names,
        "progress": rounds.progress_of(held) if request.as_of is None else [],
        "tasks": rounds.tasks_of(request.user, held, evaluator) if evaluator and held.is_open else [],
        "evaluator": evaluator,
        "note": note_for(held, request.user),
        "recusals": _recusals(request, held),
        "recused": outcome.recusals(),
        "trail": [(TRAIL, reverse("scoring_rounds"))],
    }
    return render(
        request, "evaluation/scoring_round.html", context | _told(context, outcome) | _rights(request, held)
    )


def _told(context: dict[str, Any], outcome: Outcome) -> dict[str, Any]:
    """What the closed turns came to."""
    if outcome.is_empty:
        return {}
    shown = {item.pk for item in outcome.shown}
    apart = [item for item in outcome.items_apart() if item.pk in shown]
    cells = outcome.cells()
    return {
        "cells": cells,
        "apart": apart,
        "discussions": [dispersion_of(outcome, item, context["shows_names"]) for item in apart],
        "concordance": outcome.concordance(),
        "criteria": [_agreement(*one) for one in outcome.by_criterion()],
    }


def _agreement(label: str, pooled: Any, place: int) -> dict[str, Any]:
    return {
        "label": label,
        "mean": pooled.mean[place],
        "deviation": pooled.deviation[place],
        "variation": pooled.variation[place],
        "within": bool(pooled.within_target[place]),
    }


def _recusals(request: HttpRequest, held: Any) -> Any:
    rows = Recusal.objects.as_of(request.as_of).visible_to(request.user).filter(evaluator__round_id=held.row_id)
    return rows.select_related("evaluator__person", "item__project").order_by("item__project__code")


def _rights(request: HttpRequest, held: Any) -> dict[str, bool]:
    now = request.as_of is None
    closed = held.state == RoundState.CLOSED
    may = {name: now and access.may(request.user, verb, held.portfolio) for name, verb in _VERBS.items()}
    return {
        "may_edit": may["edit"] and held.state != RoundState.FINISHED,
        "may_close": may["close"] and held.is_open,
        "may_repeat": may["repeat"] and closed,
        "may_finish": may["finish"] and closed,
    }


_VERBS = {
    "edit": Verb.ROUND_EDIT,
    "close": Verb.ROUND_CLOSE,
    "repeat": Verb.ROUND_REPEAT,
    "finish": Verb.ROUND_FINISH,
}


@login_required
@require_http_methods(["GET", "POST"])
def scoring_round_new(request: HttpRequest, model_id: int) -> HttpResponse:
    """Invite people to judge projects by a score model."""
    model = model_for(request.user, model_id)
    access.require(request.user, Verb.ROUND_OPEN, model.portfolio)
    form = NewRoundForm(request.POST or None, user=request.user, model=model)
    if request.method == "POST" and form.is_valid():
        try:
            held = open_round(model, actor=request.user, **form.cleaned_data)
            messages.success(request, _invited_words(held))
            return redirect("scoring_round", held.pk)
        except ValidationError as error:
            take_errors(form, error)
    context = {"form": form, "model": model, "trail": [(TRAIL, reverse("scoring_rounds"))]}
    return render(request, "evaluation/scoring_round_edit.html", context, status=422 if form.errors else 200)


def _invited_words(held: Any) -> str:
    """How many are invited, and who was let in to which projects for it."""
    evaluators = list(held.evaluators.select_related("person"))
    words = f"{len(evaluators)} {'person is' if len(evaluators) == 1 else 'people are'} invited to {held.name}."
    let_in = [f"{row.person} ({', '.join(row.gained)})" for row in evaluators if row.gained]
    return f"{words} Let in as evaluators: {'; '.join(let_in)}." if let_in else words


@login_required
@require_http_methods(["GET", "POST"])
def scoring_round_edit(request: HttpRequest, round_id: int) -> HttpResponse:
    """Change a round's name, day, tolerance or people."""
    held = rounds.round_for(request.user, round_id)
    access.require(request.user, Verb.ROUND_EDIT, held.portfolio)
    initial = {name: getattr(held, name) for name in ("name", "note", "due_date", "tolerance", "combined")}
    initial["evaluators"] = list(held.evaluators.values_list("person_id", flat=True))
    data = settled(request.POST) if request.method == "POST" else None
    form = RoundForm(data, user=request.user, portfolio=held.portfolio, initial=initial)
    context: dict[str, Any] = {"form": form, "round": held, "version": request.POST.get("version", held.version)}
    context["trail"] = [(TRAIL, reverse("scoring_rounds")), (held.name, reverse("scoring_round", args=[held.pk]))]
    if request.method == "POST" and form.is_valid() and (answer := _save(request, held, form, context)):
        return answer
    status = Stale.status if "conflict" in context else 422 if form.errors else 200
    return render(request, "evaluation/scoring_round_edit.html", context, status=status)


def _save(request: HttpRequest, held: Any, form: RoundForm, context: dict[str, Any]) -> HttpResponse | None:
    try:
        saved = edit_round(held, actor=request.user, expected_version=version_sent(request), **form.cleaned_data)
    except Stale as stale:
        conflict = Conflict(stale, form)
        context |= {"conflict": conflict, "version": conflict.version}
        return None
    except ValidationError as error:
        take_errors(form, error)
        return None
    messages.success(request, f"{saved.name} was saved.")
    return redirect("scoring_round", saved.pk)


@login_required
@require_POST
def scoring_round_closing(request: HttpRequest, round_id: int) -> HttpResponse:
    """Close a round."""
    held = close_round(rounds.round_for(request.user, round_id), actor=request.user)
    messages.success(request, f"{held.name} is closed; judgements can be told now.")
    return redirect("scoring_round", held.pk)


@login_required
@require_POST
def scoring_round_repetition(request: HttpRequest, round_id: int) -> HttpResponse:
    """Judge again what lies too far apart."""
    held = repeat_round(rounds.round_for(request.user, round_id), actor=request.user)
    again = held.items.filter(turn=held.turn).count()
    messages.success(request, f"{again} {'project is' if again == 1 else 'projects are'} judged again.")
    return redirect("scoring_round", held.pk)


@login_required
@require_POST
def scoring_round_finish(request: HttpRequest, round_id: int) -> HttpResponse:
    """Keep the result and let it count."""
    held = finish_round(rounds.round_for(request.user, round_id), actor=request.user)
    messages.success(request, f"{held.name} is finished; its result counts in the scores of {held.model.name}.")
    return redirect("scoring_round", held.pk)
