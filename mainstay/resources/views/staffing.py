"""Pages of staffing: the board, a request with its talk, asking for somebody, and every answer."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.core import access
from mainstay.core.errors import Missing, Stale
from mainstay.core.forms import take_errors
from mainstay.core.verbs import Verb
from mainstay.portfolio.views.projects import writable
from mainstay.portfolio.views.sent import reason_of, version_of
from mainstay.resources.forms.staffing import AskForm, OfferForm, TermsForm
from mainstay.resources.models import StaffingOffer
from mainstay.resources.operations import staffing as operations
from mainstay.resources.operations.talk import booked_by
from mainstay.resources.queries.effect import Effect, effect_of
from mainstay.resources.staffing_board import Board
from mainstay.resources.staffing_page import StaffingPage


@login_required
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Every request one sees, by where it stands."""
    return render(request, "resources/staffing.html", {"board": Board(request)})


@login_required
@require_GET
def request_page(request: HttpRequest, staffing_id: int) -> HttpResponse:
    """One request: the standing offer with its effect, the answers, and the talk."""
    return _page(request, StaffingPage(request, staffing_id))


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Ask a team for somebody."""
    project = writable(request, code, Verb.STAFFING_ASK)
    form = AskForm(request.POST if request.method == "POST" else None, project=project, user=request.user,
                   initial=request.GET.dict())  # fmt: skip
    if form.is_valid():
        try:
            made = operations.ask_for_staff(project, actor=request.user, **form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, f"{made.team} is asked, and told so.")
            return redirect("staffing_request", made.pk)
    context = {"project": project, "form": form}
    return render(request, "resources/staffing_new.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def offer(request: HttpRequest, staffing_id: int) -> HttpResponse:
    """Offer somebody: first the effect is shown, then the offer is made."""
    page = StaffingPage(request, staffing_id)
    access.require(request.user, Verb.STAFFING_OFFER, page.row.team.portfolio)
    form = page.form(OfferForm, request.POST)

    def act() -> str:
        operations.offer_person(
            page.row.team, actor=request.user, request=page.row, request_version=version_of(request),
            **form.cleaned_data,
        )  # fmt: skip
        return f"{form.cleaned_data['resource']} is offered."

    return _propose(request, page, form, act, "offer_form")


@login_required
@require_POST
def counter(request: HttpRequest, staffing_id: int) -> HttpResponse:
    """Answer an offer with something else: first the effect is shown."""
    page = StaffingPage(request, staffing_id)
    access.require(request.user, Verb.STAFFING_COUNTER, page.row.project)
    form = page.form(TermsForm, request.POST)

    def act() -> str:
        operations.counter_offer(
            page.row, actor=request.user, expected_version=version_of(request), **form.cleaned_data
        )
        return "The team is told what you propose."

    return _propose(request, page, form, act, "counter_form")


@login_required
@require_POST
def answer(request: HttpRequest, staffing_id: int, word: str) -> HttpResponse:
    """Accept, decline, agree, refuse or withdraw."""
    page = StaffingPage(request, staffing_id)
    if word not in ANSWERS:
        raise Missing("There is no such answer.")
    verb, done = ANSWERS[word]
    of_team = word in {"agree", "refuse"}
    access.require(request.user, verb, page.row.team.portfolio if of_team else page.row.project)
    try:
        _ACTS[word](request, page)
    except ValidationError as error:
        return _page(request, page, 422, refused=" ".join(error.messages))
    except Stale as stale:
        return _page(request, StaffingPage(request, staffing_id), stale.status, stale=stale)
    messages.success(request, done)
    return redirect("staffing_request", staffing_id)


ANSWERS = {
    "accept": (Verb.STAFFING_ACCEPT, "Accepted: the person is booked."),
    "decline": (Verb.STAFFING_DECLINE, "Declined; the team is told why."),
    "withdraw": (Verb.STAFFING_WITHDRAW, "Withdrawn."),
    "agree": (Verb.STAFFING_OFFER, "Agreed: the person is booked."),
    "refuse": (Verb.STAFFING_REFUSE, "The project is told that the team cannot help."),
}


def _accept(request: HttpRequest, page: StaffingPage) -> None:
    seen, version = request.POST.get("seen", ""), version_of(request)
    operations.accept_offer(
        page.row, actor=request.user, expected_version=version, seen=seen, reason=reason_of(request)
    )


def _decline(request: HttpRequest, page: StaffingPage) -> None:
    version = version_of(request)
    operations.decline_offer(page.row, actor=request.user, expected_version=version, reason=reason_of(request))


def _withdraw(request: HttpRequest, page: StaffingPage) -> None:
    operations.withdraw_request(
        page.row, actor=request.user, expected_version=version_of(request), reason=reason_of(request)
    )


def _agree(request: HttpRequest, page: StaffingPage) -> None:
    """Offer exactly what the project proposed."""
    if not page.may_agree:
        raise ValidationError("The project proposes nothing that waits for an answer.")
    same = {name: getattr(page.standing, name) for name in ("resource", "starts_on", "ends_on", "hours")}
    operations.offer_person(
        page.row.team, actor=request.user, request=page.row, request_version=version_of(request),
        reason=reason_of(request), **same,
    )  # fmt: skip


def _refuse(request: HttpRequest, page: StaffingPage) -> None:
    operations.refuse_request(
        page.row.team, actor=request.user, request=page.row, reason=reason_of(request),
        request_version=version_of(request),
    )  # fmt: skip


_ACTS: dict[str, Callable[[HttpRequest, StaffingPage], None]] = {
    "accept": _accept,
    "decline": _decline,
    "withdraw": _withdraw,
    "agree": _agree,
    "refuse": _refuse,
}


def _propose(request: HttpRequest, page: StaffingPage, form: Any, act: Callable[[], str], name: str) -> HttpResponse:
    """Show what a proposal would do; on a second press, make it."""
    page.more[name] = form
    if not form.is_valid():
        return _page(request, page, 422)
    try:
        if request.POST.get("step") != "send":
            return _page(request, page, proposed=_effect_of(page, form), proposing=name)
        messages.success(request, act())
    except ValidationError as error:
        take_errors(form, error)
        return _page(request, page, 422)
    except Stale as stale:
        fresh = StaffingPage(request, page.row.pk, **{name: form})
        return _page(request, fresh, stale.status, stale=stale)
    return redirect("staffing_request", page.row.pk)


def _effect_of(page: StaffingPage, form: Any) -> Effect:
    terms = {name: form.cleaned_data[name] for name in ("resource", "starts_on", "ends_on", "hours")}
    proposed = StaffingOffer(request=page.row, **terms)
    return effect_of(booked_by(proposed), page.user, least_level=page.row.least_level)


def _page(request: HttpRequest, page: StaffingPage, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, "resources/staffing_request.html", {"page": page} | more, status=status)
