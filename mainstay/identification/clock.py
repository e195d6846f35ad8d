"""The clock of a request: working days, Saturdays and Sundays left out, stopped while the requester is asked.

A working day is 24 hours of a weekday in the instance's own time zone, so 1.5 means a day and a half.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

DAY = timedelta(days=1)
WEEKEND = 5
A_WEEK = 7
SOON = 0.8


def worked(start: datetime, end: datetime) -> timedelta:
    """Working time between two moments; nothing when the end comes first."""
    first, last = _local(start), _local(end)
    return max(_since_monday(last, first.date()) - _since_monday(first, first.date()), timedelta())


def after(start: datetime, work: timedelta) -> datetime:
    """The moment at which so much working time has passed."""
    now = _local(start)
    if now.weekday() >= WEEKEND:
        now = datetime.combine(now.date() + DAY * (A_WEEK - now.weekday()), datetime.min.time())
    weeks, rest = divmod(work, WEEKEND * DAY)
    now += weeks * timedelta(days=A_WEEK)
    until_weekend = datetime.combine(now.date() + DAY * (WEEKEND - now.weekday()), datetime.min.time()) - now
    if rest > until_weekend:
        rest += 2 * DAY
    return timezone.make_aware(now + rest)


def _local(moment: datetime) -> datetime:
    return timezone.make_naive(moment)


def _since_monday(moment: datetime, origin: date) -> timedelta:
    """Working time since the Monday of the week in which `origin` lies."""
    monday = datetime.combine(origin - DAY * origin.weekday(), datetime.min.time())
    weeks, rest = divmod(moment - monday, timedelta(days=A_WEEK))
    return weeks * WEEKEND * DAY + min(rest, WEEKEND * DAY)


@dataclass(frozen=True)
class Clock:
    """How long a request has waited for the office, and how long it may."""

    used: timedelta
    allowed: timedelta
    runs: bool
    now: datetime

    @property
    def days(self) -> float:
        """Working days used."""
        return self.used / DAY

    @property
    def days_left(self) -> float:
        """Working days left; less than nothing when it is late."""
        return (self.allowed - self.used) / DAY

    @property
    def due_at(self) -> datetime:
        """When it is due if the clock runs on."""
        return after(self.now, max(self.allowed - self.used, timedelta()))

    @property
    def is_late(self) -> bool:
        """Whether it took longer than promised."""
        return self.used > self.allowed

    @property
    def kind(self) -> str:
        """The status in the words of components: good, warn or bad."""
        if self.is_late:
            return "bad"
        return "warn" if self.used >= SOON * self.allowed else "good"

    @property
    def words(self) -> str:
        """What the clock says."""
        left = abs(self.days_left)
        count = f"{left:.0f} working {'day' if round(left) == 1 else 'days'}" if left >= 1 else "less than a day"
        if self.is_late:
            return f"{count} late"
        return f"{count} left" if self.runs else f"stopped, {count} left"


def clock_of(request: Any, now: datetime | None = None) -> Clock:
    """The clock of a request whose form is loaded with it."""
    return clock_from(
        request.clock_from, request.clock_used, request.edition.form.answer_within_days, now or timezone.now()
    )


def clock_from(since: datetime | None, before: timedelta | None, days: int, now: datetime) -> Clock:
    """The clock from what is stored."""
    running = worked(since, now) if since else timedelta()
    return Clock((before or timedelta()) + running, days * DAY, since is not None, now)


def stop(request: Any, now: datetime) -> None:
    """Stop the clock; what has run so far is kept."""
    if request.clock_from is not None:
        request.clock_used = (request.clock_used or timedelta()) + worked(request.clock_from, now)
        request.clock_from = None
