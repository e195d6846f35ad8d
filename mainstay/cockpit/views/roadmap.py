"""The roadmap: its page, the data of its picture, the effect of a move, and the move itself."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from mainstay.cockpit.queries.roadmap_effect import as_told
from mainstay.cockpit.roadmap_forms import DatesForm, MoveForm
from mainstay.cockpit.roadmap_moves import after_move, effect_on, told_stale
from mainstay.cockpit.roadmap_page import RoadmapPage
from mainstay.core import access, exchange
from mainstay.core.errors import Missing, Stale
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Project
from mainstay.portfolio.operations.projects import edit_project


@login_required
@require_GET
def roadmap(request: HttpRequest) -> HttpResponse:
    """All projects in time."""
    part = "#body" if request.htmx.target == "roadmap-body" and not request.htmx.history_restore_request else ""
    return render(request, f"cockpit/roadmap.html{part}", {"page": RoadmapPage(request)})


@login_required
@require_GET
def data(request: HttpRequest) -> JsonResponse:
    """The data of the picture, fetched anew after something moved."""
    return JsonResponse(RoadmapPage(request).data)


@login_required
@require_GET
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The table as a file."""
    page = RoadmapPage(request)
    return exchange.export_response(
        page.export_columns(), page.ordered, request.GET.get("format", "csv"), name="roadmap"
    )


@login_required
@require_GET
def effect(request: HttpRequest) -> JsonResponse:
    """What new dates of a project would do."""
    form = DatesForm(request.GET)
    if not form.is_valid():
        return _refused(form.refusal)
    asked = form.cleaned_data
    scenario = request.GET.get("scenario", "")
    found = effect_on(request.user, asked["project"], asked["start"], asked["end"], request.as_of, scenario)
    return JsonResponse(as_told(found))


@login_required
@require_POST
def moves(request: HttpRequest) -> JsonResponse:
    """Give a project other dates in today's plan."""
    project = _movable(request)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _refused(form.refusal)
    asked = form.cleaned_data
    dates = {"start_date": asked["start"], "end_date": asked["end"]}
    try:
        saved = edit_project(project, actor=request.user, expected_version=asked["version"], **dates)
    except ValidationError as error:
        return _refused(" ".join(error.messages))
    except Stale as stale:
        return JsonResponse(told_stale(stale), status=stale.status)
    return JsonResponse(after_move(saved, request.user))


def _movable(request: HttpRequest) -> Project:
    found = Project.objects.visible_to(request.user).filter(code=request.POST.get("project", "")).first()
    if found is None:
        raise Missing("There is no such project, or it is not open to you.")
    access.require(request.user, Verb.PROJECT_EDIT, found)
    return found


def _refused(message: str) -> Any:
    return JsonResponse({"message": message}, status=422)
