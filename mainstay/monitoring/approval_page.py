"""The page on which weeks are approved: what was handed in, who is late, and which weeks are locked."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from mainstay.core import access
from mainstay.core.errors import Unreadable
from mainstay.core.verbs import Verb
from mainstay.monitoring.models import LockedWeek, Timesheet, TimesheetState, monday_of
from mainstay.monitoring.models.timesheet import WEEK
from mainstay.monitoring.queries.late import Late, late_in
from mainstay.monitoring.queries.week import hours_of_sheets
from mainstay.portfolio.models import Portfolio
from mainstay.portfolio.views.sent import asked_for
from mainstay.resources.models import Resource
from mainstay.resources.queries.working import availability, id_of

MOST = 500


@dataclass(frozen=True)
class SheetLine:
    """A week of a person with its hours and the working hours."""

    sheet: Any
    hours: Decimal
    expected: float
    may_be_approved: bool

    @property
    def differs(self) -> bool:
        """Whether it has other hours than the calendar."""
        return abs(float(self.hours) - self.expected) >= 0.01


class ApprovalPage:
    """One week of everybody whose hours the reader may see."""

    def __init__(self, request: HttpRequest) -> None:
        self.request, self.user, self.as_of = request, request.user, request.as_of
        self.today = timezone.localdate()
        self.week = self._asked()

    def _asked(self) -> date:
        """The week asked for, else the last one that is over."""
        asked = asked_for(self.request, "week")[:10]
        try:
            return monday_of(date.fromisoformat(asked)) if asked else monday_of(self.today) - WEEK
        except ValueError:
            raise Unreadable("A week is named by its Monday, as 2026-05-11.") from None

    @property
    def earlier(self) -> date:
        """The week before."""
        return self.week - WEEK

    @property
    def later(self) -> date:
        """The week after."""
        return self.week + WEEK

    @property
    def is_over(self) -> bool:
        """Whether the week has ended."""
        return self.later <= self.today

    @cached_property
    def lines(self) -> list[SheetLine]:
        """The weeks of people, those to approve first."""
        rows = Timesheet.objects.as_of(self.as_of).visible_to(self.user).filter(week=self.week)
        rows = list(rows.select_related("resource__team__portfolio", "decided_by").order_by("resource__name")[:MOST])
        hours, expected = hours_of_sheets(rows, self.as_of), self._expected()
        lines = [
            SheetLine(
                row, hours.get((row.resource_id, row.week), Decimal(0)), expected.get(row.resource_id, 0.0), may
            )
            for row in rows
            for may in [self._may_approve(row)]
        ]
        return sorted(lines, key=lambda line: not line.may_be_approved)

    def _may_approve(self, row: Any) -> bool:
        waits = (
            row.state == TimesheetState.SUBMITTED and self.as_of is None and row.resource.person_id != self.user.pk
        )
        return waits and access.may(self.user, Verb.TIMESHEETS_APPROVE, row.resource.scope)

    def _expected(self) -> dict[int, float]:
        rows = Timesheet.objects.as_of(self.as_of).visible_to(self.user).filter(week=self.week)
        people = Resource.objects.filter(pk__in=rows.order_by().values("resource_id"))
        known = availability(people.order_by(id_of(people)), self.week, self.later - WEEK / 7, unit="week")
        return {int(pk): float(hours) for pk, hours in zip(known.ids, known.gross("week")[:, 0], strict=True)}

    @property
    def waiting(self) -> int:
        """How many the reader can approve."""
        return sum(line.may_be_approved for line in self.lines)

    @property
    def late(self) -> list[Late]:
        """Who keeps timesheets and has not handed the week in."""
        return [one for one in self._late if not one.is_new]

    @property
    def never(self) -> list[Late]:
        """Who has never entered hours, and so not in this week."""
        return [one for one in self._late if one.is_new]

    @cached_property
    def _late(self) -> list[Late]:
        if not self.is_over or self.as_of is not None:
            return []
        return late_in(Resource.objects.visible_to(self.user, Verb.TIMESHEETS_REMIND), [self.week])[:MOST]

    @cached_property
    def locks(self) -> list[Any]:
        """The portfolios for which the week is locked."""
        rows = LockedWeek.objects.as_of(self.as_of).visible_to(self.user).filter(week=self.week)
        return list(rows.select_related("portfolio", "locked_by"))

    @cached_property
    def lockable(self) -> list[Any]:
        """The portfolios for which the reader may lock the week."""
        if not self.is_over or self.as_of is not None:
            return []
        paths = [lock.portfolio.path for lock in self.locks]
        rows = Portfolio.objects.visible_to(self.user, Verb.WEEKS_LOCK).order_by("path")[:50]
        return [row for row in rows if not any(row.path.startswith(path) for path in paths)]

    @property
    def finding(self) -> str:
        """The page in a sentence."""
        late, waiting = len(self.late), self.waiting
        told = f"{waiting} to approve" if waiting else "Nothing to approve"
        more = f", {late} late" if late else ", nobody late" if self.is_over else ""
        return f"Week of {self.week:%-d %B %Y}: {told}{more}{', locked' if self.locks else ''}."
