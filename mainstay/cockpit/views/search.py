"""Search: an answer for the command palette, and the same as a plain page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from mainstay.cockpit.queries.finding import find, words_in

MOST_ON_A_PAGE = 50


@login_required
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """What fits a few letters: data where data is asked for, else a page."""
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        found = find(request, request.GET.get("q", ""))
        return JsonResponse([one.as_dict() for one in found], safe=False)
    return search_page(request)


@login_required
@require_GET
def search_page(request: HttpRequest) -> HttpResponse:
    """The same as a page, with more of each kind."""
    text = words_in(request.GET.get("q", ""))
    found = find(request, text, MOST_ON_A_PAGE) if text else []
    return render(request, "cockpit/search.html", {"q": text, "found": found})
