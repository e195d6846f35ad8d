"""The strategy as a tree: goals with progress, weight, money and work behind them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Sum
from django.utils import timezone

from mainstay.portfolio.queries import Reading
from mainstay.portfolio.queries.figures import Totals
from mainstay.strategy.models import CheckIn, Contribution, Goal, GoalKind, KeyResult
from mainstay.strategy.models.standing import WHOLE
from mainstay.strategy.queries.progress import NOTHING, ONE, Measured, Point, clipped, mean
from mainstay.strategy.queries.work import USUAL, Behind, Share, Work, totals_of


@dataclass
class Node:
    """A goal in its place of the tree."""

    goal: Any
    depth: int = 0
    children: list["Node"] = field(default_factory=list)
    results: list[Measured] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)
    taken: Decimal = NOTHING
    """The share of the goal that is given away, also out of sight, from 0 to 1."""
    weight: Decimal = NOTHING
    """Its weight among the open goals beside it, from 0 to 1."""
    reach: Decimal = NOTHING
    """What a share of the whole goal is worth to the whole strategy, from 0 to 1."""
    work: set[int] = field(default_factory=set)
    """The projects behind it and behind the goals below it."""
    behind: Mapping[int, Behind] = field(default_factory=dict)
    """Every contributing project by id."""
    is_served: bool = False
    """Whether work that counts contributes to it directly."""

    @cached_property
    def totals(self) -> Totals:
        """Count and cost of the projects behind it, each once."""
        return totals_of(self.behind[pk] for pk in self.work)

    @cached_property
    def progress(self) -> Decimal | None:
        """The mean of its key results, else of the goals below it; None where nothing is measured."""
        if any(not one.result.is_measure for one in self.results):
            return mean((one.progress, Decimal(one.result.weight)) for one in self.results)
        return mean((child.progress, child.weight) for child in self.children if not child.goal.is_closed)

    @property
    def percent(self) -> int:
        """Progress from 0 to 100 for a bar."""
        return clipped(self.progress)

    @property
    def unmeasured(self) -> int:
        """How many of its key results nobody measured."""
        return sum(1 for one in self.results if not one.result.is_measure and one.latest is None)

    @property
    def is_objective(self) -> bool:
        """Whether it is an open objective."""
        return self.goal.kind == GoalKind.OBJECTIVE and not self.goal.is_closed

    @property
    def covered(self) -> Decimal:
        """The part of it, by weight, that has work behind it, from 0 to 1."""
        if self.is_served:
            return ONE
        return sum((child.weight * child.covered for child in self.children if not child.goal.is_closed), NOTHING)

    @property
    def indent(self) -> range:
        """One step for each level."""
        return range(self.depth)

    def below(self) -> Iterator["Node"]:
        """Itself and every goal below it, in the order of the tree."""
        yield self
        for child in self.children:
            yield from child.below()


class Strategy:
    """The goals somebody may see, with what they need to be judged by.

    `weights` tries out other weights; `work` narrows the projects that count further than to a portfolio.
    """

    def __init__(
        self,
        reading: Reading,
        portfolio: Any = None,
        counted: str = USUAL,
        weights: Mapping[int, Decimal] | None = None,
        work: Work | None = None,
    ) -> None:
        self.reading, self.portfolio, self.tried = reading, portfolio, weights or {}
        self.work = work or Work(reading, portfolio, counted)
        self.today = timezone.localdate(reading.as_of)
        self.by_id = {goal.row_id: Node(goal) for goal in self._goals()}
        self.roots = self._hang()
        self._measure()
        self._weigh(self.roots, ONE)
        self._put_work()

    def _goals(self) -> list[Any]:
        rows = Goal.objects.as_of(self.reading.as_of).visible_to(self.reading.user)
        found = list(rows.select_related("owner", "portfolio").order_by("position", "code"))
        return [goal for goal in found if self._concerns(goal)]

    def _concerns(self, goal: Any) -> bool:
        """Whether a goal is of the chosen portfolio, of one below, or of one above it."""
        if self.portfolio is None or goal.portfolio_id is None:
            return True
        here = self.portfolio.path
        return goal.portfolio.path.startswith(here) or here.startswith(goal.portfolio.path)

    def _hang(self) -> list[Node]:
        roots = []
        for node in self.by_id.values():
            parent = self.by_id.get(node.goal.parent_id)
            (parent.children if parent else roots).append(node)
        for root in roots:
            _deepen(root, 0)
        return roots

    def _measure(self) -> None:
        rows = KeyResult.objects.as_of(self.reading.as_of).filter(goal_id__in=self.by_id)
        latest = latest_points(self.reading, rows)
        for row in rows.select_related("owner").order_by("position", "row_id" if self.reading.as_of else "pk"):
            point = latest.get(row.row_id)
            self.by_id[row.goal_id].results.append(Measured(row, point, self.today))

    def _weigh(self, nodes: list[Node], reach: Decimal) -> None:
        """Shares among siblings, and how far each reaches into the whole."""
        given = Contribution.objects.as_of(self.reading.as_of).filter(goal_id__in=self.by_id)
        sums = given.order_by().values_list("goal_id").annotate(total=Sum("share"))
        for goal_id, total in sums:
            self.by_id[goal_id].taken = min(total / WHOLE, ONE)
        _spread(nodes, reach, self.tried)

    def _put_work(self) -> None:
        for share in self.work.shares:
            if node := self.by_id.get(share.goal_id):
                node.shares.append(share)
        for root in self.roots:
            self._gather(root)

    def _gather(self, node: Node) -> None:
        for share in node.shares if not node.goal.is_closed else ():
            node.work |= {pk for pk in self.work.ids_behind(share) if self.work.counts(pk)}
        node.is_served = bool(node.work)
        for child in node.children:
            self._gather(child)
            node.work |= child.work
        node.behind = self.work.behind

    @property
    def nodes(self) -> list[Node]:
        """Every goal in the order of the tree."""
        return [node for root in self.roots for node in root.below()]

    @property
    def open(self) -> list[Node]:
        """Every goal that is pursued."""
        return [node for node in self.nodes if not node.goal.is_closed]

    @property
    def objectives(self) -> list[Node]:
        """The open objectives."""
        return [node for node in self.nodes if node.is_objective]

    @property
    def unfunded(self) -> list[Node]:
        """The open objectives without work that counts behind them."""
        return [node for node in self.objectives if not node.work]

    def siblings(self, parent: Any) -> list[Node]:
        """The open goals under a goal, or at the top."""
        nodes = self.by_id[parent.row_id].children if parent is not None else self.roots
        return [node for node in nodes if not node.goal.is_closed]


def _deepen(node: Node, depth: int) -> None:
    node.depth = depth
    for child in node.children:
        _deepen(child, depth + 1)


def _spread(nodes: list[Node], reach: Decimal, tried: Mapping[int, Decimal]) -> None:
    pursued = [node for node in nodes if not node.goal.is_closed]
    given = {id(node): tried.get(node.goal.row_id, node.goal.weight) for node in pursued}
    whole = sum(given.values(), NOTHING)
    for node in pursued:
        node.weight = given[id(node)] / whole if whole else ONE / len(pursued)
        node.reach = node.weight * reach
        _spread(node.children, node.reach * (ONE - node.taken), tried)


def latest_points(reading: Reading, results: Any) -> dict[int, Point]:
    """The latest check-in of each key result, corrections instead of what they correct."""
    ids = results.order_by().values("row_id" if reading.as_of else "pk")
    rows = CheckIn.objects.as_of(reading.as_of).filter(key_result_id__in=ids).standing()
    named = rows.order_by("on_date", reading.key).values_list(
        "key_result_id", "value", "on_date", "confidence", "note"
    )
    return {key: Point(*told) for key, *told in named}
