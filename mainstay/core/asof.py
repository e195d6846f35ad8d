"""Reading `?as_of=`: a date (its end) or a moment; the future is refused."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from mainstay.core.errors import Unreadable

FIRST_YEAR = 1900  # far earlier moments are beyond what databases keep


def parse_as_of(text: str) -> datetime | None:
    """The moment meant by `2026-03-31` (the end of that day) or `2026-03-31T12:00`; empty or today: now, None."""
    if not text:
        return None
    try:
        day = parse_date(text)
        moment = parse_datetime(text.replace(" ", "+")) if day is None or len(text) > 10 else None
    except ValueError:
        day = moment = None
    if (moment or day or date.max).year < FIRST_YEAR:
        raise Unreadable(f"Nothing is known from before {FIRST_YEAR}.")
    if moment is not None:
        moment = moment if timezone.is_aware(moment) else timezone.make_aware(moment)
    elif day is not None:
        if day == timezone.localdate():
            return None
        moment = timezone.make_aware(datetime.combine(day, time.max))
    if moment is None:
        raise Unreadable("The as-of date is written as 2026-03-31 or 2026-03-31T12:00.")
    if moment > timezone.now() + timedelta(seconds=5):
        raise Unreadable("What will be known on a future date cannot be shown; choose today or a past date.")
    return moment
