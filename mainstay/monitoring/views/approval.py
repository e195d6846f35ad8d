"""Approving the weeks of a team, returning one, reminding the late, and locking weeks."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from mainstay.core.errors import Unreadable
from mainstay.core.verbs import Verb
from mainstay.monitoring.approval_page import ApprovalPage
from mainstay.monitoring.models import Timesheet, monday_of
from mainstay.monitoring.operations.timesheets import approve_timesheets, lock_weeks, remind_late, return_timesheet
from mainstay.portfolio.models import Portfolio
from mainstay.portfolio.views.sent import asked_for, reason_of, version_of
from mainstay.resources.models import Resource
from mainstay.resources.views.shared import found, require_somewhere

MOST = 500


@login_required
@require_GET
def approval(request: HttpRequest) -> HttpResponse:
    """The weeks of people whose hours one may see: to approve, late, and locked."""
    require_somewhere(request.user, Verb.SEE_HOURS)
    return render(request, "monitoring/approval.html", {"page": ApprovalPage(request)})


@login_required
@require_POST
def approvals(request: HttpRequest) -> HttpResponse:
    """Approve the chosen weeks."""
    require_somewhere(request.user, Verb.TIMESHEETS_APPROVE)
    ids = _numbers(request, "sheet")
    sheets = list(Timesheet.objects.visible_to(request.user).filter(pk__in=ids))
    if not sheets:
        messages.error(request, "Choose at least one week to approve.")
        return _back(request)
    try:
        count = approve_timesheets(sheets, actor=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return _back(request)
    messages.success(request, f"{count} week{'s' * (count != 1)} approved.")
    return _back(request)


@login_required
@require_POST
def timesheet_return(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """Return a week with the reason."""
    rows = Timesheet.objects.select_related("resource__team__portfolio")
    sheet = found(rows, request.user, Verb.TIMESHEET_RETURN, pk=sheet_id)
    try:
        return_timesheet(
            sheet, actor=request.user, reason=reason_of(request), expected_version=version_of(request)
        )  # fmt: skip
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"{sheet}: returned.")
    return redirect("timesheet_of", sheet.resource.key, sheet.week)


@login_required
@require_POST
def reminders(request: HttpRequest) -> HttpResponse:
    """Remind the chosen people of a week."""
    require_somewhere(request.user, Verb.TIMESHEETS_REMIND)
    people = Resource.objects.visible_to(request.user, Verb.TIMESHEETS_REMIND)
    people = list(people.filter(pk__in=_numbers(request, "person")))
    count = remind_late(people, actor=request.user, week=_monday(request)) if people else 0
    messages.success(request, f"{count} reminded." if count else "Nobody had to be reminded.")
    return _back(request)


@login_required
@require_POST
def week_locks(request: HttpRequest, code: str) -> HttpResponse:
    """Lock a week for a portfolio and all below it."""
    portfolio = found(Portfolio.objects, request.user, Verb.WEEKS_LOCK, code=code)
    week = _monday(request)
    count = lock_weeks(portfolio, actor=request.user, weeks=[week])
    told = f"The week of {week:%-d %B %Y} is locked for {portfolio.name}." if count else "It was locked already."
    messages.success(request, told)
    return _back(request)


def _monday(request: HttpRequest) -> date:
    try:
        return monday_of(date.fromisoformat(request.POST.get("week", "")[:10]))
    except ValueError:
        raise Unreadable("A week is named by its Monday, as 2026-05-11.") from None


def _numbers(request: HttpRequest, name: str) -> list[int]:
    texts = request.POST.getlist(name)[:MOST]
    if not all(text.isdecimal() and len(text) < 18 for text in texts):
        raise Unreadable("The form was not sent whole; open the page again.")
    return [int(text) for text in texts]


def _back(request: HttpRequest) -> HttpResponse:
    week = asked_for(request, "week")[:10] or request.POST.get("week", "")[:10]
    return redirect(reverse("timesheet_approval") + (f"?week={week}" if week else ""))
