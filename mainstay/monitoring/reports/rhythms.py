"""Which rhythm holds for a portfolio: its own, or that of the nearest one above which has one."""

from datetime import date, datetime, timedelta
from typing import Any

from mainstay.monitoring.models import Rhythm
from mainstay.monitoring.reports.periods import Period
from mainstay.portfolio.models import Portfolio

USUAL = Rhythm()
"""What is reported on where nobody has set a rhythm: months; nothing is due then."""


class Rhythms:
    """All rhythms, read once, with the tree as it was known."""

    def __init__(self, as_of: datetime | None = None) -> None:
        key = "pk" if as_of is None else "row_id"
        self.own: dict[int, Any] = {row.portfolio_id: row for row in Rhythm.objects.as_of(as_of).order_by()}
        places = Portfolio.objects.as_of(as_of).order_by()
        self.parents: dict[int, int | None] = dict(places.values_list(key, "parent_id"))

    def source(self, portfolio_id: int | None) -> int | None:
        """The portfolio whose rhythm holds; None where there is none."""
        while portfolio_id is not None and portfolio_id not in self.own:
            portfolio_id = self.parents.get(portfolio_id)
        return portfolio_id

    def of(self, portfolio_id: int) -> Any:
        """The rhythm in force; None where there is none."""
        source = self.source(portfolio_id)
        return None if source is None else self.own[source]


def due_date(rhythm: Any, period: Period) -> date:
    """By when a period is to be reported on."""
    return period.end + timedelta(days=(rhythm or USUAL).due_after)
