"""What an administrator sets up for everybody: custom fields, the life cycle, fiscal years."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.forms import take_errors
from mainstay.core.verbs import Verb
from mainstay.portfolio.forms.setup import CustomFieldForm, FiscalYearForm, PreviewForm, StageForm, TransitionForm
from mainstay.portfolio.guards import known_guards
from mainstay.portfolio.models import CustomField, FiscalYear, Stage, Transition
from mainstay.portfolio.operations.setup import create_field, edit_field, open_year, set_stage, set_transition
from mainstay.portfolio.views.sent import version_of


def _saved(request: HttpRequest, form: BaseForm, write: Callable[..., Any], subject: Any = None) -> bool:
    """Whether the operation took what was sent; its refusal stands beside the fields otherwise."""
    if request.method != "POST" or not form.is_valid():
        return False
    version = {"expected_version": version_of(request)} if subject is not None else {}
    try:
        write(subject, actor=request.user, **version, **form.cleaned_data)
    except ValidationError as error:
        take_errors(form, error)
        return False
    return True


@login_required
@require_http_methods(["GET", "POST"])
def fields(request: HttpRequest) -> HttpResponse:
    """The fields this organisation added to projects, and the form for a new one."""
    access.require(request.user, Verb.FIELD_CREATE)
    form = CustomFieldForm(request.POST if request.method == "POST" else None)
    if _saved(request, form, create_field):
        messages.success(request, f"{form.cleaned_data['label']} is in every project, list and import now.")
        return redirect("fields")
    rows = CustomField.objects.as_of(request.as_of).order_by("position", "label")
    return render(request, "portfolio/fields.html", {"form": form, "rows": rows}, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def field(request: HttpRequest, key: str) -> HttpResponse:
    """Change, preview or retire a custom field."""
    access.require(request.user, Verb.FIELD_EDIT)
    found = CustomField.objects.filter(key=key).first()
    if found is None:
        raise Missing("There is no such field.")
    form = CustomFieldForm(request.POST if request.method == "POST" else None, instance=found)
    if _saved(request, form, edit_field, CustomField.objects.get(pk=found.pk)):
        messages.success(request, "Saved.")
        return redirect("fields")
    context = {"form": form, "field": found, "preview": PreviewForm(found)}
    return render(request, "portfolio/field.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def life_cycle(request: HttpRequest) -> HttpResponse:
    """The stages of a project's life and the ways between them."""
    access.require(request.user, Verb.STAGE_EDIT)
    form = StageForm(request.POST if request.method == "POST" else None)
    if _saved(request, form, set_stage):
        return redirect("life_cycle")
    return _life_cycle(request, form, TransitionForm(), 422 if form.errors else 200)


def _life_cycle(request: HttpRequest, form: StageForm, way_form: TransitionForm, status: int) -> HttpResponse:
    ways = Transition.objects.as_of(request.as_of).select_related("origin", "target")
    ways = ways.order_by("origin__position", "target__position")
    words = known_guards()
    shown = [(way, [words.get(name, name) for name in way.guards]) for way in ways]
    stages = Stage.objects.as_of(request.as_of).order_by("position")
    context = {"form": form, "way_form": way_form, "stages": stages, "ways": shown}
    return render(request, "portfolio/life_cycle.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def stage_edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change a stage."""
    access.require(request.user, Verb.STAGE_EDIT)
    found = Stage.objects.filter(key=key).first()
    if found is None:
        raise Missing("There is no such stage.")
    form = StageForm(request.POST if request.method == "POST" else None, instance=found)
    if _saved(request, form, set_stage, Stage.objects.get(pk=found.pk)):
        messages.success(request, "Saved.")
        return redirect("life_cycle")
    context = {"form": form, "stage": found}
    return render(request, "portfolio/stage.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def ways(request: HttpRequest) -> HttpResponse:
    """Open a way between two stages, or change the one there is."""
    access.require(request.user, Verb.TRANSITION_EDIT)
    form = TransitionForm(request.POST)
    if _saved(request, form, set_transition):
        messages.success(request, f"{form.cleaned_data['action']}: the way is open.")
        return redirect("life_cycle")
    return _life_cycle(request, StageForm(), form, 422)


@login_required
@require_http_methods(["GET", "POST"])
def way(request: HttpRequest, way_id: int) -> HttpResponse:
    """Change a way between two stages."""
    found = _way(request, way_id)
    fixed = {"origin": found.origin.key, "target": found.target.key}
    start = fixed | {name: getattr(found, name) for name in ("action", "guards", "needs_reason", "is_authorising")}
    data = request.POST.copy() if request.method == "POST" else None
    form = TransitionForm(data, initial=start)
    for name in fixed:
        form.fields[name].disabled = True
    if _saved(request, form, set_transition):
        messages.success(request, "Saved.")
        return redirect("life_cycle")
    context = {"form": form, "way": found}
    return render(request, "portfolio/way.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def way_removal(request: HttpRequest, way_id: int) -> HttpResponse:
    """Close a way between two stages."""
    found = _way(request, way_id)
    set_transition(None, actor=request.user, origin=found.origin, target=found.target, remove=True)
    messages.success(request, f"{found.action}: the way is closed.")
    return redirect("life_cycle")


def _way(request: HttpRequest, way_id: int) -> Transition:
    access.require(request.user, Verb.TRANSITION_EDIT)
    found = Transition.objects.filter(pk=way_id).select_related("origin", "target").first()
    if found is None:
        raise Missing("There is no such way between stages.")
    return found


@login_required
@require_http_methods(["GET", "POST"])
def years(request: HttpRequest) -> HttpResponse:
    """Fiscal years with their quarters, and the form that opens the next one."""
    access.require(request.user, Verb.YEAR_OPEN)
    form = FiscalYearForm(request.POST if request.method == "POST" else None)
    if _saved(request, form, open_year):
        messages.success(request, f"{form.cleaned_data['name']} is open.")
        return redirect("years")
    rows = FiscalYear.objects.order_by("start_date")
    return render(request, "portfolio/years.html", {"form": form, "rows": rows}, status=422 if form.errors else 200)
