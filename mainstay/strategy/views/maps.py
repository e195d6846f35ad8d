"""The value map, and the scorecard with its strategy map."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from mainstay.core.errors import Missing
from mainstay.core.node_map import ChangeForm, LinkForm, UnlinkForm, answer_map, refused_change
from mainstay.core.verbs import Verb
from mainstay.strategy.asked import Asked
from mainstay.strategy.map_pages import Scorecard, ValuePage
from mainstay.strategy.models import Cause, Goal
from mainstay.strategy.operations.causes import link_cause, unlink_cause
from mainstay.strategy.views.shared import found, require_somewhere


@login_required
@require_GET
def value_map(request: HttpRequest) -> HttpResponse:
    """From projects, over what they bring, to goals; gaps and orphans marked and listed."""
    return render(request, "strategy/value_map.html", {"page": ValuePage(Asked(request))})


@login_required
@require_GET
def scorecard(request: HttpRequest) -> HttpResponse:
    """The four perspectives with their measures, and which goal helps which."""
    return render(request, "strategy/scorecard.html", {"page": Scorecard(Asked(request))})


@login_required
@require_POST
def cause_links(request: HttpRequest) -> HttpResponse:
    """Draw a link: one goal helps another."""
    require_somewhere(request.user, Verb.CAUSE_LINK)
    form = LinkForm(Scorecard(Asked(request)).map, request.POST)
    if not form.is_valid():
        return refused_change(request, form, back=reverse("scorecard"))
    source, target = (_goal(request, key) for key in (form.ends.source, form.ends.target))
    try:
        link_cause(source, actor=request.user, target=target)
    except ValidationError as error:
        return _refused(request, form, error)
    return answer_map(request, Scorecard(Asked(request)).map, back=reverse("scorecard"))


@login_required
@require_POST
def cause_removals(request: HttpRequest) -> HttpResponse:
    """Take a link away."""
    require_somewhere(request.user, Verb.CAUSE_UNLINK)
    form = UnlinkForm(Scorecard(Asked(request)).map, request.POST)
    if not form.is_valid():
        return refused_change(request, form, back=reverse("scorecard"))
    ends = {"source": _goal(request, form.ends.source), "target": _goal(request, form.ends.target)}
    cause = Cause.objects.filter(**ends).first()
    if cause is None:
        raise Missing("This link is not there any more.")
    unlink_cause(cause, actor=request.user)
    return answer_map(request, Scorecard(Asked(request)).map, back=reverse("scorecard"))


def _goal(request: HttpRequest, key: str) -> Goal:
    return found(Goal.objects.all(), request.user, pk=int(key.removeprefix("goal-")))


def _refused(request: HttpRequest, form: ChangeForm, error: ValidationError) -> HttpResponse:
    form.add_error(None, error.messages)
    return refused_change(request, form, back=reverse("scorecard"))
