"""Pages of the months to come and of the use of people: forecast, bench, utilisation."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from mainstay.core import exchange
from mainstay.core.verbs import Verb
from mainstay.resources.forecast_page import BenchPage, ForecastPage, UtilisationPage
from mainstay.resources.views.shared import require_somewhere


@login_required
@require_GET
def forecast(request: HttpRequest) -> HttpResponse:
    """Where demand and capacity part in the months to come, and ways to close the gap."""
    require_somewhere(request.user, Verb.SEE_RESOURCES)
    return render(request, "resources/forecast.html", {"page": ForecastPage(request)})


@login_required
@require_GET
def forecast_export(request: HttpRequest) -> StreamingHttpResponse:
    """The forecast as a file."""
    require_somewhere(request.user, Verb.SEE_RESOURCES)
    page = ForecastPage(request)
    form = request.GET.get("format", "csv")
    return exchange.export_response(page.export_columns(), page.export_rows(), form, name="forecast")


@login_required
@require_GET
def bench(request: HttpRequest) -> HttpResponse:
    """Who has time, and which expertise lies idle."""
    require_somewhere(request.user, Verb.SEE_RESOURCES)
    return render(request, "resources/bench.html", {"page": BenchPage(request)})


@login_required
@require_GET
def utilisation(request: HttpRequest) -> HttpResponse:
    """How well capacity is used."""
    require_somewhere(request.user, Verb.SEE_RESOURCES)
    return render(request, "resources/utilisation.html", {"page": UtilisationPage(request)})
