"""The page of a portfolio: what it is made of, by the same parts as dashboards."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from mainstay.cockpit.dashboards.page import PortfolioBoard
from mainstay.cockpit.places import trail_to
from mainstay.cockpit.views.dashboards import live_answer
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
    page = PortfolioBoard(request, found)
    if request.htmx and "known" in request.GET:
        return live_answer(request, page)
    template = "cockpit/portfolio.html#body" if request.htmx else "cockpit/portfolio.html"
    return render(request, template, _content(request, found, page))


def _content(request: HttpRequest, portfolio: Any, page: PortfolioBoard) -> dict[str, Any]:
    today, links = request.as_of is None, page.sight.links
    return {
        "portfolio": portfolio,
        "page": page,
        "scope": {"name": portfolio.name, "url": f"/portfolios/{links.query}"},
        "trail": trail_to(portfolio, request.user, links),
        "records_url": links.records(),
        "propose_url": f"/projects/new/?portfolio={portfolio.code}",
        "may_edit": today and access.may(request.user, Verb.PORTFOLIO_EDIT, portfolio),
        "may_propose": today and access.may(request.user, Verb.PROJECT_PROPOSE, portfolio),
    }
