"""The business case: its page, opening and changing it, publishing, editions and what differs between them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.core.conflict import Conflict, settled
from mainstay.core.errors import Missing, Stale
from mainstay.core.forms import take_errors
from mainstay.core.operation import changes_since
from mainstay.core.verbs import Verb
from mainstay.identification.case_changes import compare
from mainstay.identification.case_content import content_of
from mainstay.identification.case_forms import AssumptionForm, CaseForm, RiskForm
from mainstay.identification.case_page import CasePage
from mainstay.identification.case_parts import may_write
from mainstay.identification.case_reading import case_for, project_with_figures, writable
from mainstay.identification.case_workbook import workbook_response
from mainstay.identification.models import BusinessCase, CaseEdition, Request
from mainstay.identification.operations.cases import edit_case, open_case, publish_case
from mainstay.portfolio.sections import tabs_of
from mainstay.portfolio.views.projects import writable as writable_project
from mainstay.portfolio.views.sent import asked_for, reason_of, version_of

NOW = "now"


@login_required
@require_GET
def case(request: HttpRequest, case_id: int) -> HttpResponse:
    """A business case, of a draft as of a project."""
    return case_page(request, case_for(request, case_id))


def case_page(request: HttpRequest, found: Any, status: int = 200, **forms: Any) -> HttpResponse:
    """The page of a case; forms that were refused are shown with what was typed."""
    page = CasePage(found, request.user, request.as_of)
    empty = {"assumption_form": AssumptionForm(user=request.user), "risk_form": RiskForm(user=request.user)}
    context = {"page": page, "case": found, "tabs": _tabs(request, found.project)} | empty | forms
    return render(request, "identification/case.html", context, status=status)


def _tabs(request: HttpRequest, project: Any) -> list[dict[str, Any]]:
    query = f"?as_of={request.GET['as_of']}" if request.as_of else ""
    return tabs_of(project, request.user, "project_case", query) if project is not None else []


@login_required
@require_GET
def project_case(request: HttpRequest, code: str) -> HttpResponse:
    """The business case of a project, or that it has none yet."""
    project = project_with_figures(request.user, code)
    rows = BusinessCase.objects.as_of(request.as_of).visible_to(request.user).filter(project=project)
    found = rows.select_related("project", "request__portfolio").first()
    if found is not None:
        return case_page(request, found)
    may_open = request.as_of is None and may_write(request.user, BusinessCase(project=project))
    context = {"project": project, "tabs": _tabs(request, project), "may_open": may_open}
    return render(request, "identification/case_none.html", context)


@login_required
@require_POST
def project_case_opening(request: HttpRequest, code: str) -> HttpResponse:
    """Begin the business case of a project."""
    project = writable_project(request, code, Verb.PROJECT_EDIT)
    return redirect("case", open_case(project, actor=request.user).pk)


@login_required
@require_POST
def request_case_opening(request: HttpRequest, code: str) -> HttpResponse:
    """Begin the business case of one's own request."""
    found = Request.objects.visible_to(request.user).filter(code=code).first()
    if found is None:
        raise Missing("There is no such request, or it is not open to you.")
    known = BusinessCase.objects.visible_to(request.user).filter(request=found).first()
    return redirect("case", (known or open_case(found, actor=request.user)).pk)


@login_required
@require_http_methods(["GET", "POST"])
def case_edit(request: HttpRequest, case_id: int) -> HttpResponse:
    """Change the words of a case or the time it looks at."""
    found = writable(request, case_id)
    form = CaseForm(settled(request.POST) if request.method == "POST" else None, instance=found)
    if request.method == "GET" or not form.is_valid():
        return _edit_page(request, form, 422 if form.errors else 200, version=found.version)
    try:
        fresh, version = writable(request, case_id), version_of(request)
        edit_case(fresh, actor=request.user, expected_version=version, **form.cleaned_data)
    except ValidationError as error:
        take_errors(form, error)
        return _edit_page(request, form, 422, version=found.version, asks=True)
    except Stale as stale:
        conflict = _conflict(request, fresh, stale, form)
        return _edit_page(request, form, stale.status, stale=stale, conflict=conflict)
    messages.success(request, "Saved.")
    return redirect("case", case_id)


def _conflict(request: HttpRequest, case: BusinessCase, stale: Stale, form: CaseForm) -> Conflict:
    """A case tells what changed in its parts, too; whose version stays is asked for what the form holds."""
    own = changes_since(case, stale.expected, request.user)
    return Conflict(Stale(case.noun, stale.expected, stale.current, own), form)


def _edit_page(request: HttpRequest, form: CaseForm, status: int, **more: Any) -> HttpResponse:
    context = {"form": form, "case": form.instance, **more}
    return render(request, "identification/case_edit.html", context, status=status)


@login_required
@require_POST
def case_publication(request: HttpRequest, case_id: int) -> HttpResponse:
    """Keep the case as an edition."""
    edition = publish_case(writable(request, case_id), actor=request.user, reason=reason_of(request))
    messages.success(request, f"Edition {edition.number} is published.")
    return redirect("case", case_id)


@login_required
@require_GET
def case_changes(request: HttpRequest, case_id: int) -> HttpResponse:
    """What differs between two editions, or between an edition and now."""
    found = case_for(request, case_id)
    editions = list(CaseEdition.objects.as_of(request.as_of).filter(case_id=found.row_id).order_by("-number"))
    one, two = asked_for(request, "from"), asked_for(request, "to") or NOW
    one = one or (str(editions[0].number) if editions else NOW)
    texts = [_content(request, found, editions, word) for word in (one, two)]
    context = {"case": found, "editions": editions, "from": one, "to": two, "differences": compare(*texts)}
    return render(request, "identification/case_changes.html", context)


def _content(request: HttpRequest, found: Any, editions: list[Any], word: str) -> dict[str, Any]:
    if word == NOW:
        return content_of(found, request.as_of)
    edition = next((one for one in editions if str(one.number) == word), None)
    if edition is None:
        raise Missing("There is no such edition of this business case.")
    return edition.content


@login_required
@require_GET
def case_export(request: HttpRequest, case_id: int) -> HttpResponse:
    """The whole case as a workbook, a sheet for each part."""
    return workbook_response(CasePage(case_for(request, case_id), request.user, request.as_of))
