"""The last eight weeks of a dozen people in the sample: one is late, one week was returned, one entry corrected."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from mainstay.config.sample.diary import Diary
from mainstay.config.sample.staff import Staff
from mainstay.core.verbs import Verb
from mainstay.monitoring.models import HoursEntry, OtherWork, Timesheet, TimesheetState
from mainstay.monitoring.operations.favourites import set_favourites
from mainstay.monitoring.operations.hours import HoursCell, correct_hours, enter_hours
from mainstay.monitoring.operations.timesheets import (
    approve_timesheets,
    lock_weeks,
    return_timesheet,
    submit_timesheet,
)
from mainstay.monitoring.queries.week import week_of
from mainstay.portfolio.models import Portfolio, Project
from mainstay.resources.models import Absence, Resource

WEEKS, CREW, LOCKED = 8, 12, 4
# Nobody could enter hours before the bookings were there, so the first weeks were entered together.
EARLIEST = -44
LATE, RETURNED, CORRECTED = 4, 7, 2
# The one of them whose log-in the sign-in page offers.
LOGIN = "jonas"
WHY = "Thursday was the burst main in Coast Road: please put it under run work."


def enter(staff: Staff, diary: Diary) -> None:
    """Write eight weeks into the diary: hours on Fridays, approval on Tuesdays, the oldest weeks locked."""
    crew: list[Resource] = []
    monday = -diary.today.weekday()
    for back in range(WEEKS, 0, -1):
        first = monday - 7 * back
        week = diary.day(first)
        diary.enter(max(first + 4, EARLIEST), partial(_hours, staff, crew, week, back), hour=15)
        if back > 1:
            diary.enter(max(first + 8, EARLIEST + 1), partial(_approve, staff, week), hour=10)
    diary.enter(monday - 3, partial(_correct, staff, crew, diary.day(monday - 14)), hour=17)
    diary.enter(
        monday - 2, partial(_lock, staff, [diary.day(monday - 7 * back) for back in range(WEEKS, LOCKED, -1)])
    )
    diary.enter(-1, partial(_return, staff, crew, diary.day(monday - 7)), hour=18)


def _hours(staff: Staff, crew: list[Resource], week: date, back: int) -> None:
    """Everybody's week; the one who is late has not begun the last one."""
    if not crew:
        booked = Resource.objects.filter(bookings__isnull=False, person__isnull=False, leaves_on=None).distinct()
        booked = booked.select_related("person").order_by("key")
        crew.extend([*booked.exclude(person__username=LOGIN)[: CREW - 1], *booked.filter(person__username=LOGIN)])
    for place, row in enumerate(crew):
        person = staff[row.person.username]
        cells = list(_cells(row, person, week))
        if not cells or (back == 1 and place == LATE):
            continue
        enter_hours(row, actor=person, week=week, cells=cells)
        submit_timesheet(row, actor=person, week=week)
    if back == WEEKS:
        _choose(staff, crew)


def _cells(row: Resource, person: Any, week: date) -> Iterator[HoursCell]:
    """What was booked, as far as the day reaches; the rest is run work, and leave is leave."""
    known = week_of(row, week, person)
    away = list(Absence.objects.filter(resource=row, starts_on__lte=known.days[-1], ends_on__gte=week))
    for place, day in enumerate(known.days):
        left = known.expected[place]
        if left and any(one.starts_on <= day <= one.ends_on for one in away):
            yield HoursCell(day, left, work=OtherWork.ABSENCE)
            continue
        for pk, hours in known.booked.items():
            if (worked := min(left, hours[place])) > 0:
                yield HoursCell(day, worked, known.projects[pk])
                left -= worked
        if left > 0:
            yield HoursCell(day, left, work=OtherWork.TRAINING if place == 4 and left <= 2 else OtherWork.RUN)


def _choose(staff: Staff, crew: list[Resource]) -> None:
    """The first of them keep what they worked on at hand."""
    for row in crew[:3]:
        worked = HoursEntry.objects.filter(resource=row, project__isnull=False).order_by()
        projects = list(Project.objects.filter(pk__in=worked.values("project_id")).order_by("code")[:2])
        set_favourites(row, actor=staff[row.person.username], projects=projects)


def _approve(staff: Staff, week: date) -> None:
    rows = Timesheet.objects.visible_to(staff["ingrid"], Verb.TIMESHEETS_APPROVE)
    approve_timesheets(list(rows.filter(week=week, state=TimesheetState.SUBMITTED)), actor=staff["ingrid"])


def _correct(staff: Staff, crew: list[Resource], week: date) -> None:
    """An hour too many in an approved week: the entry, its reversal and the new one stand beside each other."""
    rows = HoursEntry.objects.filter(resource=crew[CORRECTED], date__gte=week, date__lt=week + timedelta(days=5))
    entry = rows.filter(hours__gt=1).order_by("date", "pk").first()
    if entry is not None and Timesheet.objects.filter(resource=entry.resource, week=week, state="approved").exists():
        correct_hours(entry, actor=staff["ingrid"], hours=entry.hours - Decimal(1), reason="The lunch break counted")


def _return(staff: Staff, crew: list[Resource], week: date) -> None:
    sheet = Timesheet.objects.filter(resource=crew[RETURNED], week=week).first()
    if sheet is not None:
        return_timesheet(sheet, actor=staff["ingrid"], reason=WHY)


def _lock(staff: Staff, weeks: list[date]) -> None:
    lock_weeks(Portfolio.objects.get(code="NORTHMOOR"), actor=staff["mei"], weeks=weeks, reason="Quarter closed")
