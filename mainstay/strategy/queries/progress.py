"""How far key results and goals are, from values and dates alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

ONE, NOTHING = Decimal(1), Decimal(0)
BEHIND, FAR_BEHIND = Decimal("0.10"), Decimal("0.25")
STALE_DAYS = 60


@dataclass(frozen=True)
class Point:
    """What a check-in said."""

    value: Decimal
    on_date: date
    confidence: int | None
    note: str = ""


@dataclass(frozen=True)
class Measured:
    """A key result or a measure with its latest check-in, as seen on a day."""

    result: Any
    latest: Point | None
    today: date

    @property
    def progress(self) -> Decimal | None:
        """(current - start) / (target - start), below 0 and above 1 where it is so; None where nobody measured."""
        if self.result.is_measure or self.latest is None:
            return None
        start, target = self.result.start_value, self.result.target_value
        return (self.latest.value - start) / (target - start)

    @property
    def percent(self) -> int:
        """Progress from 0 to 100 for a bar."""
        return clipped(self.progress)

    @property
    def elapsed(self) -> Decimal:
        """The share of its time that has passed."""
        begins = self.result.start_date
        if begins is None or begins >= self.result.due_date:
            return ONE if self.today >= self.result.due_date else NOTHING
        days = Decimal((self.today - begins).days) / (self.result.due_date - begins).days
        return min(max(days, NOTHING), ONE)

    @property
    def status(self) -> tuple[str, str]:
        """How it is doing, as a kind and a word."""
        if self.latest is None:
            return "none", "Not measured"
        if self.result.is_measure:
            return self._health()
        behind = self.elapsed - (self.progress or NOTHING)
        if (self.progress or NOTHING) >= ONE:
            return "good", "Reached"
        if self.today > self.result.due_date:
            return "bad", "Missed"
        if behind <= BEHIND:
            return "good", "On track"
        return ("warn", "At risk") if behind <= FAR_BEHIND else ("bad", "Off track")

    def _health(self) -> tuple[str, str]:
        low, high, value = self.result.healthy_from, self.result.healthy_to, self.latest.value
        if low is not None and value < low:
            return "bad", "Below its band"
        return ("bad", "Above its band") if high is not None and value > high else ("good", "Healthy")

    @property
    def is_stale(self) -> bool:
        """Whether nobody looked for two months."""
        return self.latest is not None and (self.today - self.latest.on_date).days > STALE_DAYS


def mean(parts: Iterable[tuple[Decimal | None, Decimal]]) -> Decimal | None:
    """The mean of values by their weights; what is unknown is left out, and None where nothing is known.

    >>> mean([(Decimal("0.5"), Decimal(1)), (None, Decimal(5)), (Decimal(1), Decimal(3))])
    Decimal('0.875')
    """
    known = [(value, weight) for value, weight in parts if value is not None]
    whole = sum((weight for _, weight in known), NOTHING)
    return sum((value * weight for value, weight in known), NOTHING) / whole if whole else None


def clipped(progress: Decimal | None) -> int:
    """Progress as a bar shows it: 0 to 100."""
    return round(min(max(progress or NOTHING, NOTHING), ONE) * 100)
