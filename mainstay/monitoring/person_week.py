"""The page of somebody's week, for those who approve it: the sheet, every entry, and what corrects what."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from mainstay.core import access
from mainstay.core.verbs import Verb
from mainstay.monitoring.models import HoursEntry, OtherWork
from mainstay.monitoring.models.timesheet import WEEK
from mainstay.monitoring.operations.locking import is_locked
from mainstay.monitoring.queries.week import WeekOf, week_of
from mainstay.monitoring.week_sheet import UNKNOWN, WeekSheet
from mainstay.resources.models import Resource
from mainstay.resources.views.shared import found


@dataclass(frozen=True)
class EntryLine:
    """One entry as the reader may know it."""

    row: Any
    of: str
    note: str
    role: str
    can_be_corrected: bool


class PersonWeek:
    """The week of a person as one reader may know it."""

    def __init__(self, request: HttpRequest, key: str, week: date) -> None:
        self.request, self.user, self.week = request, request.user, week
        rows = Resource.objects.select_related("team__portfolio", "person")
        self.resource = found(rows, self.user, key=key)
        if self.resource.person_id is None or self.resource.person_id != self.user.pk:
            access.require(self.user, Verb.SEE_HOURS, self.resource.scope)

    @cached_property
    def known(self) -> WeekOf:
        """The week."""
        return week_of(self.resource, self.week, self.user, self.request.as_of)

    @cached_property
    def sheet(self) -> Any:
        """The week as a sheet nobody types into."""
        return WeekSheet(self.known).sheet(is_open=False)

    @property
    def is_locked(self) -> bool:
        """Whether it stands for good."""
        return is_locked(self.resource, self.week)

    @property
    def earlier(self) -> date:
        """The week before."""
        return self.week - WEEK

    @property
    def later(self) -> date:
        """The week after."""
        return self.week + WEEK

    @property
    def may_approve(self) -> bool:
        """Whether the reader may approve it now."""
        return self._may(Verb.TIMESHEETS_APPROVE) and self._state == "submitted"

    @property
    def may_return(self) -> bool:
        """Whether the reader may return it now."""
        return self._may(Verb.TIMESHEET_RETURN) and self._state in {"submitted", "approved"}

    @property
    def _state(self) -> str:
        return self.known.sheet.state if self.known.sheet and not self.is_locked else ""

    def _may(self, verb: Verb) -> bool:
        is_own = self.resource.person_id == self.user.pk
        return self.request.as_of is None and not is_own and access.may(self.user, verb, self.resource.scope)

    @cached_property
    def entries(self) -> list[EntryLine]:
        """Every entry of the week, and what corrects it elsewhere."""
        own = list(self.known.entries)
        ids = [row.row_id for row in own]
        elsewhere = HoursEntry.objects.as_of(self.request.as_of).filter(corrects__in=ids)
        rows = {row.row_id: row for row in [*own, *elsewhere.order_by("date", "pk")]}
        reversed_ids = {row.corrects_id for row in rows.values() if row.hours < 0}
        may = self._may(Verb.HOURS_CORRECT) and (not self.known.is_open or self.is_locked)
        return [self._line(row, reversed_ids, may) for row in rows.values()]

    def _line(self, row: Any, reversed_ids: set[int], may: bool) -> EntryLine:
        project = self.known.projects.get(row.project_id) if row.project_id else None
        is_seen = project is not None or not row.project_id
        of = f"{project.code} {project.name}" if project else UNKNOWN if row.project_id else OtherWork(row.work).label
        is_reversed = row.row_id in reversed_ids
        role = (
            "Reversal"
            if row.hours < 0
            else "Corrected entry"
            if row.corrects_id
            else "Reversed"
            if is_reversed
            else ""
        )
        return EntryLine(row, of, row.note if is_seen else "", role, may and row.hours > 0 and not is_reversed)
