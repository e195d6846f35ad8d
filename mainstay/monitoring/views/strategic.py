"""The page of strategic utilisation."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from mainstay.core.verbs import Verb
from mainstay.monitoring.strategic_page import StrategicPage
from mainstay.resources.views.shared import require_somewhere


@login_required
@require_GET
def strategic_utilisation(request: HttpRequest) -> HttpResponse:
    """Where people's time goes by kinds of work."""
    require_somewhere(request.user, Verb.SEE_RESOURCES)
    return render(request, "monitoring/strategic.html", {"page": StrategicPage(request)})
