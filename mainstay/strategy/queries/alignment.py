"""How well the work serves the strategy: alignment, coverage, and what projects contribute to the goals."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import BooleanField, Case, Count, Sum, Value, When

from mainstay.portfolio.models import Phase
from mainstay.portfolio.queries import Reading
from mainstay.portfolio.queries.figures import Totals
from mainstay.strategy.models.standing import WHOLE
from mainstay.strategy.queries.delivery import delivery_of
from mainstay.strategy.queries.progress import NOTHING, ONE
from mainstay.strategy.queries.tree import Node, Strategy
from mainstay.strategy.queries.work import Share, main_currency

PROMISED = (Phase.COMMITTED, Phase.FINISHED)
"""What counts as a promise beside the chosen work: what was finished has given its share already."""


@dataclass(frozen=True)
class Part:
    """What one project or programme contributes to the whole strategy, from 0 to 1."""

    project_id: int | None
    programme_id: int | None
    planned: Decimal
    goals: int


class Alignment:
    """The figures of a strategy."""

    def __init__(self, strategy: Strategy) -> None:
        self.strategy, self.work = strategy, strategy.work

    @cached_property
    def _split(self) -> tuple[Totals, Totals]:
        return self.work.remembered(f"split:{self.work.counted}", self._read_split)

    def _read_split(self) -> tuple[Totals, Totals]:
        mapped = Case(
            When(self.work.is_mapped(), then=Value(True)), default=Value(False), output_field=BooleanField()
        )
        rows = self.work.projects().order_by().annotate(mapped=mapped).values_list("mapped", "currency")
        sums = rows.annotate(rows=Count("*"), costs=Sum("cost_seen"), given=Count("cost_seen"))
        inside, outside = Totals(), Totals()
        for is_mapped, currency, count, cost, given in sums:
            (inside if is_mapped else outside).add(count, currency, cost, given)
        return inside, outside

    @property
    def mapped(self) -> Totals:
        """The projects that contribute to an open goal."""
        return self._split[0]

    @property
    def orphans(self) -> Totals:
        """The projects that contribute to none."""
        return self._split[1]

    @cached_property
    def whole(self) -> Totals:
        """All projects that count."""
        return Totals.of([self.mapped, self.orphans])

    @property
    def currency(self) -> str:
        """The currency the first figure is told in."""
        return main_currency(self.whole, self.work.portfolio)

    def share_in(self, currency: str) -> Decimal | None:
        """The aligned share of the investment in one currency."""
        whole = self.whole.costs.get(currency)
        inside = self.mapped.costs.get(currency)
        if whole is None or not whole.amount:
            return None
        return (inside.amount if inside else NOTHING) / whole.amount

    @property
    def share(self) -> Decimal | None:
        """The aligned share of the investment in the main currency."""
        return self.share_in(self.currency)

    @property
    def others(self) -> list[tuple[str, Decimal | None]]:
        """The aligned share in every other currency, which is never added to the first."""
        return [(code, self.share_in(code)) for code in sorted(self.whole.costs) if code != self.currency]

    @property
    def coverage(self) -> Decimal | None:
        """Open objectives with work behind them, as a share of all."""
        objectives = self.strategy.objectives
        if not objectives:
            return None
        return ONE - Decimal(len(self.strategy.unfunded)) / len(objectives)

    @property
    def covered(self) -> Decimal | None:
        """The part of the strategy, by weight, that has work behind it; None where there is no goal."""
        roots = [node for node in self.strategy.roots if not node.goal.is_closed]
        return sum((root.weight * root.covered for root in roots), NOTHING) if roots else None

    @cached_property
    def parts(self) -> list[Part]:
        """What each piece of work contributes, the largest first."""
        sums: dict[tuple[int | None, int | None], list[Decimal]] = defaultdict(list)
        for node, share in self._promised():
            sums[share.project_id, share.programme_id].append(node.reach * share.share / WHOLE)
        found = [Part(*key, sum(worth, NOTHING), len(worth)) for key, worth in sums.items()]
        return sorted(found, key=lambda part: (-part.planned, part.project_id or 0, part.programme_id or 0))

    def _promised(self) -> Iterable[tuple[Node, Share]]:
        for node in self.strategy.open:
            yield from ((node, share) for share in node.shares if self._is_promised(share))

    @cached_property
    def _promising(self) -> frozenset[str]:
        return frozenset({*PROMISED, *self.work.phases})

    def _is_promised(self, share: Share) -> bool:
        return any(self.work.behind[pk].phase in self._promising for pk in self.work.ids_behind(share))

    def planned_of(self, node: Node) -> Decimal:
        """What the work seen gives to one goal, from 0 to 1 of the goal."""
        return sum((share.share for share in node.shares if self._is_promised(share)), NOTHING) / WHOLE

    @property
    def planned(self) -> Decimal:
        """The Strategic Goal Contribution that is planned, from 0 to 1."""
        return sum((part.planned for part in self.parts), NOTHING)

    @cached_property
    def achieved(self) -> Decimal | None:
        """The part of it that was delivered; None where nobody measures delivery."""
        ids = {part.project_id for part in self.parts if part.project_id}
        delivered = delivery_of(self.work.reading, ids)
        if delivered is None:
            return None
        worth = (part.planned * delivered.get(part.project_id or 0, NOTHING) for part in self.parts)
        return sum(worth, NOTHING)

    @property
    def gap(self) -> Decimal:
        """The part of the strategy nothing is expected to contribute to."""
        return ONE - sum((node.reach * node.taken for node in self.strategy.open), NOTHING)

    @property
    def elsewhere(self) -> Decimal:
        """What is given by work that does not count here: proposals, dropped work, and what is out of sight."""
        return max(ONE - self.gap - self.planned, NOTHING)

    def orphaned(self) -> Any:
        """The projects that count and contribute to no open goal."""
        return self.work.projects().exclude(self.work.is_mapped())


def alignment_of(projects: Iterable[Any], user: Any, as_of: Any = None) -> dict[int, Decimal]:
    """What each of these projects contributes to the strategy, from 0 to 1; 0 where it contributes to no goal."""
    figures = Alignment(Strategy(Reading(user, as_of), counted="all"))
    known = {part.project_id: part.planned for part in figures.parts if part.project_id}
    return {project.row_id: known.get(project.row_id, NOTHING) for project in projects}
