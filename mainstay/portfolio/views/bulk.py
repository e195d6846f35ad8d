"""Changing many projects at once, and undoing a change."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from mainstay.core import access
from mainstay.core.errors import Forbidden, Missing
from mainstay.core.forms import take_errors
from mainstay.core.models import Event
from mainstay.core.operations.undo import undo_change
from mainstay.core.verbs import Verb
from mainstay.portfolio.forms.bulk import BulkForm
from mainstay.portfolio.models import Project
from mainstay.portfolio.operations.projects import edit_projects
from mainstay.portfolio.queries import ProjectFilter, Reading
from mainstay.portfolio.queries.words import texts_of
from mainstay.portfolio.undo import say_done

OWN = frozenset({"all", "back", "selected"})
MOST_NAMED = 20


class Batch:
    """The projects somebody chose to change: those ticked, or every one that a list shows."""

    def __init__(self, query: Any, user: Any) -> None:
        self.reading = Reading(user)
        found = ProjectFilter.read(query, self.reading, OWN).apply()
        self.chosen = found if query.get("all") else found.filter(code__in=texts_of(query, "selected"))
        editable = Project.objects.visible_to(user, Verb.PROJECTS_EDIT)
        self.projects = editable.filter(pk__in=self.chosen.order_by().values("pk"))
        self.count = self.projects.count()
        self.left_out = self.chosen.count() - self.count
        self.named = list(self.projects.order_by("code").values_list("code", "name")[:MOST_NAMED])
        self.sees_figures = access.may_somewhere(user, Verb.SEE_FIGURES)


@login_required
@require_http_methods(["GET", "POST"])
def edits(request: HttpRequest) -> HttpResponse:
    """Change the same fields of many projects; what is left empty stays as it is."""
    if not access.may_somewhere(request.user, Verb.PROJECTS_EDIT):
        raise Forbidden("Your roles do not let you change many projects at once. Ask an administrator for a grant.")
    batch = Batch(request.GET, request.user)
    form = BulkForm(
        request.POST if request.method == "POST" else None, reading=batch.reading, sees_figures=batch.sees_figures
    )
    back = _list_address(request.GET.get("back", ""))
    if request.method == "POST" and form.is_valid() and _edit(request, batch, form):
        return redirect(back)
    status = 422 if form.errors else 200
    return render(request, "portfolio/edits.html", {"batch": batch, "form": form, "back": back}, status=status)


def _edit(request: HttpRequest, batch: Batch, form: BulkForm) -> bool:
    changes = form.changes()
    if not changes:
        form.add_error(None, "Nothing would change: fill in at least one field.")
        return False
    try:
        count = edit_projects(batch.projects, actor=request.user, reason=form.cleaned_data["reason"], **changes)
    except ValidationError as error:
        take_errors(form, error)
        return False
    if count:
        say_done(request, f"{count:,} {'project' if count == 1 else 'projects'} changed.", Verb.PROJECTS_EDIT)
    else:
        messages.info(request, "They were so already; nothing changed.")
    return True


def _list_address(query: str) -> str:
    return reverse("projects") + (query if query.startswith("?") else "")


@login_required
@require_POST
def undo(request: HttpRequest, event_id: int) -> HttpResponse:
    """Bring back what a change of one's own changed."""
    event = Event.objects.visible_to(request.user).filter(pk=event_id).first()
    if event is None:
        raise Missing("There is no such change.")
    count = undo_change(event, actor=request.user)
    messages.success(request, f"Undone: {count:,} {'row is' if count == 1 else 'rows are'} as before.")
    return redirect(_page_before(request))


def _page_before(request: HttpRequest) -> str:
    before = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure())
    return before if is_ours else reverse("projects")
