"""What a selection makes the most of: a number of its projects, or their score under a model."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mainstay.authorisation.models import Selection
from mainstay.charts import words
from mainstay.core.errors import Impossible
from mainstay.evaluation.judged import bypasses_of
from mainstay.evaluation.models import Score, ScoreModel
from mainstay.evaluation.sources import Source, known_sources, read_all
from mainstay.portfolio.models import Portfolio, Project

SCORE = "score."
USELESS_AIMS = frozenset({"cost", "risk", "days", "case.exposure", "case.demand"})
"""Numbers nobody wants the most of."""


@dataclass(frozen=True)
class Aim:
    """What shall be most: its key, its noun in a sentence, and its unit or currency."""

    key: str
    noun: str
    unit: str
    is_money: bool = False
    source: Source | None = None
    model_id: int | None = None

    def amount(self, value: float | Decimal) -> str:
        """An amount of it as people write it: `73,789 votes`, `GBP 103,000 of benefit`."""
        number = words.number(float(value), 0 if float(value).is_integer() else 2)
        if self.is_money:
            return f"{self.unit} {number} of {self.noun}"
        return f"{number} {self.unit}"

    @property
    def tail(self) -> str:
        """What stands behind a bare figure of it: `votes`, `of benefit`."""
        return f"of {self.noun}" if self.is_money else self.unit

    def figure(self, value: float | Decimal) -> str:
        """A figure of it without its noun, compact: `GBP 103k`, `73,789`."""
        return words.money(float(value), self.unit) if self.is_money else words.number(float(value))

    def kept(self) -> dict[str, Any]:
        """What is kept with an answer, so that it can be told in the same words later."""
        return {"key": self.key, "noun": self.noun, "unit": self.unit, "is_money": self.is_money}

    def values(self, projects: Iterable[Project], currency: str) -> dict[int, Decimal | None]:
        """How much of it each project brings, by id; None where that is not known."""
        if self.source is not None:
            rows = list(projects)
            numbers = read_all(self.source, rows, currency)
            return {project.pk: number for project, number in zip(rows, numbers, strict=True)}
        scores = Score.objects.filter(model_id=self.model_id, total__isnull=False).values_list("project_id", "total")
        return {project_id: Decimal(str(round(total, 6))) for project_id, total in scores}

    def failed_gates(self) -> dict[int, str]:
        """Why projects may not be chosen under the score model, by id: the gates they fail, bypassed ones apart."""
        if self.model_id is None:
            return {}
        rows = Score.objects.filter(model_id=self.model_id).exclude(obstacles=[])
        bypassed = bypasses_of(self.model_id)
        failed = rows.values_list("project_id", "model__name", "obstacles")
        return {
            project_id: f"It fails a gate of {name}. {' '.join(obstacles)}"
            for project_id, name, obstacles in failed
            if project_id not in bypassed
        }


def aims_for(portfolio: Portfolio, currency: str) -> dict[str, Aim]:
    """Everything a selection of this portfolio may make the most of, by key."""
    own = {
        source.key: _counted(source, currency)
        for source in known_sources().values()
        if source.key not in USELESS_AIMS and source.adds_up
    }
    models = ScoreModel.objects.filter(portfolio__in=_above(portfolio))
    return own | {(aim := _scored(model)).key: aim for model in models}


def aim_of(selection: Selection) -> Aim:
    """What a selection makes the most of; refused when that is no longer known."""
    aims = aims_for(selection.portfolio, selection.currency)
    if selection.maximise not in aims:
        raise Impossible("What this selection makes the most of no longer exists; choose something else.")
    return aims[selection.maximise]


def _counted(source: Source, currency: str) -> Aim:
    noun = source.label[:1].lower() + source.label[1:]
    return Aim(source.key, noun, currency if source.is_money else source.unit or noun, source.is_money, source)


def _scored(model: ScoreModel) -> Aim:
    return Aim(f"{SCORE}{model.pk}", f"score under {model.name}", "points", model_id=model.pk)


def _above(portfolio: Portfolio) -> Any:
    """The portfolio and those it lies in; a score model serves everything below it."""
    keys = portfolio.path.strip("/").split("/")
    return Portfolio.objects.filter(key__in=keys)
