"""A staffing proposal for all projects: asked for as a run, accepted or refused line by line."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from mainstay.core import access
from mainstay.core.errors import Forbidden, Missing, Stale
from mainstay.core.models import Run
from mainstay.core.operations.runs import start_run
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Project
from mainstay.portfolio.views.sent import reason_of
from mainstay.resources.operations.bookings import add_booking
from mainstay.resources.staffing_proposal import KIND, line_of, lines_of, source_key

MONTHS = 12


@login_required
@require_POST
def proposals(request: HttpRequest) -> HttpResponse:
    """Let people be proposed for the open demand of the coming year."""
    if not access.may_somewhere(request.user, Verb.BOOKING_ADD):
        raise Forbidden("Your roles do not let you book people. Ask an administrator for a grant.")
    parameters = {"first": timezone.localdate().replace(day=1).isoformat(), "months": MONTHS}
    title = "Propose people for open demand"
    run = start_run(None, actor=request.user, kind=KIND, title=title, parameters=parameters)
    return redirect("run", run.pk)


@login_required
@require_GET
def proposal(request: HttpRequest, run_id: int) -> HttpResponse:
    """The lines of a proposal; one may be opened with its effect."""
    run = _run(request, run_id)
    lines = lines_of(run, request.user, _refused(request, run))
    text = request.GET.get("line", "")
    shown = next((one for one in lines if text.isdecimal() and one.number == int(text)), None)
    effect = shown.effect(request.user) if shown and shown.state == "open" else None
    return render(
        request, "resources/proposal.html", _context(request, run, lines) | {"shown": shown, "effect": effect}
    )


def _context(request: HttpRequest, run: Run, lines: list[Any]) -> dict[str, Any]:
    unfilled = run.result.get("unfilled", [])
    projects = Project.objects.visible_to(request.user).in_bulk({one["project"] for one in unfilled})
    told = [one | {"project": projects[one["project"]]} for one in unfilled if one["project"] in projects]
    return {"run": run, "lines": lines, "unfilled": told, "result": run.result}


@login_required
@require_POST
def proposal_line(request: HttpRequest, run_id: int, number: int) -> HttpResponse:
    """Accept a line, which books it, or refuse it."""
    run = _run(request, run_id)
    refused = _refused(request, run)
    line = line_of(run, request.user, number, refused)
    if request.POST.get("answer") != "accept":
        request.session[f"proposal-{run.pk}"] = sorted(refused ^ {number})
        return redirect("staffing_proposal", run_id)
    try:
        _accept(request, run, line)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except Stale:
        messages.warning(request, f"Somebody booked {line.person} meanwhile; look at the effect again.")
        return redirect(f"{request.path.removesuffix(f'{number}/')}?line={number}")
    return redirect("staffing_proposal", run_id)


def _accept(request: HttpRequest, run: Run, line: Any) -> None:
    if line.state == "accepted":
        return
    add_booking(
        line.person, actor=request.user, project=line.project, external_key=source_key(run, line.number),
        seen=request.POST.get("seen", ""), reason=reason_of(request), **line.fields,
    )  # fmt: skip
    messages.success(request, f"{line.person} is booked for {line.project}.")


def _refused(request: HttpRequest, run: Run) -> set[int]:
    """What the person has put aside, for as long as they are signed in."""
    return set(request.session.get(f"proposal-{run.pk}", []))


def _run(request: HttpRequest, run_id: int) -> Run:
    found = Run.objects.visible_to(request.user).filter(pk=run_id, kind=KIND).first()
    if found is None or "lines" not in found.result:
        raise Missing("There is no such proposal among yours.")
    return found
