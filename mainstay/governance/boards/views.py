"""Pages about boards."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.forms import tried
from mainstay.core.verbs import Verb
from mainstay.governance.boards import queries
from mainstay.governance.boards.forms import BoardForm, DelegationForm, SeatForm
from mainstay.governance.models import Board, Delegation, Seat
from mainstay.governance.operations.boards import create_board, edit_board, end_seat, give_seat
from mainstay.governance.operations.delegations import remove_delegation, set_delegation
from mainstay.portfolio.models import Portfolio
from mainstay.portfolio.views.sent import portfolio_chosen, version_sent


@login_required
@require_GET
def boards(request: HttpRequest) -> HttpResponse:
    """Every board the person may see."""
    rows = list(queries.boards_for(request.user, request.as_of))
    places = Portfolio.objects.visible_to(request.user, Verb.BOARD_CREATE) if request.as_of is None else []
    return render(request, "governance/boards.html", {"boards": rows, "places": places})


@login_required
@require_GET
def board(request: HttpRequest, key: str) -> HttpResponse:
    """A board: who sits on it, its quorum, and how much it may decide."""
    return _page(request, queries.board_for(request.user, key, request.as_of))


def _page(request: HttpRequest, row: Any, status: int = 200, **shown: Any) -> HttpResponse:
    now = request.as_of is None
    seats = queries.seats_of(row, request.as_of)
    taken = [seat for seat in seats if seat.ends_on is None]
    context = {
        "board": row,
        "seats": taken,
        "former": [seat for seat in seats if seat.ends_on is not None],
        "voting": sum(seat.part in {"chair", "member"} for seat in taken),
        "delegations": list(queries.delegations_on(row, request.as_of)),
        "may_edit": now and access.may(request.user, Verb.BOARD_EDIT, row.portfolio),
        "today": timezone.localdate(),
        "seat_form": SeatForm(),
        "delegation_form": DelegationForm(instance=Delegation(portfolio=row.portfolio)),
        "trail": [("Boards", reverse("boards"))],
    }
    return render(request, "governance/board.html", context | shown, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def board_new(request: HttpRequest) -> HttpResponse:
    """Set up a board for a portfolio."""
    portfolio = portfolio_chosen(request, Verb.BOARD_CREATE, "Choose a portfolio for which you may set up a board.")
    return _editor(request, Board(portfolio=portfolio))


@login_required
@require_http_methods(["GET", "POST"])
def board_edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change a board."""
    row = queries.board_for(request.user, key)
    access.require(request.user, Verb.BOARD_EDIT, row.portfolio)
    return _editor(request, row)


def _editor(request: HttpRequest, row: Board) -> HttpResponse:
    form, status = BoardForm(request.POST or None, instance=row), 200
    if request.method == "POST":
        saved, status = tried(form, lambda sent: _saved(request, row, sent))
        if saved is not None:
            messages.success(request, f"{saved} was saved.")
            return redirect("board", saved.key)
    trail = [("Boards", reverse("boards"))]
    return render(request, "governance/board_edit.html", {"form": form, "board": row, "trail": trail}, status=status)


def _saved(request: HttpRequest, row: Board, sent: dict[str, Any]) -> Board:
    if row.pk is None:
        return create_board(row.portfolio, actor=request.user, **sent)
    return edit_board(row, actor=request.user, expected_version=version_sent(request), **sent)


@login_required
@require_POST
def seat_new(request: HttpRequest, key: str) -> HttpResponse:
    """Give somebody a seat."""
    row = queries.board_for(request.user, key)
    access.require(request.user, Verb.SEAT_GIVE, row.portfolio)
    form = SeatForm(request.POST, instance=Seat(board=row))
    seat, status = tried(form, lambda sent: give_seat(row, actor=request.user, **sent))
    if seat is None:
        return _page(request, row, status, seat_form=form)
    messages.success(request, f"{seat.person} has a seat on {row.name}.")
    return redirect("board", key)


@login_required
@require_POST
def seat_ending(request: HttpRequest, seat_id: int) -> HttpResponse:
    """End a seat today."""
    seat = Seat.objects.visible_to(request.user).filter(pk=seat_id).select_related("board").first()
    if seat is None:
        raise Missing("There is no such seat, or it is not open to you.")
    day = max(timezone.localdate(), seat.starts_on)
    end_seat(seat, actor=request.user, ends_on=day, reason=request.POST.get("reason", "")[:500])
    messages.success(request, f"The seat of {seat.person} has ended; it stays in the history.")
    return redirect("board", seat.board.key)


@login_required
@require_POST
def delegation_new(request: HttpRequest, key: str) -> HttpResponse:
    """Say how much a board or a role may decide."""
    row = queries.board_for(request.user, key)
    access.require(request.user, Verb.DELEGATION_SET, row.portfolio)
    form = DelegationForm(request.POST, instance=Delegation(portfolio=row.portfolio))
    saved, status = tried(form, lambda sent: set_delegation(row.portfolio, actor=request.user, **sent))
    if saved is None:
        return _page(request, row, status, delegation_form=form)
    messages.success(request, f"{saved}.")
    return redirect("board", key)


@login_required
@require_POST
def delegation_removal(request: HttpRequest, delegation_id: int) -> HttpResponse:
    """Take a delegation back."""
    row = Delegation.objects.visible_to(request.user).filter(pk=delegation_id).select_related("board").first()
    if row is None:
        raise Missing("There is no such delegation, or it is not open to you.")
    remove_delegation(row, actor=request.user, reason=request.POST.get("reason", "")[:500])
    messages.success(request, "The delegation was taken back.")
    key = request.POST.get("board", "")
    return (
        redirect("board", key)
        if Board.objects.visible_to(request.user).filter(key=key).exists()
        else redirect("boards")
    )
