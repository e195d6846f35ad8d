"""Reading a calendar file for a person: by the hours of their day, from a year ago to three years ahead."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from mainstay.resources.calendar_events import Read, Window, read_calendar
from mainstay.resources.models import Resource

PAST, FUTURE = timedelta(days=366), timedelta(days=3 * 366)
PLAIN_DAY = Decimal(8)


def read_for(resource: Resource, content: bytes, kind: str) -> Read:
    """What a calendar file says of somebody's absences."""
    today = timezone.localdate()
    return read_calendar(content, kind, Window(today - PAST, today + FUTURE, _day_hours(resource)))


def _day_hours(resource: Resource) -> Decimal:
    """The hours of a full day in the person's calendar, by which parts of a day are measured."""
    site = resource.site
    calendar: Any = resource.calendar or (site.calendar if site is not None else None)
    longest = max(calendar.week, default=0) if calendar is not None else 0
    return Decimal(str(longest)) if longest else PLAIN_DAY
