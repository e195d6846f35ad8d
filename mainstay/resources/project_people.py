"""The people of a project: its tab on the project's page."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Project
from mainstay.portfolio.sections import tabs_of
from mainstay.resources.models import Resource, StaffingRequest
from mainstay.resources.operations.demands import demand_state
from mainstay.resources.queries.effect import SLACK
from mainstay.resources.queries.project_demand import DemandLine, ProjectDemand, demand_of


@dataclass(frozen=True)
class MonthCell:
    """One month of a line: hours needed, hours of people, hours of placeholders, and what is missing."""

    month: date
    needed: Any
    named: float
    waiting: float
    gap: float

    @property
    def is_short(self) -> bool:
        """Whether somebody is missing."""
        return self.gap > SLACK


class ProjectPeople:
    """What a project needs, who is booked, and what was asked for."""

    def __init__(self, request: HttpRequest, code: str) -> None:
        self.request, self.user, self.as_of = request, request.user, request.as_of
        self.project = Project.objects.as_of(self.as_of).visible_to(self.user).filter(code=code).first()
        if self.project is None:
            raise Missing("There is no such project, or it is not open to you.")
        self.current = self.project if self.as_of is None else Project.objects.get(pk=self.project.row_id)

    @property
    def tabs(self) -> list[dict[str, Any]]:
        """The tabs of the project's page."""
        query = f"?as_of={self.request.GET['as_of']}" if self.as_of else ""
        return tabs_of(self.current, self.user, "project_people", query)

    @cached_property
    def demand(self) -> ProjectDemand:
        """What is needed and who is booked."""
        return demand_of(self.project, self.as_of)

    @property
    def rows(self) -> list[tuple[DemandLine, list[MonthCell]]]:
        """Each line with its months."""
        return [(line, [_cell(line, month) for month in self.demand.months]) for line in self.demand.lines]

    @cached_property
    def bookings(self) -> list[tuple[Any, bool]]:
        """Who is booked, and whether the reader may open the person's page."""
        ids = {row.resource_id for row in self.demand.bookings}
        seen = set(Resource.objects.visible_to(self.user).filter(pk__in=ids).values_list("pk", flat=True))
        return [(row, row.resource_id in seen) for row in self.demand.bookings]

    @cached_property
    def requests(self) -> list[Any]:
        """What was asked for, the latest first."""
        rows = StaffingRequest.objects.as_of(self.as_of).filter(project_id=self.project.row_id)
        return list(rows.select_related("role", "skill", "team").order_by("-asked_at"))

    @property
    def state(self) -> str:
        """How the demand stands, to be sent along."""
        return demand_state(self.current)

    @property
    def may_enter(self) -> bool:
        """Whether the reader may enter demand."""
        return self.as_of is None and access.may(self.user, Verb.DEMAND_ENTER, self.current)

    @property
    def may_ask(self) -> bool:
        """Whether the reader may ask for people."""
        return self.as_of is None and access.may(self.user, Verb.STAFFING_ASK, self.current)

    @property
    def finding(self) -> str:
        """What is missing, in a sentence."""
        today = timezone.localdate(self.as_of) if self.as_of else timezone.localdate()
        staffed, first = self.demand.staffed, self.demand.first_gap(today)
        if staffed is None:
            return "It is not said yet whom this project needs."
        if first is None:
            return f"Nobody is missing from now on; {staffed:.0%} of {self.demand.needed:,.0f} hours are staffed."
        line, month = first
        return (
            f"{staffed:.0%} of {self.demand.needed:,.0f} hours are staffed; "
            f"{line.name} is missing first, {line.gap(month):,.0f} hours in {month:%B %Y}."
        )


def _cell(line: DemandLine, month: date) -> MonthCell:
    return MonthCell(month, line.needed.get(month), line.named[month], line.waiting[month], line.gap(month))
