"""Pages about meetings: the list, one meeting, its agenda, its pack and its minutes."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.authorisation.meetings import queries
from mainstay.authorisation.meetings.agenda import queue_for
from mainstay.authorisation.meetings.forms import MeetingForm, MinutesForm, PlanForm
from mainstay.authorisation.meetings.operations.concluding import close_meeting, release_meeting
from mainstay.authorisation.meetings.operations.preparing import (
    edit_meeting,
    freeze_meeting,
    plan_meeting,
    set_agenda,
)
from mainstay.authorisation.meetings.operations.session import open_meeting
from mainstay.authorisation.models import Meeting
from mainstay.core import access
from mainstay.core.errors import Forbidden, Impossible, Stale
from mainstay.core.forms import tried
from mainstay.core.verbs import Verb
from mainstay.governance.models import Board
from mainstay.portfolio.views.sent import version_sent, whole

Act = Callable[..., Any]


@login_required
@require_GET
def meetings(request: HttpRequest) -> HttpResponse:
    """Every meeting the person may see."""
    rows = list(queries.meetings_for(request.user, request.as_of)[: queries.MOST_SHOWN])
    queries.with_counts(rows, request.as_of)
    boards = Board.objects.visible_to(request.user, Verb.MEETING_PLAN).filter(is_active=True)
    context = {"meetings": rows, "next": _next(rows), "may_plan": request.as_of is None and boards.exists()}
    return render(request, "authorisation/meetings.html", context)


def _next(rows: list[Any]) -> Any:
    open_ones = [row for row in rows if row.state in queries.SITS | queries.PREPARED]
    return min(open_ones, key=lambda row: row.held_on, default=None)


@login_required
@require_http_methods(["GET", "POST"])
def meeting_new(request: HttpRequest) -> HttpResponse:
    """Plan a meeting of a board."""
    boards = Board.objects.visible_to(request.user, Verb.MEETING_PLAN).filter(is_active=True)
    if not boards.exists():
        raise Forbidden("You prepare meetings of no board.")
    form = PlanForm(boards, request.POST or None)

    def act(sent: dict[str, Any]) -> Meeting:
        return plan_meeting(sent.pop("board"), actor=request.user, **sent)

    return _edited(request, form, act, None)


@login_required
@require_http_methods(["GET", "POST"])
def meeting_edit(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Change what a meeting is called, when and where it is."""
    row = queries.meeting_for(request.user, meeting_id)
    access.require(request.user, Verb.MEETING_EDIT, row.scope)
    form = MeetingForm(request.POST or None, instance=queries.meeting_for(request.user, meeting_id))

    def act(sent: dict[str, Any]) -> Meeting:
        changes = {name: value for name, value in sent.items() if value != getattr(row, name)}
        return edit_meeting(row, actor=request.user, expected_version=version_sent(request), **changes)

    return _edited(request, form, act, row)


def _edited(request: HttpRequest, form: forms.BaseForm, act: Act, row: Meeting | None) -> HttpResponse:
    status = 200
    if request.method == "POST":
        saved, status = tried(form, act)
        if saved is not None:
            messages.success(request, f"{saved} was saved.")
            return redirect("meeting", saved.pk)
    context = {"form": form, "meeting": row, "trail": [("Meetings", reverse("meetings"))]}
    return render(request, "authorisation/meeting_edit.html", context, status=status)


