"""Pages of a package of work, and of the progress of all packages on a day."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods, require_POST

from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.forms import tried
from mainstay.core.sheet import read_sheet
from mainstay.core.verbs import Verb
from mainstay.monitoring.models import ProgressReading, WorkPackage
from mainstay.monitoring.progress.forms import DayForm, NewPackageForm, PackageForm
from mainstay.monitoring.progress.operations import add_package, edit_package, record_progress, remove_package
from mainstay.monitoring.progress.record_sheet import RecordSheet
from mainstay.portfolio.models import Project
from mainstay.portfolio.views.projects import writable
from mainstay.portfolio.views.sent import asked_for, version_sent


@login_required
@require_http_methods(["GET", "POST"])
def package_new(request: HttpRequest, code: str) -> HttpResponse:
    """Add a package of work."""
    project, status = _planned(request, code, Verb.PACKAGE_ADD), 200
    form = NewPackageForm(request.POST or None, instance=_first(project))
    if request.method == "POST":
        made, status = tried(form, lambda sent: add_package(project, actor=request.user, **sent))
        if made is not None:
            messages.success(request, f"{made.name} is one of the packages.")
            return redirect("project_progress", project.code)
    return _page(request, "package.html", project, form, status, "New package")


def _first(project: Project) -> WorkPackage:
    """A new package, with the days of its project to begin with."""
    return WorkPackage(project=project, start_date=project.start_date, end_date=project.end_date)


@login_required
@require_http_methods(["GET", "POST"])
def package(request: HttpRequest, package_id: int) -> HttpResponse:
    """A package with all that was told of it; POST changes it."""
    as_of = None if request.method == "POST" else request.as_of
    row, status = package_for(request.user, package_id, as_of), 200
    may_edit = as_of is None and access.may(request.user, Verb.PACKAGE_EDIT, row.project)
    form = PackageForm(request.POST or None, instance=row) if may_edit else None
    if request.method == "POST":
        access.require(request.user, Verb.PACKAGE_EDIT, row.project)
        version = version_sent(request)
        done, status = tried(
            form, lambda sent: edit_package(row, actor=request.user, expected_version=version, **sent)
        )  # fmt: skip
        if done is not None:
            messages.success(request, "The package was saved.")
            return redirect("project_progress", row.project.code)
        row = package_for(request.user, package_id)
    readings = ProgressReading.objects.as_of(as_of).filter(package_id=row.row_id).order_by("-date")
    return _page(request, "package.html", row.project, form, status, row.name, package=row, readings=readings)


@login_required
@require_POST
def package_removal(request: HttpRequest, package_id: int) -> HttpResponse:
    """Take away a package that was never reported on."""
    row = package_for(request.user, package_id)
    remove_package(row, actor=request.user)
    messages.success(request, "The package was removed; its history stays.")
    return redirect("project_progress", row.project.code)


@login_required
@require_http_methods(["GET", "POST"])
def progress_record(request: HttpRequest, code: str) -> HttpResponse:
    """Say how far all packages of a project are on a day; saved whole or not at all."""
    project = _planned(request, code, Verb.PROGRESS_RECORD)
    if request.method == "GET":
        shown = RecordSheet(project, _day(request))
        return _record(request, shown, DayForm(initial={"date": shown.day}), shown.sheet())
    form = DayForm(request.POST)
    shown = RecordSheet(project, form.cleaned_data["date"] if form.is_valid() else timezone.localdate())
    entered = read_sheet(request.POST, shown.sheet())
    entered = entered.with_errors(shown.errors(entered))
    if entered.is_refused or not form.is_valid():
        return _record(request, shown, form, entered.shown(), 422)
    told = shown.readings(entered, form.cleaned_data["source"])
    try:
        count = record_progress(project, actor=request.user, readings=told) if told else 0
    except ValidationError as error:
        return _record(request, shown, form, entered.shown(), 422, " ".join(error.messages))
    messages.success(request, f"Progress of {count} package{'s' * (count != 1)} is on record.")
    return redirect("project_progress", project.code)


def _record(
    request: HttpRequest, shown: RecordSheet, form: Any, sheet: Any, status: int = 200, refused: str = ""
) -> HttpResponse:
    more = {"sheet": sheet, "shown": shown, "refused": refused}
    return _page(request, "progress_record.html", shown.project, form, status, "Record progress", **more)


def _day(request: HttpRequest) -> Any:
    """The day asked for, else today."""
    try:
        day = parse_date(asked_for(request, "date"))
    except ValueError:
        day = None
    return min(day or timezone.localdate(), timezone.localdate())


def _planned(request: HttpRequest, code: str, verb: Verb) -> Project:
    """A project to change whose figures the person may see."""
    project = writable(request, code, verb)
    access.require(request.user, Verb.SEE_FIGURES, project)
    return project


def package_for(user: Any, number: int, as_of: Any = None) -> Any:
    """A package of a project whose figures the person may see."""
    rows = WorkPackage.objects.as_of(as_of).visible_to(user).identified_by([number])
    row = rows.select_related("project").first()
    if row is None:
        raise Missing("There is no such package, or it is not open to you.")
    return row


def _page(
    request: HttpRequest, name: str, project: Any, form: Any, status: int, title: str, **more: Any
) -> HttpResponse:
    trail = [
        (project.name, reverse("project", args=[project.code])),
        ("Progress", reverse("project_progress", args=[project.code])),
    ]
    context = {"project": project, "form": form, "heading": title, "trail": trail} | more
    return render(request, f"monitoring/{name}", context, status=status)
