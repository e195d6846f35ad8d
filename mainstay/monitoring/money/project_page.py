"""The money of one project as its page shows it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.urls import reverse

from mainstay.charts import Figure
from mainstay.charts.money_course import MoneyMonth, money_course
from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb
from mainstay.monitoring.models import LedgerLine, Treatment
from mainstay.monitoring.money.effect import Effect, effects_of_project
from mainstay.monitoring.money.periods import Closed
from mainstay.monitoring.money.queries import day_of, money_of, with_figures
from mainstay.monitoring.money.sums import Sums
from mainstay.portfolio.models import FiscalYear
from mainstay.portfolio.queries.reading import Reading

MOST_LINES = 500


@dataclass(frozen=True)
class MonthRow:
    """One month of a project."""

    month: date
    budget: Decimal
    committed: Decimal
    actual: Decimal
    forecast: Decimal
    capex: Decimal
    opex: Decimal
    is_closed: bool

    @property
    def available(self) -> Decimal:
        """The budget less what was spent and what is committed."""
        return self.budget - self.actual - self.committed


def rows_of(sums: Sums, closed: set[date]) -> list[MonthRow]:
    """A row for each month with money."""
    kinds = [sums.budget, sums.committed, sums.actual, sums.forecast]
    split = [sums.by_month("actual", treatment) for treatment in ("capex", "opex")]
    return [MonthRow(month, *(one[month] for one in (*kinds, *split)), month in closed) for month in sums.months]


def course_of(sums: Sums, today: date, unit: str, *, cumulative: bool, url: str = "") -> Figure | None:
    """The chart of sums by month; None without any."""
    begin = today.replace(day=1)
    months = [
        MoneyMonth(
            f"{month:%Y-%m}",
            float(sums.budget[month]),
            float(sums.actual[month]),
            None if month < begin else float(sums.forecast[month]),
            f"{url}?month={month:%Y-%m}" if url else "",
        )
        for month in sums.months
    ]
    return money_course(months, unit, cumulative=cumulative) if months else None


class ProjectMoney:
    """A project whose figures the person may see, with its money in the years asked for."""

    def __init__(self, user: Any, code: str, as_of: Any, year: str = "") -> None:
        self.user, self.as_of, self.year_name = user, as_of, year
        self.today = day_of(as_of)
        project = with_figures(Reading(user, as_of)).filter(code=code).first()
        if project is None:
            raise Missing("There is no such project, or its figures are not open to you.")
        self.project = project

    @cached_property
    def whole(self) -> Sums:
        """All of its money."""
        return money_of([self.project], as_of=self.as_of)[self.project.row_id]

    @cached_property
    def years(self) -> list[Any]:
        """The fiscal years in which it has money."""
        months = self.whole.months
        rows = FiscalYear.objects.as_of(self.as_of).order_by("start_date")
        return [row for row in rows if months and row.start_date <= months[-1] and row.end_date >= months[0]]

    @cached_property
    def year(self) -> Any:
        """The fiscal year asked for; None for all of them."""
        return next((row for row in self.years if row.name == self.year_name), None)

    @cached_property
    def sums(self) -> Sums:
        """Its money in the months shown."""
        return self.whole.within(self.year.start_date, self.year.end_date) if self.year else self.whole

    @property
    def outlook(self) -> Decimal:
        """What it will have cost in the months shown."""
        return self.sums.outlook(self.today.replace(day=1))

    @property
    def totals(self) -> dict[str, Decimal]:
        """The sums of the months shown."""
        return {kind: self.sums.total(kind) for kind in ("budget", "committed", "actual", "forecast")}

    @property
    def ahead(self) -> Decimal:
        """How far the outlook lies above the budget."""
        return self.outlook - self.totals["budget"]

    @cached_property
    def rows(self) -> list[MonthRow]:
        """A row a month."""
        return rows_of(self.sums, Closed(self.as_of).months_of(self.project))

    @property
    def split(self) -> list[tuple[str, list[Decimal]]]:
        """Budget, committed, actual and forecast by treatment."""
        kinds = ("budget", "committed", "actual", "forecast")
        return [(one.label, [self.sums.total(kind, one.value) for kind in kinds]) for one in Treatment]

    def figure(self, *, cumulative: bool) -> Figure | None:
        """The chart."""
        url = reverse("project_postings", args=[self.project.code])
        return course_of(self.sums, self.today, self.project.currency, cumulative=cumulative, url=url)

    @cached_property
    def effects(self) -> list[Effect]:
        """What exchange rates did."""
        return effects_of_project(self.project, self.as_of)

    @property
    def may_enter(self) -> bool:
        """Whether the person may change budget and forecast now."""
        return self.as_of is None and access.may(self.user, Verb.MONEY_ENTER, self.project)

    def postings(self, month: date | None) -> list[Any]:
        """The lines of the ledger behind the figures, of one month or the latest of all."""
        rows = LedgerLine.objects.as_of(self.as_of).filter(project_id=self.project.row_id)
        rows = rows.filter(month=month) if month else rows
        return list(rows.select_related("fund", "file").order_by("-date", "external_key")[:MOST_LINES])
