"""The tree with its roll-ups: what lies in and below each portfolio and programme, from one query."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Sum

from mainstay.core import access
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Health
from mainstay.portfolio.queries.figures import Totals
from mainstay.portfolio.queries.reading import Reading
from mainstay.portfolio.queries.remember import remembered


@dataclass
class RollUp:
    """Count, cost and health of the projects in and below a place."""

    totals: Totals = field(default_factory=Totals)
    health: dict[str, int] = field(default_factory=lambda: dict.fromkeys(Health.values, 0))

    @classmethod
    def of(cls, projects: Any) -> "RollUp":
        """The sum of a list from `readable_by`."""
        rolled = cls()
        for part in _summed(projects):
            rolled.add(part)
        return rolled

    def add(self, part: dict[str, Any]) -> None:
        """Take in some projects that share currency and health."""
        self.totals.add(part["rows"], part["currency"], part["cost_sum"], part["given"])
        self.health[part["health"]] += part["rows"]

    @property
    def strip(self) -> list[tuple[str, str, int]]:
        """Health, its words and the number of projects, leaving out what is none."""
        return [(value, label, self.health[value]) for value, label in Health.choices if self.health[value]]


def _summed(projects: Any, *by: str) -> Any:
    rows = projects.order_by().values(*by, "currency", "health")
    return rows.annotate(rows=Count("*"), cost_sum=Sum("cost_seen"), given=Count("cost_seen"))


@dataclass
class Branch:
    """A portfolio of the tree with what lies in and below it."""

    portfolio: Any
    depth: int
    rolled: RollUp
    may_edit: bool

    @property
    def indent(self) -> range:
        """One step for each level."""
        return range(self.depth)


class Tree:
    """The portfolios and programmes somebody may see, with their roll-ups."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.whole = RollUp()
        self.by_portfolio = {pk: RollUp() for pk in reading.portfolios}
        self.by_programme: dict[int, RollUp] = {}
        for part in remembered(reading, "tree", self._parts):
            self._take_in(part)

    def _parts(self) -> list[dict[str, Any]]:
        return list(_summed(self.reading.projects(), "portfolio_id", "programme_id"))

    def _take_in(self, part: dict[str, Any]) -> None:
        self.whole.add(part)
        if part["programme_id"] in self.reading.programmes:
            self.by_programme.setdefault(part["programme_id"], RollUp()).add(part)
        place = part["portfolio_id"]
        while place is not None:
            if place in self.by_portfolio:
                self.by_portfolio[place].add(part)
            place = self.reading.parents.get(place)

    def branches(self) -> Iterator[Branch]:
        """The portfolios in the order of the tree."""
        for pk, portfolio in self.reading.portfolios.items():
            may_edit = self.reading.as_of is None and access.may(self.reading.user, Verb.PORTFOLIO_EDIT, portfolio)
            yield Branch(portfolio, portfolio.depth, self.by_portfolio[pk], may_edit)

    def programmes(self) -> Iterator[tuple[Any, Any, RollUp]]:
        """The programmes with their portfolios, where the person may see those, and their roll-ups."""
        for pk, programme in self.reading.programmes.items():
            portfolio = self.reading.portfolios.get(programme.portfolio_id)
            yield programme, portfolio, self.by_programme.get(pk, RollUp())
