"""Which projects a register is of: one, those of a programme, or those of a portfolio and of everything below it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils import timezone

from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Phase, Portfolio, Programme, Project
from mainstay.portfolio.queries.reading import Reading

OVER = frozenset({Phase.FINISHED, Phase.DROPPED})


@dataclass(frozen=True)
class Place:
    """What somebody looks at; without a row everything they may see."""

    reading: Reading
    row: Any = None

    @property
    def name(self) -> str:
        """What it is called."""
        return "all portfolios" if self.row is None else self.row.name

    @property
    def is_project(self) -> bool:
        """Whether it is a single project."""
        return isinstance(self.row, (Project, Project.Version))

    @property
    def today(self) -> date:
        """The day that is read."""
        return timezone.localdate(self.reading.as_of)

    @cached_property
    def projects(self) -> Any:
        """The projects, as far as the person may see them."""
        return self._within(self.reading.projects())

    @cached_property
    def with_figures(self) -> Any:
        """Those of them whose figures the person may see."""
        rows = Project.objects.as_of(self.reading.as_of).visible_to(self.reading.user, Verb.SEE_FIGURES)
        return self._within(rows.visible_to(self.reading.user))

    @cached_property
    def at_risk(self) -> Any:
        """Those whose risks still count: of many projects only what is neither finished nor dropped."""
        over = [pk for pk, stage in self.reading.stages.items() if stage.phase in OVER]
        return self.with_figures if self.is_project else self.with_figures.exclude(stage_id__in=over)

    @property
    def ids(self) -> Any:
        """The numbers of the projects, as a query that others may lie in."""
        return self.projects.order_by().values(self.reading.key)

    @cached_property
    def currency(self) -> str:
        """The currency sums are told in."""
        if isinstance(self.row, (Programme, Programme.Version)):
            return self.row.portfolio.currency
        return self.row.currency if self.row is not None else settings.BASE_CURRENCY

    def of(self, model: Any, place: str = "project_id") -> Any:
        """The rows of a noun that belong to the projects, as they were known."""
        return model.objects.as_of(self.reading.as_of).filter(**{f"{place}__in": self.ids})

    def _within(self, rows: Any) -> Any:
        if self.row is None:
            return rows
        if self.is_project:
            return rows.filter(**{self.reading.key: self.row.row_id})
        if isinstance(self.row, (Portfolio, Portfolio.Version)):
            return rows.filter(portfolio_id__in=self.reading.below(self.row.row_id))
        return rows.filter(programme_id=self.row.row_id)


def place_asked(reading: Reading, portfolio: str, programme: str) -> Place:
    """The place that an address names; 404 where the person may not see it."""
    if programme:
        return Place(reading, _found(Programme, reading, programme))
    return Place(reading, _found(Portfolio, reading, portfolio)) if portfolio else Place(reading)


def project_place(user: Any, code: str, as_of: Any = None) -> Place:
    """One project; 404 where the person may not see it."""
    reading = Reading(user, as_of)
    row = reading.projects().select_related("stage").filter(code=code).first()
    if row is None:
        raise Missing("There is no such project, or it is not open to you.")
    return Place(reading, row)


def _found(model: Any, reading: Reading, code: str) -> Any:
    row = model.objects.as_of(reading.as_of).visible_to(reading.user).filter(code=code).first()
    if row is None:
        raise Missing("There is nothing here, or it is not open to you.")
    return row
