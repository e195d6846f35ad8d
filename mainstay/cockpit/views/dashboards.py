"""Dashboards by role, single parts of them, and how a person arranges them."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mainstay.cockpit.dashboards.arrangement import MOVES, PAGE, ROLES, Arrangement, own_role, role_named
from mainstay.cockpit.dashboards.page import Board, DashboardPage, grouped, sight_of
from mainstay.cockpit.dashboards.scope import scope_choices
from mainstay.cockpit.dashboards.showing import Stage
from mainstay.core.errors import Missing, Unreadable
from mainstay.core.models import SavedView
from mainstay.core.operations.keeping import remove_view, save_view
from mainstay.portfolio.dashboard import parts_for


def live_answer(request: HttpRequest, board: Board) -> HttpResponse:
    """What an open page asks for after a change: the parts it does not show as they are now, and nothing else."""
    changed = board.changed(request.GET.getlist("known"))
    if not changed:
        return HttpResponse(status=204)
    return render(request, "cockpit/changed.html", {"page": board, "changed": changed})


@login_required
@require_GET
def dashboards(request: HttpRequest) -> HttpResponse:
    """One's own dashboard."""
    query = request.GET.urlencode()
    address = reverse("dashboard", args=[own_role(request.user).value])
    return redirect(f"{address}?{query}" if query else address)


@login_required
@require_GET
def dashboard(request: HttpRequest, role: str) -> HttpResponse:
    """The dashboard of a role as the person arranged it."""
    page = DashboardPage(request, role_named(role))
    if request.htmx and "known" in request.GET:
        return live_answer(request, page)
    return render(request, "cockpit/dashboard.html", {"page": page, "controls": scope_choices(page.sight)})


@login_required
@require_GET
def dashboard_part(request: HttpRequest, key: str) -> HttpResponse:
    """One part by itself, as a page or to be put into another one."""
    part = parts_for(request.user).get(key)
    if part is None:
        raise Missing("There is no such part of a dashboard, or it is not open to you.")
    shown = Stage(sight := sight_of(request), [part], level=2).show(part)
    if request.htmx:
        return HttpResponse(shown.html)
    context = {"part": part, "shown": shown, "sight": sight, "topics": " ".join(sorted(part.moved_by))}
    return render(request, "cockpit/part_page.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def dashboard_arranging(request: HttpRequest, role: str) -> HttpResponse:
    """Add, take away and order the parts of one's own dashboard."""
    arrangement = Arrangement.of(request.user, role_named(role))
    if request.method == "POST":
        _arrange(request, arrangement)
        if not request.htmx:
            return redirect(request.get_full_path())
        arrangement = Arrangement.of(request.user, arrangement.role)
    template = "cockpit/arranging.html#body" if request.htmx else "cockpit/arranging.html"
    groups = grouped(arrangement.parts)
    return render(request, template, {"arrangement": arrangement, "groups": groups, "title": ROLES[arrangement.role]})


def _arrange(request: Any, arrangement: Arrangement) -> None:
    move, _, key = request.POST.get("move", "").partition(":")
    if move == "reset":
        for view in SavedView.objects.filter(person=request.user, page=PAGE, name=arrangement.role.value):
            remove_view(view, actor=request.user)
        return
    if move not in MOVES or key not in arrangement.known:
        raise Unreadable("Say which part goes where.")
    query = arrangement.moved(key, move).query
    save_view(None, actor=request.user, page=PAGE, name=arrangement.role.value, query=query)
