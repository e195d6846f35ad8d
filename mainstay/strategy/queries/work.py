"""Which projects count: committed ones, or proposals too; and which of them contribute to goals."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from mainstay.portfolio.models import Phase
from mainstay.portfolio.queries import Reading
from mainstay.portfolio.queries.figures import Totals
from mainstay.portfolio.queries.remember import newest, remembered
from mainstay.strategy.models import Contribution, Goal

COUNTED: dict[str, tuple[str, tuple[str, ...]]] = {
    "committed": ("Committed work", (Phase.COMMITTED,)),
    "open": ("Committed work and proposals", (Phase.COMMITTED, Phase.PIPELINE)),
    "all": ("All work but what was dropped", (Phase.COMMITTED, Phase.PIPELINE, Phase.FINISHED)),
}
USUAL = "committed"


class Behind(NamedTuple):
    """A project that contributes to a goal."""

    pk: int
    code: str
    name: str
    phase: str
    programme_id: int | None
    currency: str
    cost: Decimal | None


class Share(NamedTuple):
    """What one piece of work gives to a goal."""

    goal_id: int
    project_id: int | None
    programme_id: int | None
    key_result_id: int | None
    share: Decimal


@dataclass(frozen=True)
class Work:
    """The projects somebody may see, in a portfolio or everywhere, of the phases that count."""

    reading: Reading
    portfolio: Any = None
    counted: str = USUAL

    def remembered[T](self, name: str, make: Callable[[], T]) -> T:
        """What `make` gives, kept while nothing changes; whether anything did is asked once."""
        place = self.portfolio.row_id if self.portfolio else 0
        return remembered(self.reading, f"strategy:{place}:{name}", make, self.state)

    @cached_property
    def state(self) -> tuple[Any, ...]:
        """What tells this state of the register from the next."""
        return newest()

    @property
    def phases(self) -> tuple[str, ...]:
        """The phases that count."""
        return COUNTED[self.counted][1]

    @property
    def label(self) -> str:
        """What counts, in words."""
        return COUNTED[self.counted][0]

    def all(self) -> Any:
        """Every project in the portfolio, whatever its phase."""
        projects = self.reading.projects()
        if self.portfolio is None:
            return projects
        return projects.filter(portfolio_id__in=self.reading.below(self.portfolio.row_id))

    def projects(self) -> Any:
        """The projects that count."""
        return self.all().in_phase(*self.phases)

    def contributions(self) -> Any:
        """The contributions the person may see, to open goals."""
        goals = Goal.objects.as_of(self.reading.as_of).filter(is_closed=False)
        rows = Contribution.objects.as_of(self.reading.as_of).visible_to(self.reading.user)
        return rows.filter(goal_id__in=goals.order_by().values(self.reading.key))

    def is_mapped(self) -> Q:
        """The condition that a project contributes to an open goal, itself or through its programme."""
        rows = self.contributions().order_by()
        own = Exists(rows.filter(project_id=OuterRef(self.reading.key)))
        return Q(own) | Q(Exists(rows.filter(programme_id=OuterRef("programme_id"))))

    @cached_property
    def shares(self) -> list[Share]:
        """What is given to goals."""
        names = ("goal_id", "project_id", "programme_id", "key_result_id", "share")
        return self.remembered("shares", lambda: [Share(*row) for row in self.contributions().values_list(*names)])

    @cached_property
    def behind(self) -> dict[int, Behind]:
        """The projects that contribute to goals, of every phase but dropped, by id."""
        return self.remembered("behind", self._read_behind)

    def _read_behind(self) -> dict[int, Behind]:
        own = {share.project_id for share in self.shares if share.project_id}
        programmes = {share.programme_id for share in self.shares if share.programme_id}
        names = (self.reading.key, "code", "name", "stage__phase", "programme_id", "currency", "cost_seen")
        projects = self.all().exclude(stage__phase=Phase.DROPPED).filter(self.is_mapped()).order_by()
        rows = [Behind(*row) for row in projects.values_list(*names)]
        return {row.pk: row for row in rows if row.pk in own or row.programme_id in programmes}

    @cached_property
    def in_programme(self) -> dict[int, list[int]]:
        """The contributing projects of each programme."""
        found: dict[int, list[int]] = defaultdict(list)
        for row in self.behind.values():
            if row.programme_id:
                found[row.programme_id].append(row.pk)
        return found

    def ids_behind(self, share: Share) -> list[int]:
        """The projects behind a share: the project itself, or those of the programme."""
        if share.project_id:
            return [share.project_id] if share.project_id in self.behind else []
        return self.in_programme.get(share.programme_id or 0, [])

    def counts(self, project_id: int) -> bool:
        """Whether a contributing project is of a phase that counts."""
        return self.behind[project_id].phase in self.phases


def totals_of(rows: Iterable[Behind]) -> Totals:
    """Count and cost of projects, each given once, by currency."""
    parts: dict[str, list[Any]] = {}
    for row in rows:
        part = parts.setdefault(row.currency, [0, Decimal(0), 0])
        part[0] += 1
        if row.cost is not None:
            part[1] += row.cost
            part[2] += 1
    whole = Totals()
    for currency, (count, cost, given) in parts.items():
        whole.add(count, currency, cost, given)
    return whole


def main_currency(totals: Totals, portfolio: Any = None) -> str:
    """The currency in which shares are told: the portfolio's own, else the one of the house, else the commonest."""
    own = portfolio.currency if portfolio is not None else settings.BASE_CURRENCY
    if own in totals.costs or not totals.costs:
        return own
    return totals.money[0].currency
