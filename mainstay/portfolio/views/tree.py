"""Portfolios and programmes: the tree with its roll-ups, creating, changing and moving."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.forms import take_errors
from mainstay.core.verbs import Verb
from mainstay.portfolio.forms.tree import ParentForm, PortfolioForm, ProgrammeForm
from mainstay.portfolio.models import Portfolio, Programme
from mainstay.portfolio.operations.tree import (
    create_portfolio,
    create_programme,
    edit_portfolio,
    edit_programme,
    move_portfolio,
)
from mainstay.portfolio.programme import ProgrammePage
from mainstay.portfolio.queries import Reading
from mainstay.portfolio.queries.tree import Tree
from mainstay.portfolio.views.sent import asked_for, version_of


def portfolio_to(request: HttpRequest, code: str, verb: Verb) -> Portfolio:
    """A portfolio to change: one the person cannot see is missing, one they may not change is refused."""
    found = Portfolio.objects.visible_to(request.user).filter(code=code).first()
    if found is None:
        raise Missing("There is no such portfolio, or it is not open to you.")
    access.require(request.user, verb, found)
    return found


@login_required
@require_GET
def portfolios(request: HttpRequest) -> HttpResponse:
    """The tree of portfolios and the programmes in them, each with what lies below."""
    tree = Tree(Reading(request.user, request.as_of))
    is_today = request.as_of is None
    context = {
        "tree": tree,
        "may_create": is_today and access.may(request.user, Verb.PORTFOLIO_CREATE),
        "may_edit": is_today and access.may_somewhere(request.user, Verb.PORTFOLIO_EDIT),
    }
    return render(request, "portfolio/portfolios.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new_portfolio(request: HttpRequest) -> HttpResponse:
    """Open a portfolio, at the top or under another one."""
    code = asked_for(request, "under")
    parent = portfolio_to(request, code, Verb.PORTFOLIO_CREATE) if code else None
    access.require(request.user, Verb.PORTFOLIO_CREATE, parent)
    form = PortfolioForm(
        request.POST if request.method == "POST" else None,
        user=request.user,
        initial={"currency": parent.currency} if parent else {},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = create_portfolio(parent, actor=request.user, **form.given())
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, f"{made.name} is open under the code {made.code}.")
            return redirect("portfolios")
    return _tree_form(
        request, form, f"Open a portfolio{f' in {parent.name}' if parent else ''}", "Open the portfolio"
    )


def _tree_form(request: HttpRequest, form: Any, title: str, verb: str, **more: Any) -> HttpResponse:
    context = {"form": form, "title": title, "verb": verb, **more}
    return render(request, "portfolio/tree_form.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def portfolio_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change a portfolio; making it confidential seals everything below."""
    portfolio = portfolio_to(request, code, Verb.PORTFOLIO_EDIT)
    form = PortfolioForm(request.POST if request.method == "POST" else None, user=request.user, instance=portfolio)
    if request.method == "POST" and form.is_valid():
        fresh = portfolio_to(request, code, Verb.PORTFOLIO_EDIT)
        version = version_of(request)
        try:
            edit_portfolio(fresh, actor=request.user, expected_version=version, **form.changes())
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, "Saved.")
            return redirect("portfolios")
    moves = access.may(request.user, Verb.PORTFOLIO_MOVE, portfolio)
    return _tree_form(request, form, f"Edit {portfolio.name}", "Save", row=portfolio, may_move=moves)


@login_required
@require_http_methods(["GET", "POST"])
def portfolio_move(request: HttpRequest, code: str) -> HttpResponse:
    """Hang a portfolio with everything below it under another one."""
    portfolio = portfolio_to(request, code, Verb.PORTFOLIO_MOVE)
    start = {"parent": portfolio.parent.code if portfolio.parent else ""}
    form = ParentForm(
        request.POST if request.method == "POST" else None, user=request.user, portfolio=portfolio, initial=start
    )
    if request.method == "POST" and form.is_valid():
        try:
            move_portfolio(portfolio, actor=request.user, parent=form.cleaned_data["parent"])
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, f"{portfolio.name} lies elsewhere now, with everything below it.")
            return redirect("portfolios")
    return _tree_form(request, form, f"Move {portfolio.name}", "Move it")


@login_required
@require_http_methods(["GET", "POST"])
def new_programme(request: HttpRequest, code: str) -> HttpResponse:
    """Open a programme in a portfolio."""
    portfolio = portfolio_to(request, code, Verb.PROGRAMME_CREATE)
    form = ProgrammeForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            made = create_programme(portfolio, actor=request.user, **form.given())
        except ValidationError as error:
            take_errors(form, error)
        else:
            return redirect("programme", made.code)
    return _tree_form(request, form, f"Open a programme in {portfolio.name}", "Open the programme")


@login_required
@require_http_methods(["GET", "POST"])
def programme_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change a programme."""
    programme = _programme(request, code)
    form = ProgrammeForm(request.POST if request.method == "POST" else None, user=request.user, instance=programme)
    if request.method == "POST" and form.is_valid():
        version = version_of(request)
        try:
            saved = edit_programme(
                _programme(request, code), actor=request.user, expected_version=version, **form.changes()
            )
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, "Saved.")
            return redirect("programme", saved.code)
    return _tree_form(request, form, f"Edit {programme.name}", "Save", row=programme)


def _programme(request: HttpRequest, code: str) -> Programme:
    found = Programme.objects.visible_to(request.user).filter(code=code).first()
    if found is None:
        raise Missing("There is no such programme, or it is not open to you.")
    access.require(request.user, Verb.PROGRAMME_EDIT, found)
    return found


@login_required
@require_GET
def programme(request: HttpRequest, code: str) -> HttpResponse:
    """One programme: its projects, what they add up to, and where their dates clash."""
    page = ProgrammePage(code, request.user, request.as_of)
    return render(request, "portfolio/programme.html", {"page": page, "programme": page.programme})
