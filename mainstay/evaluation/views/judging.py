"""Judging, one project after another: what waits for an evaluator, the form with its anchors, and standing aside."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.core.errors import Missing
from mainstay.evaluation import rounds
from mainstay.evaluation.operations.judgements import LONGEST, Said, give_judgements, recuse
from mainstay.evaluation.rounds import Task


@login_required
@require_GET
def judging(request: HttpRequest, round_id: int) -> HttpResponse:
    """The projects of a round that wait for the person."""
    held = rounds.round_for(request.user, round_id)
    tasks = rounds.tasks_of(request.user, held, rounds.evaluator_for(request.user, held))
    context = {
        "round": held,
        "tasks": tasks if held.is_open else [],
        "left": sum(task.is_waiting for task in tasks) if held.is_open else 0,
        "trail": [
            ("Scoring rounds", reverse("scoring_rounds")),
            (held.name, reverse("scoring_round", args=[held.pk])),
        ],
    }
    return render(request, "evaluation/judging.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def judgement(request: HttpRequest, round_id: int, code: str) -> HttpResponse:
    """One project: its criteria with their anchors in words, what the person said, and why."""
    held = rounds.round_for(request.user, round_id)
    evaluator = rounds.evaluator_for(request.user, held)
    tasks = rounds.tasks_of(request.user, held, evaluator)
    task = next((one for one in tasks if one.item.project.code == code), None)
    if task is None:
        raise Missing("This project is not judged in this turn, or it is not open to you.")
    said = _said(held, request.POST) if request.method == "POST" else {}
    error = ""
    if request.method == "POST":
        try:
            give_judgements(task.item, actor=request.user, judgements=list(said.values()))
            return _onwards(request, held, evaluator, code)
        except ValidationError as refused:
            error = " ".join(refused.messages)
    context = _card(request, held, evaluator, tasks, task, said) | {"error": error}
    return render(request, "evaluation/judgement.html", context, status=422 if error else 200)


def _said(held: Any, sent: Any) -> dict[str, Said]:
    """What was sent, by criterion; a criterion without a level is left for later."""
    said = {}
    for place, criterion in enumerate(held.criteria):
        level = sent.get(f"level-{place}", "")
        if level.isdecimal() and len(level) < 3:
            why = sent.get(f"why-{place}", "")[:LONGEST]
            said[criterion["label"]] = Said(criterion["label"], int(level), why)
    return said


def _card(
    request: HttpRequest, held: Any, evaluator: Any, tasks: list[Task], task: Task, said: dict[str, Said]
) -> dict[str, Any]:
    own = rounds.own_words(evaluator, task.item)
    place = tasks.index(task)
    return {
        "round": held,
        "task": task,
        "project": task.item.project,
        "criteria": [_asked(number, one, said, own) for number, one in enumerate(held.criteria)],
        "place": place + 1,
        "total": len(tasks),
        "done": sum(not one.is_waiting for one in tasks),
        "before": tasks[place - 1].item.project.code if place else "",
        "after": tasks[place + 1].item.project.code if place + 1 < len(tasks) else "",
        "again": held.turn > 1,
        "trail": [("Scoring rounds", reverse("scoring_rounds")), (held.name, reverse("judging", args=[held.pk]))],
    }


def _asked(number: int, criterion: dict[str, Any], said: dict[str, Said], own: dict[str, Any]) -> dict[str, Any]:
    """A criterion with its levels and what was said of it."""
    answer = said.get(criterion["label"]) or own.get(criterion["label"])
    return {
        **criterion,
        "number": number,
        "answers": list(enumerate(criterion["levels"])),
        "level": answer.level if answer else None,
        "why": answer.rationale if answer else "",
    }


def _onwards(request: HttpRequest, held: Any, evaluator: Any, code: str) -> HttpResponse:
    """To the next project that waits, else back to the list."""
    tasks = rounds.tasks_of(request.user, held, evaluator)
    codes = [task.item.project.code for task in tasks]
    here = codes.index(code)
    following = [task for task in [*tasks[here + 1 :], *tasks[:here]] if task.is_waiting]
    if not following:
        messages.success(request, "That was the last one. You can change your judgements until the round closes.")
        return redirect("judging", held.pk)
    return redirect("judgement", held.pk, following[0].item.project.code)


@login_required
@require_POST
def recusal(request: HttpRequest, round_id: int, code: str) -> HttpResponse:
    """Stand aside from judging a project."""
    held = rounds.round_for(request.user, round_id)
    evaluator = rounds.evaluator_for(request.user, held)
    item = next((one for one in rounds.items_for(request.user, held) if one.project.code == code), None)
    if item is None:
        raise Missing("This project is not in the round, or it is not open to you.")
    try:
        recuse(item, actor=request.user, conflict=request.POST.get("reason", "")[:500])
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("judgement", held.pk, code)
    messages.success(request, f"You stand aside from {item.project.name}; it is on record.")
    return _onwards(request, held, evaluator, code)
