"""How the intake does: cycle time, acceptance at the first try, answers in time, ages, throughput by month."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from django.utils import timezone

from mainstay.core import access
from mainstay.core.verbs import Verb
from mainstay.identification.clock import clock_from
from mainstay.identification.models import Request, State

MONTHS = 12
BANDS = ((5, "up to 5 days"), (10, "6 to 10 days"), (20, "11 to 20 days"), (10_000, "over 20 days"))
DECISIONS = (State.ACCEPTED, State.MERGED, State.REJECTED)
DEFINITIONS = {
    "cycle": "The median of the working days the office took from submission to the decision, over requests decided "
    "in the last twelve months. The clock stands still while the requester is asked, and on Saturdays and Sundays.",
    "first": "Of the requests accepted in the last twelve months, the share that was never returned or questioned.",
    "in_time": "Of the requests decided in the last twelve months, the share decided within the days their form "
    "promises.",
    "age": "Open requests by the working days their clock has run.",
}


@dataclass(frozen=True)
class Month:
    """What came in and what was decided in a month."""

    first_day: date
    submitted: int
    decided: tuple[tuple[str, int], ...]
    """Each way it was decided, with how many."""


@dataclass(frozen=True)
class Metrics:
    """The figures of the intake; None where nothing was decided yet."""

    decided: int
    cycle_days: float | None
    first_time: float | None
    in_time: float | None
    ages: tuple[tuple[str, int], ...]
    months: tuple[Month, ...]

    @property
    def open(self) -> int:
        """How many wait for a decision."""
        return sum(count for _, count in self.ages)

    @property
    def ages_told(self) -> str:
        """The open ones by age, in words."""
        return "; ".join(f"{count} {label}" for label, count in self.ages if count)


def metrics_for(user: Any) -> Metrics:
    """The figures over everything a person triages."""
    rows = Request.objects.exclude(state__in=[State.DRAFT, State.WITHDRAWN])
    condition = access.condition(user, Verb.SEE_REQUESTS, "portfolio__")
    if condition is access.NOTHING:
        rows = rows.none()
    elif condition is not None:
        rows = rows.filter(condition)
    now = timezone.now()
    stored = rows.values_list(
        "state", "submitted_at", "decided_at", "clock_from", "clock_used", "returns",
        "edition__form__answer_within_days",
    )  # fmt: skip
    return _metrics(list(stored), now)


def _metrics(rows: list[Any], now: datetime) -> Metrics:
    since = now - timedelta(days=365)
    decided = [row for row in rows if row[2] and row[2] >= since and row[0] in Request.DECIDED]
    accepted = [row for row in decided if row[0] == State.ACCEPTED]
    clocks = [clock_from(None, row[4], row[6], now) for row in decided]
    ages = Counter(_band(clock_from(row[3], row[4], row[6], now).days) for row in rows if row[0] in Request.OPEN)
    return Metrics(
        decided=len(decided),
        cycle_days=median(clock.days for clock in clocks) if clocks else None,
        first_time=_share(row[5] == 0 for row in accepted),
        in_time=_share(not clock.is_late for clock in clocks),
        ages=tuple((label, ages[label]) for _, label in BANDS),
        months=_months(rows, timezone.localdate(now)),
    )


def _share(facts: Any) -> float | None:
    known = list(facts)
    return sum(known) / len(known) if known else None


def _band(days: float) -> str:
    return next(label for most, label in BANDS if days <= most)


def _months(rows: list[Any], today: date) -> tuple[Month, ...]:
    submitted = Counter(_month(row[1]) for row in rows if row[1])
    decided = Counter((_month(row[2]), row[0]) for row in rows if row[2])
    first_days = [_shifted(today.replace(day=1), -back) for back in range(MONTHS - 1, -1, -1)]
    return tuple(
        Month(day, submitted[day], tuple((State(state).label, decided[day, state]) for state in DECISIONS))
        for day in first_days
    )


def _month(moment: datetime) -> date:
    return timezone.localdate(moment).replace(day=1)


def _shifted(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)
