"""The page of look-alikes: pairs of the register that say nearly the same, to be merged or dismissed."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from mainstay.core import access
from mainstay.core.errors import Forbidden, Missing
from mainstay.core.verbs import Verb
from mainstay.identification.alike import near_duplicates
from mainstay.identification.models import Merger, Unlike
from mainstay.identification.operations.duplicates import dismiss_pair, merge_projects
from mainstay.portfolio.models import Project
from mainstay.portfolio.views.sent import reason_of

LEVELS = (("0.4", "Related"), ("0.55", "Similar"), ("0.75", "Nearly the same"))
USUAL = "0.55"
MOST_SETTLED = 50


@login_required
@require_GET
def duplicates(request: HttpRequest) -> HttpResponse:
    """Every pair the person may see both sides of, the closest first, and what was decided before."""
    return _page(request)


def _page(request: HttpRequest, status: int = 200, **more: Any) -> HttpResponse:
    if not access.may_somewhere(request.user, Verb.DUPLICATE_DISMISS):
        raise Forbidden("Your roles do not let you settle look-alikes. Ask an administrator for a grant.")
    asked = request.GET.get("level", USUAL)
    level = asked if asked in dict(LEVELS) else USUAL
    seen = Project.objects.visible_to(request.user).values("pk")
    unlike = Unlike.objects.filter(one__in=seen, other__in=seen).select_related("one", "other").order_by("-pk")
    mergers = Merger.objects.visible_to(request.user).select_related("merged", "survivor").order_by("-at")
    context = {
        "pairs": near_duplicates(request.user, float(level)),
        "levels": LEVELS,
        "level": level,
        "dismissed": unlike[:MOST_SETTLED],
        "mergers": mergers[:MOST_SETTLED],
        **more,
    }
    return render(request, "identification/duplicates.html", context, status=status)


def _both(request: HttpRequest, first: str, second: str) -> tuple[Project, Project]:
    seen = Project.objects.visible_to(request.user)
    rows = [seen.filter(code=request.POST.get(name, "")[:40]).first() for name in (first, second)]
    if rows[0] is None or rows[1] is None:
        raise Missing("One of the two is not there, or is not open to you.")
    return rows[0], rows[1]


@login_required
@require_POST
def merger(request: HttpRequest) -> HttpResponse:
    """Let one of a pair go on in the other."""
    merged, survivor = _both(request, "merged", "survivor")
    try:
        merge_projects(merged, actor=request.user, into=survivor, reason=reason_of(request))
    except ValidationError as error:
        return _page(request, 422, refused=" ".join(error.messages))
    messages.success(request, f"{merged.code} goes on in {survivor.code}; both histories are kept.")
    return redirect("duplicates")


@login_required
@require_POST
def dismissal(request: HttpRequest) -> HttpResponse:
    """Say that a pair only looks alike."""
    one, other = _both(request, "one", "other")
    try:
        dismiss_pair(one, actor=request.user, other=other, reason=reason_of(request))
    except ValidationError as error:
        return _page(request, 422, refused=" ".join(error.messages))
    messages.success(request, f"{one.code} and {other.code} are no pair any more.")
    return redirect("duplicates")
