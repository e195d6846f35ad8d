"""Projects in a matrix of any two measures, with size and colour by choice, and what the four fields of it hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from statistics import median
from typing import Any

from django.conf import settings
from django.urls import reverse

from mainstay.charts import Figure, words
from mainstay.charts import matrix as chart
from mainstay.core.errors import Unreadable
from mainstay.evaluation.models import Criterion, CriterionKind
from mainstay.evaluation.ranking.asked import PIPELINE
from mainstay.evaluation.ranking.measures import POINTS, SCORE, Measure, Measures, choice_fields
from mainstay.evaluation.ranking.standing import IN_PLAY
from mainstay.portfolio.models import Phase, Portfolio

GROUPS = {"theme": "Theme", "stage": "Stage", "portfolio": "Portfolio", "health": "Health"}
CUSTOM = "custom."
BOTH, NEITHER = "Better in both", "Better in neither"


@dataclass(frozen=True)
class Question:
    """Which measures span the matrix, what size and colour say, and which projects are in it.

    x, y, size: keys of measures (size: nothing for all alike). group: a key of `GROUPS` or `custom.<field>`. stage: a
    stage's key, `proposals` or nothing for all.
    """

    x: str = ""
    y: str = ""
    size: str = "cost"
    group: str = "theme"
    stage: str = ""


@dataclass(frozen=True)
class Spot:
    """A project in the matrix, and which of the four fields it lies in; None where a measure is missing."""

    project: Any
    x: float | None
    y: float | None
    size: float | None
    group: str
    field: str | None


class Matrix:
    """The matrix a person asked for, over a portfolio or over everything they may see the figures of."""

    def __init__(
        self,
        user: Any,
        question: Question,
        model: Any = None,
        portfolio: Any = None,
        as_of: datetime | None = None,
    ) -> None:
        self.user, self.question, self.model = user, question, model
        self.portfolio, self.as_of = portfolio, as_of
        self.currency = portfolio.currency if portfolio is not None else settings.BASE_CURRENCY
        self.measures = Measures(user, self.currency, model, as_of)
        self.x = self._measure(question.x, "risk")
        self.y = self._measure(question.y, SCORE if model is not None else "benefit")
        self.size = self._measure(question.size, "") if question.size else None
        if question.group not in self.groups:
            raise Unreadable(f"There is no colour by {question.group[:40]!r}.")

    @cached_property
    def groups(self) -> dict[str, str]:
        """What may colour the projects."""
        return GROUPS | {CUSTOM + key: label for key, label in choice_fields().items()}

    @property
    def group_label(self) -> str:
        """What the colour says."""
        return self.groups[self.question.group]

    @cached_property
    def presets(self) -> list[tuple[str, str, str]]:
        """Usual matrices: name, x and y."""
        found = [("Value and risk", "risk", self._value), ("Value and effort", "case.demand", self._value)]
        if fit := self._fit:
            found.append(("Fit and return", "case.npv", fit))
        return [*found, ("Benefit and cost", "cost", "benefit")]

    @cached_property
    def spots(self) -> list[Spot]:
        """Every project, those better in both measures first."""
        projects = list(self._projects)
        columns = [self.measures.read(one, projects) if one else {} for one in (self.x, self.y, self.size)]
        found = [self._spot(project, columns) for project in projects]
        middles = _middle(found, "x"), _middle(found, "y")
        placed = [_replaced(spot, self._field(spot, *middles)) for spot in found]
        order = [*self.fields, None]
        return sorted(placed, key=lambda spot: (order.index(spot.field), -(spot.y or 0)))

    @cached_property
    def fields(self) -> list[str]:
        """The four fields by name, the best first."""
        return [BOTH, f"Better in {_small(self.y.label)} only", f"Better in {_small(self.x.label)} only", NEITHER]

    @cached_property
    def figure(self) -> Figure:
        """The chart, with its table."""
        query = f"?as_of={self.as_of:%Y-%m-%d}" if self.as_of else ""
        points = [
            chart.MatrixPoint(
                spot.project.name,
                spot.x,
                spot.y,
                spot.size,
                spot.group,
                reverse("project", args=[spot.project.code]) + query,
            )
            for spot in self.spots
        ]
        size = _axis(self.size) if self.size else None
        return chart.matrix(points, _axis(self.x), _axis(self.y), size=size, group=self.group_label)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many projects lie in each field."""
        return {name: sum(spot.field == name for spot in self.spots) for name in self.fields}

    @property
    def finding(self) -> str:
        """The four fields counted, in a sentence."""
        drawn = sum(self.counts.values())
        missing = len(self.spots) - drawn
        if not drawn:
            return f"No project has both {_small(self.y.label)} and {_small(self.x.label)} yet."
        best, first, second, neither = self.counts.values()
        told = (
            f"Of {words.counted(drawn, 'project')} {best} {'is' if best == 1 else 'are'} better than the median in "
            f"both, {first} in {_small(self.y.label)} only, {second} in {_small(self.x.label)} only, {neither} in "
            "neither"
        )
        return f"{told}; {missing} without both figures." if missing else f"{told}."

    @cached_property
    def _projects(self) -> Any:
        rows = self.measures.projects(stage__phase__in=IN_PLAY)
        if self.portfolio is not None:
            rows = rows.filter(path__startswith=self.portfolio.path)
        if self.question.stage == PIPELINE:
            return rows.filter(stage__phase=Phase.PIPELINE)
        return rows.filter(stage__key=self.question.stage) if self.question.stage else rows

    @property
    def _value(self) -> str:
        return SCORE if self.model is not None else "benefit"

    @cached_property
    def _fit(self) -> str:
        """The points of the first criterion that speaks of fit."""
        if self.model is None:
            return ""
        rows = Criterion.objects.as_of(self.as_of).filter(model_id=self.model.row_id, kind=CriterionKind.FIT)
        label = rows.order_by("position").values_list("label", flat=True).first()
        return POINTS + label if label else ""

    def _measure(self, key: str, otherwise: str) -> Any:
        found = self.measures.known.get(key or otherwise)
        if found is None:
            raise Unreadable(f"There is no measure {key[:60]!r}.")
        return found

    def _spot(self, project: Any, columns: Sequence[Mapping[int, Any]]) -> Spot:
        x, y, size = (_float(column.get(project.row_id)) for column in columns)
        return Spot(project, x, y, size, self._group(project), None)

    def _group(self, project: Any) -> str:
        key = self.question.group
        if key.startswith(CUSTOM):
            return str(project.custom.get(key.removeprefix(CUSTOM)) or "Not given")
        if key == "health":
            return str(project.get_health_display() if project.health else "Not reported")
        if key == "portfolio":
            return self._portfolios.get(project.portfolio_id, "Elsewhere")
        return str(project.stage.name if key == "stage" else project.theme or "No theme")

    @cached_property
    def _portfolios(self) -> dict[int, str]:
        """The names of the portfolios the person may see."""
        rows = Portfolio.objects.as_of(self.as_of).visible_to(self.user)
        return dict(rows.values_list(self.measures.key, "name"))

    def _field(self, spot: Spot, middle_x: float, middle_y: float) -> str | None:
        if spot.x is None or spot.y is None:
            return None
        across, up = _is_better(spot.x, middle_x, self.x), _is_better(spot.y, middle_y, self.y)
        return self.fields[0 if across and up else 1 if up else 2 if across else 3]


def _replaced(spot: Spot, field: str | None) -> Spot:
    return Spot(spot.project, spot.x, spot.y, spot.size, spot.group, field)


def _middle(spots: Sequence[Spot], axis: str) -> float:
    known = [getattr(spot, axis) for spot in spots if spot.x is not None and spot.y is not None]
    return median(known) if known else 0.0


def _is_better(value: float, middle: float, measure: Measure) -> bool:
    return value > middle if measure.more_is_better else value < middle


def _axis(measure: Measure) -> chart.Measure:
    return chart.Measure(
        measure.label, "money" if measure.is_money else "number", measure.unit, measure.more_is_better
    )


def _small(label: str) -> str:
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _float(value: Any) -> float | None:
    return None if value is None else float(value)
