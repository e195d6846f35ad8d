"""How well capacity is used: utilisation, efficiency, overload, idle time and projects at a time, by group."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mainstay.core.models import Person
from mainstay.engine.capacity import use_of
from mainstay.resources.queries.heat import By, Hours, Question, hours_of_people


@dataclass(frozen=True)
class Shares:
    """Shares of capacity; none of them where there is no capacity."""

    utilisation: float | None
    efficiency: float | None
    overload: float | None
    idle: float | None


@dataclass(frozen=True)
class UseLine:
    """How the capacity of a group is used. key: its id; people: how many; projects: mean and most at a time."""

    key: int
    people: int
    booked: float
    capacity: float
    use: Shares
    projects: float
    most_projects: int


def utilisation(question: Question, reader: Person, as_of: datetime | None = None) -> tuple[UseLine, list[UseLine]]:
    """Everybody together, and a line for each team, role, site or person, placeholders left out."""
    hours = hours_of_people(question, reader, as_of)
    facts = hours.facts
    by = {By.TEAM: facts.team, By.ROLE: facts.role, By.SITE: facts.site}.get(question.by, facts.ids)
    real = facts.real & (hours.net.sum(axis=1) + hours.booked.sum(axis=1) > 0)
    parallel = _in_window(question, hours)
    whole = _line(0, real, hours, parallel)
    groups = [_line(int(key), real & (by == key), hours, parallel) for key in np.unique(by[real])]
    return whole, groups


def _in_window(question: Question, hours: Hours) -> NDArray[Any]:
    """(people, months) projects at a time in the months of the question."""
    first = question.first.month - 1
    months = (question.last.year - question.first.year) * 12 + question.last.month - question.first.month + 1
    return hours.projects[:, first : first + months]


def _line(key: int, chosen: NDArray[np.bool_], hours: Hours, parallel: NDArray[Any]) -> UseLine:
    booked, net, counts = hours.booked[chosen], hours.net[chosen], parallel[chosen]
    working = counts[counts > 0]
    return UseLine(
        key,
        int(chosen.sum()),
        float(booked.sum()),
        float(net.sum()),
        Shares(*(None if share != share else share for share in _shares(booked, net))),
        float(working.mean()) if working.size else 0.0,
        int(counts.max(initial=0)),
    )


def _shares(booked: NDArray[Any], net: NDArray[Any]) -> list[float]:
    use = use_of(booked, net)
    return [float(share) for share in (use.utilisation, use.efficiency, use.overload, use.idle)]
