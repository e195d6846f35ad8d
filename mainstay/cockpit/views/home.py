"""Home: what waits for the person who signed in, and how their part of the business stands."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from mainstay.charts import words
from mainstay.cockpit.places import PlaceRow, rows_of, whole_of
from mainstay.cockpit.queries.attention import Item, attention
from mainstay.cockpit.queries.dashboard import facts_of
from mainstay.cockpit.queries.feed import told, visible_events
from mainstay.cockpit.queries.mine import my_projects, my_proposals
from mainstay.core import access
from mainstay.core.verbs import Verb
from mainstay.portfolio.dashboard.links import Links
from mainstay.portfolio.models import Portfolio
from mainstay.portfolio.queries import Reading

MOST_TOPS = 4
MOST_EVENTS = 8


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What needs attention, one's projects and proposals, one's portfolios, and what happened lately."""
    reading = Reading(request.user, request.as_of)
    mine = my_projects(reading)
    items = attention(request.user, mine)
    portfolios = _portfolios(request)
    context = {
        "finding": _finding(items),
        "items": items,
        "mine": mine,
        "proposals": my_proposals(reading),
        "portfolios": portfolios,
        "happenings": told(request, visible_events(request)[:MOST_EVENTS]),
        "may_propose": request.as_of is None and access.may_somewhere(request.user, Verb.PROJECT_PROPOSE),
        "may_import": access.may_somewhere(request.user, Verb.ROWS_IMPORT),
        "may_found": not portfolios and access.may(request.user, Verb.PORTFOLIO_CREATE),
        "has_roles": bool(access.held_by(request.user)),
    }
    template = "cockpit/home.html#body" if request.htmx else "cockpit/home.html"
    return render(request, template, context)


def _finding(items: list[Item]) -> str:
    urgent = [item for item in items if item.kind != "none"]
    if not items:
        return "Nothing waits for you today."
    if not urgent:
        return f"Nothing is urgent; {words.counted(len(items), 'thing')} to look at."
    return f"{words.counted(len(urgent), 'thing')} {'needs' if len(urgent) == 1 else 'need'} you today."


def _portfolios(request: HttpRequest) -> list[PlaceRow]:
    """The outermost portfolios the person may see, each with those directly below it."""
    rows: list[PlaceRow] = []
    as_of = request.GET.get("as_of", "") if request.as_of else ""
    for top in _tops(request)[:MOST_TOPS]:
        facts, links = facts_of(top, request.user, request.as_of), Links(top.code, as_of)
        rows.append(whole_of(top, facts, links))
        rows += [row for row in rows_of(facts, top.currency, links) if row.kind == "Portfolio"]
    return rows


def _tops(request: HttpRequest) -> list[Any]:
    seen = list(Portfolio.objects.as_of(request.as_of).visible_to(request.user).order_by("path"))
    paths = {portfolio.path for portfolio in seen}
    return [portfolio for portfolio in seen if not _has_one_above(portfolio.path, paths)]


def _has_one_above(path: str, paths: set[str]) -> bool:
    keys = path.strip("/").split("/")[:-1]
    return any("/" + "/".join(keys[: depth + 1]) + "/" in paths for depth in range(len(keys)))
