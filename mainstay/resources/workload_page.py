"""The workload of one person as a page and as a part of the person's own page."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_date

from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb
from mainstay.resources.models import Resource, ResourceKind
from mainstay.resources.queries.workload import WeekLoad, bookings_of, workload

WEEKS, STEP, HEIGHT = 26, 24, 84
MOST = 1.5  # times the capacity of a full week: higher bars are cut off, their figure is told


@dataclass(frozen=True)
class Bar:
    """A week as it is drawn: where it stands, and how high its parts are."""

    week: WeekLoad
    x: int
    hard_y: float
    hard_height: float
    soft_y: float
    soft_height: float
    capacity_y: float
    month: str


class WorkloadPage:
    """Half a year of somebody's weeks, and their bookings."""

    def __init__(self, request: HttpRequest, row: Any) -> None:
        self.request, self.user, self.as_of, self.row = request, request.user, request.as_of, row

    @classmethod
    def of(cls, request: HttpRequest, key: str) -> "WorkloadPage":
        """The page of somebody the reader may see."""
        rows = Resource.objects.as_of(request.as_of).visible_to(request.user).filter(key=key)
        row = rows.select_related("team__portfolio", "role").first()
        if row is None:
            raise Missing("There is nobody of this key, or they are not open to you.")
        return cls(request, row)

    @cached_property
    def first(self) -> date:
        """The Monday it begins with: this week, or the one asked for."""
        today = timezone.localdate(self.as_of) if self.as_of else timezone.localdate()
        try:
            asked = parse_date(self.request.GET.get("from", "")[:10])
        except ValueError:
            asked = None
        if asked is None or not 2000 <= asked.year <= 2100:
            asked = today
        return asked - timedelta(days=asked.weekday())

    @property
    def earlier(self) -> date:
        """Where the half year before begins."""
        return self.first - timedelta(weeks=WEEKS)

    @property
    def later(self) -> date:
        """Where the half year after begins."""
        return self.first + timedelta(weeks=WEEKS)

    @cached_property
    def weeks(self) -> list[WeekLoad]:
        """The weeks shown."""
        return workload(self.row, self.first, WEEKS, self.as_of)

    @cached_property
    def bars(self) -> list[Bar]:
        """The same as it is drawn."""
        top = max([week.capacity for week in self.weeks] + [1.0]) * MOST
        return [_bar(place, week, top, self.weeks) for place, week in enumerate(self.weeks)]

    @property
    def width(self) -> int:
        """How wide the drawing is."""
        return STEP * WEEKS

    @property
    def height(self) -> int:
        """How high the drawing is, the names of the months included."""
        return HEIGHT + 18

    @cached_property
    def bookings(self) -> list[tuple[Any, Any]]:
        """Bookings that are not over before the first week, each with its project where it is open."""
        return bookings_of(self.row, self.user, self.first, self.as_of)

    @property
    def finding(self) -> str:
        """What the weeks say, in a sentence."""
        over = [week for week in self.weeks if week.is_over]
        if self.row.kind == ResourceKind.GENERIC:
            return f"A placeholder: {sum(week.booked for week in self.weeks):,.0f} hours wait for a person."
        if over:
            first = over[0]
            return (
                f"Overloaded in {len(over)} of {WEEKS} weeks, first in the week of {first.starts_on:%-d %B %Y} "
                f"({first.booked:,.0f} of {first.capacity:,.0f} hours)."
            )
        free = sum(max(0.0, week.capacity - week.booked) for week in self.weeks)
        return f"No overload; {free:,.0f} hours are free in the next {WEEKS} weeks."

    def may(self, verb: Verb) -> bool:
        """Whether the reader may do this to the person's bookings now."""
        return self.as_of is None and access.may(self.user, verb, self.row.team.portfolio)

    @property
    def may_book(self) -> bool:
        """Whether the reader may book the person."""
        return self.may(Verb.BOOKING_ADD)

    @property
    def may_confirm(self) -> bool:
        """Whether there is anything to make firm, and the reader may."""
        return self.may(Verb.BOOKINGS_CONFIRM) and any(row.firmness == "soft" for row, _ in self.bookings)


def part_of_person(request: HttpRequest, resource: Any) -> dict[str, Any]:
    """The strip on the page of a person."""
    return {"page": WorkloadPage(request, resource)}


def _bar(place: int, week: WeekLoad, top: float, weeks: list[WeekLoad]) -> Bar:
    scale = HEIGHT / top
    hard = min(week.hard, top) * scale
    soft = min(week.booked, top) * scale - hard
    month = f"{week.starts_on:%b}" if place == 0 or week.starts_on.month != weeks[place - 1].starts_on.month else ""
    heights = (HEIGHT - hard, hard, HEIGHT - hard - soft, soft, HEIGHT - week.capacity * scale)
    return Bar(week, place * STEP, *(round(one, 1) for one in heights), month)
