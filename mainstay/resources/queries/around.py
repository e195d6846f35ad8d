"""What bookings of some people stand among in a time, read once and asked as often as needed.

An effect and what speaks against a change are worked out from it without further queries, so that a hundred
changes of the same people cost as many queries as one.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.capacity import Unit
from mainstay.resources.models import Booking, Demand, Proficiency, Resource
from mainstay.resources.queries.booked_hours import Spanned, spread_over, whole_periods
from mainstay.resources.queries.costs import Rates
from mainstay.resources.queries.working import Availability, availability

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Stored:
    """A booking as it stands."""

    pk: int
    version: int
    resource_id: int
    project_id: int
    starts_on: date
    ends_on: date
    hours: Any

    @property
    def span(self) -> Spanned:
        """Who, when and how many hours."""
        return self.resource_id, self.starts_on, self.ends_on, self.hours


COLUMNS = ("pk", "version", "resource_id", "project_id", "starts_on", "ends_on", "hours")


class Around:
    """People from a first to a last day, whole weeks and months: their time, bookings, skills and rates."""

    def __init__(self, resources: Iterable[Resource], first: date, last: date, projects: Iterable[int] = ()) -> None:
        self.people = {one.pk: one for one in resources}
        self.first, self.last = whole_periods(*whole_periods(first, last, "month"), "week")
        self.projects = set(projects)
        self._tables: dict[Unit, tuple[Floats, Floats]] = {}

    @cached_property
    def known(self) -> Availability:
        """Their working time by day."""
        people = Resource.objects.filter(pk__in=self.people)
        return availability(people, self.first, self.last, unit="day")

    @cached_property
    def stored(self) -> list[Stored]:
        """Their bookings in this time."""
        rows = Booking.objects.filter(resource__in=list(self.people)).touching(self.first, self.last)
        return [Stored(*row) for row in rows.order_by("pk").values_list(*COLUMNS)]

    @cached_property
    def of_person(self) -> dict[int, list[Stored]]:
        """The same by person."""
        found = defaultdict(list)
        for one in self.stored:
            found[one.resource_id].append(one)
        return found

    @cached_property
    def proficiencies(self) -> dict[tuple[int, int], Proficiency]:
        """What they are able to do, by person and skill."""
        rows = Proficiency.objects.filter(resource__in=list(self.people))
        return {(one.resource_id, one.skill_id): one for one in rows}

    @cached_property
    def _levels(self) -> dict[tuple[int, int], list[tuple[date, int]]]:
        rows = Demand.objects.filter(project__in=self.projects, skill__isnull=False, least_level__gt=0)
        rows = rows.filter(month__range=(self.first.replace(day=1), self.last)).order_by()
        found = defaultdict(list)
        for project, skill, month, level in rows.values_list("project_id", "skill_id", "month", "least_level"):
            found[project, skill].append((month, level))
        return found

    @cached_property
    def rates(self) -> Rates:
        """What an hour of them costs; ask whether the reader may know."""
        return Rates(self.people.values())

    def level_needed(self, booking: Booking) -> int:
        """The highest level the project asks for where it demands this skill in this time."""
        months = self._levels.get((booking.project_id, booking.skill_id), ())
        begins = booking.starts_on.replace(day=1)
        return max((level for month, level in months if begins <= month <= booking.ends_on), default=0)

    def works(self, booking: Booking) -> bool:
        """Whether the person can give any hour in the time of a booking."""
        days = self.known.horizon.day_numbers([booking.starts_on, booking.ends_on])
        net, _ = self.tables("day")
        return bool(net[self.known.number[booking.resource_id], max(0, days[0]) : days[1] + 1].sum() > 0)

    def tables(self, unit: Unit) -> tuple[Floats, Floats]:
        """(people, periods) hours they can give, and hours booked as they stand."""
        if unit not in self._tables:
            self._tables[unit] = self.known.net(unit), self.spread([one.span for one in self.stored], unit)
        return self._tables[unit]

    def spread(self, spans: Iterable[Spanned], unit: Unit) -> Floats:
        """(people, periods) the hours of some bookings."""
        return spread_over(self.known, spans, unit)

    def spread_each(self, spans: list[Spanned], unit: Unit) -> Floats:
        """(bookings, periods) the hours of each of some bookings."""
        return spread_over(self.known, spans, unit, group=range(len(spans)), groups=len(spans))

    def versions(self, resources: Iterable[Resource], first: date, last: date) -> dict[int, int]:
        """The version of each booking of these people that touches a time."""
        return {
            one.pk: one.version
            for person in resources
            for one in self.of_person.get(person.pk, ())
            if one.starts_on <= last and one.ends_on >= first
        }
