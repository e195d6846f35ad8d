"""Pages about gates: those that wait, those of a project, and one review."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.authorisation.gates import queries
from mainstay.authorisation.gates.forms import VerdictForm, answers_in
from mainstay.authorisation.gates.operations import answer_gate, decide_gate, gate_of, open_gate
from mainstay.authorisation.gates.standing import standings
from mainstay.core import access
from mainstay.core.errors import Impossible, Missing, Stale
from mainstay.core.forms import take_errors
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Stage
from mainstay.portfolio.sections import tabs_of
from mainstay.portfolio.views.sent import version_sent


@login_required
@require_GET
def gates(request: HttpRequest) -> HttpResponse:
    """The gates that wait for a decision."""
    rows = queries.queue(request.user, request.as_of)
    return render(request, "authorisation/gates.html", {"rows": rows})


@login_required
@require_GET
def project_gates(request: HttpRequest, code: str) -> HttpResponse:
    """The gates of a project; a fragment of its page or a page of its own."""
    project = queries.project_for(request.user, code, request.as_of)
    rows = standings(project, request.as_of)
    as_of = f"?as_of={request.GET['as_of']}" if request.as_of else ""
    context = {
        "project": project,
        "rows": rows,
        "passed": sum(row.is_passed for row in rows),
        "may_open": request.as_of is None and access.may(request.user, Verb.GATE_OPEN, project),
        "tabs": tabs_of(project, request.user, "project_gates", as_of),
    }
    part = "#gates" if request.htmx else ""
    return render(request, f"authorisation/project_gates.html{part}", context)


@login_required
@require_POST
def gate_open(request: HttpRequest, code: str) -> HttpResponse:
    """Bring a project before a gate."""
    project = queries.project_for(request.user, code)
    target = Stage.objects.filter(key=request.POST.get("target", "")).first()
    if target is None:
        raise Missing("There is no such stage.")
    review = open_gate(project, actor=request.user, target=target)
    messages.success(request, "The gate is open: answer what it asks, then it waits for the decision.")
    return redirect("gate_review", review.pk)


@login_required
@require_http_methods(["GET", "POST"])
def gate_review(request: HttpRequest, review_id: int) -> HttpResponse:
    """What a gate asks, what the project has to show, and the verdict; POST keeps the answers."""
    review = queries.review_for(request.user, review_id, request.as_of)
    error, status = "", 200
    if request.method == "POST":
        access.require(request.user, Verb.GATE_ANSWER, review.project)
        answers = answers_in(request.POST, gate_of(review))
        error, status = _answer(request, review, answers)
        if not error:
            messages.success(request, "The answers were saved.")
            return redirect("gate_review", review.pk)
        review.answers = answers
    return _page(request, review, VerdictForm(), error, status)


def _answer(request: HttpRequest, review: Any, answers: dict[str, Any]) -> tuple[str, int]:
    try:
        answer_gate(review, actor=request.user, answers=answers, expected_version=version_sent(request))
    except ValidationError as error:
        return " ".join(error.messages), 422
    except Stale as stale:
        return stale.message, Stale.status
    return "", 200


@login_required
@require_POST
def gate_verdict(request: HttpRequest, review_id: int) -> HttpResponse:
    """Decide at a gate."""
    review = queries.review_for(request.user, review_id)
    access.require(request.user, Verb.GATE_DECIDE, review.project)
    form, status = VerdictForm(request.POST), 422
    if form.is_valid():
        try:
            decide_gate(review, actor=request.user, expected_version=version_sent(request), **form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        except (Impossible, Stale) as refusal:
            form.add_error(None, refusal.message)
            status = refusal.status
        else:
            messages.success(request, "The verdict is on record.")
            return redirect("gate_review", review.pk)
    return _page(request, review, form, "", status)


def _page(request: HttpRequest, review: Any, form: VerdictForm, error: str, status: int) -> HttpResponse:
    can = review.is_open and request.as_of is None
    context = {
        "review": review,
        "paper": queries.paper(review, request.user),
        "form": form,
        "error": error,
        "may_answer": can and access.may(request.user, Verb.GATE_ANSWER, review.project),
        "may_decide": can and access.may(request.user, Verb.GATE_DECIDE, review.project),
        "conditions": queries.conditions_of(review, request.user, request.as_of),
        "trail": [("Gates", reverse("gates")), (review.project.name, reverse("project", args=[review.project.code]))],
    }
    return render(request, "authorisation/gate_review.html", context, status=status)
