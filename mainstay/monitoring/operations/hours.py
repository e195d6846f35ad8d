"""Entering hours in one's own week, and correcting entries of weeks that were handed in."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from mainstay.core import history
from mainstay.core.errors import FieldChange, Impossible, Stale
from mainstay.core.operation import operation
from mainstay.core.reactions import tell
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.monitoring.models import HoursEntry, OtherWork, Timesheet, TimesheetState, monday_of
from mainstay.monitoring.models.hours import DAY
from mainstay.monitoring.models.timesheet import WEEK
from mainstay.monitoring.operations.locking import locked_weeks
from mainstay.monitoring.operations.rules import known_projects, require_own, require_week, sheet_of
from mainstay.monitoring.queries.week import days_of, entries_of, week_state
from mainstay.portfolio.models import Project
from mainstay.resources.models import Resource

CENT = Decimal("0.01")
MOST_WEEKS = 520


@dataclass(frozen=True)
class HoursCell:
    """Hours of a day for a project or for other work; none, or zero, take away what stands there."""

    date: date
    hours: Decimal | None
    project: Project | None = None
    work: str = ""
    note: str | None = None

    @property
    def key(self) -> tuple[date, int | str]:
        """The day and what the hours are for."""
        return self.date, self.project.row_id if self.project else self.work


@operation(Verb.HOURS_ENTER)
def enter_hours(
    resource: Resource, *, actor: Actor, week: date, cells: Sequence[HoursCell], expected_state: str = ""
) -> int:
    """Enter hours in one's own open week, all of them or none; gives the number of cells that changed.

    Where the week changed since `expected_state` (see `week_state`), it is refused with who changed it.
    """
    require_own(resource, actor)
    require_week(week)
    _refuse_other(resource, week, expected_state)
    wanted = _wanted(cells, week)
    sheet = sheet_of(resource, week)
    if sheet.state != TimesheetState.OPEN:
        raise Impossible(f"This week is {sheet.get_state_display().lower()}; ask for it to be returned first.")
    _refuse_unknown(resource, actor, wanted.values())
    known = {(row.date, row.line): row for row in entries_of(resource, week) if _is_typed(row)}
    done = sum(_put(resource, known.get(key), cell) for key, cell in wanted.items())
    _refuse_long_days(resource, week)
    if done:
        history.about(sheet if sheet.pk else history.create(sheet))
    return done


@operation(Verb.HOURS_CORRECT)
def correct_hours(
    entry: HoursEntry,
    *,
    actor: Actor,
    hours: Decimal,
    project: Project | None = None,
    work: str = "",
    reason: str,
) -> list[HoursEntry]:
    """Take an entry back and say what is right instead: the old entry, its reversal and the new one all stay.

    In a locked week nothing changes: reversal and new entry are booked on the first day of the next open week.
    """
    _refuse_correction(entry, reason)
    _refuse_unknown(entry.resource, actor, [HoursCell(entry.date, hours, project, work)])
    day = _booking_day(entry)
    _refuse_size(hours)
    rows = [HoursEntry(hours=-entry.hours, project_id=entry.project_id, work=entry.work)]
    if hours:
        same = project is None and not work
        whose = {"project_id": entry.project_id, "work": entry.work} if same else {"project": project, "work": work}
        rows.append(HoursEntry(hours=hours, **whose))
    for row in rows:
        row.resource, row.date, row.corrects, row.note = entry.resource, day, entry, reason.strip()[:200]
    made = [history.create(row) for row in rows]
    history.about(entry)
    _tell_of(entry, actor, reason)
    return made


def _is_typed(row: HoursEntry) -> bool:
    return not row.corrects_id and not row.external_key


def _wanted(cells: Sequence[HoursCell], week: date) -> dict[tuple[date, int | str], HoursCell]:
    days = set(days_of(week))
    wanted = {}
    for cell in cells:
        if cell.date not in days:
            raise ValidationError({"date": f"{cell.date:%-d %B %Y} is not in the week of {week:%-d %B %Y}."})
        if bool(cell.project) == bool(cell.work) or (cell.work and cell.work not in OtherWork.values):
            raise ValidationError({"project": "Name a project or a kind of other work, one of the two."})
        if cell.key in wanted:
            raise ValidationError({"date": "Each day is named once for each project or other work."})
        _refuse_size(cell.hours or Decimal(0))
        wanted[cell.key] = cell
    return wanted


def _refuse_size(hours: Decimal) -> None:
    if not 0 <= hours <= DAY:
        raise ValidationError({"hours": "A day has 0 to 24 hours."})


def _refuse_unknown(resource: Resource, actor: Actor, cells: Iterable[HoursCell]) -> None:
    """A project must be open to whoever enters hours, or be one the person works on."""
    asked = {cell.project.row_id for cell in cells if cell.project}
    if asked - set(known_projects(resource, actor).filter(pk__in=asked).values_list("pk", flat=True)):
        raise ValidationError({"project": "There is no such project, or it is not open to you."})


def _put(resource: Resource, row: HoursEntry | None, cell: HoursCell) -> bool:
    """Make one cell what is wanted; whether anything changed."""
    hours = (cell.hours or Decimal(0)).quantize(CENT)
    if row is None and not hours:
        return False
    if row is None:
        row = HoursEntry(resource=resource, date=cell.date, project=cell.project, work=cell.work, hours=hours)
        row.note = cell.note or ""
        history.create(row)
        return True
    if not hours:
        history.remove(row)
        return True
    note = row.note if cell.note is None else cell.note
    is_other = (row.hours, row.note) != (hours, note)
    row.hours, row.note = hours, note
    history.save(row)
    return is_other


def _refuse_long_days(resource: Resource, week: date) -> None:
    totals: dict[date, Decimal] = defaultdict(Decimal)
    for row in entries_of(resource, week):
        totals[row.date] += row.hours
    for day, hours in totals.items():
        if hours > DAY:
            raise ValidationError(f"{day:%A} would have {hours:.2f} hours; a day has 24.")


def _refuse_other(resource: Resource, week: date, expected: str) -> None:
    if not expected or expected == week_state(resource, week):
        return
    rows = HoursEntry.Version.objects.filter(resource_id=resource.pk, date__in=days_of(week))
    last = rows.order_by("-version_id").select_related("event").first()
    who, at = (last.event.who, last.event.at) if last and last.event else ("Somebody else", None)
    raise Stale("timesheet", 0, 0, [FieldChange("hours", "Hours", "", "", who, at)])


def _refuse_correction(entry: HoursEntry, reason: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": "Say why it is corrected."})
    if entry.is_reversal or entry.corrections.filter(hours__lt=0).exists():
        raise Impossible("This entry was corrected already; correct the one that stands in its place.")
    sheet = Timesheet.objects.filter(resource_id=entry.resource_id, week=entry.week).first()
    is_open = sheet is None or (sheet.state == TimesheetState.OPEN and not sheet.is_locked)
    path = entry.resource.team.portfolio.path
    if is_open and _is_typed(entry) and not locked_weeks(path, [entry.week]):
        raise Impossible("The week is still open; whoever worked these hours changes them in their timesheet.")


def _booking_day(entry: HoursEntry) -> date:
    """The day of the entry, or the Monday of the first week after it that is not locked."""
    weeks = [entry.week + WEEK * number for number in range(MOST_WEEKS)]
    locked = locked_weeks(entry.resource.team.portfolio.path, weeks)
    locked |= set(Timesheet.objects.filter(resource=entry.resource, is_locked=True).values_list("week", flat=True))
    if entry.week not in locked:
        return entry.date
    return next(week for week in weeks if week not in locked)


def _tell_of(entry: HoursEntry, actor: Actor, reason: str) -> None:
    person: Any = entry.resource.person
    if person is None or person.pk == actor.pk:
        return
    text = f"Your hours of {entry.date:%-d %B %Y} were corrected: {reason.strip()}"
    address = reverse("timesheet", args=[monday_of(entry.date)])
    transaction.on_commit(partial(tell, [person], text, address))
