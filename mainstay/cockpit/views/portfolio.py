"""The dashboard of a portfolio."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from mainstay.cockpit.charts import Charts
from mainstay.cockpit.links import Links
from mainstay.cockpit.places import rows_of, trail_to
from mainstay.cockpit.queries.dashboard import facts_of
from mainstay.cockpit.tiles import Tiles
from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Portfolio


@login_required
@require_GET
def portfolio(request: HttpRequest, code: str) -> HttpResponse:
    """A portfolio and everything below it: figures, charts, and what it is made of."""
    found = Portfolio.objects.as_of(request.as_of).visible_to(request.user).filter(code=code).first()
    if found is None:
        raise Missing("There is no such portfolio, or it is not open to you.")
    template = "cockpit/portfolio.html#body" if request.htmx else "cockpit/portfolio.html"
    return render(request, template, _content(request, found))


def _content(request: HttpRequest, portfolio: Any) -> dict[str, Any]:
    facts = facts_of(portfolio, request.user, request.as_of)
    links = Links(portfolio.code, request.GET.get("as_of", "") if request.as_of else "")
    sees_all = access.may(request.user, Verb.SEE_FIGURES, portfolio)
    tiles = Tiles(facts, portfolio.currency, links, may_see_all_figures=sees_all)
    charts = Charts(facts, portfolio.currency, links, by_score=request.GET.get("value") == "score")
    today = request.as_of is None
    return {
        "portfolio": portfolio,
        "scope": {"name": portfolio.name, "url": f"/portfolios/{links.query}"},
        "trail": trail_to(portfolio, request.user, links),
        "finding": tiles.finding,
        "tiles": tiles.all(),
        "charts": charts,
        "score_model": facts.judged.model,
        "places": rows_of(facts, portfolio.currency, links),
        "records_url": links.records(),
        "propose_url": f"/projects/new/?portfolio={portfolio.code}",
        "is_empty": not facts.cells,
        "may_edit": today and access.may(request.user, Verb.PORTFOLIO_EDIT, portfolio),
        "may_propose": today and access.may(request.user, Verb.PROJECT_PROPOSE, portfolio),
    }
