"""Which skill is short when and by how much, and which value waits for it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mainstay.engine.capacity.pieces import hours_table

Floats = NDArray[np.float64]

NOISE = 1e-9


@dataclass(frozen=True, slots=True)
class Waiting:
    """A project that waits for a skill: hours not covered, and the part of its value that hangs on them."""

    project: int
    hours: float
    value: float


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """A skill that is short.

    skill: its number. first_period and periods_short: from when, and in how many periods. short_hours: missing over
    all periods; worst_period, worst_hours and worst_coverage: where most is missing. value_waiting: the value that
    hangs on the missing hours. value_of_next_hour: what the best single additional hour brings while this is the only
    skill that is short. waiting: the projects, the most value first.
    """

    skill: int
    first_period: int
    periods_short: int
    short_hours: float
    worst_period: int
    worst_hours: float
    worst_coverage: float
    value_waiting: float
    value_of_next_hour: float
    waiting: tuple[Waiting, ...]


def bottlenecks(demand: ArrayLike, capacity: ArrayLike, value: ArrayLike) -> tuple[Bottleneck, ...]:
    """The skills that are short, the one most value waits for first, then the one with most missing hours.

    demand: (projects, skills, periods) hours; capacity: (skills, periods) hours; value: (projects,), of any unit and
    not below zero. A project's value per scarce hour of a skill is its value / its hours of the skill over all
    periods. In each period the hours there are go to the projects with most value per scarce hour; what is left
    uncovered waits, and with it the same share of the value. A project that waits for two skills is counted at both.

    Raises ValueError for shapes that do not fit or nonsense in them. Source: formulae 2.7.

    >>> found = bottlenecks([[[60]], [[40]]], [[70]], [900, 200])[0]
    >>> found.short_hours, found.waiting, found.value_of_next_hour
    (30.0, (Waiting(project=1, hours=30.0, value=150.0),), 5.0)
    """
    wanted, there = np.asarray(demand, dtype=np.float64), hours_table(capacity, "Capacity")
    worth = np.asarray(value, dtype=np.float64)
    if wanted.ndim != 3 or wanted.shape[1:] != there.shape or worth.shape != wanted.shape[:1]:
        raise ValueError("Demand is by project, skill and period, capacity by skill and period, value by project.")
    for each in (wanted, worth):
        if not np.isfinite(each).all() or (each < 0).any():
            raise ValueError("Hours and values are known, and none is below zero.")
    short = np.flatnonzero((wanted.sum(axis=0) - there > NOISE).any(axis=1))
    found = [_bottleneck(int(skill), wanted[:, skill], there[skill], worth) for skill in short]
    return tuple(sorted(found, key=lambda each: (-each.value_waiting, -each.short_hours, each.skill)))


def _bottleneck(skill: int, wanted: Floats, there: Floats, worth: Floats) -> Bottleneck:
    """One skill: wanted (projects, periods), there (periods,)."""
    demanded = wanted.sum(axis=0)
    missing = np.where(demanded - there > NOISE, demanded - there, 0.0)
    total = wanted.sum(axis=1)
    density = np.divide(worth, total, out=np.zeros_like(worth), where=total > 0)
    order = np.argsort(-density, kind="stable")
    before = np.cumsum(wanted[order], axis=0) - wanted[order]
    uncovered = np.empty_like(wanted)
    uncovered[order] = np.clip(before + wanted[order] - there, 0, wanted[order])
    uncovered[:, missing == 0] = 0
    hours, worst = uncovered.sum(axis=1), int(np.argmax(missing))
    waiting = [Waiting(int(p), float(hours[p]), float(hours[p] * density[p])) for p in np.flatnonzero(hours)]
    return Bottleneck(
        skill=skill,
        first_period=int(np.argmax(missing > 0)),
        periods_short=int((missing > 0).sum()),
        short_hours=float(missing.sum()),
        worst_period=worst,
        worst_hours=float(missing[worst]),
        worst_coverage=float(there[worst] / demanded[worst]),
        value_waiting=sum(each.value for each in waiting),
        value_of_next_hour=float(density[hours > 0].max()),
        waiting=tuple(sorted(waiting, key=lambda each: (-each.value, each.project))),
    )
