"""Judging projects by criteria: values from the register, points from the engine, gaps said and never zero."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

import numpy as np

from mainstay.core.system import Actor
from mainstay.engine import scoring as engine
from mainstay.evaluation.sources import Source, known_sources, read
from mainstay.portfolio.models import Phase, Portfolio, Project


class Judged(Protocol):
    """What judging needs to know of a criterion, saved or only wanted."""

    label: str
    source: str
    worst: Decimal
    best: Decimal
    weight: Decimal


@dataclass(frozen=True)
class Part:
    """What one criterion gave: the value, its points from 0 to 100, and what it adds to the total."""

    label: str
    weight: float
    value: float | None
    points: float | None
    adds: float | None

    @property
    def is_rated(self) -> bool:
        """Whether the project gives a value for the criterion."""
        return self.points is not None


@dataclass(frozen=True)
class Scored:
    """A project judged; without any value there is no total."""

    project: Project
    total: float | None
    rated_share: float
    by_criterion: tuple[Part, ...]

    def parts(self) -> list[dict[str, Any]]:
        """The parts as they are kept."""
        return [
            {"label": p.label, "weight": p.weight, "value": p.value, "points": p.points, "adds": p.adds}
            for p in self.by_criterion
        ]


def projects_to_judge(portfolio: Portfolio, actor: Actor) -> list[Project]:
    """Every project below a portfolio that is not over, confidential parts apart, as the person may read them."""
    rows = Project.objects.readable_by(actor).within(portfolio).filter(seal=portfolio.seal)
    return list(rows.in_phase(Phase.PIPELINE, Phase.COMMITTED).defer("description", "given_text").order_by("code"))


def judge(criteria: Iterable[Judged], projects: Sequence[Project], currency: str) -> list[Scored]:
    """Each project with its total and parts, in the order given; adding a project changes no other's score."""
    criteria = list(criteria)
    if not projects or not criteria:
        return []
    sources = known_sources()
    columns = [[_number(sources.get(each.source), project, currency) for project in projects] for each in criteria]
    values = np.array(columns, dtype=float).T
    asked = [
        engine.Criterion(each.label, float(each.weight), float(each.worst), float(each.best)) for each in criteria
    ]
    scores = engine.weighted_score(values, asked)
    return [_scored(project, row, values, asked, scores) for row, project in enumerate(projects)]


def _number(source: Source | None, project: Project, currency: str) -> float:
    number = read(source, project, currency) if source else None
    return math.nan if number is None else float(number)


def _scored(
    project: Project, row: int, values: Any, criteria: Sequence[engine.Criterion], scores: engine.Scores
) -> Scored:
    total_weight = sum(each.weight for each in criteria)
    parts = tuple(
        Part(
            each.label,
            round(each.weight / total_weight, 6),
            _known(values[row, column]),
            _known(scores.points[row, column]),
            _known(scores.parts[row, column]) if not math.isnan(values[row, column]) else None,
        )
        for column, each in enumerate(criteria)
    )
    return Scored(project, _known(scores.total[row]), round(float(scores.rated_share[row]), 6), parts)


def _known(number: Any) -> float | None:
    """A number as it is kept, to the sixth place; None for none."""
    return None if math.isnan(number) else round(float(number), 6)
