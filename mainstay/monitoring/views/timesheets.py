"""One's own week, favourites, and the week of somebody else."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.core import access
from mainstay.core.errors import Impossible, Missing, Stale, Unreadable
from mainstay.core.sheet import read_sheet
from mainstay.core.verbs import Verb
from mainstay.monitoring.models import Favourite, HoursEntry, monday_of
from mainstay.monitoring.operations.favourites import set_favourites
from mainstay.monitoring.operations.hours import correct_hours
from mainstay.monitoring.operations.rules import known_projects
from mainstay.monitoring.person_week import PersonWeek
from mainstay.monitoring.queries.week import own_resource
from mainstay.monitoring.timesheet_forms import CorrectionForm
from mainstay.monitoring.week_page import NOBODY, WeekPage, wish_of
from mainstay.resources.views.shared import attempt, found


@login_required
@require_GET
def timesheets(request: HttpRequest) -> HttpResponse:
    """One's own week of today."""
    return redirect("timesheet", monday_of(timezone.localdate()))


@login_required
@require_http_methods(["GET", "POST"])
def timesheet(request: HttpRequest, week: date) -> HttpResponse:
    """Enter hours in one's own week, and hand it in."""
    if week.weekday():
        return redirect("timesheet", monday_of(week))
    page = WeekPage(request, week)
    if request.method == "GET":
        return page.answer()
    shown, sheet = page.sheet()
    if not sheet.is_open:
        raise Impossible("This week is closed; nothing was saved.")
    entered = read_sheet(request.POST, sheet)
    if entered.is_refused:
        return page.answer(entered.shown(), 422)
    return _saved(page, shown, entered)


def _saved(page: WeekPage, shown: Any, entered: Any) -> HttpResponse:
    request = page.request
    try:
        messages.success(request, page.carry_out(shown, entered, wish_of(request)))
    except ValidationError as error:
        return page.refused(entered, error)
    except Stale as stale:
        return page.stale(entered, stale)
    return redirect(request.get_full_path())


@login_required
@require_POST
def favourites(request: HttpRequest) -> HttpResponse:
    """Add a project to every week of one's own, or leave one out from now on."""
    resource = own_resource(request.user)
    if resource is None:
        raise Impossible(NOBODY)
    rows = [row.project for row in Favourite.objects.filter(resource=resource).select_related("project")]
    if code := request.POST.get("without", "")[:40]:
        rows = [row for row in rows if row.code != code]
    if words := request.POST.get("project", "").strip()[:200]:
        rows.append(_named(resource, request.user, words))
    set_favourites(resource, actor=request.user, projects=rows)
    return redirect("timesheet", _week(request.POST.get("week", "")))


def _named(resource: Any, user: Any, words: str) -> Any:
    """The project with this code, which may be followed by its name."""
    row = known_projects(resource, user).filter(code__iexact=words.split()[0]).first()
    if row is None:
        raise Missing(f"There is no project {words.split()[0]} open to you. Give the code of a project.")
    return row


def _week(text: str) -> date:
    try:
        return monday_of(date.fromisoformat(text[:10])) if text else monday_of(timezone.localdate())
    except ValueError:
        raise Unreadable("A week is named by its Monday, as 2026-05-11.") from None


@login_required
@require_GET
def timesheet_of(request: HttpRequest, key: str, week: date) -> HttpResponse:
    """The week of a person, for those who approve or correct hours there."""
    return render(request, "monitoring/person_week.html", {"page": PersonWeek(request, key, monday_of(week))})


@login_required
@require_http_methods(["GET", "POST"])
def correction(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Correct an entry by reversal."""
    entry = found(HoursEntry.objects.select_related("resource__team__portfolio"), request.user, pk=entry_id)
    access.require(request.user, Verb.HOURS_CORRECT, entry.scope)
    form = CorrectionForm(request.POST if request.method == "POST" else None, entry=entry, user=request.user)
    if request.method == "POST":
        done = attempt(form, lambda: correct_hours(entry, actor=request.user, **form.given()))
        if done is not None:
            messages.success(request, "Corrected: the old entry, its reversal and the new one all stay.")
            return redirect("timesheet_of", entry.resource.key, entry.week)
    status = 422 if form.errors else 200
    return render(request, "monitoring/correction.html", {"entry": entry, "form": form}, status=status)
