"""Pages of the reports of many projects: who reported, who is late, reminding them, and how often it is due."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.forms import tried
from mainstay.core.verbs import Verb
from mainstay.monitoring.models import Rhythm
from mainstay.monitoring.raid.places import place_asked
from mainstay.monitoring.reports.computed import DEFINITION
from mainstay.monitoring.reports.forms import RhythmForm
from mainstay.monitoring.reports.operations import remind_within, set_rhythm
from mainstay.monitoring.reports.queries import WHICH, Round
from mainstay.monitoring.reports.rhythms import Rhythms
from mainstay.portfolio.models import Portfolio
from mainstay.portfolio.queries.reading import Reading
from mainstay.portfolio.views.sent import asked_for

ON_A_PAGE, MOST = 50, 500


@login_required
@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    """The reports owed for the latest period: who reported, who is late, what is red, declared beside computed."""
    reading = Reading(request.user, request.as_of)
    place = place_asked(reading, asked_for(request, "portfolio"), asked_for(request, "programme"))
    found = Round(place, asked_for(request, "which"))
    now = request.as_of is None
    page = Paginator(found.shown, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "round": found, "page": page, "which": WHICH.items(), "portfolios": reading.portfolios.values(),
        "portfolio": asked_for(request, "portfolio"), "definition": DEFINITION,
        "rhythms": _rhythms(request, reading),
        "may_remind": now and access.may_somewhere(request.user, Verb.REPORTS_REMIND),
    }  # fmt: skip
    return render(request, "monitoring/reports.html", context)


def _rhythms(request: HttpRequest, reading: Reading) -> list[dict[str, Any]]:
    """Each portfolio with the rhythm in force, whose it is, and whether the reader may set it."""
    known, told = Rhythms(request.as_of), []
    now = request.as_of is None
    for pk, row in reading.portfolios.items():
        source = known.source(pk)
        above = reading.portfolios.get(source) if source not in {None, pk} else None
        may_set = now and access.may(request.user, Verb.RHYTHM_SET, row)
        told.append({"portfolio": row, "rhythm": known.of(pk), "above": above, "may_set": may_set})
    return told


@login_required
@require_POST
def report_reminders(request: HttpRequest) -> HttpResponse:
    """Remind the managers of the chosen projects."""
    count = remind_within(request.user, request.POST.getlist("project")[:MOST])
    messages.success(request, f"{count} reminded." if count else "Nobody had to be reminded.")
    return redirect("reports")


@login_required
@require_http_methods(["GET", "POST"])
def rhythm(request: HttpRequest, code: str) -> HttpResponse:
    """How often the projects of a portfolio and below report."""
    portfolio, status = Portfolio.objects.visible_to(request.user).filter(code=code).first(), 200
    if portfolio is None:
        raise Missing("There is no such portfolio, or it is not open to you.")
    access.require(request.user, Verb.RHYTHM_SET, portfolio)
    row = Rhythm.objects.filter(portfolio=portfolio).first()
    first = {} if row else {"every": ""}
    form = RhythmForm(request.POST or None, instance=row or Rhythm(portfolio=portfolio), initial=first)
    if request.method == "POST":
        done, status = tried(form, lambda sent: (set_rhythm(portfolio, actor=request.user, **sent),))
        if done is not None:
            messages.success(request, "The rhythm was set.")
            return redirect("reports")
    context = {"form": form, "portfolio": portfolio, "trail": [("Reports", reverse("reports"))]}
    return render(request, "monitoring/rhythm.html", context, status=status)
