"""The pages of value and of learning."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from mainstay.cockpit.dashboards.scope import scope_choices
from mainstay.cockpit.learning.one_plan import OPTION, look_at
from mainstay.cockpit.value.board import LEARNING, ONE_PLAN, VALUE, Chapters, Story
from mainstay.cockpit.views.dashboards import live_answer
from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb


@login_required
@require_GET
def value(request: HttpRequest) -> HttpResponse:
    """Was it worth it: for everything one may see, or a portfolio, programme, theme or owner."""
    return _told(request, "Value", VALUE)


@login_required
@require_GET
def learning(request: HttpRequest) -> HttpResponse:
    """How good we are at choosing: what came of past plans, whether scores foretell it, how the process runs."""
    return _told(request, "Learning", LEARNING)


def _told(request: HttpRequest, title: str, chapters: Chapters) -> HttpResponse:
    if not access.may_somewhere(request.user, Verb.SEE_FIGURES):
        raise Missing("There is nothing here, or figures are not open to you.")
    page = Story(request, title, chapters)
    if request.htmx and "known" in request.GET:
        return live_answer(request, page)
    return render(request, "cockpit/story.html", {"page": page, "controls": scope_choices(page.sight)})


@login_required
@require_GET
def plan_learning(request: HttpRequest, decision_id: int) -> HttpResponse:
    """One adopted plan looked back on: what came of it, and what choosing otherwise would have brought."""
    page = Story(request, "", ONE_PLAN, {OPTION: str(decision_id)})
    look = look_at(page.sight)
    if look is None:
        raise Missing("There is no such plan, or it is not open to you.")
    page.title = look.row.title
    if request.htmx and "known" in request.GET:
        return live_answer(request, page)
    trail = [("Learning", reverse("learning"))]
    return render(request, "cockpit/story.html", {"page": page, "trail": trail, "look": look})
