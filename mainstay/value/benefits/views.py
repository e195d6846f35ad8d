"""Pages about benefits: the register, those of one project, and a single one."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Project
from mainstay.portfolio.queries.reading import Reading
from mainstay.portfolio.sections import tabs_of
from mainstay.portfolio.views.sent import asked_for
from mainstay.value.benefits.page import BenefitPage, benefit_for, projects_seen
from mainstay.value.benefits.register import STANDS, Register

AT_ONCE = 50


@login_required
@require_GET
def benefits(request: HttpRequest) -> HttpResponse:
    """What work was to bring and brought: of a portfolio, a programme or everything one may see."""
    if not access.may_somewhere(request.user, Verb.SEE_FIGURES):
        raise Missing("There is nothing here, or it is not open to you.")
    reading = Reading(request.user, request.as_of)
    portfolio, programme = asked_for(request, "portfolio"), asked_for(request, "programme")
    stands = asked_for(request, "stands")
    found = _register(reading, portfolio, programme, stands if stands in STANDS else "")
    context = _context(request, found) | {
        "portfolios": reading.portfolios.values(),
        "programmes": reading.programmes.values(),
        "asked": (portfolio, programme),
        "may_remind": request.as_of is None and access.may_somewhere(request.user, Verb.READINGS_REMIND),
    }
    return render(request, "value/benefits.html", context)


@login_required
@require_GET
def project_benefits(request: HttpRequest, code: str) -> HttpResponse:
    """The benefits of one project; a fragment of its page or a page of its own."""
    rows = projects_seen(request.user, request.as_of).filter(code=code)
    row = rows.first()
    if row is None:
        raise Missing("There is no such project, or its figures are not open to you.")
    current = Project.objects.get(pk=row.row_id)
    reading = Reading(request.user, request.as_of)
    as_of = f"?as_of={request.GET['as_of']}" if request.as_of else ""
    context = _context(request, Register(reading, row.currency, rows=rows)) | {
        "project": row,
        "tabs": tabs_of(current, request.user, "project_benefits", as_of),
        "may_add": request.as_of is None and access.may(request.user, Verb.BENEFIT_ADD, current),
    }
    return render(request, f"value/project_benefits.html{'#benefits' if request.htmx else ''}", context)


@login_required
@require_GET
def benefit(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """A benefit: its curve, what was read of it, and who verified it."""
    return BenefitPage(request, benefit_for(request.user, benefit_id, request.as_of)).shown()


def _register(reading: Reading, portfolio: str, programme: str, stands: str) -> Register:
    rows = projects_seen(reading.user, reading.as_of)
    if programme:
        place = _named(reading.programmes, programme)
        home = reading.portfolios.get(place.portfolio_id)
        return Register(reading, home.currency if home else "", stands, rows.filter(programme_id=place.row_id))
    if portfolio:
        place = _named(reading.portfolios, portfolio)
        below = reading.below(place.row_id)
        return Register(reading, place.currency, stands, rows.filter(portfolio_id__in=below))
    return Register(reading, "", stands, rows)


def _named(rows: dict[int, Any], code: str) -> Any:
    found = next((row for row in rows.values() if row.code == code), None)
    if found is None:
        raise Missing("There is nothing here, or it is not open to you.")
    return found


def _context(request: HttpRequest, register: Register) -> dict[str, Any]:
    shown = Paginator(register.places, AT_ONCE).get_page(request.GET.get("page"))
    return {"register": register, "shown": shown, "lines": register.lines(list(shown)), "stands": STANDS.items()}
