"""Pausing, stopping and resuming work, and saying what leaving it would cost."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone

from mainstay.authorisation.authority import refuse_unauthorised
from mainstay.authorisation.models import Decision, Outcome
from mainstay.core import access, history
from mainstay.core.errors import Impossible
from mainstay.core.operation import operation
from mainstay.core.surrounding import surrounding
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.monitoring.control import telling
from mainstay.monitoring.control.operations.freeing import enter, free, put_off, shift_demand, wind_up
from mainstay.monitoring.control.recording import decided, pause_of
from mainstay.monitoring.control.release import Release
from mainstay.monitoring.control.ways import way_to_pause, way_to_resume, way_to_stop
from mainstay.monitoring.models import ExitTerms
from mainstay.portfolio.models import Project

LONGEST_PAUSE = 36
TERMS = ("stop_cost", "salvage", "pause_cost", "note")


@operation(Verb.WORK_STOP)
def stop_work(
    project: Project,
    *,
    actor: Actor,
    reason: str,
    on: date | None = None,
    returns_money: bool = True,
    expected_version: int | None = None,
) -> Decision:
    """Stop running work from a day on: its people, demand and money not released are free; the decision is kept."""
    way, day = way_to_stop(project), _day(on)
    _refuse(project, actor, reason, Verb.WORK_STOP)
    release = Release(project, day, returns_money=returns_money)
    content = release.content
    free(release)
    enter(project, way)
    wind_up(project, day)
    decision = decided(project, "Stop", Outcome.WITHDRAWN, release, content, actor, reason)
    telling.tell_stopped(project, release, decision, actor)
    return decision


@operation(Verb.WORK_PAUSE)
def pause_work(
    project: Project,
    *,
    actor: Actor,
    reason: str,
    months: int,
    on: date | None = None,
    returns_money: bool = True,
    expected_version: int | None = None,
) -> Decision:
    """Let running work rest for some months from a day on: people and money are free, everything planned moves."""
    if not 1 <= months <= LONGEST_PAUSE:
        raise ValidationError({"months": f"A pause lasts from 1 to {LONGEST_PAUSE} months."})
    way, day = way_to_pause(project), _day(on)
    _refuse(project, actor, reason, Verb.WORK_PAUSE)
    release = Release(project, day, months, returns_money=returns_money)
    content = release.content
    free(release)
    enter(project, way)
    put_off(project, months, day)
    decision = decided(project, "Pause", Outcome.KEPT, release, content, actor, reason)
    telling.tell_paused(project, release, decision, actor)
    return decision


@operation(Verb.WORK_RESUME)
def resume_work(
    project: Project,
    *,
    actor: Actor,
    reason: str,
    on: date | None = None,
    expected_version: int | None = None,
) -> Decision:
    """Let resting work go on from a day on; where that is sooner or later than planned, everything planned moves."""
    way, day = way_to_resume(project), _day(on)
    _refuse(project, actor, reason, Verb.WORK_RESUME)
    months, since = _shift(project, day)
    shift_demand(project, months, since)
    put_off(project, months, since)
    enter(project, way)
    release = Release(project, day)
    content = {"on": day.isoformat(), "months": months}
    decision = decided(project, "Resume", Outcome.KEPT, release, content, actor, reason)
    telling.tell_resumed(project, day, decision, actor)
    return decision


@operation(Verb.EXIT_SET)
def set_exit(
    project: Project,
    *,
    actor: Actor,
    stop_cost: Decimal,
    salvage: Decimal,
    pause_cost: Decimal,
    note: str = "",
    terms_version: int | None = None,
    reason: str = "",
) -> ExitTerms:
    """Say what it would cost to stop or rest a project, and what would be left of it."""
    access.require(actor, Verb.SEE_FIGURES, project)
    row = ExitTerms.objects.filter(project=project).first() or ExitTerms(project=project)
    if terms_version is not None and terms_version != (row.version if row.pk else 0):
        raise Impossible("Somebody else changed these terms meanwhile; look at them again, then save.")
    for name, value in zip(TERMS, (stop_cost, salvage, pause_cost, note.strip()), strict=True):
        setattr(row, name, value)
    return history.save(row) if row.pk else history.create(row)


def _refuse(project: Project, actor: Actor, reason: str, verb: Verb) -> None:
    """Nobody steers their own cause or beyond what is delegated to them, nor without a reason."""
    refuse_unauthorised(actor, project, verb=verb)
    if not reason.strip():
        raise ValidationError({"reason": "Say why; the reason stays on record."})


def _day(on: date | None) -> date:
    today = timezone.localdate(surrounding().now())
    if on is not None and on < today:
        raise ValidationError({"on": "What is past cannot be set free; choose today or a day to come."})
    return on or today


def _shift(project: Project, day: date) -> tuple[int, date]:
    """How many months later than planned it goes on, and from which month on that moves what is planned."""
    known = pause_of(project)
    if known is None:
        return 0, day
    planned = known.goes_on.replace(day=1)
    return (day.year - planned.year) * 12 + day.month - planned.month, planned
