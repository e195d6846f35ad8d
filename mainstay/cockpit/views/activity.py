"""What happened: who did what, when, why and through which channel."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from mainstay.cockpit.forms import ActivityForm
from mainstay.cockpit.queries.feed import told, visible_events

PAGE_ROWS = 50


@login_required
@require_GET
def activity(request: HttpRequest) -> HttpResponse:
    """Everything that happened at places the person may see, the newest first."""
    form = ActivityForm(request.GET)
    events = list(form.narrow(visible_events(request))[: PAGE_ROWS + 1])
    shown = events[:PAGE_ROWS]
    context = {
        "form": form,
        "happenings": told(request, shown),
        "older": shown[-1].pk if len(events) > PAGE_ROWS else None,
        "is_narrowed": any(request.GET.get(name) for name in ("who", "noun", "verb", "channel", "since")),
    }
    template = "cockpit/activity.html#feed" if request.htmx else "cockpit/activity.html"
    return render(request, template, context, status=422 if form.errors else 200)
