"""Pages about the progress of projects."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb
from mainstay.monitoring.progress.place_page import PlaceProgress
from mainstay.monitoring.progress.project_page import ProjectProgress
from mainstay.monitoring.raid.places import place_asked
from mainstay.portfolio.models import Project
from mainstay.portfolio.queries.reading import Reading
from mainstay.portfolio.sections import tabs_of
from mainstay.portfolio.views.sent import asked_for, whole

AT_ONCE = 50


@login_required
@require_GET
def progress(request: HttpRequest) -> HttpResponse:
    """Earned value of the running projects of a portfolio, a programme or everything, added up and one by one."""
    if not access.may_somewhere(request.user, Verb.SEE_FIGURES):
        raise Missing("There is nothing here, or it is not open to you.")
    reading = Reading(request.user, request.as_of)
    asked = asked_for(request, "portfolio"), asked_for(request, "programme")
    page = PlaceProgress(place_asked(reading, *asked))
    shown = Paginator(page.order, AT_ONCE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "shown": shown,
        "rows": page.rows(list(shown)),
        "portfolios": reading.portfolios.values(),
        "programmes": reading.programmes.values(),
        "asked": asked,
    }
    return render(request, "monitoring/progress.html", context)


@login_required
@require_GET
def project_progress(request: HttpRequest, code: str) -> HttpResponse:
    """Packages of work of a project and how far they are; a fragment of its page or a page of its own."""
    asked = asked_for(request, "method"), whole(asked_for(request, "against"))
    page = ProjectProgress(request.user, code, request.as_of, *asked)
    current = Project.objects.get(pk=page.project.row_id)
    as_of = f"?as_of={request.GET['as_of']}" if request.as_of else ""
    context = {
        "page": page,
        "project": page.project,
        "tabs": tabs_of(current, request.user, "project_progress", as_of),
    }
    return render(request, f"monitoring/project_progress.html{'#progress' if request.htmx else ''}", context)
