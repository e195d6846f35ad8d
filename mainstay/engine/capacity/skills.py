"""People with several skills: whose hours count where, and whether all demand can be met at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mainstay.engine.capacity.pieces import hours_table, whole_numbers
from mainstay.engine.linear import Effort, Program, maximise

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]

NOISE = 1e-7  # hours below this are none: the solver's own tolerance


@dataclass(frozen=True, slots=True, eq=False)
class Cover:
    """How far people cover demand when each hour is given to one skill only.

    covered: (skills, periods) hours that can be covered together. missing: (skills, periods) the rest of the demand.
    short_together: (skills, periods), the skills that share the people who are missing: whoever holds one of them is
    wholly used by them. kind: (people,) which kind of person each is, a kind being a set of skills. given: (kinds,
    skills, periods) hours each kind gives. share: (people, periods) of the hours of a kind that are a person's.
    """

    covered: Floats
    missing: Floats
    short_together: Booleans
    kind: Integers
    given: Floats
    share: Floats

    def of_person(self, person: int) -> Floats:
        """(skills, periods) the hours a person gives to each skill; they add up to at most the person's hours."""
        given: Floats = self.given[self.kind[person]] * self.share[person]
        return given


def supply_by_skill(hours: ArrayLike, primary: ArrayLike, skills: int) -> Floats:
    """(skills, periods) what people give to their first skill, so that each hour is counted once.

    hours: (people, periods) net hours; primary: (people,) number of the first skill, -1 for none.
    Raises ValueError for shapes that do not fit or skills that do not exist.

    >>> supply_by_skill([[40], [30], [20]], [1, 1, -1], 2).tolist()
    [[0.0], [70.0]]
    """
    given, first = hours_table(hours, "Hours of people"), whole_numbers(primary, "First skills")
    if len(first) != len(given) or (first < -1).any() or (first >= skills).any():
        raise ValueError("Each person has one first skill that exists, or -1.")
    supply = np.zeros((skills, given.shape[1]))
    np.add.at(supply, first[first >= 0], given[first >= 0])
    return supply


def could_also(hours: ArrayLike, holds: ArrayLike) -> Floats:
    """(skills, periods) the most that people could give to each skill alone; not to be added up over skills.

    hours: (people, periods) net hours; holds: (people, skills) whether a person has a skill.
    Raises ValueError for shapes that do not fit.

    >>> could_also([[40], [30]], [[True, True], [False, True]]).tolist()
    [[40.0], [70.0]]
    """
    given, able = _people(hours, holds)
    return able.T.astype(np.float64) @ given


def cover(hours: ArrayLike, demand: ArrayLike, holds: ArrayLike, worth: ArrayLike | None = None) -> Cover:
    """The most demand that people can cover when no hour is given twice, in every period.

    hours: (people, periods) net hours; demand: (skills, periods) hours; holds: (people, skills) whether a person has
    a skill at the level asked (a skill at two levels is two). worth: (skills,) of an hour, above zero; where not all
    can be covered, what is worth more is covered first; without it all hours are worth the same.

    Exact, as a greatest flow from people through skills to demand, people with the same skills taken together.
    The skills short together are those on the demand's side of a smallest cut (Ford and Fulkerson, 1956).
    Raises ValueError for shapes that do not fit or nonsense in them.

    >>> found = cover([[40], [40]], [[50], [50]], [[True, True], [True, False]])
    >>> found.covered.sum().tolist(), found.short_together.tolist()
    (80.0, [[True], [True]])
    """
    given, able = _people(hours, holds)
    wanted = hours_table(demand, "Demand")
    value = np.ones(len(wanted)) if worth is None else np.asarray(worth, dtype=np.float64)
    if wanted.shape != (able.shape[1], given.shape[1]) or value.shape != wanted.shape[:1]:
        raise ValueError("Demand is by skill and period, as many as people have.")
    if not np.isfinite(value).all() or (value <= 0).any():
        raise ValueError("An hour is worth more than nothing.")
    kinds, kind = np.unique(able, axis=0, return_inverse=True)
    there = np.zeros((len(kinds), given.shape[1]))
    np.add.at(there, kind, given)
    flows = _flows(there, wanted, kinds, value)
    covered = np.minimum(flows.sum(axis=0), wanted)
    share = np.divide(given, there[kind], out=np.zeros_like(given), where=there[kind] > 0)
    short = _short_together(flows, wanted - covered > NOISE, kinds)
    return Cover(covered, wanted - covered, short, kind, flows, share)


def _people(hours: ArrayLike, holds: ArrayLike) -> tuple[Floats, Booleans]:
    given, able = hours_table(hours, "Hours of people"), np.asarray(holds, dtype=bool)
    if able.ndim != 2 or len(able) != len(given):
        raise ValueError("Skills are told of each person.")
    return given, able


def _flows(there: Floats, wanted: Floats, kinds: Booleans, value: Floats) -> Floats:
    """(kinds, skills, periods) hours from each kind of people to each skill."""
    possible = kinds[:, :, None] & (there[:, None, :] > 0) & (wanted[None, :, :] > 0)
    kind, skill, period = np.nonzero(possible)
    columns = np.arange(len(kind))
    periods = wanted.shape[1]
    rows = np.concatenate([kind * periods + period, there.size + skill * periods + period])
    program = Program.continuous(
        gain=value[skill],
        upper=np.minimum(there[kind, period], wanted[skill, period]),
        row=rows,
        column=np.concatenate([columns, columns]),
        entry=np.ones(2 * len(columns)),
        limit=np.concatenate([there.ravel(), wanted.ravel()]),
    )
    numbers = maximise(program, Effort(seconds=600)).numbers
    if numbers is None:
        raise RuntimeError("The solver gave no flow for a problem that always has one.")
    flows = np.zeros(possible.shape)
    flows[kind, skill, period] = np.maximum(numbers, 0.0)
    over = np.divide(there, flows.sum(axis=1), out=np.ones_like(there), where=flows.sum(axis=1) > there)
    return flows * over[:, None, :]


def _short_together(flows: Floats, short: Booleans, kinds: Booleans) -> Booleans:
    """Every skill that people of a short skill serve is short with it, and so on."""
    while True:
        touched = np.einsum("ks,st->kt", kinds, short) > 0
        wider = short | ((flows > NOISE) & touched[:, None, :]).any(axis=0)
        if (wider == short).all():
            return short
        short = wider