@login_required
@require_GET
def meeting(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """A meeting: who is present, what stands on the agenda and what was decided."""
    row = queries.meeting_for(request.user, meeting_id, request.as_of)
    people = queries.people_of(row, request.as_of)
    context = {
        "meeting": row,
        "items": queries.items_for(request.user, row, request.as_of),
        "people": people,
        "quorum": queries.attendance_of(row, people),
        "may_prepare": request.as_of is None and access.may(request.user, Verb.MEETING_FREEZE, row.scope),
        "trail": [("Meetings", reverse("meetings"))],
    }
    return render(request, "authorisation/meeting.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def meeting_agenda(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Arrange the agenda: what stands on it in order, and what waits."""
    row = queries.meeting_for(request.user, meeting_id)
    access.require(request.user, Verb.AGENDA_SET, row.scope)
    error, status = "", 200
    if request.method == "POST":
        wanted = _arranged(request)
        try:
            set_agenda(row, actor=request.user, items=wanted, expected_version=version_sent(request))
        except ValidationError as refusal:
            error, status = " ".join(refusal.messages), 422
        except (Impossible, Stale) as refusal:
            error, status = refusal.message, refusal.status
        else:
            return redirect("meeting_agenda", row.pk)
    items, queue = queries.items_for(request.user, row), queue_for(row, request.user)
    trail = [("Meetings", reverse("meetings")), (row.title, reverse("meeting", args=[row.pk]))]
    context = {"meeting": row, "items": items, "queue": queue, "error": error, "trail": trail}
    return render(request, "authorisation/meeting_agenda.html", context, status=status)


def _arranged(request: HttpRequest) -> list[dict[str, Any]]:
    """The agenda as the page sends it: the items in order, one of them moved or taken off, and what comes on."""
    items = list(filter(None, map(whole, request.POST.getlist("item"))))
    move, _, key = request.POST.get("move", "").partition(":")
    if whole(key) in items:
        place = items.index(whole(key))
        items.pop(place)
        if move in {"up", "down"}:
            items.insert(max(0, place - 1) if move == "up" else place + 1, whole(key))
    new = [_named(text) for text in request.POST.getlist("add")]
    title = request.POST.get("title", "").strip()
    return [{"item": pk} for pk in items] + new + ([{"title": title}] if title else [])


def _named(text: str) -> dict[str, Any]:
    kind, _, key = text.partition(":")
    return {kind: key if kind == "project" else whole(key)}


@login_required
@require_GET
def meeting_pack(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The pre-read in one piece, to be read and printed."""
    row = queries.meeting_for(request.user, meeting_id)
    trail = [("Meetings", reverse("meetings")), (row.title, reverse("meeting", args=[row.pk]))]
    context = {"meeting": row, "items": queries.items_for(request.user, row), "trail": trail}
    return render(request, "authorisation/meeting_pack.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def meeting_minutes(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Read the minutes, and write them while they are not released."""
    row = queries.meeting_for(request.user, meeting_id)
    may = row.state == "closed" and access.may(request.user, Verb.MEETING_EDIT, row.scope)
    form, status = MinutesForm(request.POST or None, initial={"minutes": row.minutes}), 200
    if request.method == "POST":
        access.require(request.user, Verb.MEETING_EDIT, row.scope)
        version = version_sent(request)
        saved, status = tried(
            form, lambda sent: edit_meeting(row, actor=request.user, expected_version=version, **sent)
        )
        if saved is not None:
            messages.success(request, "The minutes were saved.")
            return redirect("meeting_minutes", row.pk)
    trail = [("Meetings", reverse("meetings")), (row.title, reverse("meeting", args=[row.pk]))]
    context = {"meeting": row, "form": form, "may_edit": may, "trail": trail}
    return render(request, "authorisation/meeting_minutes.html", context, status=status)


def _step(request: HttpRequest, meeting_id: int, act: Act, told: str, **more: Any) -> HttpResponse:
    row = queries.meeting_for(request.user, meeting_id)
    try:
        act(row, actor=request.user, **more)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except Impossible as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, told)
    return redirect("meeting", meeting_id)


@login_required
@require_POST
def meeting_freezing(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Freeze the pre-read."""
    return _step(request, meeting_id, freeze_meeting, "The pre-read is frozen; its papers no longer change.")


@login_required
@require_POST
def meeting_opening(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Open the meeting with those who are present."""
    return _step(request, meeting_id, open_meeting, "The meeting is open.", present=_present(request))


@login_required
@require_POST
def meeting_attendance(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Note who is present now."""
    return _step(request, meeting_id, edit_meeting, "Who is present was noted.", present=_present(request))


@login_required
@require_POST
def meeting_closing(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Close the meeting."""
    return _step(request, meeting_id, close_meeting, "The meeting is closed and its minutes are drafted.")


@login_required
@require_POST
def meeting_release(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Release the minutes; the decisions take effect."""
    return _step(
        request, meeting_id, release_meeting, "The minutes are released and the decisions have taken effect."
    )


def _present(request: HttpRequest) -> list[int]:
    return list(filter(None, map(whole, request.POST.getlist("present"))))
