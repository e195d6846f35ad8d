"""What a scenario comes to as it is arranged: value, money by period and fund, hours by role, risk, and its mix."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from mainstay.authorisation.models import PlanLine, Scenario
from mainstay.authorisation.scenarios.frame import Frame, Money, frame_of
from mainstay.authorisation.scenarios.mix import Mix, Served, mixes, served
from mainstay.authorisation.scenarios.problem import used, worth
from mainstay.authorisation.scenarios.ways import Offer, Way
from mainstay.charts import words
from mainstay.core.system import Actor

NOISE = 0.5  # hours, or units of money: a smaller excess is none
FULL = 0.85  # a share of capacity from which on a role is nearly full


@dataclass(frozen=True)
class Use:
    """What is used of a limit, in all; `most` None: nothing limits it."""

    id: str
    name: str
    used: float
    most: float | None

    @property
    def is_over(self) -> bool:
        """Whether more is used than there is."""
        return self.most is not None and self.used > self.most + NOISE

    @property
    def left(self) -> float:
        """What is left of it."""
        return (self.most or 0.0) - self.used


@dataclass(frozen=True)
class Cell:
    """A role in a period: hours needed and there."""

    period: str
    need: float
    room: float

    @property
    def is_over(self) -> bool:
        """Whether more hours are needed than there are."""
        return self.need > self.room + NOISE

    @property
    def state(self) -> str:
        """How full it is, as a status word."""
        if self.is_over:
            return "bad"
        return "warn" if self.need and self.need >= FULL * self.room else "good"

    @property
    def share(self) -> str:
        """How full it is in per cent."""
        if not self.need:
            return "–"
        return words.percent(self.need / self.room) if self.room else "no one"


@dataclass(frozen=True)
class Strip:
    """A role over all periods."""

    key: str
    name: str
    cells: tuple[Cell, ...]

    @property
    def over(self) -> list[str]:
        """The periods in which too many hours are needed."""
        return [cell.period for cell in self.cells if cell.is_over]


Chosen = tuple[Offer, Way, int]


@dataclass(frozen=True)
class Totals:
    """A scenario in figures; money by period is what is spent within the time planned."""

    count: int
    of: int
    value: float
    cost: float
    by_period: tuple[float, ...]
    periods: tuple[str, ...]
    money: tuple[Use, ...]
    roles: tuple[Strip, ...]
    others: tuple[Use, ...]
    broken: tuple[str, ...] = ()
    themes: dict[str, float] = field(default_factory=dict)
    mixes: tuple[Mix, ...] = ()
    goals: tuple[Served, ...] = ()

    @property
    def over(self) -> list[str]:
        """Everything that is exceeded, in words."""
        money = [f"{use.name} is exceeded by {words.number(-use.left)}" for use in self.money if use.is_over]
        others = [f"{use.name} is exceeded by {words.number(-use.left, 1)}" for use in self.others if use.is_over]
        roles = [f"{one.name} is overbooked in {words.listed(one.over)}" for one in self.roles if one.over]
        return money + others + roles + list(self.broken)

    @property
    def strategic(self) -> float:
        """What the plan gives to the whole strategy, from 0 to 1."""
        return sum(goal.reach * goal.plan for goal in self.goals)

    @property
    def strategic_was(self) -> float:
        """What the plan of record gives to it."""
        return sum(goal.reach * goal.was for goal in self.goals)

    @property
    def dearest(self) -> float:
        """What the dearest period costs."""
        return max(self.by_period, default=0.0)


def totals(scenario: Scenario, actor: Actor) -> Totals:
    """What a scenario comes to as far as the person may see its projects."""
    return totals_of(scenario, frame_of(scenario, actor), list(scenario.lines.all()))


def totals_of(scenario: Scenario, frame: Frame, lines: list[PlanLine]) -> Totals:
    """The totals of lines in a frame."""
    chosen = list(_chosen(frame, lines))
    paid = [*chosen, *_stopped(frame, lines)]
    spent = np.zeros(frame.periods.count)
    for _, way, start in paid:
        _add(spent, way.cost, start)
    money = {offer.id: sum(way.cost) for offer, way, _ in chosen}
    before = _of_the_record(frame, lines)
    themes: dict[str, float] = defaultdict(float)
    for offer, way, _ in chosen:
        themes[offer.theme or "No theme"] += sum(way.cost)
    return Totals(
        count=len(chosen),
        of=len(frame.offers),
        value=sum(worth(scenario, frame.periods, offer, way, start) for offer, way, start in paid),
        cost=sum(sum(way.cost) for _, way, _ in paid),
        by_period=tuple(spent.tolist()),
        periods=tuple(frame.periods.names),
        money=tuple(_money(frame, paid)),
        roles=tuple(_roles(frame, chosen)),
        others=tuple(
            Use(key, source.label, sum(offer.uses.get(key, 0.0) for offer, _, _ in chosen), most)
            for key, (source, most) in frame.others.items()
        ),
        broken=(*_broken(scenario, chosen), *filter(None, (one.broken(money) for one in frame.slices))),
        themes=dict(sorted(themes.items(), key=lambda item: -item[1])),
        mixes=tuple(mixes(frame.kinds, money, before)),
        goals=tuple(served(frame.goals, money, before)),
    )


def _broken(scenario: Scenario, chosen: list[Chosen]) -> Iterator[str]:
    """The groups of which more than one is in, in words."""
    codes = {offer.code for offer, _, _ in chosen}
    for group in scenario.rules.get("at_most_one", []):
        if len(both := [code for code in group if code in codes]) > 1:
            yield f"Of {words.listed(group)} at most one may be in, not {words.listed(both)}"


def _of_the_record(frame: Frame, lines: list[PlanLine]) -> dict[int, float]:
    """What the projects cost, as preferred, that were in the plan of record when the branch was made."""
    known = ((line, frame.offers.get(line.project_id)) for line in lines if line.base.get("is_in"))
    return {offer.id: sum(offer.ways[0].cost) for _, offer in known if offer}


def _chosen(frame: Frame, lines: list[PlanLine]) -> Iterator[Chosen]:
    """The projects that are in, with their option and the period they start in."""
    for line in lines:
        if line.is_in and (offer := frame.offers.get(line.project_id)):
            yield offer, offer.way(line.option), start_of(frame, offer, line)


def _stopped(frame: Frame, lines: list[PlanLine]) -> Iterator[Chosen]:
    """Running work that is out: stopping it is paid at once."""
    for line in lines:
        offer = frame.offers.get(line.project_id)
        if offer and offer.stop and not line.is_in:
            yield offer, offer.stop, 0


def start_of(frame: Frame, offer: Offer, line: PlanLine) -> int:
    """The period a line starts in; work that has begun starts with the first."""
    place = frame.periods.place(line.start_date) if line.start_date else offer.start
    return max(0, place)


def _add(sums: Any, amounts: tuple[float, ...], start: int) -> None:
    inside = amounts[: max(0, len(sums) - start)]
    if inside:
        sums[start : start + len(inside)] += inside


def _money(frame: Frame, chosen: list[Chosen]) -> Iterator[Use]:
    for budget in frame.budgets:
        yield Use(budget.id, budget.name, sum(_spent(budget, way, start) for _, way, start in chosen), budget.amount)


def _spent(budget: Money, way: Way, start: int) -> float:
    amounts = used(way, budget)
    if budget.window is None:
        return sum(amounts)
    first, end = budget.window
    return sum(amounts[max(0, first - start) : max(0, end - start)])


def _roles(frame: Frame, chosen: list[Chosen]) -> Iterator[Strip]:
    names = frame.periods.names
    for room in frame.rooms:
        need = np.zeros(frame.periods.count)
        for _, way, start in chosen:
            _add(need, way.roles.get(room.key, ()), start)
        cells = tuple(Cell(*each) for each in zip(names, need.tolist(), room.hours, strict=True))
        yield Strip(room.key, room.name, cells)
