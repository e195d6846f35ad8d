"""The inventory: one list of everything active and proposed, its filters and its saved views."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.models import SavedView
from mainstay.core.operations.keeping import remove_view, save_view
from mainstay.core.verbs import Verb
from mainstay.portfolio.choices import ColumnChoice, FilterChoices
from mainstay.portfolio.export import export_list
from mainstay.portfolio.forms.views import ViewForm
from mainstay.portfolio.inventory import Inventory
from mainstay.portfolio.queries import ProjectFilter, Reading
from mainstay.portfolio.views.sent import asked_for

PAGE = "projects"


@login_required
@require_GET
def inventory(request: HttpRequest) -> HttpResponse:
    """Every proposal and project the person may see, as the address asks for them."""
    found = Inventory(request.GET, request.user, request.as_of)
    is_today = request.as_of is None
    context = {
        "inventory": found,
        "choices": FilterChoices(found.filter, found.state),
        "may_edit": is_today and access.may_somewhere(request.user, Verb.PROJECTS_EDIT),
        "may_propose": is_today and access.may_somewhere(request.user, Verb.PROJECT_PROPOSE),
    }
    if is_fragment(request):
        return render(request, "portfolio/inventory.html#list", context)
    return render(request, "portfolio/inventory.html", context | {"views": _views(request)})


def is_fragment(request: HttpRequest) -> bool:
    """Whether only a part of the page is asked for."""
    return request.htmx.target == "list" and not request.htmx.history_restore_request


def _views(request: HttpRequest) -> list[SavedView]:
    return list(SavedView.objects.visible_to(request.user).filter(page=PAGE).select_related("person"))


@login_required
@require_GET
def filters(request: HttpRequest) -> HttpResponse:
    """Everything a list of projects can be narrowed by, on one page."""
    found = Inventory(request.GET, request.user, request.as_of)
    context = {"inventory": found, "choices": FilterChoices(found.filter, found.state)}
    return render(request, "portfolio/filters.html", context)


@login_required
@require_GET
def column_choice(request: HttpRequest) -> HttpResponse:
    """Which columns the list shows, how it is grouped and sorted."""
    found = Inventory(request.GET, request.user, request.as_of)
    context = {"inventory": found, "choice": ColumnChoice(found)}
    return render(request, "portfolio/columns.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def views(request: HttpRequest) -> HttpResponse:
    """Keep the list as it is under a name."""
    query = request.POST.get("query", "") or f"?{request.GET.urlencode()}"
    found = Inventory(QueryDict(query.removeprefix("?")), request.user, request.as_of)
    form = ViewForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        save_view(None, actor=request.user, page=PAGE, query=found.here.removeprefix("?"), **form.cleaned_data)
        messages.success(request, f"The view {form.cleaned_data['name']} is kept.")
        return redirect(f"{reverse('projects')}{found.here}")
    own = [view for view in _views(request) if view.person_id == request.user.pk]
    context = {"inventory": found, "form": form, "own": own}
    return render(request, "portfolio/view.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def view_removal(request: HttpRequest, view_id: int) -> HttpResponse:
    """Forget a saved view."""
    view = SavedView.objects.visible_to(request.user).filter(page=PAGE, pk=view_id).first()
    if view is None:
        raise Missing("There is no such view.")
    remove_view(view, actor=request.user)
    messages.success(request, f"The view {view} is gone.")
    return redirect("projects")


@login_required
@require_GET
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The list as a file, as its page shows it."""
    return export_list(Inventory(request.GET, request.user, request.as_of), request.GET.get("format", "csv"))


@login_required
@require_GET
def options(request: HttpRequest) -> HttpResponse:
    """Up to twenty projects whose code or name contains some words, for fields that ask for a project."""
    words = asked_for(request, "needs")
    matching = ProjectFilter.read({"q": words}, Reading(request.user)).apply()
    found = matching.values_list("code", "name")[:20] if words.strip() else []
    return render(request, "portfolio/options.html", {"projects": found})
