"""Every number of a project that lists and matrices can show: its score, its points, its figures, its own fields."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils import timezone

from mainstay.core.verbs import Verb
from mainstay.evaluation.models import Criterion, Score
from mainstay.evaluation.sources import Source, known_sources, read_all
from mainstay.portfolio.custom import active_fields
from mainstay.portfolio.models import FieldKind, Project
from mainstay.value.queries import rates_on

SCORE = "score"
POINTS = "points."
LESS_IS_BETTER = frozenset({"cost", "risk", "days", "case.payback", "case.exposure", "case.width", "case.demand"})
ADDS_UP = frozenset({"case.demand", "case.exposure", "case.npv"})
NOTHING: tuple[float | None, dict[str, float | None]] = (None, {})
Values = Mapping[int, Any]


@dataclass(frozen=True)
class Measure:
    """A number of projects: its key, name, unit ("" for none; a currency for money), and whether more is better."""

    key: str
    label: str
    unit: str = ""
    is_money: bool = False
    more_is_better: bool = True
    adds_up: bool = False

    @property
    def kind(self) -> str:
        """How charts and lists write it."""
        return "money" if self.is_money else "number"

    @property
    def words(self) -> str:
        """The name with its unit."""
        return f"{self.label}, {self.unit}" if self.unit else self.label


class Measures:
    """The measures of projects as one person reads them, in one currency, with the points of one score model.

    Only projects whose figures the person may see are read, so that no measure tells of anything else.
    """

    def __init__(self, user: Any, currency: str, model: Any = None, as_of: datetime | None = None) -> None:
        self.user, self.currency, self.model, self.as_of = user, currency, model, as_of
        self.key = "pk" if as_of is None else "row_id"

    def projects(self, **conditions: Any) -> Any:
        """The projects whose figures the person may see."""
        rows = Project.objects.as_of(self.as_of).readable_by(self.user)
        allowed = Project.objects.visible_to(self.user, Verb.SEE_FIGURES).order_by().values("pk")
        rows = rows.filter(**{f"{self.key}__in": allowed}).filter(**conditions)
        return rows.select_related("stage").defer("description", "given_text").order_by("code")

    @cached_property
    def known(self) -> dict[str, Measure]:
        """Every measure by key."""
        found = [self._of_source(source) for source in self._sources.values()]
        if self.model is not None:
            points = [Measure(POINTS + label, f"{label} (points)", "points") for label in self._labels]
            found = [Measure(SCORE, "Score", "points"), *points, *found]
        return {measure.key: measure for measure in found}

    def named(self, key: str, otherwise: str = "") -> Measure | None:
        """The measure with this key; an unknown one is the other."""
        return self.known.get(key) or self.known.get(otherwise)

    def read(self, measure: Measure, projects: Sequence[Any]) -> Values:
        """The number of each project by its id; None where there is none."""
        if measure.key == SCORE:
            return {project.row_id: self._scores.get(project.row_id, NOTHING)[0] for project in projects}
        if measure.key.startswith(POINTS):
            label = measure.key.removeprefix(POINTS)
            return {
                project.row_id: self._scores.get(project.row_id, (None, {}))[1].get(label) for project in projects
            }
        source = self._sources[measure.key]
        return self._money(source, projects) if source.is_money else self._plain(source, projects)

    def points(self, project_id: int) -> Mapping[str, float | None]:
        """The points of a project by criterion."""
        return self._scores.get(project_id, NOTHING)[1]

    @property
    def scored(self) -> list[int]:
        """The projects with a score, by id."""
        return list(self._scores)

    def _of_source(self, source: Source) -> Measure:
        unit = self.currency if source.is_money else source.unit
        better = source.key not in LESS_IS_BETTER
        adds_up = source.is_money or source.key in ADDS_UP
        return Measure(source.key, source.label, unit, source.is_money, better, adds_up)

    @cached_property
    def _sources(self) -> dict[str, Source]:
        return known_sources()

    @cached_property
    def _labels(self) -> list[str]:
        rows = Criterion.objects.as_of(self.as_of).filter(model_id=self.model.row_id).order_by("position")
        return list(rows.values_list("label", flat=True))

    @cached_property
    def _scores(self) -> dict[int, tuple[float | None, dict[str, float | None]]]:
        """Total and points by criterion of every scored project."""
        rows = Score.objects.as_of(self.as_of).visible_to(self.user).filter(model_id=self.model.row_id).order_by()
        return {
            project: (total, {part["label"]: part["points"] for part in parts or []})
            for project, total, parts in rows.values_list("project_id", "total", "parts")
        }

    def _plain(self, source: Source, projects: Sequence[Any]) -> Values:
        numbers = read_all(source, projects, self.currency, self.as_of)
        return {project.row_id: number for project, number in zip(projects, numbers, strict=True)}

    def _money(self, source: Source, projects: Sequence[Any]) -> Values:
        """Money in other currencies at today's rates; what has no rate is not known."""
        by_currency: dict[str, list[Any]] = defaultdict(list)
        for project in projects:
            by_currency[project.currency].append(project)
        found: dict[int, Any] = {}
        for currency, rows in by_currency.items():
            convert = self._into_currency(currency)
            numbers = read_all(source, rows, currency, self.as_of)
            found |= {row.row_id: convert(number) for row, number in zip(rows, numbers, strict=True)}
        return found

    def _into_currency(self, currency: str) -> Callable[[Decimal | None], Decimal | None]:
        if currency == self.currency:
            return lambda amount: amount
        rates = self._rates
        if not (rates.knows(currency) and rates.knows(self.currency)):
            return lambda amount: None
        return lambda amount: None if amount is None else rates.convert({currency: amount}, self.currency).amount

    @cached_property
    def _rates(self) -> Any:
        return rates_on(timezone.localdate(self.as_of), as_of=self.as_of)


def choice_fields() -> dict[str, str]:
    """The custom fields in which people choose from a list, by key."""
    return {field.key: field.label for field in active_fields() if field.kind == FieldKind.CHOICE}
