"""Earned value of many projects in a constant number of queries and one call of the engine."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

import numpy as np

from mainstay.engine import evm
from mainstay.engine.basics.periods import month_after, month_number, month_of
from mainstay.monitoring.money.queries import day_of, money_of
from mainstay.monitoring.money.sums import KINDS, Sums
from mainstay.monitoring.progress.plans import Floats, Integers, Plans, chosen_of, plans_of
from mainstay.monitoring.progress.told import earned_by, told_of


@dataclass(frozen=True, eq=False)
class EarnedValue:
    """Earned value of projects with packages, each in its own currency.

    Column c of every array is the end of the c-th month since the project of the row began. last: (projects,) the
    column the measures of a project are read in, its last known month; -1 where nothing is known. remaining:
    (projects, periods) what is forecast by month after each column, NaN without a forecast.
    """

    plans: Plans
    figures: evm.Figures
    remaining: Floats
    actual: Floats
    last: Integers

    @property
    def ids(self) -> Integers:
        """(projects,) the ids of the projects that have a plan, rising."""
        return self.plans.ids

    @cached_property
    def measures(self) -> evm.Measures:
        """Every measure but those of time; the forecast by the pace of cost so far."""
        return self.by(evm.Method.TYPICAL)

    def by(self, method: evm.Method) -> evm.Measures:
        """Every measure but those of time, with the forecast by a method."""
        return evm.measure(self.figures, method, self.remaining)

    @cached_property
    def schedule(self) -> evm.EarnedSchedule:
        """The measures of time."""
        return evm.earned_schedule(self.figures)

    def now(self, values: Floats) -> Floats:
        """(projects,) what values by projects and periods are in the last known month; NaN where there is none."""
        return evm.at_column(values, self.last)

    def place_of(self, project: int) -> int | None:
        """The row of a project; None where it has no plan."""
        place = int(np.searchsorted(self.ids, project))
        return place if place < len(self.ids) and self.ids[place] == project else None

    def month(self, place: int) -> date | None:
        """The last day of the last known month of a project."""
        column = int(self.last[place])
        return None if column < 0 else self.day(place, column + 1)

    def day(self, place: int, months: float) -> date:
        """The day that lies so many months after the beginning of the first month of a project."""
        base = month_after(month_of(int(self.plans.begins[place])), int(months))
        days = (month_after(base, 1) - base).days
        return base + timedelta(days=round((months - int(months)) * days) - 1)


def earned_value(projects: Any, *, as_of: datetime | None = None, today: date | None = None) -> EarnedValue | None:
    """The earned value of projects (rows, numbers or a query), as known at a moment; None where none has a plan.

    Whose figures the reader may see is for the caller to say. Projects without packages are not in the answer.
    """
    chosen, day = chosen_of(projects), today or day_of(as_of)
    plans = plans_of(projects, as_of)
    if not len(plans.ids):
        return None
    periods = _width(plans, day)
    planned = plans.planned(periods)
    told = told_of(plans, chosen, periods, day, as_of)
    sums = money_of([int(pk) for pk in plans.ids], as_of=as_of)
    spent, remaining = _money(plans, sums, periods)
    earned = earned_by(plans, told, planned)
    course = plans.summed(planned)
    figures = evm.Figures(course, earned, np.where(np.isnan(earned), np.nan, spent), course[:, -1])
    return EarnedValue(plans, figures, remaining, spent, told.last)


def _width(plans: Plans, day: date) -> int:
    """How many months are looked at: up to the end of every plan, and up to a day."""
    return int((np.maximum(plans.ends, month_number(day)) - plans.begins).max()) + 1


def _money(plans: Plans, sums: dict[int, Sums], periods: int) -> tuple[Floats, Floats]:
    """(projects, periods) what was spent up to each month, and what is forecast after it."""
    spent = np.zeros((len(plans.ids), periods))
    rest = np.full((len(plans.ids), periods), np.nan)
    for place, (pk, begin) in enumerate(zip(plans.ids, plans.begins, strict=True)):
        one = sums[int(pk)]
        if one.first is None:
            continue
        cents = one.cents.sum(axis=2)
        upto = np.concatenate([np.zeros((1, len(KINDS))), np.cumsum(cents, axis=0)]) / 100
        column = np.clip(int(begin) - month_number(one.first) + np.arange(1, periods + 1), 0, len(cents))
        actual, forecast = upto[:, KINDS.index("actual")], upto[:, KINDS.index("forecast")]
        spent[place] = actual[column]
        if forecast[-1]:
            rest[place] = forecast[-1] - forecast[column]
    return spent, rest
