"""Weighing goals: other weights are tried out, their effect is shown, and only then they are published."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mainstay.core import access
from mainstay.core.conflict import Conflict
from mainstay.core.errors import Stale
from mainstay.core.verbs import Verb
from mainstay.strategy.asked import Asked
from mainstay.strategy.operations.goals import weigh_goals
from mainstay.strategy.views.shared import attempt, data_of, require_somewhere
from mainstay.strategy.weights_page import WeightsPage


@login_required
@require_http_methods(["GET", "POST"])
def goal_weights(request: HttpRequest) -> HttpResponse:
    """The weights of goals that hang together, and what other weights would do."""
    require_somewhere(request.user, Verb.GOALS_WEIGH)
    page = WeightsPage(Asked(request), data_of(request))
    if request.method == "GET":
        return render(request, "strategy/weights.html", {"page": page})
    if request.POST.get("action") == "publish":
        return _publish(request, page)
    if page.form.is_valid() and page.rows:
        page.show_effect()
    return render(request, "strategy/weights.html", {"page": page}, status=200 if page.effect else 422)


def _publish(request: HttpRequest, page: WeightsPage) -> HttpResponse:
    for row in page.rows:
        access.require(request.user, Verb.GOALS_WEIGH, row.scope)
    form = page.form

    def act() -> int:
        reason = form.cleaned_data["reason"]
        return weigh_goals(page.rows, actor=request.user, weights=form.weights, versions=form.versions, reason=reason)

    try:
        changed = attempt(form, act)
    except Stale as stale:
        context = {"page": page, "conflict": Conflict(stale, form)}
        return render(request, "strategy/weights.html", context, status=stale.status)
    if changed is None:
        return render(request, "strategy/weights.html", {"page": page}, status=422)
    messages.success(request, "The weights are published." if changed else "The weights were these already.")
    return redirect(request.get_full_path())
