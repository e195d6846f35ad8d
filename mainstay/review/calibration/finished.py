"""Finished projects: what was promised when they were authorised, and what came.

The promise is the first baseline; where none was frozen, the project as it was when it was first committed. Cost is
what the ledger says was spent; duration runs from the start to the day on which the project was finished; benefit is
measured by the realisation rate to date, never against the plan of all years.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
from django.utils import timezone

from mainstay.authorisation.models import Baseline
from mainstay.engine.basics.periods import month_number
from mainstay.evaluation.models.correction import Estimate
from mainstay.monitoring.money.queries import money_of, projects_in, with_figures
from mainstay.portfolio.models import Phase, Project
from mainstay.portfolio.queries.reading import Reading
from mainstay.value.realised import benefits_of, to_date

BATCH = 900
Actuals = Callable[[list[Any], Reading], Mapping[int, float | None]]


@dataclass(frozen=True)
class Promise:
    """What was estimated when a project was authorised."""

    cost: Decimal | None
    benefit: Decimal | None
    start: date | None
    end: date | None

    def of(self, what: str) -> float | None:
        """One of the estimates; duration in days."""
        if what == Estimate.DURATION:
            return _days(self.start, self.end)
        amount = self.cost if what == Estimate.COST else self.benefit
        return None if amount is None else float(amount)


@dataclass(frozen=True)
class Outcome:
    """A finished project with one of its estimates, and what came."""

    project: Any
    estimate: float
    actual: float

    @property
    def ratio(self) -> float:
        """Actual / estimate."""
        return self.actual / self.estimate


@dataclass(frozen=True)
class Finished:
    """The outcomes of finished projects, and the projects that lack an estimate or an actual."""

    outcomes: list[Outcome]
    left_out: list[Any]


def finished(reading: Reading, what: str, place: Any = None) -> Finished:
    """Every finished project whose figures the person may read, with the estimate and the actual of one kind."""
    rows = projects_in(reading, place) if place else with_figures(reading)
    projects = list(rows.filter(stage__phase=Phase.FINISHED).order_by("code"))
    promised, came = promises(projects, reading), ACTUALS[what](projects, reading)
    outcomes, left_out = [], []
    for project in projects:
        promise = promised.get(project.row_id)
        estimate, actual = promise.of(what) if promise else None, came.get(project.row_id)
        if estimate and actual and estimate > 0 and actual > 0:
            outcomes.append(Outcome(project, estimate, actual))
        else:
            left_out.append(project)
    return Finished(outcomes, left_out)


def promises(projects: Iterable[Any], reading: Reading) -> dict[int, Promise]:
    """What each project promised first."""
    ids = [project.row_id for project in projects]
    found: dict[int, Promise] = {}
    for begin in range(0, len(ids), BATCH):
        part = ids[begin : begin + BATCH]
        found |= _as_committed(part, reading) | _first_baselines(part, reading)
    return found


def _first_baselines(ids: list[int], reading: Reading) -> dict[int, Promise]:
    rows = Baseline.objects.as_of(reading.as_of).filter(project__in=ids).order_by("-number")
    return {
        row.project_id: Promise(
            _amount(row.figures.get("cost")), _amount(row.figures.get("benefit")), row.start_date, row.end_date
        )
        for row in rows
    }


def _as_committed(ids: list[int], reading: Reading) -> dict[int, Promise]:
    """The projects as they were known when they first stood in a committed stage."""
    rows = Project.Version.objects.filter(row_id__in=ids, stage__phase=Phase.COMMITTED)
    if reading.as_of is not None:
        rows = rows.filter(known_from__lte=reading.as_of)
    columns = rows.order_by("-known_from").values_list("row_id", "cost", "benefit", "start_date", "end_date")
    return {pk: Promise(*rest) for pk, *rest in columns}


def _spent(projects: list[Any], reading: Reading) -> dict[int, float | None]:
    money = money_of(projects, as_of=reading.as_of)
    return {pk: float(sums.total("actual")) for pk, sums in money.items()}


def _lasted(projects: list[Any], reading: Reading) -> dict[int, float | None]:
    return {
        project.row_id: _days(project.start_date, project.stage_since or project.end_date) for project in projects
    }


def _brought(projects: list[Any], reading: Reading) -> dict[int, float | None]:
    """The benefit as it stands times the realisation rate to date of what is money and was read."""
    currencies = {project.row_id: project.currency for project in projects}
    found = benefits_of(list(currencies), currencies, dict.fromkeys(currencies.values(), 1.0), reading.as_of)
    until = month_number(timezone.localdate(reading.as_of)) - 1
    now = to_date(found, until)
    read = found.is_money & now.is_read
    ids, place = np.unique(found.project[read], return_inverse=True)
    came, due = (np.bincount(place, weights=each[read], minlength=len(ids)) for each in (now.came, now.due))
    rates = {int(pk): above / below for pk, above, below in zip(ids, came, due, strict=True) if below > 0}
    return {
        project.row_id: rates[project.row_id] * float(project.benefit)
        for project in projects
        if project.benefit is not None and project.row_id in rates
    }


ACTUALS: dict[str, Actuals] = {Estimate.COST: _spent, Estimate.DURATION: _lasted, Estimate.BENEFIT: _brought}


def _days(start: date | None, end: date | None) -> float | None:
    return float((end - start).days + 1) if start and end and end >= start else None


def _amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
