"""Control of one project: where it stands, its terms of exit, and stopping, pausing or resuming it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_http_methods

from mainstay.authorisation.funding.queries import project_for
from mainstay.core import access
from mainstay.core.errors import Impossible
from mainstay.core.forms import tried
from mainstay.core.verbs import Verb
from mainstay.monitoring.alerts.queries import Asked, Shown, alerts_for
from mainstay.monitoring.control.forms import ExitForm, PauseForm, StepForm, StopForm
from mainstay.monitoring.control.operations import pause_work, resume_work, set_exit, stop_work
from mainstay.monitoring.control.queue import standing_of
from mainstay.monitoring.control.recording import pause_of
from mainstay.monitoring.control.release import Release
from mainstay.monitoring.control.views import DEFINITIONS
from mainstay.monitoring.control.ways import way_to_pause, way_to_resume, way_to_stop
from mainstay.monitoring.models import Action, ExitTerms
from mainstay.portfolio.models import Phase
from mainstay.portfolio.sections import tabs_of
from mainstay.portfolio.views.sent import version_sent, whole

MOST_ALERTS = 20


@dataclass(frozen=True)
class Step:
    """A step that running work can take: its verb, operation, form, and the way that must exist."""

    name: str
    words: str
    verb: Verb
    act: Callable[..., Any]
    form: type[StepForm]
    way: Callable[..., Any]


STEPS = {
    "stop": Step("stop", "Stop", Verb.WORK_STOP, stop_work, StopForm, way_to_stop),
    "pause": Step("pause", "Pause", Verb.WORK_PAUSE, pause_work, PauseForm, way_to_pause),
    "resume": Step("resume", "Resume", Verb.WORK_RESUME, resume_work, StepForm, way_to_resume),
}


@login_required
@require_GET
def project_control(request: HttpRequest, code: str) -> HttpResponse:
    """What going on is worth, the terms of exit and the alerts of a project; a fragment of its page or its own."""
    project = project_for(request.user, code)
    now = request.as_of is None
    alerts = alerts_for(request.user, Asked(), request.as_of).filter(project_id=project.pk)[:MOST_ALERTS]
    context = {
        "project": project,
        "standing": standing_of(request.user, project, request.as_of),
        "terms": ExitTerms.objects.as_of(request.as_of).filter(project_id=project.pk).first(),
        "alerts": [Shown(row) for row in alerts],
        "pause": pause_of(project) if project.stage.key == "on_hold" else None,
        "to_do": _left_to_do(project, request),
        "steps": [step for step in STEPS.values() if now and _is_open(request, project, step)],
        "may_set": now and access.may(request.user, Verb.EXIT_SET, project),
        "definitions": DEFINITIONS,
        "tabs": tabs_of(project, request.user, "project_control"),
    }
    part = "#control" if request.htmx else ""
    return render(request, f"monitoring/project_control.html{part}", context)


def _left_to_do(project: Any, request: HttpRequest) -> int:
    """How much there is to do for a project that no longer runs."""
    if project.stage.phase != Phase.DROPPED:
        return 0
    return Action.objects.as_of(request.as_of).filter(project_id=project.pk, done_date=None).count()


def _is_open(request: HttpRequest, project: Any, step: Step) -> bool:
    """Whether the person may take the step and the life cycle has it."""
    if not access.may(request.user, step.verb, project):
        return False
    try:
        step.way(project)
    except Impossible:
        return False
    return True


@login_required
@require_http_methods(["GET", "POST"])
def exit_terms(request: HttpRequest, code: str) -> HttpResponse:
    """Say what it would cost to stop or rest a project."""
    project = project_for(request.user, code)
    access.require(request.user, Verb.EXIT_SET, project)
    known = ExitTerms.objects.filter(project=project).first()
    version, status = known.version if known else 0, 200
    form = ExitForm(request.POST or None, instance=known or ExitTerms(project=project))
    if request.method == "POST":
        sent_version = whole(request.POST.get("version", ""))
        made, status = tried(
            form, lambda sent: set_exit(project, actor=request.user, terms_version=sent_version, **sent)
        )
        if made is not None:
            messages.success(request, "The terms of exit were saved.")
            return redirect("project_control", project.code)
    context = {"form": form, "project": project, "version": version, "trail": _trail(project)}
    return render(request, "monitoring/exit_terms.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def work_stop(request: HttpRequest, code: str) -> HttpResponse:
    """What stopping would set free, and doing it."""
    return _step(request, code, STEPS["stop"])


@login_required
@require_http_methods(["GET", "POST"])
def work_pause(request: HttpRequest, code: str) -> HttpResponse:
    """What resting would set free, and doing it."""
    return _step(request, code, STEPS["pause"])


@login_required
@require_http_methods(["GET", "POST"])
def work_resume(request: HttpRequest, code: str) -> HttpResponse:
    """Let resting work go on."""
    return _step(request, code, STEPS["resume"])


def _step(request: HttpRequest, code: str, step: Step) -> HttpResponse:
    project = project_for(request.user, code)
    access.require(request.user, step.verb, project)
    step.way(project)
    form, status = step.form(request.POST if request.method == "POST" else None), 200
    if request.method == "POST" and not request.POST.get("preview"):
        version = version_sent(request)
        made, status = tried(
            form, lambda sent: step.act(project, actor=request.user, expected_version=version, **sent)
        )
        if made is not None:
            messages.success(request, made.statement)
            return redirect("released", made.pk) if step.name != "resume" else redirect("project_control", code)
    return _step_page(request, project, step, form, status)


def _step_page(request: HttpRequest, project: Any, step: Step, form: forms.Form, status: int) -> HttpResponse:
    on, months, returns_money = _asked(request, step)
    context = {
        "project": project,
        "step": step,
        "form": form,
        "on": on,
        "release": Release(project, on, months, returns_money=returns_money) if step.name != "resume" else None,
        "standing": standing_of(request.user, project),
        "pause": pause_of(project) if step.name == "resume" else None,
        "trail": _trail(project),
    }
    return render(request, "monitoring/work_step.html", context, status=status)


def _asked(request: HttpRequest, step: Step) -> tuple[date, int, bool]:
    """From when, for how long, and whether money goes back: what the form says so far, else what it begins with."""
    sent = request.POST if request.method == "POST" else {}
    today = timezone.localdate()
    try:
        day = parse_date(sent.get("on", "")) or today
    except ValueError:
        day = today
    months = min(max(whole(sent.get("months", "6")), 1), 36) if step.name == "pause" else 0
    return max(day, today), months, not sent or "returns_money" in sent


def _trail(project: Any) -> list[tuple[str, str]]:
    return [
        ("Continue, pause, stop", reverse("control_queue")),
        (project.name, reverse("project_control", args=[project.code])),
    ]
