"""The periods of a business case: when each begins, what it is called, and moving amounts between grains."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from mainstay.engine.basics.curves import Curve, spread
from mainstay.identification.models.case import Grain

MONTHS = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}
A_YEAR = 12
CENT = Decimal("0.01")
NAMES = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Period:
    """One period: the day it starts, which also keys amounts, and its name."""

    start: date
    label: str

    @property
    def key(self) -> str:
        """The key of its amounts in a line."""
        return self.start.isoformat()


@dataclass(frozen=True)
class Frame:
    """The time a case looks at: so many periods of one length from a first day."""

    first: date
    grain: str
    count: int

    @classmethod
    def of(cls, case: Any) -> "Frame":
        """The frame of a case, or of its kept version."""
        return cls(case.first_period, case.grain, case.periods)

    @property
    def months(self) -> int:
        """How many months a period has."""
        return MONTHS[Grain(self.grain)]

    @property
    def end(self) -> date:
        """The day after the last period."""
        return later(self.first, self.months * self.count)

    @cached_property
    def periods(self) -> list[Period]:
        """The periods in order."""
        starts = [later(self.first, self.months * number) for number in range(self.count)]
        return [Period(start, _label(start, self.months)) for start in starts]

    @cached_property
    def keys(self) -> list[str]:
        """The keys of the periods in order."""
        return [period.key for period in self.periods]


def later(day: date, months: int) -> date:
    """The same day so many months later."""
    years, month = divmod(day.month - 1 + months, A_YEAR)
    return day.replace(year=day.year + years, month=month + 1)


def _label(start: date, months: int) -> str:
    if months == 1:
        return f"{NAMES[start.month]} {start.year}"
    if months == A_YEAR:
        return str(start.year) if start.month == 1 else f"{start.year}/{(start.year + 1) % 100:02d}"
    if start.month % 3 == 1:
        return f"Q{start.month // 3 + 1} {start.year}"
    last = later(start, months - 1)
    return f"{NAMES[start.month]}\N{EN DASH}{NAMES[last.month]} {last.year}"


@dataclass(frozen=True)
class Moved:
    """Amounts laid over other periods, and how many found no place there."""

    amounts: dict[str, str]
    lost: int


class Move:
    """Takes amounts from the periods a case had to those it will have.

    Between periods of one length an amount stays where its period exists. Into longer periods amounts are added up,
    into shorter ones laid evenly, to the cent; a measure that is no sum is averaged and repeated instead.
    """

    def __init__(self, before: Frame, after: Frame) -> None:
        self.before, self.after = before, after
        self.targets = {period.key: self._targets(period.start) for period in before.periods}

    def _targets(self, start: date) -> list[str]:
        if self.before.months == self.after.months:
            return [start.isoformat()] if start.isoformat() in self.after.keys else []
        if self.before.months < self.after.months:
            place = bisect_right([period.start for period in self.after.periods], start) - 1
            return [self.after.keys[place]] if place >= 0 and start < self.after.end else []
        following = later(start, self.before.months)
        return [period.key for period in self.after.periods if start <= period.start < following]

    def amounts(self, stored: Mapping[str, str], *, is_sum: bool = True) -> Moved:
        """The stored amounts of a line where they belong now."""
        found: dict[str, list[Decimal]] = {}
        lost = 0
        for key, text in stored.items():
            amount, targets = Decimal(text), self.targets.get(key, [])
            lost += bool(amount) and not targets
            parts = _parts(amount, len(targets)) if is_sum else [amount] * len(targets)
            for target, part in zip(targets, parts, strict=True):
                found.setdefault(target, []).append(part)
        join = sum if is_sum else _mean
        return Moved({key: str(join(parts)) for key, parts in sorted(found.items())}, lost)


def _parts(amount: Decimal, count: int) -> list[Decimal]:
    return spread(amount, count, Curve.FLAT) if count else []


def _mean(parts: list[Decimal]) -> Decimal:
    return (sum(parts, Decimal()) / len(parts)).quantize(CENT)
