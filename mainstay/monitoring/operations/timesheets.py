"""Handing in a week, approving it, returning it, reminding those who are late, and locking weeks."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import QuerySet
from django.urls import reverse

from mainstay.core import history
from mainstay.core.errors import Impossible
from mainstay.core.models import Person
from mainstay.core.operation import operation
from mainstay.core.reactions import tell
from mainstay.core.surrounding import surrounding
from mainstay.core.system import MAINSTAY, Actor
from mainstay.core.verbs import Verb
from mainstay.monitoring.models import HoursEntry, LockedWeek, Timesheet, TimesheetState
from mainstay.monitoring.models.timesheet import WEEK
from mainstay.monitoring.operations.locking import locked_weeks
from mainstay.monitoring.operations.rules import require_own, require_week, sheet_of, today
from mainstay.monitoring.queries.late import late_in
from mainstay.monitoring.queries.week import entries_of
from mainstay.portfolio.models import Portfolio
from mainstay.resources.models import Resource

LONGEST_REASON = 300


@operation(Verb.TIMESHEET_SUBMIT)
def submit_timesheet(resource: Resource, *, actor: Actor, week: date) -> Timesheet:
    """Hand in one's own week for approval; it is closed until it is returned."""
    require_own(resource, actor)
    require_week(week)
    if week > today():
        raise Impossible("A week is handed in when it has begun.")
    sheet = sheet_of(resource, week)
    if sheet.state != TimesheetState.OPEN:
        raise Impossible(f"This week is {sheet.get_state_display().lower()} already.")
    if not entries_of(resource, week).exists():
        raise ValidationError("There are no hours in this week yet. Enter them first; absence counts, too.")
    sheet.state, sheet.submitted_at = TimesheetState.SUBMITTED, surrounding().now()
    return history.save(sheet) if sheet.pk else history.create(sheet)


@operation(Verb.TIMESHEETS_APPROVE)
def approve_timesheets(sheets: list[Timesheet], *, actor: Actor) -> int:
    """Approve weeks that were handed in, all of them or none; gives their number."""
    for sheet in sheets:
        if sheet.state != TimesheetState.SUBMITTED:
            raise Impossible(f"{sheet}: it is {sheet.get_state_display().lower()}, so nothing was approved.")
        if actor is not MAINSTAY and sheet.resource.person_id == actor.pk:
            raise ValidationError("Somebody else approves your own week. Nothing was approved.")
        _decide(sheet, TimesheetState.APPROVED, actor)
    return history.save_many(sheets)


@operation(Verb.TIMESHEET_RETURN)
def return_timesheet(
    sheet: Timesheet, *, actor: Actor, reason: str, expected_version: int | None = None
) -> Timesheet:
    """Give a week back to whoever handed it in, with the reason; it is open again."""
    if not reason.strip():
        raise ValidationError({"reason": "Say what should be changed."})
    if sheet.state == TimesheetState.OPEN:
        raise Impossible("This week is open already.")
    _decide(sheet, TimesheetState.OPEN, actor)
    sheet.returned_reason = reason.strip()[:LONGEST_REASON]
    returned = history.save(sheet)
    text = f"Your week of {sheet.week:%-d %B %Y} was returned: {sheet.returned_reason}"
    _tell([sheet.resource], actor, text, sheet.week)
    return returned


@operation(Verb.TIMESHEETS_REMIND)
def remind_late(people: list[Resource], *, actor: Actor, week: date) -> int:
    """Leave a notice for those of the people whose week is not handed in; gives their number."""
    require_week(week)
    if week + WEEK > today():
        raise Impossible("Nobody is late for a week that is not over.")
    late = [one.resource for one in late_in(Resource.objects.filter(pk__in=[one.pk for one in people]), [week])]
    _tell(late, actor, f"Please hand in your week of {week:%-d %B %Y}.", week)
    return len(late)


@operation(Verb.WEEKS_LOCK)
def lock_weeks(portfolio: Portfolio, *, actor: Actor, weeks: Sequence[date], reason: str = "") -> int:
    """Lock weeks that are over for everybody of a portfolio and below; gives the number of weeks that were open."""
    for week in weeks:
        require_week(week)
        if week + WEEK > today():
            raise Impossible(f"The week of {week:%-d %B %Y} is not over. Nothing was locked.")
    inside = Timesheet.objects.filter(resource__team__portfolio__path__startswith=portfolio.path)
    _hold_hours(inside.filter(week__in=weeks))
    new = sorted(set(weeks) - locked_weeks(portfolio.path, weeks))
    by, at = (None if actor is MAINSTAY else actor), surrounding().now()
    for week in new:
        history.create(LockedWeek(portfolio=portfolio, week=week, locked_by=by, locked_at=at))
    sheets = list(inside.filter(week__in=new, is_locked=False))
    for sheet in sheets:
        sheet.is_locked = True
    history.save_many(sheets)
    return len(new)


def _decide(sheet: Timesheet, state: TimesheetState, actor: Actor) -> None:
    sheet.state, sheet.returned_reason = state, ""
    sheet.decided_by = actor if isinstance(actor, Person) else None
    sheet.decided_at = surrounding().now()


def _hold_hours(sheets: QuerySet) -> None:
    """Wait for those who are writing hours, known sheets first; whoever comes later finds the week locked."""
    list(sheets.order_by("pk").select_for_update(of=("self",)))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in (HoursEntry, Timesheet):
                cursor.execute(f"LOCK TABLE {model._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")


def _tell(people: list[Resource], actor: Actor, text: str, week: date) -> None:
    told = [one.person for one in people if one.person is not None and one.person_id != actor.pk]
    if told:
        transaction.on_commit(partial(tell, told, text, reverse("timesheet", args=[week])))
