"""Judging projects by criteria: values from the register and from people, gaps said and never zero."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol

import numpy as np

from mainstay.core.system import Actor
from mainstay.engine import scoring as engine
from mainstay.evaluation.gates import obstacle
from mainstay.evaluation.judged import Results, bypasses_of, results_of
from mainstay.evaluation.models import Criterion
from mainstay.evaluation.sources import known_sources, read_all
from mainstay.portfolio.models import Phase, Portfolio, Project


class Judged(Protocol):
    """What judging needs to know of a criterion, saved or only wanted."""

    label: str
    source: str
    worst: Decimal
    best: Decimal
    weight: Decimal
    is_judged: bool


@dataclass(frozen=True)
class Part:
    """What one criterion gave: the value, its points from 0 to 100, and what it adds to the total."""

    label: str
    weight: float
    value: float | None
    points: float | None
    adds: float | None
    more: Mapping[str, Any] = field(default_factory=dict)
    """Of a judged criterion the words, spread, number of judgements and round; of a failed gate the obstacle."""

    @property
    def is_rated(self) -> bool:
        """Whether the project gives a value for the criterion."""
        return self.points is not None

    def kept(self) -> dict[str, Any]:
        """The part as it is kept."""
        told = {"label": self.label, "weight": self.weight, "value": self.value, "points": self.points}
        return told | {"adds": self.adds} | dict(self.more)


@dataclass(frozen=True)
class Scored:
    """A project judged; without any value there is no total."""

    project: Project
    total: float | None
    rated_share: float
    by_criterion: tuple[Part, ...]
    mandatory_reason: str = ""

    def parts(self) -> list[dict[str, Any]]:
        """The parts as they are kept."""
        return [part.kept() for part in self.by_criterion]

    @property
    def obstacles(self) -> list[str]:
        """The gates it fails, in sentences."""
        return [part.more["obstacle"] for part in self.by_criterion if "obstacle" in part.more]


def projects_to_judge(portfolio: Portfolio, actor: Actor) -> list[Project]:
    """Every project below a portfolio that is not over, confidential parts apart, as the person may read them."""
    rows = Project.objects.readable_by(actor).within(portfolio).filter(seal=portfolio.seal)
    return list(rows.in_phase(Phase.PIPELINE, Phase.COMMITTED).defer("description", "given_text").order_by("code"))


def judge_by(model: Any, projects: Sequence[Project], as_of: datetime | None = None) -> list[Scored]:
    """Projects judged by a model as it stands or stood, with what people judged and what must be done anyhow."""
    criteria = Criterion.objects.as_of(as_of).filter(model_id=model.row_id).order_by("position", "label")
    results, bypasses = results_of(model.row_id, as_of), bypasses_of(model.row_id, as_of)
    return judge(criteria, projects, model.portfolio.currency, results, bypasses, as_of)


def judge(
    criteria: Iterable[Judged],
    projects: Sequence[Project],
    currency: str,
    results: Results | None = None,
    bypasses: Mapping[int, str] | None = None,
    as_of: datetime | None = None,
) -> list[Scored]:
    """Each project with its total and parts, in the order given; adding a project changes no other's score."""
    criteria = list(criteria)
    if not projects or not criteria:
        return []
    sheet = _Sheet(criteria, projects, currency, results or {}, as_of)
    reasons = bypasses or {}
    return [sheet.scored(row, reasons.get(project.row_id, "")) for row, project in enumerate(projects)]


class _Sheet:
    """Projects by criteria: values, points and totals."""

    def __init__(
        self,
        criteria: Sequence[Judged],
        projects: Sequence[Project],
        currency: str,
        results: Results,
        as_of: datetime | None,
    ) -> None:
        self.criteria, self.projects, self.results = criteria, projects, results
        self.sources = known_sources()
        self.currency, self.as_of = currency, as_of
        self.values = np.array([self._column(each) for each in criteria], dtype=float).T
        weighted = [place for place, each in enumerate(criteria) if each.weight > 0]
        self.scores = engine.weighted_score(self.values[:, weighted], [_asked(criteria[p]) for p in weighted])
        self.points = engine.weighted_score(self.values, [_asked(each, 1) for each in criteria]).points
        self.adds = np.zeros_like(self.values)
        self.adds[:, weighted] = self.scores.parts
        self.weight = float(sum(each.weight for each in criteria))

    def _column(self, criterion: Judged) -> list[float]:
        if criterion.is_judged:
            return [self._result(project, criterion).get("points", math.nan) for project in self.projects]
        if (source := self.sources.get(criterion.source)) is None:
            return [math.nan] * len(self.projects)
        numbers = read_all(source, self.projects, self.currency, self.as_of)
        return [math.nan if number is None else float(number) for number in numbers]

    def _result(self, project: Project, criterion: Judged) -> Mapping[str, Any]:
        return self.results.get(project.row_id, {}).get(criterion.label, {})

    def scored(self, row: int, mandatory_reason: str) -> Scored:
        """The project of this row."""
        parts = tuple(self._part(row, place) for place in range(len(self.criteria)))
        total, share = _known(self.scores.total[row]), round(float(self.scores.rated_share[row]), 6)
        return Scored(self.projects[row], total, share, parts, mandatory_reason)

    def _part(self, row: int, place: int) -> Part:
        criterion, value = self.criteria[place], _known(self.values[row, place])
        adds = None if value is None else _known(self.adds[row, place])
        weight = round(float(criterion.weight) / self.weight, 6)
        more = self._more(row, criterion, value)
        return Part(criterion.label, weight, value, _known(self.points[row, place]), adds, more)

    def _more(self, row: int, criterion: Judged, value: float | None) -> dict[str, Any]:
        result = self._result(self.projects[row], criterion) if criterion.is_judged else {}
        more = {name: result[name] for name in ("words", "spread", "count", "round") if name in result}
        source = self.sources.get(criterion.source)
        is_money = source is not None and source.is_money
        unit = self.currency if is_money else source.unit if source else "points"
        if failed := obstacle(criterion, value, unit, is_money=is_money):
            more["obstacle"] = failed
        return more


def _asked(criterion: Judged, weight: float | None = None) -> engine.Criterion:
    """The criterion as the engine takes it."""
    weight = float(criterion.weight) if weight is None else weight
    return engine.Criterion(criterion.label, weight, float(criterion.worst), float(criterion.best))


def _known(number: Any) -> float | None:
    """A number as it is kept, to the sixth place; None for none."""
    return None if math.isnan(number) else round(float(number), 6)
