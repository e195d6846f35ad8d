"""Exchange rates of earned value: the plan at the rate of its baseline, costs at the rates they were posted at."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from django.conf import settings

from mainstay.monitoring.progress.plans import Floats, last_days
from mainstay.monitoring.progress.queries import EarnedValue
from mainstay.value.models import ExchangeRate


class Worth:
    """What currencies were worth in one of them on any day, as known at a moment; one query."""

    def __init__(self, currency: str, codes: Iterable[str], as_of: datetime | None = None) -> None:
        self.currency = currency
        self._days: dict[str, list[int]] = {}
        self._rates: dict[str, list[float]] = {}
        rows = ExchangeRate.objects.as_of(as_of).filter(currency__code__in={*codes, currency}).order_by("date")
        for code, day, rate in rows.values_list("currency__code", "date", "rate"):
            self._days.setdefault(code, []).append(day.toordinal())
            self._rates.setdefault(code, []).append(float(rate))

    def of(self, code: str, days: np.ndarray) -> Floats:
        """(days,) what one unit of a currency was worth on days given by number; NaN before anybody gave a rate."""
        if code == self.currency:
            return np.ones(len(days))
        return self._in_base(code, days) / self._in_base(self.currency, days)

    def _in_base(self, code: str, days: np.ndarray) -> Floats:
        if code == settings.BASE_CURRENCY:
            return np.ones(len(days))
        place = np.searchsorted(self._days.get(code, []), days, side="right")
        return np.array([np.nan, *self._rates.get(code, [])])[place]


@dataclass(frozen=True, eq=False)
class UsedRates:
    """The rates of projects, by their places in an earned value.

    baseline: (projects,) on the day the baseline was frozen that the plan is read from, today where there is none.
    posting: (projects, periods) at the end of each month, today in the present one. NaN where nobody gave a rate.
    """

    baseline: Floats
    posting: Floats

    def known(self, place: int, value: EarnedValue) -> bool:
        """Whether every rate is there that a project needs."""
        needed = self.posting[place][~np.isnan(value.figures.ac[place])]
        return not (np.isnan(self.baseline[place]) or np.isnan(needed).any())


def used_rates(value: EarnedValue, currencies: list[str], worth: Worth, today: date) -> UsedRates:
    """The rates for projects whose own currencies are given in the order of the earned value."""
    ends = np.minimum(last_days(value.plans.begins, value.figures.pv.shape[1]), today.toordinal())
    frozen = [value.plans.frozen.get(int(pk)) for pk in value.ids]
    days = [one.at.date().toordinal() if one else today.toordinal() for one in frozen]
    rows = [worth.of(code, np.append(ends[at], days[at])) for at, code in enumerate(currencies)]
    every = np.array(rows)
    return UsedRates(every[:, -1], every[:, :-1])
