"""Pages of control: the queue of running work, and setting it free in a scenario."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.forms import tried
from mainstay.core.verbs import Verb
from mainstay.monitoring.control.forms import FreeingForm
from mainstay.monitoring.control.queue import SORTS, queue_of
from mainstay.monitoring.control.replanning import free_name, set_free
from mainstay.portfolio.models import Portfolio
from mainstay.portfolio.views.sent import asked_for, portfolio_chosen

DEFINITIONS = {
    "value": "Remaining benefit + stop cost saved by going on - salvage given up by going on.",
    "per_cost": "Forward value / remaining cost. It is 1 exactly where going on and stopping are worth the same.",
    "net": "Forward value - remaining cost: by how much going on is better than stopping.",
    "per_hour": "(Forward value - remaining cost) / hours of the bottleneck role still needed.",
    "spent": "Spent by the ledger. It is gone whatever is decided, so it counts in none of the figures here.",
    "remaining": "Forecast at completion - spent. The forecast is what was spent so far and the forecast by month; "
    "without one the whole-life cost of the register, or what is spent and ordered where that is more.",
}


@login_required
@require_GET
def control_queue(request: HttpRequest) -> HttpResponse:
    """Running work by what going on is worth from here."""
    place = _place(request)
    sort, hurdle = asked_for(request, "sort"), _hurdle(asked_for(request, "hurdle"))
    queue = queue_of(request.user, place, sort=sort, hurdle=hurdle, as_of=request.as_of)
    context = {
        "queue": queue,
        "place": place,
        "sort": sort if sort in SORTS else "cost",
        "sorts": SORTS.items(),
        "portfolios": Portfolio.objects.visible_to(request.user, Verb.SEE_FIGURES).order_by("name"),
        "definitions": DEFINITIONS,
        "places": _where_to_plan(request, place) if request.as_of is None else [],
    }
    return render(request, "monitoring/control_queue.html", context)


def _place(request: HttpRequest) -> Portfolio | None:
    code = asked_for(request, "portfolio")
    if not code:
        return None
    place = Portfolio.objects.visible_to(request.user, Verb.SEE_FIGURES).filter(code=code).first()
    if place is None:
        raise Missing("There is no such portfolio, or its figures are not open to you.")
    return place


def _hurdle(text: str) -> float:
    """The ratio below which work is marked; 1, where going on and stopping are worth the same, if it is no number."""
    try:
        number = float(text)
    except ValueError:
        return 1.0
    return number if -1000 < number < 1000 else 1.0


def _where_to_plan(request: HttpRequest, place: Portfolio | None) -> Any:
    rows = Portfolio.objects.visible_to(request.user, Verb.SCENARIO_CREATE)
    return rows if place is None else rows.filter(pk=place.pk)


@login_required
@require_http_methods(["GET", "POST"])
def control_scenario(request: HttpRequest) -> HttpResponse:
    """Set running work free in a scenario, with going on, resting and stopping as its ways."""
    place = portfolio_chosen(request, Verb.SCENARIO_CREATE, "Choose a portfolio in which you may create a scenario.")
    access.require(request.user, Verb.SEE_FIGURES, place)
    status, initial = 200, {"name": free_name(place, "Continue, pause or stop"), "by_people": True}
    form = FreeingForm(request.POST or None, initial=initial)
    if request.method == "POST":
        made, status = tried(form, lambda sent: set_free(place, actor=request.user, **sent))
        if made is not None:
            messages.success(request, "Running work is free here: find the best plan, then see who goes on.")
            return redirect("scenario", made.pk)
    context = {"form": form, "place": place, "trail": [("Continue, pause, stop", reverse("control_queue"))]}
    return render(request, "monitoring/control_scenario.html", context, status=status)
