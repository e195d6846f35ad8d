"""Options, assumptions and risks of a business case: added, changed, taken away."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from mainstay.core.conflict import Conflict, settled
from mainstay.core.errors import Stale
from mainstay.core.forms import take_errors
from mainstay.identification.case_forms import AssumptionForm, NewOptionForm, OptionForm, RiskForm
from mainstay.identification.case_reading import part_of, writable
from mainstay.identification.operations.assumptions import add_assumption, edit_assumption, remove_assumption
from mainstay.identification.operations.options import add_option, edit_option, remove_option
from mainstay.identification.operations.risks import add_risk, edit_risk, remove_risk
from mainstay.identification.views.case import case_page
from mainstay.portfolio.views.sent import version_of


@dataclass(frozen=True)
class Kind:
    """A kind of part: what it is called, its form, and its operations."""

    parts: str
    noun: str
    form: Callable[..., Any]
    add: Callable[..., Any]
    edit: Callable[..., Any]
    remove: Callable[..., Any]

    @property
    def removal(self) -> str:
        """The name of the address that takes one away."""
        return f"case_{self.noun}_removal"


OPTION = Kind("options", "option", OptionForm, add_option, edit_option, remove_option)
ASSUMPTION = Kind("assumptions", "assumption", AssumptionForm, add_assumption, edit_assumption, remove_assumption)
RISK = Kind("risks", "risk", RiskForm, add_risk, edit_risk, remove_risk)


def _add(request: HttpRequest, case_id: int, kind: Kind) -> HttpResponse:
    """Add a part, or show the case again with the form as it was typed."""
    case = writable(request, case_id)
    form = kind.form(request.POST, user=request.user)
    if form.is_valid():
        try:
            kind.add(case, actor=request.user, **form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        else:
            return redirect(f"{reverse('case', args=[case_id])}#{kind.parts}")
    return case_page(request, case, 422, **{f"{kind.noun}_form": form})


def _edit(request: HttpRequest, case_id: int, part_id: int, kind: Kind) -> HttpResponse:
    """The form of a part; who saves second is told and loses nothing."""
    case = writable(request, case_id)
    part = part_of(case, kind.parts, part_id)
    form = kind.form(settled(request.POST) if request.method == "POST" else None, instance=part, user=request.user)
    shown: dict[str, Any] = {"case": case, "part": part, "kind": kind, "form": form, "version": part.version}
    if request.method == "GET" or not form.is_valid():
        return render(request, "identification/case_part.html", shown, status=422 if form.errors else 200)
    try:
        fresh, version = part_of(case, kind.parts, part_id), version_of(request)
        kind.edit(fresh, actor=request.user, expected_version=version, **form.cleaned_data)
    except ValidationError as error:
        take_errors(form, error)
        return render(request, "identification/case_part.html", shown, status=422)
    except Stale as stale:
        shown["conflict"] = Conflict(stale, form)
        return render(request, "identification/case_part.html", shown, status=stale.status)
    messages.success(request, "Saved.")
    return redirect(f"{reverse('case', args=[case_id])}#{kind.parts}")


def _remove(request: HttpRequest, case_id: int, part_id: int, kind: Kind) -> HttpResponse:
    kind.remove(part_of(writable(request, case_id), kind.parts, part_id), actor=request.user)
    messages.success(request, f"The {kind.noun} is gone; the history keeps it.")
    return redirect(f"{reverse('case', args=[case_id])}#{kind.parts}")


@login_required
@require_http_methods(["GET", "POST"])
def case_option_new(request: HttpRequest, case_id: int) -> HttpResponse:
    """Add an option, empty or as a copy of another one."""
    case = writable(request, case_id)
    form = NewOptionForm(request.POST if request.method == "POST" else None, case=case)
    if request.method == "POST" and form.is_valid():
        try:
            option = add_option(case, actor=request.user, **form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        else:
            return redirect("case_lines", case_id, option.pk, "costs")
    context = {"case": case, "kind": OPTION, "form": form}
    return render(request, "identification/case_part.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def case_option(request: HttpRequest, case_id: int, part_id: int) -> HttpResponse:
    """Change an option."""
    return _edit(request, case_id, part_id, OPTION)


@login_required
@require_POST
def case_option_removal(request: HttpRequest, case_id: int, part_id: int) -> HttpResponse:
    """Take an option with its lines away."""
    return _remove(request, case_id, part_id, OPTION)


@login_required
@require_POST
def case_assumptions(request: HttpRequest, case_id: int) -> HttpResponse:
    """Add an assumption."""
    return _add(request, case_id, ASSUMPTION)


@login_required
@require_http_methods(["GET", "POST"])
def case_assumption(request: HttpRequest, case_id: int, part_id: int) -> HttpResponse:
    """Change an assumption."""
    return _edit(request, case_id, part_id, ASSUMPTION)


@login_required
@require_POST
def case_assumption_removal(request: HttpRequest, case_id: int, part_id: int) -> HttpResponse:
    """Take an assumption away."""
    return _remove(request, case_id, part_id, ASSUMPTION)


@login_required
@require_POST
def case_risks(request: HttpRequest, case_id: int) -> HttpResponse:
    """Add a risk."""
    return _add(request, case_id, RISK)


@login_required
@require_http_methods(["GET", "POST"])
def case_risk(request: HttpRequest, case_id: int, part_id: int) -> HttpResponse:
    """Change a risk."""
    return _edit(request, case_id, part_id, RISK)


@login_required
@require_POST
def case_risk_removal(request: HttpRequest, case_id: int, part_id: int) -> HttpResponse:
    """Take a risk away."""
    return _remove(request, case_id, part_id, RISK)
