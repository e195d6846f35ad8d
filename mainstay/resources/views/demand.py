"""The people of a project: what it needs, who is booked, and entering what it needs."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.core.errors import Missing, Stale
from mainstay.core.forms import take_errors
from mainstay.core.sheet import Sheet, read_sheet
from mainstay.core.verbs import Verb
from mainstay.engine.basics.periods import month_after
from mainstay.portfolio.views.projects import writable
from mainstay.portfolio.views.sent import asked_for
from mainstay.resources.demand_sheet import MONTHS, UNITS, DemandSheet
from mainstay.resources.forms.demand import ReferenceForm, TemplateForm
from mainstay.resources.operations.demands import demand_state, enter_demand
from mainstay.resources.project_people import ProjectPeople
from mainstay.resources.queries.project_demand import demand_of


@login_required
@require_GET
def project_people(request: HttpRequest, code: str) -> HttpResponse:
    """The people of a project."""
    return render(request, "resources/project_people.html", {"page": ProjectPeople(request, code)})


@login_required
@require_http_methods(["GET", "POST"])
def project_demand(request: HttpRequest, code: str) -> HttpResponse:
    """Enter what a project needs, twelve months at a time; it is saved whole or not at all."""
    project = writable(request, code, Verb.DEMAND_ENTER)
    shown = _sheet(request, project)
    if request.method == "GET":
        return _page(request, project, shown, shown.sheet(is_open=True), state=demand_state(project))
    entered = read_sheet(request.POST, shown.sheet(is_open=True))
    state = request.POST.get("state", "")[:60]
    if entered.is_refused:
        return _page(request, project, shown, entered.shown(), 422, state=state)
    try:
        done = enter_demand(project, actor=request.user, entries=shown.entries(entered), expected_state=state)
    except ValidationError as error:
        told = " ".join(error.messages)
        return _page(request, project, shown, entered.shown(), 422, state=state, refused=told)
    except Stale as stale:
        now = _sheet(request, project)
        merged = entered.beside(now.sheet(is_open=True), stale.changes[0].who)
        return _page(request, project, now, merged, stale.status, state=demand_state(project), stale=stale)
    _say(request, done)
    return redirect(request.get_full_path())


@login_required
@require_POST
def project_demand_from(request: HttpRequest, code: str, source: str) -> HttpResponse:
    """Lay out demand from a template or from a reference project."""
    project = writable(request, code, Verb.DEMAND_ENTER)
    if source not in {"template", "reference"}:
        raise Missing("Demand is laid out from a template or from a reference project.")
    form = _form(request, project, source, request.POST)
    if form.is_valid():
        try:
            done = enter_demand(project, actor=request.user, entries=form.entries(), source=form.source)
        except ValidationError as error:
            take_errors(form, error)
        else:
            _say(request, done)
            return redirect("project_people", code)
    shown = _sheet(request, project)
    forms = {f"{source}_form": form}
    return _page(request, project, shown, shown.sheet(is_open=True), 422, state=demand_state(project), **forms)


def _form(request: HttpRequest, project: Any, source: str, data: Any = None) -> Any:
    start = {"first": (project.start_date or timezone.localdate()).replace(day=1)}
    if source == "template":
        return TemplateForm(data, prefix="template", initial=start)
    return ReferenceForm(data, prefix="reference", initial=start, user=request.user, project=project)


def _say(request: HttpRequest, done: int) -> None:
    told = f"{done} month{'s' * (done != 1)} of demand changed." if done else "Nothing had changed."
    messages.success(request, told)


def _sheet(request: HttpRequest, project: Any) -> DemandSheet:
    unit = asked_for(request, "unit") or "hours"
    if unit not in UNITS:
        raise Missing("Demand is entered in hours, days or full-time equivalents.")
    return DemandSheet(demand_of(project).lines, _first(request, project), unit)


def _first(request: HttpRequest, project: Any) -> date:
    """The month asked for, else that of today or of the project's start, whichever is later."""
    try:
        asked = parse_date(asked_for(request, "from")[:10])
    except ValueError:
        asked = None
    if asked is not None and 2000 <= asked.year <= 2100:
        return asked.replace(day=1)
    today = timezone.localdate()
    return max(today, project.start_date or today).replace(day=1)


def _page(
    request: HttpRequest, project: Any, shown: DemandSheet, sheet: Sheet, status: int = 200, **more: Any
) -> HttpResponse:
    forms = {f"{one}_form": _form(request, project, one) for one in ("template", "reference")}
    around = {"earlier": month_after(shown.first, -MONTHS), "later": month_after(shown.first, MONTHS)}
    context = {"project": project, "shown": shown, "sheet": sheet, "units": UNITS} | forms | around | more
    return render(request, "resources/project_demand.html", context, status=status)
