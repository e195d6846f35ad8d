"""The matrix of people and skills."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mainstay.core import exchange
from mainstay.core.sheet import read_sheet
from mainstay.core.verbs import Verb
from mainstay.resources.skills_page import SkillsPage
from mainstay.resources.views.shared import require_somewhere


@login_required
@require_GET
def skills(request: HttpRequest) -> HttpResponse:
    """Who masters what, how well, and which certificates run out."""
    part = "#list" if request.htmx.target == "list" and not request.htmx.history_restore_request else ""
    return render(request, f"resources/skills.html{part}", {"page": SkillsPage(request)})


@login_required
@require_GET
def skills_export(request: HttpRequest) -> StreamingHttpResponse:
    """The matrix as a file, as its page is narrowed."""
    page = SkillsPage(request)
    form = request.GET.get("format", "csv")
    return exchange.export_response(page.columns(), page.every_line(), form, name="skills")


@login_required
@require_http_methods(["GET", "POST"])
def skill_levels(request: HttpRequest) -> HttpResponse:
    """Type levels for many people at once."""
    require_somewhere(request.user, Verb.PROFICIENCY_SET)
    page = SkillsPage(request)
    if request.method == "GET":
        return render(request, "resources/levels.html", {"page": page, "sheet": page.sheet})
    entered = read_sheet(request.POST, page.sheet)
    if entered.is_refused:
        return render(request, "resources/levels.html", {"page": page, "sheet": entered.shown()}, status=422)
    merged = entered.beside(page.sheet)
    if any(line.theirs for line in merged.lines):
        return render(request, "resources/levels.html", {"page": page, "sheet": merged}, status=409)
    changed = page.keep(merged)
    messages.success(request, f"{changed} level{'' if changed == 1 else 's'} changed.")
    return redirect(f"{reverse('skills')}?{request.GET.urlencode()}")
