"""Pages about the money of a project."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_http_methods

from mainstay.core import access
from mainstay.core.errors import Impossible, Missing, Stale
from mainstay.core.sheet import Sheet, read_sheet
from mainstay.core.verbs import Verb
from mainstay.engine.basics.periods import month_after
from mainstay.monitoring.models import MoneyKind
from mainstay.monitoring.money.money_sheet import MONTHS, MoneySheet
from mainstay.monitoring.money.operations.entering import enter_money, money_state
from mainstay.monitoring.money.project_page import ProjectMoney
from mainstay.portfolio.models import FiscalYear, Project
from mainstay.portfolio.sections import tabs_of
from mainstay.portfolio.views.projects import writable
from mainstay.portfolio.views.sent import asked_for

TWINS = "Two lines have the same treatment, cost type and fund; put their amounts into one."


@login_required
@require_GET
def project_money(request: HttpRequest, code: str) -> HttpResponse:
    """The money of a project by month; a fragment of its page or a page of its own."""
    page = ProjectMoney(request.user, code, request.as_of, asked_for(request, "year"))
    cumulative = asked_for(request, "course") != "month"
    current = Project.objects.get(pk=page.project.row_id)
    context = {
        "page": page,
        "project": page.project,
        "figure": page.figure(cumulative=cumulative),
        "cumulative": cumulative,
        "tabs": tabs_of(
            current, request.user, "project_money", f"?as_of={request.GET['as_of']}" if page.as_of else ""
        ),
    }
    return render(request, f"monitoring/project_money.html{'#money' if request.htmx else ''}", context)


@login_required
@require_GET
def project_postings(request: HttpRequest, code: str) -> HttpResponse:
    """The lines of the ledger behind the figures of a project."""
    page = ProjectMoney(request.user, code, request.as_of)
    month = month_of(asked_for(request, "month"))
    context = {
        "page": page,
        "project": page.project,
        "month": month,
        "lines": page.postings(month),
        "trail": [(page.project.name, reverse("project_money", args=[code]))],
    }
    return render(request, "monitoring/project_postings.html", context)


def month_of(text: str) -> date | None:
    """A month written as 2027-03; None where it is none."""
    try:
        return parse_date(f"{text[:7]}-01")
    except ValueError:
        return None


@login_required
@require_http_methods(["GET", "POST"])
def project_money_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Enter budget, forecast or commitments, twelve months at a time; saved whole or not at all."""
    project = writable(request, code, Verb.MONEY_ENTER)
    access.require(request.user, Verb.SEE_FIGURES, project)
    shown = _sheet(request, project)
    if request.method == "GET":
        return _page(request, shown, shown.sheet(), state=money_state(project))
    entered, state = read_sheet(request.POST, shown.sheet()), request.POST.get("state", "")[:60]
    if entered.is_refused:
        return _page(request, shown, entered.shown(), 422, state=state)
    if shown.twins(entered):
        return _page(request, shown, entered.shown(), 422, state=state, refused=TWINS)
    try:
        done = enter_money(project, actor=request.user, entries=shown.entries(entered), expected_state=state)
    except Stale as stale:
        now = _sheet(request, project)
        merged = entered.beside(now.sheet(), stale.changes[0].who)
        return _page(request, now, merged, stale.status, state=money_state(project), stale=stale)
    except (ValidationError, Impossible) as error:
        told = error.message if isinstance(error, Impossible) else " ".join(error.messages)
        return _page(request, shown, entered.shown(), getattr(error, "status", 422), state=state, refused=told)
    messages.success(request, f"{done} amount{'s' * (done != 1)} changed." if done else "Nothing had changed.")
    return redirect(request.get_full_path())


def _sheet(request: HttpRequest, project: Project) -> MoneySheet:
    kind = asked_for(request, "kind") or MoneyKind.FORECAST.value
    if kind not in MoneyKind.values:
        raise Missing("What is entered is budget, forecast or committed money.")
    return MoneySheet.of(project, kind, _first(request), request.user)


def _first(request: HttpRequest) -> date:
    """The month asked for, else the first of the fiscal year of today."""
    asked = month_of(asked_for(request, "from"))
    if asked is not None and 2000 <= asked.year <= 2100:
        return asked
    today = timezone.localdate()
    year = FiscalYear.objects.filter(start_date__lte=today, end_date__gte=today).first()
    return (year.start_date if year else today.replace(month=1)).replace(day=1)


def _page(request: HttpRequest, shown: MoneySheet, sheet: Sheet, status: int = 200, **more: Any) -> HttpResponse:
    around = {"earlier": month_after(shown.first, -MONTHS), "later": month_after(shown.first, MONTHS)}
    project = shown.project
    trail = [(project.name, reverse("project_money", args=[project.code]))]
    context = {"project": project, "shown": shown, "sheet": sheet, "kinds": MoneyKind.choices, "trail": trail}
    return render(request, "monitoring/project_money_edit.html", context | around | more, status=status)
