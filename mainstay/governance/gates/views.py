"""Pages about gate models."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.core import access
from mainstay.core.errors import Missing, Stale
from mainstay.core.forms import take_errors, tried
from mainstay.core.verbs import Verb
from mainstay.governance.gates import queries
from mainstay.governance.gates.fields import known_fields
from mainstay.governance.gates.forms import GateForm, GateModelForm, typed
from mainstay.governance.models import GateModel
from mainstay.governance.operations.gates import create_gate_model, edit_gate_model, publish_gate_model
from mainstay.portfolio.models import Portfolio
from mainstay.portfolio.views.sent import portfolio_chosen, version_sent

NEW = "new"


@login_required
@require_GET
def gate_models(request: HttpRequest) -> HttpResponse:
    """Every gate model the person may see."""
    rows = list(queries.gate_models_for(request.user, request.as_of))
    editions = queries.editions_of(rows, request.as_of)
    listed = [(row, editions.get(row.row_id), queries.conditions_in_words(row, request.user)) for row in rows]
    places = Portfolio.objects.visible_to(request.user, Verb.GATEMODEL_CREATE) if request.as_of is None else []
    return render(request, "governance/gate_models.html", {"rows": listed, "places": places})


@login_required
@require_GET
def gate_model(request: HttpRequest, key: str) -> HttpResponse:
    """A gate model: the gates being prepared, what is in force, and the gates tried on a project."""
    row = queries.gate_model_for(request.user, key, request.as_of)
    now = request.as_of is None
    code = request.GET.get("project", "").strip()
    context: dict[str, Any] = {
        "model": row,
        "gates": queries.drafted(row),
        "stages": queries.stage_names(),
        "labels": {known.name: known.label for known in known_fields().values()},
        "edition": queries.editions_of([row], request.as_of).get(row.row_id),
        "unguarded": queries.unguarded(queries.drafted(row)),
        "words": queries.conditions_in_words(row, request.user),
        "may_edit": now and access.may(request.user, Verb.GATEMODEL_EDIT, row.portfolio),
        "may_publish": now and access.may(request.user, Verb.GATEMODEL_PUBLISH, row.portfolio),
        "trail": [("Gate models", reverse("gate_models"))],
        "code": code,
    }
    return render(request, "governance/gate_model.html", context | _tried(request, row, code))


def _tried(request: HttpRequest, row: Any, code: str) -> dict[str, Any]:
    if not code:
        return {}
    try:
        project, tried = queries.tried_on(row, request.user, code)
    except Missing as refusal:
        return {"try_error": refusal.message}
    return {"project": project, "tried": tried}


@login_required
@require_http_methods(["GET", "POST"])
def gate_model_new(request: HttpRequest) -> HttpResponse:
    """Prepare a gate model for a portfolio."""
    portfolio = portfolio_chosen(request, Verb.GATEMODEL_CREATE, "Choose a portfolio in which you may prepare gates.")
    return _editor(request, GateModel(portfolio=portfolio))


@login_required
@require_http_methods(["GET", "POST"])
def gate_model_edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change the name of a gate model and the projects it is for."""
    row = queries.gate_model_for(request.user, key)
    access.require(request.user, Verb.GATEMODEL_EDIT, row.portfolio)
    return _editor(request, row)


def _editor(request: HttpRequest, row: GateModel) -> HttpResponse:
    initial = {"name": row.name, "is_active": row.is_active, **row.applies_to}
    form, status = GateModelForm(request.POST or None, initial=initial, is_new=row.pk is None), 200
    if request.method == "POST":
        saved, status = tried(form, lambda _: _saved(request, row, form.terms))
        if saved is not None:
            messages.success(request, f"{saved.name} was saved.")
            return redirect("gate_model", saved.key)
    return render(request, "governance/gate_model_edit.html", {"form": form, "model": row}, status=status)


def _saved(request: HttpRequest, row: GateModel, terms: dict[str, Any]) -> GateModel:
    if row.pk is None:
        return create_gate_model(row.portfolio, actor=request.user, **terms)
    return edit_gate_model(row, actor=request.user, expected_version=version_sent(request), **terms)


@login_required
@require_http_methods(["GET", "POST"])
def gate(request: HttpRequest, key: str, gate: str) -> HttpResponse:
    """Change one gate of the draft, add one, or take it out."""
    row = queries.gate_model_for(request.user, key)
    access.require(request.user, Verb.GATEMODEL_EDIT, row.portfolio)
    known = next((one for one in queries.drafted(row) if one["key"] == gate), None)
    if known is None and gate != NEW:
        raise Missing("There is no such gate in this model.")
    form = GateForm(request.POST or None, initial=typed(known) if known else None)
    status = 200
    if request.method == "POST":
        status = 422
        if _keep_gate(request, row, known, form):
            return redirect("gate_model", row.key)
    context = {"form": form, "model": row, "gate": known, "version": row.version}
    return render(request, "governance/gate.html", context, status=status)


def _keep_gate(request: HttpRequest, row: GateModel, known: dict[str, Any] | None, form: GateForm) -> bool:
    """Write the draft with this gate in its place; False leaves what was typed in the form."""
    gates = [one for one in queries.drafted(row) if one is not known]
    if "remove" not in request.POST:
        if not form.is_valid():
            return False
        place = queries.drafted(row).index(known) if known else len(gates)
        gates.insert(place, form.gate | ({"key": known["key"]} if known else _key_of(form, gates)))
    try:
        edit_gate_model(row, actor=request.user, expected_version=version_sent(request), draft={"gates": gates})
    except ValidationError as error:
        take_errors(form, error)
        return False
    except Stale as stale:
        form.add_error(None, stale.message)
        return False
    return True


def _key_of(form: GateForm, gates: list[dict[str, Any]]) -> dict[str, str]:
    """A key of its own: the stage it leads to, with a number where another gate has that."""
    target, taken = form.cleaned_data["target"], {one["key"] for one in gates}
    names = [target, *(f"{target[:36]}-{number}" for number in range(2, len(gates) + 3))]
    return {"key": next(name for name in names if name not in taken)}


@login_required
@require_POST
def gate_model_publish(request: HttpRequest, key: str) -> HttpResponse:
    """Put the gates being prepared into force."""
    row = queries.gate_model_for(request.user, key)
    try:
        edition = publish_gate_model(row, actor=request.user, note=request.POST.get("note", "")[:300])
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"{edition} is in force.")
    return redirect("gate_model", row.key)
