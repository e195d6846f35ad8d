"""Everybody who could cover a need, as arrays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.assignment.staffing import Staffing

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]

ANY_NUMBER = 10**6  # of projects at once


@dataclass(frozen=True)
class Pairs:
    """Pairs of a person and a need the person could cover; what is booked is taken off.

    wanted: (needs, periods) hours still open. free: (people, periods) hours still free. slots: (people, periods) how
    many further projects somebody may be on. joining: what joining costs.
    person, need: (pairs,), ordered by need. most: (pairs, periods) the most hours that can be given. gain: (pairs,)
    worth - cost of an hour, above zero. charge: (pairs,) cost of joining, zero where somebody is booked already.
    place: (pairs,) the person on the project, a number of (person, project). owner: (places,) the person. already:
    (places, periods) whether somebody is booked on the project.
    """

    wanted: Floats
    free: Floats
    slots: Integers
    person: Integers
    need: Integers
    most: Floats
    gain: Floats
    charge: Floats
    place: Integers
    owner: Integers
    already: Booleans

    @property
    def periods(self) -> int:
        """How many periods there are."""
        return int(self.wanted.shape[1])

    @cached_property
    def of_need(self) -> tuple[Integers, ...]:
        """The pairs of each need."""
        ends = np.cumsum(np.bincount(self.need, minlength=len(self.wanted)))
        return tuple(np.split(np.arange(len(self.need)), ends[:-1])) if len(ends) else ()

    @cached_property
    def of_person(self) -> tuple[Integers, ...]:
        """The pairs of each person."""
        ends = np.cumsum(np.bincount(self.person, minlength=len(self.free)))
        return tuple(np.split(np.argsort(self.person, kind="stable"), ends[:-1])) if len(ends) else ()


def able_people(staffing: Staffing) -> Iterator[tuple[int, Booleans]]:
    """The number of each need, and (people, periods) who has skill, level and site for it."""
    held, skills = _levels_held(staffing)
    sites = np.array([each.site for each in staffing.people])
    for number, need in enumerate(staffing.needs):
        able = held[:, skills[need.skill]] >= need.level
        yield number, able & np.isin(sites, need.sites)[:, None] if need.sites else able


def pairs_of(staffing: Staffing) -> Pairs:
    """The pairs of a question."""
    wanted, free, occupied, on_need = _what_is_open(staffing)
    projects = _numbers(need.project for need in staffing.needs)
    person, need, most = _able(staffing, wanted, free)
    worth = np.array([each.worth for each in staffing.needs])
    cost = np.array([each.cost for each in staffing.people])
    gain = worth[need] - cost[person] if len(need) else np.empty(0)
    charge = np.full(len(need), staffing.joining)
    charge[[(p, n) in on_need for p, n in zip(person.tolist(), need.tolist(), strict=True)]] = 0.0
    kept = np.flatnonzero((gain > 0) & (gain * most.sum(axis=1) > charge))
    person, need = person[kept], need[kept]
    project = np.array([projects[each.project] for each in staffing.needs], dtype=np.int64)
    places, place = np.unique(person * len(projects) + project[need], return_inverse=True)
    already = np.zeros((len(places), staffing.periods), dtype=bool)
    number = {key: row for row, key in enumerate(places.tolist())}
    for (who, name), when in occupied.items():
        key = who * len(projects) + projects.get(name, -1)
        if name in projects and key in number:
            already[number[key]] = when
    return Pairs(
        wanted=wanted,
        free=free,
        slots=_slots(staffing, occupied),
        person=person,
        need=need,
        most=most[kept],
        gain=gain[kept],
        charge=charge[kept],
        place=place.astype(np.int64),
        owner=places // max(1, len(projects)),
        already=already,
    )


_Occupied = dict[tuple[int, str], Booleans]


def _what_is_open(staffing: Staffing) -> tuple[Floats, Floats, _Occupied, set[tuple[int, int]]]:
    """Demand and hours less what is booked, when somebody is on a project, and who is booked on which need."""
    periods = staffing.periods
    wanted = np.array([each.hours for each in staffing.needs], dtype=np.float64).reshape(len(staffing.needs), periods)
    free = np.array([each.hours for each in staffing.people], dtype=np.float64).reshape(len(staffing.people), periods)
    people = {each.id: row for row, each in enumerate(staffing.people)}
    needs = {each.id: row for row, each in enumerate(staffing.needs)}
    occupied: _Occupied = {}
    on_need = set()
    for each in staffing.booked:
        who, hours = people[each.person], np.array(each.hours)
        free[who] -= hours
        when = occupied.setdefault((who, each.project), np.zeros(periods, dtype=bool))
        when |= hours > 0
        if each.need is not None:
            wanted[needs[each.need]] -= hours
            on_need.add((who, needs[each.need]))
    return np.maximum(wanted, 0), np.maximum(free, 0), occupied, on_need


def _able(staffing: Staffing, wanted: Floats, free: Floats) -> tuple[Integers, Integers, Floats]:
    """Who has hours for what: persons and needs (pairs,), most hours (pairs, periods)."""
    persons, needs, most = [np.empty(0, np.int64)], [np.empty(0, np.int64)], [np.empty((0, staffing.periods))]
    for number, able in able_people(staffing):
        hours = np.where(able, np.minimum(free, wanted[number]), 0.0)
        who = np.flatnonzero(hours.any(axis=1))
        persons.append(who)
        needs.append(np.full(len(who), number))
        most.append(hours[who])
    return np.concatenate(persons), np.concatenate(needs), np.concatenate(most)


def _levels_held(staffing: Staffing) -> tuple[Integers, dict[str, int]]:
    """(people, skills, periods) the level held, 0 for none, and the number of each skill needed."""
    skills = _numbers(need.skill for need in staffing.needs)
    held = np.zeros((len(staffing.people), len(skills), staffing.periods), dtype=np.int64)
    for row, person in enumerate(staffing.people):
        for each in (held_skill for held_skill in person.skills if held_skill.skill in skills):
            last = staffing.periods if each.last is None else each.last + 1
            part = held[row, skills[each.skill], each.first : last]
            np.maximum(part, each.level, out=part)
    return held, skills


def _slots(staffing: Staffing, occupied: _Occupied) -> Integers:
    limits = [ANY_NUMBER if each.most_projects is None else each.most_projects for each in staffing.people]
    slots = np.repeat(np.array(limits, dtype=np.int64)[:, None], staffing.periods, axis=1)
    for (who, _), when in occupied.items():
        slots[who] -= when
    return np.maximum(slots, 0)


def _numbers(names: Iterable[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(dict.fromkeys(names))}
