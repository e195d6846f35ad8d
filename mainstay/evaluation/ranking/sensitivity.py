"""How firmly a ranking stands: how far each weight can move, what moves a project, what takes it over the line."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np

from mainstay.charts import Figure, words
from mainstay.charts.tornado import Swing, tornado
from mainstay.engine import scoring as engine
from mainstay.evaluation.queries import criteria_of
from mainstay.evaluation.ranking.measures import Measure, Measures
from mainstay.evaluation.ranking.standing import Standing

STEP = 0.10
USUAL_PLACES = 10
NEAR_THE_LINE = 6
SIX = 6


@dataclass(frozen=True)
class Reach:
    """The shares between which a weight may move, from 0 to 1, and in words what changes at either end."""

    low: float
    high: float
    at_low: str = ""
    at_high: str = ""

    @property
    def is_free(self) -> bool:
        """Whether nothing changes wherever the weight goes."""
        return not self.at_low and not self.at_high


@dataclass(frozen=True)
class Room:
    """One weight: its share now, and where ranking, first place and selection stay as they are."""

    label: str
    now: float
    ranking: Reach
    first: Reach
    selection: Reach


class Firmness:
    """The ranking of a model by score alone, as firmly as it stands, as far as somebody may see it.

    The selection is the best `places` projects, or with a budget each that still fits, going down the ranking.
    """

    def __init__(
        self,
        user: Any,
        model: Any,
        as_of: datetime | None = None,
        *,
        places: int = USUAL_PLACES,
        budget: Decimal | None = None,
        limit: str = "cost",
    ) -> None:
        self.model, self.places, self.budget, self.as_of = model, places, budget, as_of
        self.measures = Measures(user, model.portfolio.currency, model, as_of)
        self.criteria = [row for row in criteria_of(model, as_of) if row.weight > 0]
        placed = sorted(Standing(user, model, as_of).placed, key=lambda one: one.before)
        wanted = [one.scored.project_id for one in placed]
        known = {row.row_id: row for row in self.measures.projects(**{f"{self.measures.key}__in": wanted})}
        self.placed = [one for one in placed if one.scored.project_id in known]
        self.projects = [known[one.scored.project_id] for one in self.placed]
        self.limit: Measure | None = self.measures.named(limit, "cost") if budget is not None else None

    @cached_property
    def table(self) -> engine.ScoreTable:
        """Points, weights and totals as the engine takes them."""
        points = np.full((len(self.projects), len(self.criteria)), math.nan)
        for row, project in enumerate(self.projects):
            given = self.measures.points(project.row_id)
            for column, criterion in enumerate(self.criteria):
                value = given.get(criterion.label)
                points[row, column] = math.nan if value is None else value
        weights = [float(criterion.weight) for criterion in self.criteria]
        return engine.score_table(points, weights, [one.scored.is_mandatory for one in self.placed])

    @cached_property
    def cut(self) -> engine.Cut:
        """Where the line is drawn."""
        if self.budget is None:
            return engine.top(self.places)
        return engine.within_budget([float(amount or 0) for amount in self.amounts], float(self.budget))

    @cached_property
    def amounts(self) -> list[Any]:
        """What each project takes of the budget; None where that is not known."""
        if self.limit is None:
            return [None] * len(self.projects)
        values = self.measures.read(self.limit, self.projects)
        return [values[project.row_id] for project in self.projects]

    @cached_property
    def is_in(self) -> list[bool]:
        """Which projects stand above the line."""
        return [bool(one) for one in engine.above_the_line(self.table, self.cut)]

    @cached_property
    def rooms(self) -> list[Room]:
        """Each weight with its room, the most delicate first place first."""
        found = engine.sensitivity(self.table, self.cut)
        kept: Any = found.selection
        return [
            Room(
                criterion.label,
                float(self.table.weights[place]),
                self._reach(found.ranking, place),
                self._reach(found.first, place),
                self._reach(kept, place),
            )
            for place, criterion in enumerate(self.criteria)
        ]

    @property
    def finding(self) -> str:
        """How firmly it stands, in a sentence."""
        if len(self.projects) < 2:
            return "With fewer than two projects in place no weight changes anything."
        tight = [room for room in self.rooms if not room.selection.is_free]
        if not tight:
            return "Whatever one weight alone does, the same projects stand above the line."
        near, distance = min(((room, _distance(room)) for room in tight), key=lambda pair: pair[1])
        return (
            f"{near.label} is the most delicate weight: {words.number(100 * distance, 1)} points from its "
            f"{words.percent(near.now, 1)} the projects above the line change."
        )

    def place_of(self, code: str) -> int | None:
        """The row of a project in the table; without a code the first project below the line."""
        if code:
            return next((row for row, project in enumerate(self.projects) if project.code == code), None)
        return next((row for row, is_in in enumerate(self.is_in) if not is_in), 0 if self.projects else None)

    def tornado(self, row: int) -> Figure:
        """What ten points more or less on each weight do to the score of a project."""
        found, project = engine.tornado(self.table, STEP), self.projects[row]
        swings = [
            Swing(
                criterion.label,
                float(found.total[place, 0, row]),
                float(found.total[place, 1, row]),
                f"weight {words.percent(found.share[place, 0])}",
                f"weight {words.percent(found.share[place, 1])}",
            )
            for place, criterion in enumerate(self.criteria)
        ]
        figure = tornado(swings, float(self.table.total[row]), "Score", "points")
        return replace(figure, title=self._tornado_title(project, swings, found.rank[:, :, row]))

    def flips(self, row: int) -> list[str]:
        """In sentences, at which share of each weight alone a project crosses the line; the nearest first."""
        found = engine.flip(self.table, row, sum(self.is_in))
        ends = [
            (float(share) - float(now), criterion.label, float(share))
            for criterion, now, low, high in zip(
                self.criteria, self.table.weights, found.low, found.high, strict=True
            )
            for share in (low, high)
            if not math.isnan(share)
        ]
        ends.sort(key=lambda end: round(abs(end[0]), SIX))
        return [self._flip(row, *end) for end in ends]

    @property
    def near_the_line(self) -> list[tuple[Any, bool, list[str]]]:
        """The projects just above and just below the line with what takes them over it."""
        rows = [row for row, one in enumerate(self.placed) if not one.scored.is_mandatory]
        above = [row for row in rows if self.is_in[row]][-NEAR_THE_LINE:]
        below = [row for row in rows if not self.is_in[row]][:NEAR_THE_LINE]
        return [(self.projects[row], self.is_in[row], self.flips(row)) for row in (*above, *below)]

    def _reach(self, room: engine.Room, place: int) -> Reach:
        low, high = float(room.low[place]), float(room.high[place])
        if math.isnan(low):
            return Reach(0.0, 1.0)
        return Reach(
            low,
            high,
            self._change(room.overtaken[place, 0], room.overtaking[place, 0], f"Below {words.percent(low, 1)}"),
            self._change(room.overtaken[place, 1], room.overtaking[place, 1], f"Above {words.percent(high, 1)}"),
        )

    def _change(self, overtaken: int, overtaking: int, when: str) -> str:
        if overtaken < 0 or overtaking < 0:
            return ""
        return f"{when} {self.projects[int(overtaking)].name} overtakes {self.projects[int(overtaken)].name}."

    def _flip(self, row: int, change: float, label: str, share: float) -> str:
        does = "falls below the line" if self.is_in[row] else "comes above the line"
        told = words.signed(100 * change, 1)
        return f"{self.projects[row].name} {does} with {label} at {words.percent(share, 1)} ({told} points)."

    def _tornado_title(self, project: Any, swings: Sequence[Swing], ranks: Any) -> str:
        widest = max(swings, key=lambda swing: swing.size)
        low, high = sorted((widest.low, widest.high))
        best, last = int(ranks.min()), int(ranks.max())
        places = f"it stands at {best}" if best == last else f"it stands between {best} and {last}"
        return (
            f"{widest.factor} moves the score of {project.name} most, from {words.number(low, 1)} to "
            f"{words.number(high, 1)}; with ten points on any weight {places}"
        )


def _distance(room: Room) -> float:
    """How far the weight is from the nearer end at which the selection changes."""
    ends = [room.now - room.selection.low] * bool(room.selection.at_low)
    ends += [room.selection.high - room.now] * bool(room.selection.at_high)
    return round(min(ends), SIX)
