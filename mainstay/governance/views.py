"""Pages about planning cycles."""

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
from mainstay.governance import queries
from mainstay.governance.contents import contents
from mainstay.governance.forms import CycleForm
from mainstay.governance.models import Cycle
from mainstay.governance.operations.cycles import advance_cycle, create_cycle, edit_cycle
from mainstay.portfolio.models import Portfolio
from mainstay.portfolio.views.sent import portfolio_chosen, version_sent


@login_required
@require_GET
def cycles(request: HttpRequest) -> HttpResponse:
    """Every planning cycle the person may see."""
    rows = list(queries.cycles_for(request.user, request.as_of))
    places = Portfolio.objects.visible_to(request.user, Verb.CYCLE_CREATE) if request.as_of is None else []
    return render(
        request, "governance/cycles.html", {"cycles": rows, "running": queries.running(rows), "places": places}
    )


@login_required
@require_GET
def cycle(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """A planning cycle: how far it is, its dates, and what lies in it."""
    row = queries.cycle_for(request.user, cycle_id, request.as_of)
    now = request.as_of is None
    context = {
        "cycle": row,
        "steps": queries.steps(row),
        "shelves": contents(row, request.user, request.as_of),
        "may_edit": now and access.may(request.user, Verb.CYCLE_EDIT, row.portfolio),
        "may_advance": now and access.may(request.user, Verb.CYCLE_ADVANCE, row.portfolio),
        "trail": [("Planning cycles", reverse("cycles"))],
    }
    return render(request, "governance/cycle.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def cycle_new(request: HttpRequest) -> HttpResponse:
    """Prepare a planning cycle for a portfolio."""
    portfolio = portfolio_chosen(
        request, Verb.CYCLE_CREATE, "Choose a portfolio in which you may prepare a planning cycle."
    )
    return _editor(request, Cycle(portfolio=portfolio))


@login_required
@require_http_methods(["GET", "POST"])
def cycle_edit(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """Change a planning cycle."""
    row = queries.cycle_for(request.user, cycle_id)
    access.require(request.user, Verb.CYCLE_EDIT, row.portfolio)
    return _editor(request, row)


def _editor(request: HttpRequest, row: Cycle) -> HttpResponse:
    form = CycleForm(settled(request.POST) or None, instance=row)
    context: dict[str, Any] = {"form": form, "cycle": row, "version": row.version}
    context["trail"] = [("Planning cycles", reverse("cycles"))]
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and (answer := _save(request, form, row, context)):
            return answer
    if "conflict" in context:
        status = Stale.status
    return render(request, "governance/cycle_edit.html", context, status=status)


def _save(request: HttpRequest, form: CycleForm, row: Cycle, context: dict[str, Any]) -> HttpResponse | None:
    try:
        if row.pk is None:
            saved = create_cycle(row.portfolio, actor=request.user, **form.cleaned_data)
        else:
            saved = edit_cycle(row, actor=request.user, expected_version=version_sent(request), **form.cleaned_data)
    except Stale as stale:
        context["conflict"] = Conflict(stale, form)
        return None
    except ValidationError as error:
        take_errors(form, error)
        return None
    messages.success(request, f"{saved.name} was saved.")
    return redirect("cycle", saved.pk)


@login_required
@require_POST
def cycle_state(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """Take a cycle one state on, or back with a reason."""
    row = queries.cycle_for(request.user, cycle_id)
    back = request.POST.get("way") == "back"
    try:
        saved = advance_cycle(row, actor=request.user, back=back, reason=request.POST.get("reason", ""))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("cycle", row.pk)
    messages.success(request, f"{saved.name}: {saved.state_words.lower()}.")
    return redirect("cycle", row.pk)
