"""Earned value of many projects added up in one currency: sums first, indices after."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from mainstay.charts.earned_curve import EarnedMonth
from mainstay.engine import evm
from mainstay.engine.basics.periods import month_after, month_of
from mainstay.monitoring.progress.plans import Integers
from mainstay.monitoring.progress.queries import EarnedValue
from mainstay.monitoring.progress.rates import UsedRates

MOST_MONTHS = 240


@dataclass(frozen=True)
class Sum:
    """The earned value of some projects in one currency; indices are None where they do not exist.

    `coverage` is the share of the budget of those that have reported. `rate_effect` is the part of what was spent
    that is owed to exchange rates since the baselines, above zero where they made work dearer.
    """

    count: int
    budget: float
    planned: float
    earned: float
    spent: float
    complete: float | None
    cpi: float | None
    spi: float | None
    eac: float | None
    coverage: float | None
    rate_effect: float

    @property
    def ahead(self) -> float:
        """How far the estimate at completion lies above the budget; 0 where there is none."""
        return (self.eac or self.budget) - self.budget


NOTHING = Sum(0, 0.0, 0.0, 0.0, 0.0, None, None, None, None, None, 0.0)


class Rolled:
    """Projects of an earned value, by their places, on one calendar and in one currency."""

    def __init__(self, value: EarnedValue, places: Iterable[int], rates: UsedRates) -> None:
        self.places = np.array(list(places), dtype=np.int64)
        own = evm.Figures(
            *(each[self.places] for each in (value.figures.pv, value.figures.ev, value.figures.ac, value.figures.bac))
        )
        converted = evm.in_base_currency(own, rates.baseline[self.places], rates.posting[self.places])
        self.effects = evm.at_column(converted.rate_effect, own.last_reported())
        self.first = int(value.plans.begins[self.places].min())
        self.figures = self._on_one_calendar(converted.figures, value.plans.begins[self.places] - self.first)

    def _on_one_calendar(self, own: evm.Figures, later: Integers) -> evm.Figures:
        """The same, in columns that are the same months for all; each begins so many months after the first."""
        column = np.arange(int(later.max()) + own.pv.shape[1]) - later[:, None]
        inside = (column >= 0) & (column < own.pv.shape[1])
        at = np.clip(column, 0, own.pv.shape[1] - 1)
        planned = np.where(column < 0, 0.0, np.take_along_axis(own.pv, at, axis=1))
        known = (np.where(inside, np.take_along_axis(each, at, axis=1), np.nan) for each in (own.ev, own.ac))
        return evm.Figures(planned, *known, own.bac)

    def sums(self, groups: list[list[int]]) -> list[Sum]:
        """The sum of each group of rows; a row may be in several."""
        member = np.array([row for group in groups for row in group], dtype=np.int64)
        number = np.array([place for place, group in enumerate(groups) for _ in group], dtype=np.int64)
        found = evm.roll_up(self.figures, member, number, len(groups))
        measures, last = evm.measure(found.figures), found.figures.last_reported()
        counts = [(len(group), float(np.nansum(self.effects[group]))) for group in groups]
        return [_sum(found, measures, last, place, *each) for place, each in enumerate(counts)]

    def months(self) -> list[EarnedMonth]:
        """The curve of all of them: the plan of all, and what those that report earned and spent."""
        rows = np.arange(len(self.places))
        found = evm.roll_up(self.figures, rows, np.zeros(len(rows), dtype=np.int64), 1)
        ended = int((found.plan[0] < found.plan[0, -1]).sum()) + 1
        many = min(max(ended, int(found.figures.last_reported()[0]) + 1), MOST_MONTHS)
        lines = (found.plan[0], found.figures.ev[0], found.figures.ac[0])
        return [
            EarnedMonth(f"{month_after(month_of(self.first), at):%Y-%m}", *(_known(line[at]) for line in lines))
            for at in range(many)
        ]


def _sum(found: evm.RollUp, measures: evm.Measures, last: Integers, place: int, count: int, effect: float) -> Sum:
    figures, column = found.figures, int(last[place])
    if column < 0:
        nothing = {"planned": 0.0, "earned": 0.0, "spent": 0.0}
        unknown = dict.fromkeys(("complete", "cpi", "spi", "eac"))
        return Sum(count, float(figures.bac[place]), **nothing, **unknown, coverage=0.0, rate_effect=0.0)  # type: ignore[arg-type]
    told = {name: _known(getattr(measures, name)[place, column]) for name in ("complete", "cpi", "spi", "eac")}
    planned, earned, spent = (float(each[place, column]) for each in (figures.pv, figures.ev, figures.ac))
    coverage = _known(found.coverage[place, column])
    return Sum(
        count, float(figures.bac[place]), planned, earned, spent, **told, coverage=coverage, rate_effect=effect
    )


def _known(amount: float) -> float | None:
    return None if np.isnan(amount) else float(amount)
