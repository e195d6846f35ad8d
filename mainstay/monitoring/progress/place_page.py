"""The progress of the running projects of a place: their earned value added up, and each of them."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.urls import reverse

from mainstay.charts import Figure
from mainstay.charts.earned_curve import earned_curve
from mainstay.engine import evm
from mainstay.monitoring.progress.measures import Told, tell
from mainstay.monitoring.progress.queries import EarnedValue, earned_value
from mainstay.monitoring.progress.rates import UsedRates, Worth, used_rates
from mainstay.monitoring.progress.rollup import Rolled, Sum
from mainstay.monitoring.raid.places import Place
from mainstay.portfolio.models import Phase, Programme


@dataclass(frozen=True)
class ProjectRow:
    """A project with its measures, in its own currency."""

    project: Any
    measures: dict[str, Told]
    month: date | None
    finish: date | None


@dataclass(frozen=True)
class GroupRow:
    """A programme or a portfolio below, with its sum."""

    name: str
    url: str
    sum: Sum


class PlaceProgress:
    """The earned value of the running projects of a place whose figures somebody may see."""

    def __init__(self, place: Place) -> None:
        self.place, self.reading = place, place.reading

    @cached_property
    def value(self) -> EarnedValue | None:
        """The earned value of every running project; None where none has packages."""
        return earned_value(self._running, as_of=self.reading.as_of)

    @property
    def _running(self) -> Any:
        return self.place.with_figures.filter(stage__phase=Phase.COMMITTED)

    @cached_property
    def projects(self) -> list[Any]:
        """The projects with a plan, in the order of the earned value."""
        if self.value is None:
            return []
        names = ("code", "name", "currency", "programme_id", "portfolio_id", self.reading.key)
        rows = {row.row_id: row for row in self._running.only(*names)}
        return [rows[int(pk)] for pk in self.value.ids]

    @property
    def without(self) -> int:
        """How many running projects have no packages."""
        return self._running.count() - len(self.projects)

    @cached_property
    def rates(self) -> UsedRates | None:
        """What the currency of each project was worth in that of the place."""
        if self.value is None:
            return None
        codes = [row.currency for row in self.projects]
        worth = Worth(self.place.currency, codes, self.reading.as_of)
        return used_rates(self.value, codes, worth, self.place.today)

    @property
    def missing(self) -> list[str]:
        """The currencies for which a rate is missing, whose projects are in no sum."""
        counted = set(self.counted)
        return sorted({row.currency for place, row in enumerate(self.projects) if place not in counted})

    @cached_property
    def counted(self) -> list[int]:
        """The places of the projects that are in the sums."""
        if self.value is None or self.rates is None:
            return []
        return [place for place in range(len(self.projects)) if self.rates.known(place, self.value)]

    @cached_property
    def rolled(self) -> Rolled | None:
        """The projects on one calendar and in one currency."""
        if self.value is None or self.rates is None or not self.counted:
            return None
        return Rolled(self.value, self.counted, self.rates)

    @cached_property
    def whole(self) -> Sum | None:
        """The sum of all of them."""
        return self.rolled.sums([list(range(len(self.counted)))])[0] if self.rolled else None

    @cached_property
    def figure(self) -> Figure | None:
        """The S-curve of all of them."""
        return earned_curve(self.rolled.months(), self.place.currency) if self.rolled else None

    @cached_property
    def groups(self) -> list[GroupRow]:
        """The programmes and the portfolios below, each with its sum in the currency of the place."""
        if self.rolled is None or isinstance(self.place.row, (Programme, Programme.Version)):
            return []
        rows = [self.projects[one] for one in self.counted]
        told: list[tuple[str, str, list[int]]] = []
        for portfolio in self._below():
            inside = self.reading.below(portfolio.row_id)
            members = [at for at, row in enumerate(rows) if row.portfolio_id in inside]
            told.append((portfolio.name, f"portfolio={portfolio.code}", members))
        for pk, programme in self.reading.programmes.items():
            members = [at for at, row in enumerate(rows) if row.programme_id == pk]
            told.append((programme.name, f"programme={programme.code}", members))
        told = [one for one in told if one[2]]
        sums = self.rolled.sums([members for *_, members in told]) if told else []
        url = reverse("progress")
        return [GroupRow(name, f"{url}?{asked}", one) for (name, asked, _), one in zip(told, sums, strict=True)]

    def _below(self) -> list[Any]:
        """The portfolios right below the place; those at the top where it is everything."""
        known = self.reading.portfolios
        if self.place.row is not None:
            return [row for row in known.values() if row.parent_id == self.place.row.row_id]
        return [row for row in known.values() if row.parent_id not in known]

    @cached_property
    def order(self) -> list[int]:
        """The places of the projects, those that end furthest above their budget first."""
        if self.value is None:
            return []
        over = -self.value.now(self.value.measures.vac) / self.value.figures.bac
        told = [
            (-(float(each) if each == each else -1e9), row.name)
            for each, row in zip(over, self.projects, strict=True)
        ]
        return sorted(range(len(told)), key=told.__getitem__)

    def rows(self, places: list[int]) -> list[ProjectRow]:
        """Projects with their measures."""
        return [self._row(self.value, place) for place in places] if self.value else []

    def _row(self, value: EarnedValue, place: int) -> ProjectRow:
        measures = tell(value, place, evm.Method.TYPICAL)
        ieac = measures["ieac_t"].value
        finish = None if ieac is None else value.day(place, ieac)
        return ProjectRow(self.projects[place], measures, value.month(place), finish)
