"""The workload of one person: hours they can give, and hours booked firmly and softly, week by week."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from mainstay.portfolio.models import Project
from mainstay.resources.models import Booking, Firmness, Resource
from mainstay.resources.queries.booked_hours import spans_of, spread_over
from mainstay.resources.queries.effect import SLACK
from mainstay.resources.queries.working import availability


@dataclass(frozen=True)
class WeekLoad:
    """One week: hours the person can give, and hours booked."""

    name: str
    starts_on: date
    capacity: float
    hard: float
    soft: float

    @property
    def booked(self) -> float:
        """Hard and soft hours together."""
        return self.hard + self.soft

    @property
    def is_over(self) -> bool:
        """Whether more is booked than the person can give."""
        return self.booked > self.capacity + SLACK

    @property
    def share(self) -> float | None:
        """Booked hours as a share of capacity; none where there is no capacity."""
        return self.booked / self.capacity if self.capacity else None


def workload(resource: Any, first: date, weeks: int, as_of: datetime | None = None) -> list[WeekLoad]:
    """The weeks from the Monday on or before a day."""
    monday = first - timedelta(days=first.weekday())
    last = monday + timedelta(weeks=weeks, days=-1)
    people = Resource.objects.as_of(as_of).identified_by([resource.row_id])
    known = availability(people, monday, last, unit="week", as_of=as_of)
    rows = Booking.objects.as_of(as_of).filter(resource_id=resource.row_id).touching(monday, last)
    hard, soft = (
        spread_over(known, spans_of(rows.filter(firmness=firmness)), "week")[0]
        for firmness in (Firmness.HARD, Firmness.SOFT)
    )
    net, horizon = known.net()[0], known.horizon
    return [
        WeekLoad(horizon.names[place], start, *(round(float(one[place]), 2) for one in (net, hard, soft)))
        for place, start in enumerate(horizon.starts)
    ]


def bookings_of(resource: Any, user: Any, first: date, as_of: datetime | None = None) -> list[tuple[Any, Any]]:
    """The person's bookings that end on or after a day, each with its project where the reader may know of it."""
    rows = Booking.objects.as_of(as_of).filter(resource_id=resource.row_id, ends_on__gte=first)
    rows = list(rows.select_related("role", "skill").order_by("starts_on", "ends_on"))
    projects = Project.objects.visible_to(user).in_bulk({row.project_id for row in rows})
    return [(row, projects.get(row.project_id)) for row in rows]
