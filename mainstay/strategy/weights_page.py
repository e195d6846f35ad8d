"""Weights that are tried out: the goals that hang together, and what other weights would do to the figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Programme
from mainstay.portfolio.views.sent import asked_for
from mainstay.strategy.asked import Asked
from mainstay.strategy.forms.drivers import WeightsForm
from mainstay.strategy.models import Goal
from mainstay.strategy.queries import Alignment, Strategy
from mainstay.strategy.queries.tree import Node

MOST_RANKED = 15


@dataclass(frozen=True)
class Figure:
    """A figure before and after."""

    name: str
    label: str
    before: Decimal | None
    after: Decimal | None

    @property
    def change(self) -> Decimal | None:
        """By how many points of a per cent it changes."""
        if self.before is None or self.after is None:
            return None
        return (self.after - self.before) * 100


@dataclass(frozen=True)
class Weighed:
    """A goal before and after."""

    goal: Any
    before: Node
    after: Node
    planned_before: Decimal
    planned_after: Decimal


@dataclass(frozen=True)
class Ranked:
    """A project or programme by what it contributes, before and after."""

    name: str
    url_code: str
    is_project: bool
    before: Decimal
    after: Decimal
    place_before: int
    place_after: int

    @property
    def moves(self) -> int:
        """How many places it goes up."""
        return self.place_before - self.place_after


class Effect:
    """What other weights would do, with nothing published."""

    def __init__(self, asked: Asked, weights: Mapping[int, Decimal]) -> None:
        self.asked, self.ids = asked, list(weights)
        self.before = asked.figures
        self.after = Alignment(Strategy(asked.reading, asked.portfolio, asked.counted, weights))

    @property
    def figures(self) -> list[Figure]:
        """The figures of the strategy, before and after."""
        names = (
            ("planned", "Strategic Goal Contribution, planned"),
            ("covered", "Covered weight"),
            ("gap", "Unassigned share"),
            ("share", "Strategic alignment"),
            ("coverage", "Objective coverage"),
        )
        told = [
            Figure(_term(name), label, getattr(self.before, name), getattr(self.after, name)) for name, label in names
        ]
        return [*told, Figure("progress", "Progress", self._progress(self.before), self._progress(self.after))]

    def _progress(self, figures: Alignment) -> Decimal | None:
        """The progress of the goal above."""
        nodes = figures.strategy.by_id
        parent = nodes.get(nodes[self.ids[0]].goal.parent_id)
        return parent.progress if parent else None

    @property
    def goals(self) -> list[Weighed]:
        """The weighed goals, before and after."""
        pairs = [(self.before.strategy.by_id[pk], self.after.strategy.by_id[pk]) for pk in self.ids]
        return [
            Weighed(one.goal, one, other, _worth(self.before, one), _worth(self.after, other)) for one, other in pairs
        ]

    @property
    def ranked(self) -> list[Ranked]:
        """What contributes most afterwards, with its place before."""
        was = {(part.project_id, part.programme_id): part for part in self.before.parts}
        places = {key: place for place, key in enumerate(was, 1)}
        programmes = Programme.objects.visible_to(self.asked.reading.user).in_bulk(
            [part.programme_id for part in self.after.parts[:MOST_RANKED] if part.programme_id]
        )
        told = []
        for place, part in enumerate(self.after.parts[:MOST_RANKED], 1):
            key = (part.project_id, part.programme_id)
            work = self.asked.work.behind[part.project_id] if part.project_id else programmes[part.programme_id]
            told.append(
                Ranked(
                    work.name, work.code, bool(part.project_id), was[key].planned, part.planned, places[key], place
                )
            )
        return told


def _term(name: str) -> str:
    return "alignment" if name == "share" else name


def _worth(figures: Alignment, node: Node) -> Decimal:
    """What is contributed to a goal and everything below it, as a part of the whole strategy."""
    return sum((one.reach * figures.planned_of(one) for one in node.below() if not one.goal.is_closed), Decimal(0))


class WeightsPage:
    """The goals one weighs together, with the form and, once asked for, the effect."""

    def __init__(self, asked: Asked, data: Any = None) -> None:
        self.asked = asked
        self.parent = self._parent(asked_for(asked.request, "under"))
        self.rows = self._rows()
        self.form = WeightsForm(self.rows, data)
        self.effect: Effect | None = None

    def _parent(self, code: str) -> Any:
        if not code:
            return None
        goal = Goal.objects.visible_to(self.asked.reading.user).filter(code=code).first()
        if goal is None:
            raise Missing("There is no such goal, or it is not open to you.")
        return goal

    def _rows(self) -> list[Goal]:
        goals = Goal.objects.visible_to(self.asked.reading.user).open().select_related("portfolio")
        if self.parent is not None:
            return list(goals.filter(parent=self.parent))
        place = self.asked.portfolio.pk if self.asked.portfolio else None
        return list(goals.filter(parent=None, portfolio_id=place))

    @property
    def may_publish(self) -> bool:
        """Whether the person may weigh all of them."""
        user = self.asked.reading.user
        return bool(self.rows) and all(access.may(user, Verb.GOALS_WEIGH, row.scope) for row in self.rows)

    @cached_property
    def groups(self) -> list[tuple[Any, int]]:
        """The goals under which there is something to weigh, each with how many hang there."""
        open_nodes = self.asked.strategy.open
        counts = [(node.goal, sum(1 for one in node.children if not one.goal.is_closed)) for node in open_nodes]
        return [(goal, count) for goal, count in counts if count > 1]

    def show_effect(self) -> None:
        """Work out what the typed weights would do."""
        self.effect = Effect(self.asked, self.form.weights)
