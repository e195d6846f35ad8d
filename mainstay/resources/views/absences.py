"""When people are away: recorded by hand or brought in from a calendar file."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from mainstay.core.verbs import Verb
from mainstay.portfolio.views.sent import version_of
from mainstay.resources.calendar_events import LARGEST_FILE, BadCalendar
from mainstay.resources.calendar_file import read_for
from mainstay.resources.forms.absences import AbsenceForm, CalendarFileForm
from mainstay.resources.models import Absence
from mainstay.resources.operations.absences import edit_absence, import_absences, record_absence, remove_absence
from mainstay.resources.views.people import person_page
from mainstay.resources.views.shared import attempt, data_of, edited, found, resource_to


@login_required
@require_POST
def absences(request: HttpRequest, key: str) -> HttpResponse:
    """Record that somebody is away."""
    row = resource_to(request, key, Verb.ABSENCE_RECORD)
    form = AbsenceForm(request.POST, user=request.user, prefix="absence")
    made = attempt(form, lambda: record_absence(row, actor=request.user, **form.given()))
    if made is None:
        return person_page(request, key, absence_form=form)
    messages.success(request, f"{made}.")
    return redirect("resource", key)


@login_required
@require_http_methods(["GET", "POST"])
def absence(request: HttpRequest, absence_id: int) -> HttpResponse:
    """Change when somebody is away, and why where one may know it."""
    row = _absence(request, absence_id, Verb.ABSENCE_EDIT)
    knows = row.may_be_explained_to(request.user)
    form = AbsenceForm(data_of(request), user=request.user, instance=row, knows_why=knows)

    def act() -> Absence:
        return edit_absence(row, actor=request.user, expected_version=version_of(request), **form.changes())

    page: dict[str, Any] = {"title": str(row), "row": row, "back": _back(row)}
    removal = reverse("absence_removal", args=[row.pk])
    return edited(request, form, act, removal=removal, question="Take this absence back?", **page)


@login_required
@require_POST
def absence_removal(request: HttpRequest, absence_id: int) -> HttpResponse:
    """Take an absence back."""
    row = _absence(request, absence_id, Verb.ABSENCE_REMOVE)
    remove_absence(row, actor=request.user)
    messages.success(request, f"{row.resource} is there again from {row.starts_on:%-d %B %Y}.")
    return redirect(_back(row))


@login_required
@require_http_methods(["GET", "POST"])
def absences_import(request: HttpRequest, key: str) -> HttpResponse:
    """Bring in absences of a person from a calendar file; the same file again changes nothing."""
    row = resource_to(request, key, Verb.ABSENCES_IMPORT)
    form = CalendarFileForm(request.POST or None, request.FILES or None)
    page: dict[str, Any] = {"row": row, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            content = form.cleaned_data["file"].read(LARGEST_FILE + 1)
            read = read_for(row, content, form.cleaned_data["kind"])
            page["done"] = import_absences(row, actor=request.user, read=read)
        except BadCalendar as error:
            form.add_error("file", error.message)
    return render(request, "resources/calendar_file.html", page, status=422 if form.errors else 200)


def _absence(request: HttpRequest, pk: int, verb: Verb) -> Absence:
    return found(Absence.objects.select_related("resource__team__portfolio"), request.user, verb, pk=pk)


def _back(row: Absence) -> str:
    return reverse("resource", args=[row.resource.key])
