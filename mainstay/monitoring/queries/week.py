"""One week of a person: what was entered, what the calendar expects, and what the bookings suggest."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Sum

from mainstay.core import access
from mainstay.core.verbs import Verb
from mainstay.monitoring.models import Favourite, HoursEntry, Timesheet, TimesheetState
from mainstay.monitoring.models.timesheet import WEEK
from mainstay.portfolio.models import Project
from mainstay.resources.models import Booking, Resource
from mainstay.resources.queries.booked_hours import spans_of, spread_over
from mainstay.resources.queries.working import availability

DAYS = 7
CENT, QUARTER = Decimal("0.01"), Decimal("0.25")


@dataclass(frozen=True)
class WeekOf:
    """A week of a person as one reader may know it.

    `expected` are seven working hours, `booked` seven suggested hours by project. `projects` are those the reader may
    know of, so that a project that is not among them stays unnamed.
    """

    resource: Any
    week: date
    sheet: Any
    entries: tuple[Any, ...]
    expected: tuple[Decimal, ...]
    booked: dict[int, list[Decimal]]
    favourites: tuple[int, ...]
    projects: dict[int, Any]

    @property
    def days(self) -> list[date]:
        """Monday to Sunday."""
        return days_of(self.week)

    @property
    def hours(self) -> Decimal:
        """Everything that counts in this week, corrections included."""
        return sum((row.hours for row in self.entries), Decimal(0))

    @property
    def hours_expected(self) -> Decimal:
        """The working hours of the week."""
        return sum(self.expected, Decimal(0))

    @property
    def is_open(self) -> bool:
        """Whether hours may still be entered, as far as the sheet itself goes."""
        return self.sheet is None or (self.sheet.state == TimesheetState.OPEN and not self.sheet.is_locked)

    @property
    def state(self) -> str:
        """The state in a word."""
        if self.sheet is None:
            return TimesheetState.OPEN.label
        return self.sheet.get_state_display()


def days_of(week: date) -> list[date]:
    """The seven days from a Monday on."""
    return [week + timedelta(days=place) for place in range(DAYS)]


def entries_of(resource: Any, week: date, as_of: datetime | None = None) -> Any:
    """What a person worked in a week."""
    rows = HoursEntry.objects.as_of(as_of).filter(resource_id=resource.row_id)
    return rows.filter(date__gte=week, date__lt=week + WEEK)


def week_state(resource: Any, week: date) -> str:
    """How the hours of a week stand, as a text to send along; any change makes it another one."""
    told = entries_of(resource, week).aggregate(count=Count("pk"), last=Max("pk"), versions=Sum("version"))
    return f"{told['count']}-{told['last'] or 0}-{told['versions'] or 0}"


def week_of(resource: Any, week: date, reader: Any, as_of: datetime | None = None) -> WeekOf:
    """The week of a person, with the projects the reader may know; everybody knows the projects of their own week."""
    entries = tuple(entries_of(resource, week, as_of).order_by("date", "pk"))
    sheet = Timesheet.objects.as_of(as_of).filter(resource_id=resource.row_id, week=week).first()
    expected, booked = _planned(resource, week, as_of)
    is_own = resource.person_id is not None and resource.person_id == reader.pk
    chosen = (
        Favourite.objects.as_of(as_of).filter(resource_id=resource.row_id) if is_own else Favourite.objects.none()
    )
    favourites = tuple(chosen.order_by("place", "pk").values_list("project_id", flat=True))
    ids = {row.project_id for row in entries if row.project_id} | set(booked) | set(favourites)
    rows = Project.objects.all() if is_own else Project.objects.visible_to(reader)
    return WeekOf(resource, week, sheet, entries, expected, booked, favourites, rows.in_bulk(ids))


def _planned(
    resource: Any, week: date, as_of: datetime | None
) -> tuple[tuple[Decimal, ...], dict[int, list[Decimal]]]:
    """Working hours by day, and booked hours by project and day in quarters of an hour."""
    people = Resource.objects.as_of(as_of).identified_by([resource.row_id])
    last = week + WEEK - timedelta(days=1)
    known = availability(people, week, last, unit="day", as_of=as_of)
    expected = tuple(Decimal(str(hours)).quantize(CENT) for hours in known.gross("day")[0])
    rows = Booking.objects.as_of(as_of).filter(resource_id=resource.row_id).touching(week, last)
    spans = spans_of(rows.order_by("pk"))
    of = list(rows.order_by("pk").values_list("project_id", flat=True))
    ids = sorted(set(of))
    hours = spread_over(known, spans, "day", [ids.index(pk) for pk in of], len(ids))
    return expected, {pk: [_quarters(one) for one in hours[place]] for place, pk in enumerate(ids)}


def _quarters(hours: float) -> Decimal:
    return (Decimal(str(round(hours, 6))) / QUARTER).quantize(Decimal(1)) * QUARTER


def hours_of_sheets(sheets: list[Any], as_of: datetime | None = None) -> dict[tuple[int, date], Decimal]:
    """The hours of some sheets, by person and week."""
    if not sheets:
        return {}
    weeks = [sheet.week for sheet in sheets]
    rows = HoursEntry.objects.as_of(as_of).filter(resource__in={sheet.resource_id for sheet in sheets})
    rows = rows.filter(date__gte=min(weeks), date__lt=max(weeks) + WEEK).order_by()
    totals: dict[tuple[int, date], Decimal] = defaultdict(Decimal)
    for resource_id, day, hours in rows.values_list("resource_id", "date").annotate(total=Sum("hours")):
        totals[resource_id, day - timedelta(days=day.weekday())] += hours
    return totals


def own_resource(user: Any) -> Any:
    """The resource a person is; none for those who are not planned."""
    if not access.may(user, Verb.HOURS_ENTER):
        return None
    return Resource.objects.filter(person=user).select_related("team__portfolio").first()
