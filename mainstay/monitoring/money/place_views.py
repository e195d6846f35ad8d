"""Pages about the money of portfolios and programmes."""

from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.exchange import Column, Kind, export_response
from mainstay.core.verbs import Verb
from mainstay.monitoring.money.place_page import PlaceMoney, portfolio_money, programme_money
from mainstay.monitoring.money.queries import money_of, projects_in
from mainstay.portfolio.models import Portfolio
from mainstay.portfolio.queries.reading import Reading
from mainstay.portfolio.views.sent import asked_for

AMOUNTS = ("budget", "committed", "actual", "forecast")


@login_required
@require_GET
def money(request: HttpRequest) -> HttpResponse:
    """The money of every portfolio the person may see figures of."""
    if not access.may_somewhere(request.user, Verb.SEE_FIGURES):
        raise Missing("There is nothing here, or it is not open to you.")
    reading = Reading(request.user, request.as_of)
    rows = Portfolio.objects.as_of(request.as_of).visible_to(request.user, Verb.SEE_FIGURES)
    seen = set(rows.values_list(reading.key, flat=True))
    places = [row for pk, row in reading.portfolios.items() if pk in seen]
    pages = [PlaceMoney(request.user, row, request.as_of) for row in places]
    return render(request, "monitoring/money.html", {"pages": pages})


@login_required
@require_GET
def portfolio(request: HttpRequest, code: str) -> HttpResponse:
    """The money of a portfolio and of everything below it."""
    return _page(request, portfolio_money(request.user, code, request.as_of))


@login_required
@require_GET
def programme(request: HttpRequest, code: str) -> HttpResponse:
    """The money of a programme."""
    return _page(request, programme_money(request.user, code, request.as_of))


def _page(request: HttpRequest, page: PlaceMoney) -> HttpResponse:
    cumulative = asked_for(request, "course") != "month"
    context = {
        "page": page,
        "place": page.place,
        "figure": page.figure(cumulative=cumulative),
        "cumulative": cumulative,
    }
    return render(request, "monitoring/place_money.html", context)


@login_required
@require_GET
def export(request: HttpRequest, code: str, format: str) -> HttpResponse:
    """The money of every project of a portfolio, a row a project and month, as a file."""
    page = portfolio_money(request.user, code, request.as_of)
    return export_response(_columns(), _rows(page), format, name=f"money-{page.place.code}")


def _rows(page: PlaceMoney) -> list[dict[str, Any]]:
    projects = list(projects_in(page.reading, page.place).order_by("code"))
    sums = money_of(projects, as_of=page.as_of)
    return [
        {"project": row, "month": month, **{kind: getattr(sums[row.row_id], kind)[month] for kind in AMOUNTS}}
        for row in projects
        for month in sums[row.row_id].months
    ]


def _columns() -> tuple[Column, ...]:
    def amount(kind: str) -> Column:
        return Column(kind, kind.capitalize(), Kind.MONEY, write=lambda row: row[kind])

    return (
        Column("project", "Project", Kind.CODE, write=lambda row: row["project"].code),
        Column("name", "Name", write=lambda row: row["project"].name),
        Column("month", "Month", Kind.DATE, write=lambda row: row["month"]),
        Column("currency", "Currency", write=lambda row: row["project"].currency),
        *(amount(kind) for kind in AMOUNTS),
        Column("available", "Available", Kind.MONEY, write=_available),
    )


def _available(row: dict[str, Any]) -> Decimal:
    return row["budget"] - row["actual"] - row["committed"]
