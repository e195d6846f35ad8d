"""What the judgements of a round come to: people by projects by criteria, and what the engine finds in them.

Only judgements of closed turns enter, so nothing here can tell what somebody says while a turn is open.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from mainstay.engine import agreement
from mainstay.evaluation.models import Combined, Evaluator, Judgement, Recusal, RoundItem, RoundState


@dataclass(frozen=True)
class Cell:
    """One project under one criterion: what it came to and how far people lie apart."""

    item: Any
    criterion: dict[str, Any]
    points: float
    words: str
    low: float
    high: float
    count: int
    is_apart: bool

    @property
    def spread(self) -> float:
        """The greatest less the least, in points."""
        return self.high - self.low


class Outcome:
    """The closed judgements of a round as people (rows) by projects by criteria; NaN where nobody judged."""

    def __init__(self, held: Any, items: Iterable[Any] | None = None) -> None:
        """`items` leaves out projects the reader may not see; figures about people take in all."""
        self.round = held
        rows = RoundItem.objects.filter(round_id=held.row_id).select_related("project")
        self.items = list(rows.order_by("project__code"))
        self.shown = (
            self.items if items is None else [one for one in self.items if one.pk in {i.row_id for i in items}]
        )
        evaluators = Evaluator.objects.filter(round_id=held.row_id).select_related("person")
        self.people = list(evaluators.order_by("person__name"))
        self.criteria = held.criteria
        self.judgements = self._effective()

    def _effective(self) -> dict[tuple[int, int, str], Judgement]:
        """The latest word of each evaluator on each project and criterion, closed turns only."""
        turns = self.round.turn - 1 if self.round.state == RoundState.OPEN else self.round.turn
        rows = Judgement.objects.filter(evaluator__round_id=self.round.row_id, turn__lte=turns).order_by("turn")
        return {(row.evaluator_id, row.item_id, row.criterion): row for row in rows}

    @cached_property
    def points(self) -> Any:
        """(people, projects, criteria) points."""
        shape = len(self.people), len(self.items), len(self.criteria)
        points = np.full(shape, math.nan)
        people = {row.pk: place for place, row in enumerate(self.people)}
        items = {row.pk: place for place, row in enumerate(self.items)}
        labels = {one["label"]: place for place, one in enumerate(self.criteria)}
        for (evaluator, item, label), row in self.judgements.items():
            if evaluator in people and label in labels:
                points[people[evaluator], items[item], labels[label]] = row.points
        return points

    @cached_property
    def spread(self) -> agreement.Spread:
        """Count, mean, deviation and range by project and criterion."""
        return agreement.spread(self.points)

    @cached_property
    def apart(self) -> Any:
        """(projects, criteria) whether people lie further apart than the tolerance."""
        return agreement.outside_tolerance(self.points, float(self.round.tolerance))

    @property
    def is_empty(self) -> bool:
        """Whether nobody's judgement may be told yet."""
        return not self.judgements

    def combined(self) -> Any:
        """(projects, criteria) the mean or the median of the points, as the round says."""
        if self.round.combined == Combined.MEAN:
            return self.spread.mean
        known = np.ma.masked_invalid(self.points)
        return np.ma.filled(np.ma.median(known, axis=0).astype(float), math.nan)

    def results(self) -> dict[int, dict[str, dict[str, Any]]]:
        """What is kept of each project: by criterion the points, mean, median, spread, deviation and count."""
        return {item.pk: self._result(place) for place, item in enumerate(self.items)}

    def _result(self, place: int) -> dict[str, dict[str, Any]]:
        together, found = self.combined(), {}
        for column, criterion in enumerate(self.criteria):
            if not self.spread.count[place, column]:
                continue
            points = float(together[place, column])
            found[criterion["label"]] = {
                "points": round(points, 6),
                "mean": round(float(self.spread.mean[place, column]), 6),
                "median": round(float(np.nanmedian(self.points[:, place, column])), 6),
                "spread": round(float(self.spread.range[place, column]), 6),
                "deviation": _known(self.spread.deviation[place, column]),
                "count": int(self.spread.count[place, column]),
                "words": nearest_words(criterion, points),
            }
        return found

    def cells(self) -> list[Cell]:
        """Every shown project and criterion somebody judged."""
        together, low, high = self.combined(), *_ends(self.points)
        places = {item.pk: place for place, item in enumerate(self.items)}
        return [
            Cell(
                item,
                criterion,
                float(together[places[item.pk], column]),
                nearest_words(criterion, float(together[places[item.pk], column])),
                float(low[places[item.pk], column]),
                float(high[places[item.pk], column]),
                int(self.spread.count[places[item.pk], column]),
                bool(self.apart[places[item.pk], column]),
            )
            for item in self.shown
            for column, criterion in enumerate(self.criteria)
            if self.spread.count[places[item.pk], column]
        ]

    def items_apart(self) -> list[Any]:
        """The projects to discuss: people lie too far apart on at least one criterion."""
        return [item for place, item in enumerate(self.items) if self.apart[place].any()]

    def concordance(self) -> agreement.Concordance:
        """Kendall's W over the mean points each person gave each project."""
        return agreement.kendalls_w(agreement.spread(np.moveaxis(self.points, 2, 0)).mean)

    def by_criterion(self) -> list[tuple[str, agreement.Spread, int]]:
        """Each criterion with the pooled spread and its place in it."""
        pooled = agreement.criterion_spread(self.points)
        return [(one["label"], pooled, place) for place, one in enumerate(self.criteria)]

    def recusals(self) -> int:
        """How many times somebody stood aside."""
        return Recusal.objects.filter(item__round_id=self.round.row_id).count()


@dataclass(frozen=True)
class Note:
    """What one evaluator alone is told: how their points lie against the others'."""

    bias: float
    scatter: float | None
    own_spread: float | None
    usual_spread: float | None
    compared: int

    @property
    def sentence(self) -> str:
        """The note in a sentence."""
        if abs(self.bias) < 1:
            return "You judged like the others on the whole."
        more = "more" if self.bias > 0 else "fewer"
        return f"On the same projects you gave {abs(self.bias):.0f} points {more} than the others on average."


def note_for(held: Any, person: Any) -> Note | None:
    """The private note of an evaluator of a finished round; None for everybody else and before."""
    if held.state != RoundState.FINISHED or person.pk is None:
        return None
    outcome = Outcome(held)
    place = next((place for place, row in enumerate(outcome.people) if row.person_id == person.pk), None)
    if place is None or outcome.is_empty:
        return None
    found = agreement.evaluator_bias(outcome.points.reshape(len(outcome.people), -1))
    if not found.compared[place]:
        return None
    return Note(
        float(found.bias[place]),
        _known(found.scatter[place]),
        _known(found.own_spread[place]),
        _known(found.usual_spread[place]),
        int(found.compared[place]),
    )


def nearest_words(criterion: dict[str, Any], points: float) -> str:
    """What the level nearest to these points means."""
    if math.isnan(points) or not criterion["levels"]:
        return ""
    return str(min(criterion["levels"], key=lambda level: abs(level["points"] - points))["words"])


def _ends(points: Any) -> tuple[Any, Any]:
    """(projects, criteria) the least and the greatest points; infinite where nobody judged."""
    known = ~np.isnan(points)
    return np.where(known, points, np.inf).min(axis=0), np.where(known, points, -np.inf).max(axis=0)


def _known(number: Any) -> float | None:
    return None if math.isnan(number) else round(float(number), 6)
