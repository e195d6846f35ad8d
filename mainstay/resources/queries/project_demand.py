"""What a project needs by role and skill, month by month, and who is booked for it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from mainstay.engine.basics.periods import month_after, months_between
from mainstay.resources.models import Booking, Demand, Resource, ResourceKind
from mainstay.resources.queries.booked_hours import spread_over, whole_periods
from mainstay.resources.queries.effect import SLACK
from mainstay.resources.queries.working import availability

Key = tuple[int | None, int | None, int]


@dataclass
class DemandLine:
    """One line: hours needed of a role or skill, and hours booked of people and of placeholders, by month."""

    role: Any
    skill: Any
    least_level: int
    needed: dict[date, Decimal] = field(default_factory=dict)
    named: dict[date, float] = field(default_factory=lambda: defaultdict(float))
    waiting: dict[date, float] = field(default_factory=lambda: defaultdict(float))

    @property
    def key(self) -> Key:
        """What tells it from other lines."""
        return (self.role and self.role.pk, self.skill and self.skill.pk, self.least_level)

    @property
    def name(self) -> str:
        """What is needed, in words."""
        words = [str(one) for one in (self.role, self.skill) if one]
        return ", ".join([*words, *([f"level {self.least_level} or more"] if self.least_level else [])])

    @property
    def is_needed(self) -> bool:
        """Whether anything is asked for; else it holds bookings nobody asked for."""
        return bool(self.needed)

    def gap(self, month: date) -> float:
        """Hours of a month that no person is booked for."""
        return max(0.0, float(self.needed.get(month, 0)) - self.named[month])

    def fits(self, booking: Any) -> bool:
        """Whether a booking may answer this line."""
        role_fits = self.role is None or booking.role_id == self.role.pk
        return role_fits and (self.skill is None or booking.skill_id == self.skill.pk)


@dataclass(frozen=True)
class Share:
    """A booking with the line it answers, and its hours by month."""

    booking: Any
    line: DemandLine
    hours: dict[date, float]


@dataclass(frozen=True)
class ProjectDemand:
    """The lines of a project over months, with its bookings."""

    months: tuple[date, ...]
    lines: tuple[DemandLine, ...]
    bookings: tuple[Any, ...]
    shares: tuple[Share, ...] = ()

    @property
    def needed(self) -> Decimal:
        """All hours needed."""
        return sum((sum(line.needed.values(), Decimal(0)) for line in self.lines), Decimal(0))

    @property
    def gap(self) -> float:
        """All hours that no person is booked for."""
        return sum(line.gap(month) for line in self.lines for month in self.months)

    @property
    def staffed(self) -> float | None:
        """The share of needed hours that people are booked for; none where nothing is needed."""
        return 1 - self.gap / float(self.needed) if self.needed else None

    def first_gap(self, since: date) -> tuple[DemandLine, date] | None:
        """The first month, not before that of a day, in which somebody is missing."""
        coming = [month for month in self.months if month >= since.replace(day=1)]
        gaps = [(month, line) for month in coming for line in self.lines if line.gap(month) > SLACK]
        return (gaps[0][1], gaps[0][0]) if gaps else None


def demand_of(project: Any, as_of: datetime | None = None) -> ProjectDemand:
    """Everything a project needs and has."""
    demands = list(
        Demand.objects.as_of(as_of)
        .filter(project_id=project.row_id)
        .select_related("role", "skill")
        .order_by("month")
    )
    related = ("resource__team", "role", "skill")
    bookings = list(
        Booking.objects.as_of(as_of).filter(project_id=project.row_id).select_related(*related).order_by("starts_on")
    )
    lines = _lines(demands)
    months = _months(demands, bookings)
    shares = _staff(lines, bookings, as_of) if bookings else []
    ordered = sorted(lines, key=lambda line: (not line.is_needed, line.name))
    return ProjectDemand(months, tuple(ordered), tuple(bookings), tuple(shares))


def _lines(demands: Iterable[Any]) -> list[DemandLine]:
    lines: dict[Key, DemandLine] = {}
    for row in demands:
        line = lines.setdefault(
            (row.role_id, row.skill_id, row.least_level), DemandLine(row.role, row.skill, row.least_level)
        )
        line.needed[row.month] = row.hours
    return list(lines.values())


def _months(demands: list[Any], bookings: list[Any]) -> tuple[date, ...]:
    days = [row.month for row in demands]
    days += [day.replace(day=1) for row in bookings for day in (row.starts_on, row.ends_on)]
    if not days:
        return ()
    return tuple(month_after(min(days), place) for place in range(months_between(min(days), max(days))))


def _staff(lines: list[DemandLine], bookings: list[Any], as_of: datetime | None) -> list[Share]:
    """Add each booking to the line it answers best, month by month."""
    first, last = whole_periods(min(one.starts_on for one in bookings), max(one.ends_on for one in bookings), "month")
    people = Resource.objects.as_of(as_of).identified_by({one.resource_id for one in bookings})
    known = availability(people, first, last, as_of=as_of)
    spans = [(one.resource_id, one.starts_on, one.ends_on, one.hours) for one in bookings]
    hours = spread_over(known, spans, group=range(len(spans)), groups=len(spans))
    shares = []
    for place, booking in enumerate(bookings):
        line = _line_for(lines, booking)
        into = line.waiting if booking.resource.kind == ResourceKind.GENERIC else line.named
        by_month = {
            month: round(float(hours[place, period]), 2)
            for period, month in enumerate(known.horizon.starts)
            if hours[place, period]
        }
        for month, part in by_month.items():
            into[month] += part
        shares.append(Share(booking, line, by_month))
    return shares


def _line_for(lines: list[DemandLine], booking: Any) -> DemandLine:
    """The most particular line a booking answers, or a line of its own where nobody asked for it."""
    fitting = [line for line in lines if line.fits(booking)]
    if fitting:
        return max(fitting, key=lambda line: (line.is_needed, line.skill is not None, line.role is not None))
    line = DemandLine(booking.role, booking.skill, 0)
    lines.append(line)
    return line
