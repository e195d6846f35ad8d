"""Sums of money by month: budget, committed, actual and forecast, each split into investment and running cost."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.basics.periods import month_after

KINDS = ("budget", "committed", "actual", "forecast")
TREATMENTS = ("capex", "opex")
SHAPE = (len(KINDS), len(TREATMENTS))
KEPT = np.dtype("<i8")
Cents = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Sums:
    """Cents by (months, kinds, treatments) from the first month on; nothing where there is no first month."""

    first: date | None
    cents: Cents

    @classmethod
    def nothing(cls) -> "Sums":
        """No money at all."""
        return cls(None, np.zeros((0, *SHAPE), dtype=np.int64))

    @classmethod
    def kept(cls, first: date | None, stored: bytes) -> "Sums":
        """Sums as the database keeps them."""
        return cls(first, np.frombuffer(stored, dtype=KEPT).reshape(-1, *SHAPE))

    @classmethod
    def of(cls, amounts: Iterable[tuple[date, str, str, Decimal]]) -> "Sums":
        """Sums of amounts, each with its month, kind and treatment."""
        parts = list(amounts)
        if not parts:
            return cls.nothing()
        first = min(part[0] for part in parts)
        cents = np.zeros((months_between(first, max(part[0] for part in parts)) + 1, *SHAPE), dtype=np.int64)
        for month, kind, treatment, amount in parts:
            place = months_between(first, month), KINDS.index(kind), TREATMENTS.index(treatment)
            cents[place] += round(amount * 100)
        return cls(first, cents)

    def stored(self) -> bytes:
        """The cents as the database keeps them."""
        return self.cents.astype(KEPT).tobytes()

    @property
    def months(self) -> list[date]:
        """Every month from the first to the last with money."""
        return [month_after(self.first, place) for place in range(len(self.cents))] if self.first else []

    @cached_property
    def budget(self) -> dict[date, Decimal]:
        """What is planned, by month."""
        return self.by_month("budget")

    @cached_property
    def committed(self) -> dict[date, Decimal]:
        """What was promised or ordered and not invoiced yet, by month."""
        return self.by_month("committed")

    @cached_property
    def actual(self) -> dict[date, Decimal]:
        """What the ledger says was spent, by month."""
        return self.by_month("actual")

    @cached_property
    def forecast(self) -> dict[date, Decimal]:
        """What is expected to be spent, by month."""
        return self.by_month("forecast")

    @property
    def available(self) -> Decimal:
        """The budget less what was spent and what is committed."""
        return self.total("budget") - self.total("actual") - self.total("committed")

    def by_month(self, kind: str, treatment: str = "") -> dict[date, Decimal]:
        """The amounts of a kind by month, of one treatment or of both."""
        return {month: _money(cents) for month, cents in zip(self.months, self._of(kind, treatment), strict=True)}

    def total(self, kind: str, treatment: str = "") -> Decimal:
        """The sum of a kind, of one treatment or of both."""
        return _money(self._of(kind, treatment).sum())

    def outlook(self, month: date) -> Decimal:
        """What it will have cost: spent before the month, and forecast from it on."""
        if self.first is None:
            return Decimal(0)
        begin = min(max(months_between(self.first, month), 0), len(self.cents))
        return _money(self._of("actual", "")[:begin].sum() + self._of("forecast", "")[begin:].sum())

    def is_forecast(self, month: date) -> bool:
        """Whether anything is expected to be spent from a month on."""
        if self.first is None:
            return False
        return bool(self._of("forecast", "")[max(months_between(self.first, month), 0) :].any())

    def within(self, first: date, last: date) -> "Sums":
        """The months from first to last."""
        if self.first is None or last < first:
            return Sums.nothing()
        begin = max(months_between(self.first, first), 0)
        end = max(months_between(self.first, last) + 1, begin)
        cents = self.cents[begin:end]
        return Sums(month_after(self.first, begin), cents) if len(cents) else Sums.nothing()

    def _of(self, kind: str, treatment: str) -> Cents:
        cents = self.cents[:, KINDS.index(kind)]
        return cents[:, TREATMENTS.index(treatment)] if treatment else cents.sum(axis=1)


class Adding:
    """Adds up the sums of many projects; months are laid out as they come."""

    def __init__(self) -> None:
        self.first: date | None = None
        self.cents = Sums.nothing().cents

    def add(self, first: date | None, cents: Cents) -> None:
        """Take in the sums of one project."""
        if first is None or not len(cents):
            return
        self._reach(first, len(cents))
        begin = months_between(self.first, first)  # type: ignore[arg-type]
        self.cents[begin : begin + len(cents)] += cents

    @property
    def sums(self) -> Sums:
        """What was added so far."""
        return Sums(self.first, self.cents)

    def _reach(self, first: date, count: int) -> None:
        """Make room for months before and after."""
        if self.first is None:
            self.first = first
        before = max(months_between(first, self.first), 0)
        self.first = min(first, self.first)
        after = max(months_between(self.first, first) + count - before - len(self.cents), 0)
        if before or after:
            self.cents = np.pad(self.cents, ((before, after), (0, 0), (0, 0)))


def months_between(first: date, last: date) -> int:
    """How many months lie from one to the other; below zero where the other is earlier."""
    return (last.year - first.year) * 12 + last.month - first.month


def each_month(first: date, last: date) -> Iterator[date]:
    """Every month from first to last, both included."""
    return (month_after(first, place) for place in range(months_between(first, last) + 1))


def _money(cents: int) -> Decimal:
    return Decimal(int(cents)).scaleb(-2)
