"""The periods that are reported on: two weeks, months, quarters."""

from dataclasses import dataclass
from datetime import date, timedelta

from mainstay.engine.basics.periods import month_after
from mainstay.monitoring.models import Every

FIRST_MONDAY = date(2024, 1, 1)
"""Fortnights are counted from here, so that they are the same for everybody."""
DAY, FORTNIGHT = timedelta(days=1), 14
MONTHS = {Every.MONTH: 1, Every.QUARTER: 3}


@dataclass(frozen=True)
class Period:
    """From a day to a day, both included."""

    start: date
    end: date


def period_with(every: str, day: date) -> Period:
    """The period a day lies in."""
    if every == Every.FORTNIGHT:
        start = day - timedelta(days=(day - FIRST_MONDAY).days % FORTNIGHT)
        return Period(start, start + timedelta(days=FORTNIGHT - 1))
    many = MONTHS[Every(every)]
    start = date(day.year, (day.month - 1) // many * many + 1, 1)
    return Period(start, month_after(start, many) - DAY)


def last_over(every: str, today: date) -> Period:
    """The latest period that is over."""
    return period_with(every, period_with(every, today).start - DAY)


def after(every: str, period: Period) -> Period:
    """The period that follows."""
    return period_with(every, period.end + DAY)
