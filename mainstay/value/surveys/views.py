"""Pages of surveys: what customers of a project said, a new survey, one of them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.forms import tried
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Project
from mainstay.portfolio.sections import tabs_of
from mainstay.portfolio.views.projects import writable
from mainstay.portfolio.views.sent import version_sent
from mainstay.value.models import Survey
from mainstay.value.operations import correct_survey, record_survey, remove_survey
from mainstay.value.surveys.forms import SurveyForm
from mainstay.value.surveys.queries import measured, said_of, surveys_for


def survey_for(user: Any, pk: int) -> Survey:
    """A survey the person may see."""
    row = surveys_for(user).filter(pk=pk).first()
    if row is None:
        raise Missing("There is no such survey, or it is not open to you.")
    return row


@login_required
@require_GET
def project_surveys(request: HttpRequest, code: str) -> HttpResponse:
    """What customers of a project said before and after."""
    row = Project.objects.as_of(request.as_of).visible_to(request.user).filter(code=code).first()
    if row is None:
        raise Missing("There is no such project, or it is not open to you.")
    current = Project.objects.get(pk=row.row_id)
    rows = list(surveys_for(request.user, request.as_of).filter(project_id=row.row_id))
    as_of = f"?as_of={request.GET['as_of']}" if request.as_of else ""
    may = {name: request.as_of is None and access.may(request.user, verb, current) for name, verb in MAY.items()}
    context = {
        "project": row,
        "tabs": tabs_of(current, request.user, "project_surveys", as_of),
        "said": said_of(rows),
        "lines": [(one, measured(one.question, one.counts)) for one in rows],
    }
    return render(request, "value/project_surveys.html", context | may)


MAY = {"may_record": Verb.SURVEY_RECORD, "may_correct": Verb.SURVEY_CORRECT}


@login_required
@require_http_methods(["GET", "POST"])
def survey_new(request: HttpRequest, code: str) -> HttpResponse:
    """Write down what customers answered."""
    project, status = writable(request, code, Verb.SURVEY_RECORD), 200
    form = SurveyForm(request.POST or None, instance=Survey(project=project))
    if request.method == "POST":
        made, status = tried(form, lambda sent: record_survey(project, actor=request.user, **sent))
        if made is not None:
            messages.success(request, "The survey was recorded.")
            return redirect("project_surveys", code)
    return render(request, "value/survey_form.html", {"project": project, "form": form}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def survey_edit(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Correct a survey."""
    row, status = survey_for(request.user, survey_id), 200
    access.require(request.user, Verb.SURVEY_CORRECT, row.project)
    form = SurveyForm(request.POST or None, instance=row)
    if request.method == "POST":
        version = version_sent(request)
        done, status = tried(
            form, lambda sent: correct_survey(row, actor=request.user, expected_version=version, **sent)
        )
        if done is not None:
            messages.success(request, "The survey was corrected.")
            return redirect("project_surveys", row.project.code)
        row = survey_for(request.user, survey_id)
    context = {"project": row.project, "form": form, "survey": row}
    return render(request, "value/survey_form.html", context, status=status)


@login_required
@require_POST
def survey_removal(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Take away a survey that was recorded by mistake."""
    row = survey_for(request.user, survey_id)
    remove_survey(row, actor=request.user)
    messages.success(request, "The survey was removed; its history stays.")
    return redirect("project_surveys", row.project.code)
