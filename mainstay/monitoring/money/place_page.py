"""The money of a portfolio or programme: its sums by month, and the projects they come from."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mainstay.charts import Figure
from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb
from mainstay.monitoring.money.periods import Closed
from mainstay.monitoring.money.project_page import MonthRow, course_of, rows_of
from mainstay.monitoring.money.queries import (
    Part,
    Whole,
    day_of,
    in_one_currency,
    money_of,
    parts_below,
    projects_in,
    whole_of,
)
from mainstay.monitoring.money.sums import Sums
from mainstay.portfolio.models import Portfolio, Programme
from mainstay.portfolio.queries.reading import Reading

MOST_PROJECTS = 100


@dataclass(frozen=True)
class ProjectRow:
    """A project with its sums."""

    project: Any
    sums: Sums
    whole: Whole


class PlaceMoney:
    """The money below a portfolio or a programme, as far as somebody may see figures."""

    def __init__(self, user: Any, place: Any, as_of: Any) -> None:
        self.user, self.place, self.as_of = user, place, as_of
        self.reading, self.today = Reading(user, as_of), day_of(as_of)

    @property
    def is_portfolio(self) -> bool:
        """Whether it is a portfolio, which has a ledger and closed months."""
        return isinstance(self.place, (Portfolio, Portfolio.Version))

    @property
    def currency(self) -> str:
        """The currency of the portfolio."""
        return self.place.currency if self.is_portfolio else self.place.portfolio.currency

    @cached_property
    def parts(self) -> list[Part]:
        """Its money by currency."""
        return parts_below(self.reading, self.place)

    @property
    def count(self) -> int:
        """How many projects have money."""
        return sum(part.count for part in self.parts)

    @cached_property
    def whole(self) -> Whole:
        """Its money in its own currency."""
        return whole_of(self.parts, self.currency, self.today, self.as_of)

    @cached_property
    def sums(self) -> Sums:
        """Its months in its own currency, at the rates of the day that is read."""
        return in_one_currency(self.parts, self.currency, self.today, self.as_of)

    def figure(self, *, cumulative: bool) -> Figure | None:
        """The chart."""
        return course_of(self.sums, self.today, self.currency, cumulative=cumulative)

    @cached_property
    def rows(self) -> list[MonthRow]:
        """A row a month."""
        return rows_of(self.sums, Closed(self.as_of).months_of(self.place))

    @cached_property
    def projects(self) -> list[ProjectRow]:
        """The projects it comes from, the largest budgets and actuals first."""
        names = ("code", "name", "currency", self.reading.key)
        rows = list(projects_in(self.reading, self.place).only(*names).order_by("code"))
        sums = money_of(rows, as_of=self.as_of)
        there = [row for row in rows if sums[row.row_id].months]
        there.sort(key=lambda row: -max(sums[row.row_id].total("budget"), sums[row.row_id].total("actual")))
        return [self._row(row, sums[row.row_id]) for row in there[:MOST_PROJECTS]]

    @cached_property
    def children(self) -> list[tuple[Any, Whole]]:
        """The portfolios right below it, each with its money in its own currency."""
        if not self.is_portfolio:
            return []
        below = [row for row in self.reading.portfolios.values() if row.parent_id == self.place.row_id]
        return [
            (row, whole_of(parts_below(self.reading, row), row.currency, self.today, self.as_of)) for row in below
        ]

    def may(self, verb: Verb) -> bool:
        """Whether the person may do this here now."""
        return self.as_of is None and self.is_portfolio and access.may(self.user, verb, self.place)

    @property
    def may_import(self) -> bool:
        """Whether the person may take in a ledger file."""
        return self.may(Verb.LEDGER_IMPORT)

    def _row(self, project: Any, sums: Sums) -> ProjectRow:
        parts = [Part(project.currency, 1, sums)]
        return ProjectRow(project, sums, whole_of_one(parts[0], self.today))


def whole_of_one(part: Part, today: Any) -> Whole:
    """The sums of one currency as they are."""
    kinds = ("budget", "committed", "actual", "forecast")
    sums = {kind: part.sums.total(kind) for kind in kinds}
    return Whole(part.currency, **sums, outlook=part.sums.outlook(today.replace(day=1)))


def portfolio_money(user: Any, code: str, as_of: Any) -> PlaceMoney:
    """A portfolio whose figures the person may see."""
    return PlaceMoney(user, _found(Portfolio, user, code, as_of), as_of)


def programme_money(user: Any, code: str, as_of: Any) -> PlaceMoney:
    """A programme whose figures the person may see."""
    return PlaceMoney(user, _found(Programme, user, code, as_of), as_of)


def _found(model: Any, user: Any, code: str, as_of: Any) -> Any:
    rows = model.objects.as_of(as_of).visible_to(user, Verb.SEE_FIGURES).visible_to(user)
    found = rows.filter(code=code).first()
    if found is None:
        raise Missing("There is nothing here, or its figures are not open to you.")
    return found
