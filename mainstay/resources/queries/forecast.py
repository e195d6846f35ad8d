"""Demand and capacity of the months to come: where they part, which value waits, and what more people would cost."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mainstay.core.models import Person
from mainstay.engine.capacity import Bottleneck, bottlenecks
from mainstay.portfolio.models import Project
from mainstay.resources.models import SourcingOption
from mainstay.resources.queries.heat import OPEN, PIPELINE, By, Heat, Question, heat
from mainstay.resources.queries.keeping import weights_of_projects
from mainstay.resources.queries.load import needs_in

Floats = NDArray[np.float64]
NOISE = 0.5  # hours; a smaller gap is none


@dataclass(frozen=True)
class Way:
    """A way to close a gap: ready from a day on, hours it covers, hours still missing before, and what it costs."""

    kind: str
    ready_on: date
    covers: float
    remains: float
    cost: Decimal | None
    currency: str
    heads: int = 0


@dataclass(frozen=True)
class Shortage:
    """A role or skill and its months. value: what waits for it; per_hour: what the next hour is worth."""

    key: int
    demand: Floats
    supply: Floats
    value: float | None
    per_hour: float | None
    projects: int
    ways: tuple[Way, ...]

    @property
    def missing(self) -> Floats:
        """(months,) hours short."""
        short = np.maximum(self.demand - self.supply, 0)
        return np.where(short > NOISE, short, 0.0)

    @property
    def is_short(self) -> bool:
        """Whether any month is short."""
        return bool(self.missing.any())


@dataclass(frozen=True, eq=False)
class Forecast:
    """Every role or skill, the most valuable shortage first, in one currency."""

    heat: Heat
    shortages: list[Shortage]
    currency: str
    sees_value: bool


def forecast(question: Question, reader: Person, today: date, as_of: datetime | None = None) -> Forecast:
    """What is short in the months of a question, by role or skill."""
    found = heat(question, reader, as_of)
    waiting, currency = _bottlenecks(question, found, reader, as_of)
    options = _options(question.by, reader, as_of)
    lines = [_line(found, row, waiting, options, today) for row in range(len(found.keys))]
    worst = sorted(lines, key=lambda one: (-(one.value or 0), -float(one.missing.sum()), -float(one.demand.sum())))
    return Forecast(found, worst, currency, bool(currency))


def _bottlenecks(
    question: Question, found: Heat, reader: Person, as_of: datetime | None
) -> tuple[dict[int, Bottleneck], str]:
    """Where projects wait for people, by row; what they are worth counts only as far as the reader may see it."""
    rows = Project.objects.as_of(as_of).readable_by(reader)
    needs = needs_in(rows, question.horizon, as_of)
    names, place = np.unique(needs.project, return_inverse=True)
    told = {one.row_id: (one.benefit_seen, one.currency) for one in rows.identified_by(names.tolist())}
    currencies = [currency for benefit, currency in told.values() if benefit]
    main = max(sorted(set(currencies)), key=currencies.count) if currencies else ""
    worth = np.array([_worth(told.get(pk), main) for pk in names.tolist()])
    weights = weights_of_projects(as_of)
    weight = np.array([weights.get(pk, 1.0) for pk in names.tolist()])
    row = np.searchsorted(found.keys, needs.skill if question.by is By.SKILL else needs.role)
    demand = np.zeros((len(names), len(found.keys), found.horizon.periods))
    np.add.at(demand, (place, row), needs.hours * weight[place, None] if len(place) else needs.hours)
    booked = found.demand.sum(axis=1) - found.demand[:, OPEN] - found.demand[:, PIPELINE]
    short = bottlenecks(demand, np.maximum(found.supply - booked, 0), worth * weight)
    return {one.skill: one for one in short}, main


def _worth(told: tuple[Any, str] | None, main: str) -> float:
    return float(told[0]) if told and told[0] and told[1] == main and told[0] > 0 else 0.0


def _options(by: By, reader: Person, as_of: datetime | None) -> dict[int, list[Any]]:
    """Ways to get more, by role or skill, for whoever may see what they cost."""
    found: dict[int, list[Any]] = {}
    for one in SourcingOption.objects.as_of(as_of).visible_to(reader).order_by("lead_weeks"):
        key = getattr(one, f"{by.value}_id", None)
        if key is not None:
            found.setdefault(key, []).append(one)
    return found


def _line(
    found: Heat, row: int, waiting: dict[int, Bottleneck], options: dict[int, list[Any]], today: date
) -> Shortage:
    demand, supply, key = found.total[row], found.supply[row], int(found.keys[row])
    stuck = waiting.get(row)
    line = Shortage(
        key,
        demand,
        supply,
        stuck.value_waiting if stuck else None,
        stuck.value_of_next_hour if stuck else None,
        len(stuck.waiting) if stuck else 0,
        (),
    )
    ways = tuple(_ways(found, row, line.missing, options.get(key, []), today)) if line.is_short else ()
    return Shortage(key, demand, supply, line.value, line.per_hour, line.projects, ways)


def _ways(found: Heat, row: int, missing: Floats, options: list[Any], today: date) -> Iterator[Way]:
    """Each way to get more, and the way to let work of the pipeline wait."""
    starts = found.horizon.starts
    for one in options:
        ready = today + timedelta(weeks=one.lead_weeks)
        after = np.array([start >= ready for start in starts])
        covers = float(missing[after].sum())
        cost = (Decimal(round(covers, 2)) * one.hourly + one.once).quantize(Decimal(1)) if covers else None
        yield Way(
            one.get_kind_display(), ready, covers, float(missing[~after].sum()), cost, one.currency,
            _heads(missing[after], starts),
        )  # fmt: skip
    deferred = float(np.minimum(missing, found.demand[row, PIPELINE]).sum())
    if deferred > NOISE:
        yield Way("Let the pipeline wait", today, deferred, float(missing.sum()) - deferred, None, "")


def _heads(missing: Floats, starts: tuple[date, ...]) -> int:
    """People of full time, at five days of seven less a tenth for leave, who cover the mean of the short months."""
    short = missing[missing > 0]
    hours = 8 * 365.25 / 12 * 5 / 7 * 0.9
    return ceil(float(short.mean()) / hours) if short.size else 0
