"""Setting how often projects report, writing reports, publishing them, and reminding those who are late."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from mainstay.charts import words
from mainstay.core import access, history
from mainstay.core.errors import Forbidden, Impossible
from mainstay.core.models import Notice, Person
from mainstay.core.operation import operation
from mainstay.core.reactions import tell
from mainstay.core.surrounding import surrounding
from mainstay.core.system import MAINSTAY, Actor
from mainstay.core.templatetags.figures import day
from mainstay.core.verbs import Verb
from mainstay.monitoring.models import Every, ReportState, Rhythm, StatusReport
from mainstay.monitoring.reports.computed import PARTS, Computed
from mainstay.monitoring.reports.periods import last_over, period_with
from mainstay.monitoring.reports.prefill import beginning, figures_of
from mainstay.monitoring.reports.queries import Duty, computed_health, duties
from mainstay.monitoring.reports.rhythms import USUAL, Rhythms, due_date
from mainstay.portfolio.approval import people_who_may
from mainstay.portfolio.models import Health, Phase, Portfolio, Project
from mainstay.portfolio.operations.tree import change

FIELDS = frozenset({"overall", *PARTS, "done", "planned", "needed", "explanation", "percent"})
LONGEST, WEEK = 300, 7


@operation(Verb.RHYTHM_SET)
def set_rhythm(
    portfolio: Portfolio,
    *,
    actor: Actor,
    every: str,
    due_after: int | None = None,
    remind_before: int | None = None,
    reason: str = "",
) -> Rhythm | None:
    """Say how often the projects of a portfolio and below report; `every` empty: as the portfolio above says."""
    row = Rhythm.objects.filter(portfolio=portfolio).first()
    if not every:
        if row is not None:
            history.remove(row)
        return None
    if every not in Every.values:
        raise ValidationError({"every": "Reports are due every fortnight, month or quarter."})
    is_new = row is None
    row = row or Rhythm(portfolio=portfolio)
    row.every = every
    row.due_after = row.due_after if due_after is None else due_after
    row.remind_before = row.remind_before if remind_before is None else remind_before
    made: Rhythm = history.create(row) if is_new else history.save(row)
    return made


@operation(Verb.REPORT_DRAFT)
def draft_report(
    project: Project, *, actor: Actor, within: date | None = None, reason: str = "", **said: Any
) -> StatusReport:
    """Begin the report on the period a day lies in; without a day on the latest that is over and not reported on."""
    if project.stage.phase != Phase.COMMITTED:
        raise Impossible(f"{project} is {project.stage.name.lower()}; only running work is reported on.")
    rhythm, today = Rhythms().of(project.portfolio_id) or USUAL, _today()
    if within is None:
        over = last_over(rhythm.every, today)
        within = today if StatusReport.objects.filter(project=project, end_date=over.end).exists() else over.end
    period = period_with(rhythm.every, within)
    if period.start > today:
        raise Impossible("That period has not begun. Nothing was written.")
    if StatusReport.objects.filter(project=project, end_date=period.end).exists():
        raise Impossible(f"There is a report of {project} to {day(period.end)} already.")
    fields = {"start_date": period.start, "end_date": period.end, "due_date": due_date(rhythm, period)}
    row = StatusReport(project=project, **fields, **beginning(project, rhythm.every, period))
    change(row, FIELDS, said)
    made: StatusReport = history.create(row)
    return made


@operation(Verb.REPORT_EDIT)
def edit_report(
    report: StatusReport, *, actor: Actor, expected_version: int | None = None, reason: str = "", **fields: Any
) -> StatusReport:
    """Change a report while it is a draft."""
    _refuse_locked(report)
    change(report, FIELDS, fields)
    saved: StatusReport = history.save(report)
    return saved


@operation(Verb.REPORT_PUBLISH)
def publish_report(
    report: StatusReport, *, actor: Actor, expected_version: int | None = None, reason: str = ""
) -> StatusReport:
    """Make a report what others rely on: it keeps what the figures say, no longer changes, and sets the health."""
    _refuse_locked(report)
    computed = computed_health([report.project], today=_today())[report.project_id]
    _refuse_unexplained(report, computed, actor)
    report.computed, report.figures = computed.kept, figures_of(report.project, today=_today())
    report.state, report.published_at = ReportState.PUBLISHED, surrounding().now()
    report.published_by = None if actor is MAINSTAY else actor
    saved: StatusReport = history.save(report)
    _set_health(saved)
    transaction.on_commit(partial(_tell_of, saved, actor))
    return saved


def _refuse_locked(report: StatusReport) -> None:
    if report.state == ReportState.PUBLISHED:
        raise Impossible("This report is published; it no longer changes. Say what is new in the next one.")


def _refuse_unexplained(report: StatusReport, computed: Computed, actor: Actor) -> None:
    """A report says how it goes, and why where it declares better than the figures say."""
    if not report.overall:
        raise ValidationError({"overall": "Declare how the project is doing as a whole."})
    worse = computed.worse_than(report)
    if worse and not report.explanation.strip():
        named = words.listed([one.lower() for one in worse])
        sees = access.may(actor, Verb.SEE_FIGURES, report.project)
        why = f"The figures say worse of {named}. Explain why it is declared better." if sees else "Explain it."
        raise ValidationError({"explanation": why})


def _set_health(report: StatusReport) -> None:
    """The register shows what the latest report declares."""
    later = StatusReport.objects.filter(
        project=report.project_id, state=ReportState.PUBLISHED, end_date__gt=report.end_date
    )
    project = Project.objects.select_for_update(of=("self",)).get(pk=report.project_id)
    if project.health != report.overall and not later.exists():
        project.health = report.overall
        history.save(project)


def _tell_of(report: StatusReport, actor: Actor) -> None:
    """The sponsor hears of it; without one, those who lead the portfolio."""
    project = Project.objects.select_related("owner").get(pk=report.project_id)
    owner: Person | None = project.owner
    people = [owner] if owner else list(people_who_may(Verb.CHANGEREQUEST_DECIDE, project))
    people = [one for one in people if one.is_active and one.pk != actor.pk]
    text = f"{project} reports to {day(report.end_date)}: {Health(report.overall).label.lower()}."
    if people:
        tell(people, text, reverse("report", args=[report.pk]))


@operation(Verb.REPORTS_REMIND)
def remind_of_reports(projects: Sequence[Project], *, actor: Actor) -> int:
    """Tell the managers of what is due soon or late, each once a week; gives the number of notices left."""
    now = surrounding().now()
    running = Project.objects.filter(pk__in=[one.pk for one in projects], stage__phase=Phase.COMMITTED)
    owed = duties(running.select_related("manager"), timezone.localdate(now))
    wanted = {told for one in owed if not one.is_reported for told in _reminder(one)}
    known = set(Notice.objects.filter(text__in={text for _, text, _ in wanted}).values_list("person_id", "text"))
    fresh = sorted(one for one in wanted if one[:2] not in known)
    rows = [Notice(person_id=pk, text=text, url=url, at=now) for pk, text, url in fresh]
    Notice.objects.bulk_create(rows)
    return len(rows)


def _reminder(one: Duty) -> Iterator[tuple[int, str, str]]:
    """Who is told what. The text says which week it is, so that it is told once in it."""
    manager = one.project.manager
    if manager is None or not manager.is_active or one.today < one.remind_from:
        return
    what = f"The report of {one.project} to {day(one.period.end)}"
    if one.is_late:
        weeks = (one.today - one.due).days // WEEK
        late = f", for more than {words.counted(weeks, 'week')}" if weeks else ""
        told = f"{what} was due on {day(one.due)}{late}."
    else:
        told = f"{what} is due on {day(one.due)}."
    yield manager.pk, told[:LONGEST], reverse("project_reports", args=[one.project.code])


def remind_within(actor: Person, codes: Sequence[str] | None = None) -> int:
    """Remind of every report a person may remind of, or of some projects; refused where there can be none."""
    if not access.may_somewhere(actor, Verb.REPORTS_REMIND):
        raise Forbidden("Your roles do not let you remind anybody of reports. Ask an administrator for a grant.")
    rows = Project.objects.visible_to(actor, Verb.REPORTS_REMIND).filter(stage__phase=Phase.COMMITTED)
    projects = list(rows if codes is None else rows.filter(code__in=codes))
    return remind_of_reports(projects, actor=actor) if projects else 0


def remind_everybody() -> int:
    """Remind of every report in the name of Mainstay, as the server does once a day."""
    projects = list(Project.objects.filter(stage__phase=Phase.COMMITTED))
    return remind_of_reports(projects, actor=MAINSTAY) if projects else 0


def _today() -> date:
    return timezone.localdate(surrounding().now())
