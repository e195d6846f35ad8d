"""The page of one's own week: what it shows, and what a form sent to it does."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from mainstay.core.errors import Impossible, Stale, Unreadable
from mainstay.core.sheet import Entered, LineKind, Sheet
from mainstay.core.sheet.told import base_of, text_of
from mainstay.monitoring.models import monday_of
from mainstay.monitoring.models.timesheet import WEEK
from mainstay.monitoring.operations.hours import HoursCell, enter_hours
from mainstay.monitoring.operations.locking import is_locked
from mainstay.monitoring.operations.timesheets import submit_timesheet
from mainstay.monitoring.queries.week import WeekOf, own_resource, week_of, week_state
from mainstay.monitoring.week_sheet import NAME, WeekSheet
from mainstay.portfolio.models import Project
from mainstay.portfolio.views.sent import asked_for

NOBODY = "You are not among the people who are planned, so you have no timesheet. A resource manager adds people."
SAVED = {"save": "Saved.", "copy": "Last week is copied.", "booked": "Booked hours are taken over."}


@dataclass(frozen=True)
class DayLine:
    """One line of a single day, for a thumb."""

    key: str
    name: str
    text: str
    hint: str
    error: str
    theirs: str
    whose: str
    is_open: bool


@dataclass
class WeekPage:
    """One's own week."""

    request: HttpRequest
    week: date

    def __post_init__(self) -> None:
        self.resource = own_resource(self.request.user)
        if self.resource is None and self.request.method != "GET":
            raise Impossible(NOBODY)

    @property
    def known(self) -> WeekOf:
        """The week as it stands."""
        return week_of(self.resource, self.week, self.request.user, self.request.as_of)

    @property
    def is_locked(self) -> bool:
        """Whether the week stands for good."""
        return is_locked(self.resource, self.week)

    def sheet(self) -> tuple[WeekSheet, Sheet]:
        """The week as a sheet, open while hours may be entered."""
        known = self.known
        is_open = known.is_open and not self.is_locked and self.request.as_of is None
        shown = WeekSheet(known)
        return shown, shown.sheet(is_open=is_open)

    def carry_out(self, shown: WeekSheet, entered: Entered, wish: str) -> str:
        """Save what was typed, then do what the button says; gives what was done."""
        user, state = self.request.user, self.request.POST.get("state", "")[:60]
        cells = shown.cells(entered)
        if cells or wish == "save":
            enter_hours(self.resource, actor=user, week=self.week, cells=cells, expected_state=state)
        if wish == "submit":
            submit_timesheet(self.resource, actor=user, week=self.week)
            return "Handed in for approval."
        if wish in {"copy", "booked"}:
            now = WeekSheet(self.known)
            more = now.suggested() if wish == "booked" else self._last_week(now)
            enter_hours(self.resource, actor=user, week=self.week, cells=more)
        return SAVED[wish]

    def answer(self, sheet: Sheet | None = None, status: int = 200, **more: Any) -> HttpResponse:
        """The page, with the sheet as typed where something is wrong."""
        if self.resource is None:
            return render(self.request, "monitoring/no_week.html", {"told": NOBODY})
        known = self.known
        sheet = sheet or self.sheet()[1]
        day = self._day()
        context = {
            "known": known, "sheet": sheet, "base": json.dumps(base_of(sheet)),
            "state": week_state(self.resource, self.week),
            "is_locked": self.is_locked, "day": day, "days": self._days(sheet, day), "lines": day_lines(sheet, day),
            "earlier": self.week - WEEK, "later": self.week + WEEK, "now": monday_of(timezone.localdate()),
            "left": max(known.hours_expected - known.hours, Decimal(0)), "name": NAME,
            "favourites": [known.projects[pk] for pk in known.favourites],
            "choices": Project.objects.visible_to(self.request.user).order_by("code")[:200],
        }  # fmt: skip
        return render(self.request, "monitoring/timesheet.html", context | more, status=status)

    def refused(self, entered: Entered, error: ValidationError) -> HttpResponse:
        """The page with what was typed and why nothing was saved."""
        return self.answer(entered.shown(), 422, refused=" ".join(error.messages))

    def stale(self, entered: Entered, stale: Stale) -> HttpResponse:
        """The page with what was typed beside what somebody else saved."""
        now = self.sheet()[1]
        return self.answer(entered.beside(now, stale.changes[0].who), stale.status, stale=stale)

    def _last_week(self, now: WeekSheet) -> list[HoursCell]:
        """What stood in the week before, for lines and days that are empty in this one."""
        before, here = WeekSheet(week_of(self.resource, self.week - WEEK, self.request.user)), now.typed
        return [
            HoursCell(day + WEEK, row.hours, None if isinstance(of, str) else before.known.projects[of], row.work)
            for of, rows in before.typed.items()
            for day, row in rows.items()
            if day + WEEK not in here.get(of, {})
        ]

    def _day(self) -> date:
        """The day a phone shows: the one asked for, else today, else the Monday."""
        asked = asked_for(self.request, "day")[:10]
        try:
            day = date.fromisoformat(asked) if asked else timezone.localdate()
        except ValueError:
            raise Unreadable("A day is written as 2026-05-11.") from None
        return day if monday_of(day) == self.week else self.week

    def _days(self, sheet: Sheet, shown: date) -> list[dict[str, Any]]:
        days = [self.week + timedelta(days=place) for place in range(7)]
        lines = tuple(line for line in sheet.lines if line.kind != LineKind.FIXED)
        return [
            {
                "day": day,
                "hours": sheet.total(lines, (sheet.by_key[f"{day}"],)),
                "expected": sheet.lines[0].values.get(f"{day}") or Decimal(0),
                "is_shown": day == shown,
            }
            for day in days
        ]


def wish_of(request: HttpRequest) -> str:
    """What the pressed button asks for."""
    wish = request.POST.get("do", "save")
    if wish not in {*SAVED, "submit"}:
        raise Unreadable("A timesheet is saved, filled or handed in.")
    return wish


def day_lines(sheet: Sheet, day: date) -> list[DayLine]:
    """The lines of one day; what cannot be typed only where it has hours."""
    column, found = sheet.by_key[f"{day}"], []
    for line in sheet.lines[1:]:
        is_open = sheet.is_open and line.kind != LineKind.FIXED
        text = text_of(line, column, sheet)
        if is_open or text:
            theirs = sheet.written(line.theirs.get(column.key), column) if column.key in line.theirs else ""
            hint, error = line.hints.get(column.key, ""), line.errors.get(column.key, "")
            whose = f"{NAME}:whose:{line.key}:{column.key}"
            found.append(DayLine(line.key, line.labels[0], text, hint, error, theirs, whose, is_open))
    return found
