"""The investment mix against its target, classifications, and placing projects in bulk."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.charts import words
from mainstay.core.errors import Stale
from mainstay.core.verbs import Verb
from mainstay.portfolio.views.sent import version_of
from mainstay.strategy.asked import Asked
from mainstay.strategy.conflict import Conflict, settled
from mainstay.strategy.forms.mix import ClassificationForm, NewClassificationForm, PlacingForm, buckets_form
from mainstay.strategy.mix_page import MixPage
from mainstay.strategy.models import Classification
from mainstay.strategy.operations.mix import classify_projects, create_classification, edit_classification
from mainstay.strategy.views.shared import attempt, data_of, found, require_somewhere


@login_required
@require_GET
def mix(request: HttpRequest) -> HttpResponse:
    """How the money spreads over kinds of work, against what it should be."""
    return render(request, "strategy/mix.html", {"page": MixPage(Asked(request))})


@login_required
@require_http_methods(["GET", "POST"])
def classification_new(request: HttpRequest) -> HttpResponse:
    """Write down a way to sort work."""
    require_somewhere(request.user, Verb.CLASSIFICATION_CREATE)
    form = NewClassificationForm(data_of(request), user=request.user)
    buckets = buckets_form(None, data_of(request))

    def act() -> Classification:
        given = form.given()
        return create_classification(given.pop("portfolio"), actor=request.user, buckets=buckets.wanted(), **given)

    return _saved(request, form, buckets, act, None)


@login_required
@require_http_methods(["GET", "POST"])
def classification(request: HttpRequest, code: str) -> HttpResponse:
    """Change a classification, its buckets and their targets."""
    row = found(Classification.objects.all(), request.user, Verb.CLASSIFICATION_EDIT, code=code)
    instance = Classification.objects.get(pk=row.pk)
    data = settled(request.POST, row) if request.method == "POST" else None
    form = ClassificationForm(data, user=request.user, instance=instance)
    buckets = buckets_form(row, data)

    def act() -> Classification:
        changes = form.changes() | {"buckets": buckets.wanted()}
        return edit_classification(row, actor=request.user, expected_version=version_of(request), **changes)

    return _saved(request, form, buckets, act, row)


def _saved(request: HttpRequest, form: Any, buckets: Any, act: Any, row: Any) -> HttpResponse:
    version = request.POST.get("version", "") or getattr(row, "version", 0)
    context = {"form": form, "buckets": buckets, "row": row, "version": version}
    if request.method == "GET":
        return render(request, "strategy/classification.html", context)
    try:
        saved = attempt(form, act) if buckets.is_valid() else None
    except Stale as stale:
        conflict = Conflict(stale, form, buckets, row)
        context |= {"conflict": conflict, "buckets": conflict.buckets, "version": conflict.version}
        return render(request, "strategy/classification.html", context, status=stale.status)
    if saved is None:
        return render(request, "strategy/classification.html", context, status=422)
    messages.success(request, "Saved.")
    return redirect(f"{reverse('mix')}?kind={saved.code}")


@login_required
@require_POST
def placements(request: HttpRequest, code: str) -> HttpResponse:
    """Place the ticked projects in a bucket."""
    kind = found(Classification.objects.all(), request.user, code=code)
    require_somewhere(request.user, Verb.PROJECTS_CLASSIFY)
    form = PlacingForm(request.POST, user=request.user, classification=kind)

    def act() -> int:
        terms = {"classification": kind, "bucket": form.cleaned_data["bucket"]}
        return classify_projects(form.cleaned_data["projects"], actor=request.user, **terms)

    changed = attempt(form, act)
    if changed is None:
        context = {"page": MixPage(Asked(request), code), "form": form}
        return render(request, "strategy/mix.html", context, status=422)
    messages.success(request, f"{words.counted(changed, 'project')} placed.")
    return redirect(f"{reverse('mix')}{Asked(request).more}kind={code}")
