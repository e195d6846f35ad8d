"""Pages about selections: the list, the form, and what is asked."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from mainstay.authorisation import queries
from mainstay.authorisation.candidates import Pool, gather, projects_of
from mainstay.authorisation.conflict import Conflict, settled
from mainstay.authorisation.forms import TermsForm
from mainstay.authorisation.models import Selection
from mainstay.authorisation.operations.selections import edit_selection, prepare_selection
from mainstay.authorisation.terms import clean_terms
from mainstay.core import access
from mainstay.core.errors import Impossible, Stale
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Portfolio
from mainstay.portfolio.views.sent import portfolio_chosen, version_sent

MOST_SUGGESTED = 1000


@login_required
@require_GET
def selections(request: HttpRequest) -> HttpResponse:
    """Every selection the person may see with what came out, and where they may prepare one."""
    rows = queries.selections_for(request.user, request.as_of)
    told = [(row, row.solution.finding if row.solution else "") for row in rows]
    places = Portfolio.objects.visible_to(request.user, Verb.SELECTION_PREPARE) if request.as_of is None else []
    return render(request, "authorisation/selections.html", {"rows": told, "places": places})


@login_required
@require_http_methods(["GET", "POST"])
def new_selection(request: HttpRequest) -> HttpResponse:
    """State a choice to be made in a portfolio."""
    portfolio = portfolio_chosen(
        request, Verb.SELECTION_PREPARE, "Choose a portfolio in which you may prepare a selection."
    )
    return _editor(request, portfolio, None)


@login_required
@require_http_methods(["GET", "POST"])
def selection_edit(request: HttpRequest, selection_id: int) -> HttpResponse:
    """Change what is asked."""
    selection = queries.selection_for(request.user, selection_id)
    access.require(request.user, Verb.SELECTION_EDIT, selection.portfolio)
    return _editor(request, selection.portfolio, selection)


def _editor(request: HttpRequest, portfolio: Portfolio, selection: Selection | None) -> HttpResponse:
    data = settled(request.POST, TermsForm(portfolio, request.user, None, selection)) or None
    form = TermsForm(portfolio, request.user, data, selection)
    version = selection.version if selection else 0
    context: dict[str, Any] = {"form": form, "portfolio": portfolio, "selection": selection, "version": version}
    if request.method == "GET":
        return _page(request, context | _first_count(request, selection))
    if not form.is_valid():
        return _page(request, context, 422)
    if request.POST.get("action") == "count":
        return _count(request, context)
    return _save(request, context)


def _first_count(request: HttpRequest, selection: Selection | None) -> dict[str, Any]:
    """The candidates of a selection that is changed, unless what it asks for is gone."""
    try:
        return {"pool": gather(selection, request.user), "asked": selection} if selection else {}
    except Impossible:
        return {}


def _count(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """How many candidates the terms give, with nothing saved."""
    asked = Selection(portfolio=context["portfolio"], **context["form"].terms())
    try:
        clean_terms(asked)
    except ValidationError as error:
        context["form"].take(error.message_dict)
        return _page(request, context, 422)
    pool: Pool = gather(asked, request.user)
    return _page(request, context | {"pool": pool, "asked": asked})


def _save(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    selection, terms = context["selection"], context["form"].terms()
    try:
        if selection is None:
            saved = prepare_selection(context["portfolio"], actor=request.user, **terms)
        else:
            saved = edit_selection(selection, actor=request.user, expected_version=version_sent(request), **terms)
    except Stale as stale:
        return _page(request, context | _conflict(request, context, stale), stale.status)
    except ValidationError as error:
        context["form"].take(error.message_dict)
        return _page(request, context, 422)
    messages.success(request, f"{saved.name} is ready to be solved.")
    return redirect("selection", saved.pk)


def _conflict(request: HttpRequest, context: dict[str, Any], stale: Stale) -> dict[str, Any]:
    """Both versions, and the form to save against the newer one."""
    portfolio, selection = context["portfolio"], Selection.objects.get(pk=context["selection"].pk)
    conflict = Conflict(stale, context["form"], TermsForm(portfolio, request.user, None, selection))
    form = TermsForm(portfolio, request.user, conflict.form.data, selection)
    return {"conflict": conflict, "form": form}


def _page(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    if request.htmx and "pool" in context and status == 200:
        return render(request, "authorisation/selection_edit.html#pool", context)
    rows = projects_of(context["portfolio"], request.user)[:MOST_SUGGESTED]
    context |= {"known": rows, "themes": sorted({row.theme for row in rows if row.theme})}
    return render(request, "authorisation/selection_edit.html", context, status=status)
