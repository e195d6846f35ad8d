"""Pages of the office: the triage board, and what is done to one request or to many."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from mainstay.core import access
from mainstay.core.errors import Forbidden
from mainstay.core.exchange import FORMATS, export_response, sheet_named
from mainstay.core.models import Person
from mainstay.core.verbs import Verb
from mainstay.identification.charts import throughput
from mainstay.identification.models import Request, State
from mainstay.identification.operations.duplicates import merge_request
from mainstay.identification.operations.triage import (
    accept_request,
    ask_request,
    assign_request,
    reject_request,
    return_request,
    triage_requests,
)
from mainstay.identification.queries.board import Board
from mainstay.identification.queries.metrics import DEFINITIONS, metrics_for
from mainstay.identification.queries.portal import request_for
from mainstay.identification.views.requests import page_of
from mainstay.portfolio.views.sent import reason_of

Act = Callable[[Request], Any]


@login_required
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """The queue by its clock, with what each request lacks, and the figures of the intake."""
    _refuse_strangers(request)
    shown = Board(request.user, request.GET)
    metrics = metrics_for(request.user)
    context = {
        "board": shown,
        "metrics": metrics,
        "definitions": DEFINITIONS,
        "chart": throughput(metrics.months),
        "here": request.get_full_path(),
        "states": [(value, label) for value, label in State.choices if value != State.DRAFT],
        "exports": [(name.upper(), f"{reverse('triage_export')}?format={name}") for name in FORMATS],
    }
    part = "#queue" if request.htmx and request.htmx.target == "queue" else ""
    return render(request, f"identification/triage.html{part}", context)


def _refuse_strangers(request: HttpRequest) -> None:
    if not access.may_somewhere(request.user, Verb.SEE_REQUESTS):
        raise Forbidden("Your roles do not let you read other people's requests. Ask an administrator for a grant.")


@login_required
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The requests one triages as a file."""
    _refuse_strangers(request)
    sheet = sheet_named("requests")
    rows = sheet.rows_for(request.user, request.as_of)
    format = request.GET.get("format", "csv")
    return export_response(sheet.export_columns(request.user, request.as_of), rows, format, name="requests")


@login_required
@require_POST
def many(request: HttpRequest) -> HttpResponse:
    """Assign, return or accept the ticked requests; what cannot be done is named."""
    codes = request.POST.getlist("selected")[:500]
    rows = Request.objects.visible_to(request.user).filter(code__in=codes)
    action, text = request.POST.get("action", ""), request.POST.get("text", "")
    chosen = list(rows.select_related("edition__form", "portfolio"))
    if not access.may_somewhere(request.user, Verb.REQUESTS_TRIAGE):
        raise Forbidden("Your roles do not let you triage requests. Ask an administrator for a grant.")
    try:
        outcomes = triage_requests(
            chosen, actor=request.user, action=action, officer=_officer(request), text=text
        ) if chosen else []  # fmt: skip
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        _say(request, action, outcomes)
    return redirect(_back(request))


def _say(request: HttpRequest, action: str, outcomes: list[Any]) -> None:
    done = sum(1 for one in outcomes if not one.problem)
    word = {"assign": "assigned", "return": "returned", "accept": "accepted"}.get(action, "changed")
    if done or not outcomes:
        told = f"{done} {'request' if done == 1 else 'requests'} {word}."
        messages.success(request, told if outcomes else "Tick the requests first.")
    for one in outcomes:
        if one.problem:
            messages.warning(request, one.problem)


def _back(request: HttpRequest) -> str:
    here = request.POST.get("here", "")
    return here if here.startswith(reverse("triage")) else reverse("triage")


def _officer(request: HttpRequest) -> Person | None:
    name = request.POST.get("officer", "")
    return Person.objects.filter(username=name, is_active=True).first() if name else None


def _act(request: HttpRequest, code: str, act: Act, done: str) -> HttpResponse:
    """Do something to a request; what was refused comes back with what was typed."""
    one = request_for(request.user, code)
    try:
        act(one)
    except ValidationError as error:
        typed = request.POST.get("text", "") or request.POST.get("reason", "")
        return page_of(request, code, 422, refused=" ".join(error.messages), refused_text=typed)
    messages.success(request, done.format(code=code))
    return redirect("request", code)


@login_required
@require_POST
def assignment(request: HttpRequest, code: str) -> HttpResponse:
    """Name who triages it."""
    officer = _officer(request)
    done = f"{officer} looks at {{code}} now." if officer else "Nobody is named for {code} now."
    return _act(request, code, lambda one: assign_request(one, actor=request.user, officer=officer), done)


@login_required
@require_POST
def question(request: HttpRequest, code: str) -> HttpResponse:
    """Ask the requester for something."""
    text = request.POST.get("text", "")
    done = "The requester of {code} is asked; the clock stands still until they answer."
    return _act(request, code, lambda one: ask_request(one, actor=request.user, text=text), done)


@login_required
@require_POST
def giving_back(request: HttpRequest, code: str) -> HttpResponse:
    """Give it back with the reason."""
    text = request.POST.get("text", "")
    done = "{code} is returned to its requester."
    return _act(request, code, lambda one: return_request(one, actor=request.user, text=text), done)


@login_required
@require_POST
def acceptance(request: HttpRequest, code: str) -> HttpResponse:
    """Take it on."""
    reason = reason_of(request)
    done = "{code} is accepted; its project is under evaluation."
    return _act(request, code, lambda one: accept_request(one, actor=request.user, reason=reason), done)


@login_required
@require_POST
def rejection(request: HttpRequest, code: str) -> HttpResponse:
    """Say no, with the reason."""
    reason = reason_of(request)
    done = "{code} is rejected; the requester is told why."
    return _act(request, code, lambda one: reject_request(one, actor=request.user, reason=reason), done)


@login_required
@require_POST
def merger(request: HttpRequest, code: str) -> HttpResponse:
    """Let it go on in another request."""
    reason = reason_of(request)

    def merge(one: Request) -> None:
        into = request_for(request.user, request.POST.get("into", "")[:40])
        merge_request(one, actor=request.user, into=into, reason=reason)

    return _act(request, code, merge, "{code} goes on in the other request; both histories are kept.")
