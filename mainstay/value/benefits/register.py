"""The register of benefits: which there are, what came of them up to now, and what is missing."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from django.conf import settings
from django.utils import timezone

from mainstay.charts import Figure
from mainstay.engine.basics.periods import month_number, month_of
from mainstay.portfolio.queries.reading import Reading
from mainstay.value.benefits.page import figure_of, projects_seen
from mainstay.value.models import Benefit
from mainstay.value.queries import rates_on
from mainstay.value.realised import Benefits, ToDate, benefits_of, course_of, to_date

LATE = 0.85
"""From this realisation rate on a benefit is as good as planned."""
AHEAD = 24
"""How many months ahead the curve of many benefits reaches."""
STANDS = {
    "": "All",
    "behind": "Behind plan",
    "unmeasured": "Not measured",
    "unverified": "Not verified",
    "mine": "Mine",
}


@dataclass(frozen=True)
class Line:
    """A benefit with what was planned and what came up to now, in its own unit; rate None where nothing was read."""

    benefit: Any
    unit: str
    planned: float
    came: float
    rate: float | None
    is_unmeasured: bool
    is_verified: bool

    @property
    def badge(self) -> tuple[str, str]:
        """How it stands, as a kind and in words."""
        if self.is_unmeasured:
            return "warn", "Not measured"
        if self.rate is None:
            return "none", "Not due yet"
        if self.benefit.is_disbenefit:
            return ("good", "As planned") if self.rate <= 1 / LATE else ("poor", "Worse than planned")
        return ("good", "As planned") if self.rate >= LATE else ("poor", "Behind plan")


class Register:
    """The benefits of some projects whose figures somebody may see (`rows`; None: all); sums in one currency."""

    def __init__(self, reading: Reading, currency: str = "", stands: str = "", rows: Any = None):
        self.reading, self.stands = reading, stands
        self.currency = currency or settings.BASE_CURRENCY
        self.rows = projects_seen(reading.user, reading.as_of) if rows is None else rows

    @property
    def today(self) -> date:
        """The day that is read."""
        return timezone.localdate(self.reading.as_of)

    @cached_property
    def until(self) -> int:
        """The last month that has ended."""
        return month_number(self.today) - 1

    @property
    def last_month(self) -> date:
        """The last month that counts."""
        return month_of(self.until)

    @cached_property
    def projects(self) -> dict[int, tuple[str, str, str]]:
        """Code, name and currency of the projects by id."""
        found = self.rows.order_by().values_list(self.reading.key, "code", "name", "currency")
        return {pk: (code, name, currency) for pk, code, name, currency in found}

    @cached_property
    def factors(self) -> dict[str, float | None]:
        """What each currency is worth in that of the register on the day that is read."""
        codes = {currency for _, _, currency in self.projects.values()}
        rates = rates_on(self.today, codes | {self.currency}, self.reading.as_of)
        return {code: rates.factor(code, self.currency) for code in codes | {self.currency}}

    @cached_property
    def benefits(self) -> Benefits:
        """All of them, money in the one currency."""
        currencies = {pk: currency for pk, (_, _, currency) in self.projects.items()}
        return benefits_of(
            self.rows.order_by().values(self.reading.key), currencies, self.factors, self.reading.as_of
        )

    @cached_property
    def now(self) -> ToDate:
        """What was planned and what came up to now."""
        return to_date(self.benefits, self.until)

    @cached_property
    def money(self) -> Any:
        """(benefits,) those that are in the sums: money with an exchange rate."""
        return self.benefits.is_money & ~np.isnan(self.benefits.factor)

    @property
    def rate(self) -> float | None:
        """The realisation rate of money to date, against what was planned for the same months."""
        return self.now.rate(self.money)

    @property
    def planned(self) -> float:
        """Money planned up to now."""
        return float(self.now.planned[self.money].sum())

    @property
    def came(self) -> float:
        """Money that came up to now."""
        return float(self.now.came[self.money].sum())

    @property
    def verified(self) -> float:
        """Money that came and finance verified."""
        return float(self.now.verified[self.money].sum())

    @property
    def unmeasured(self) -> int:
        """How many benefits should have come and were never read."""
        return int(self.now.is_unmeasured.sum())

    @property
    def unmeasured_money(self) -> float:
        """What was planned up to now of money that nobody has read."""
        return float(self.now.planned[self.money & self.now.is_unmeasured].sum())

    @property
    def missing(self) -> list[str]:
        """Currencies without a rate, whose benefits are in no sum."""
        return sorted(code for code, worth in self.factors.items() if worth is None)

    @property
    def figure(self) -> Figure:
        """The realisation curve of money, so far and in the time ahead that one looks at."""
        return figure_of(course_of(self.benefits.only(self.money), self.until, AHEAD), self.currency)

    @cached_property
    def places(self) -> list[int]:
        """The places of the benefits asked for, the largest money missing first."""
        gap = np.where(self.money, self.now.planned - self.now.came, -np.inf)
        order = np.argsort(-gap, kind="stable").tolist()
        keep = self._kept()
        return [place for place in order if keep[place]]

    def _kept(self) -> Any:
        now, ids = self.now, np.ones(len(self.benefits.ids), dtype=bool)
        rates = np.divide(now.came, now.due, out=np.full(len(now.due), np.nan), where=now.due != 0)
        match self.stands:
            case "behind":
                return np.where(self.benefits.sign < 0, rates > 1 / LATE, rates < LATE)
            case "unmeasured":
                return now.is_unmeasured
            case "unverified":
                return now.is_read & (now.verified != now.came)
            case "mine":
                return self.benefits.owner == self.reading.user.pk
        return ids

    def lines(self, places: list[int]) -> list[Line]:
        """Benefits with their figures, each in its own unit."""
        ids = [int(self.benefits.ids[place]) for place in places]
        rows = Benefit.objects.as_of(self.reading.as_of).identified_by(ids).select_related("project", "owner")
        known = {row.row_id: row for row in rows}
        return [self._line(known[pk], place) for pk, place in zip(ids, places, strict=True)]

    def _line(self, row: Any, place: int) -> Line:
        currency = self.projects[row.project_id][2]
        own = float(self.factors.get(currency) or 1.0) if row.is_money else 1.0
        due, came = float(self.now.due[place]) / own, float(self.now.came[place]) / own
        return Line(
            row,
            currency if row.is_money else row.unit,
            float(self.now.planned[place]) / own,
            came,
            came / due if due else None,
            bool(self.now.is_unmeasured[place]),
            bool(self.now.is_read[place] and self.now.verified[place] == self.now.came[place]),
        )
