"""A part of the question, or all of it, as one mixed-integer program."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.assignment.pairs import Pairs
from mainstay.engine.assignment.plan import NOISE, Plan
from mainstay.engine.linear import Effort, Ended, Program, maximise

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


class Model:
    """The hours of some pairs, all else staying as it is in a plan.

    Columns: hours given, one for each pair and period where there is room; joined, one for each pair that would be
    charged; on, one for each place (person on a project) and period where project slots can run out.
    """

    def __init__(self, plan: Plan, pairs: Integers) -> None:
        self._known: Pairs = plan.pairs
        self._pairs = pairs
        self._now = plan.hours[pairs]
        self._slots = plan.slots.copy()
        self._wanted, self._free = plan.wanted.copy(), plan.free.copy()
        np.add.at(self._wanted, self._known.need[pairs], self._now)
        np.add.at(self._free, self._known.person[pairs], self._now)
        self._others_on = plan.on_project.copy()
        np.subtract.at(self._others_on, self._known.place[pairs], (self._now > 0).astype(np.int64))
        left = (plan.on_project > 0) & (self._others_on == 0)
        np.add.at(self._slots, self._known.owner, left.astype(np.int64))
        self._lay_columns()
        self._rows: list[tuple[Integers, Integers, Floats]] = []
        self._limits: list[Floats] = []
        self._height = 0
        self._stay_within_demand()
        self._stay_within_hours()
        self._join_before_giving()
        self._stay_within_slots()

    @property
    def size(self) -> int:
        """How many columns there are."""
        return len(self._gain)

    def solve(self, effort: Effort) -> Ended:
        """Find better hours, beginning from those of the plan."""
        if not self.size:
            return Ended("optimal", np.zeros(0), 0.0, 0.0)
        rows, columns, entries = (np.concatenate(each) for each in zip(*self._rows, strict=True))
        whole = np.arange(len(self._gain)) >= len(self._pair)
        lower = np.zeros(len(self._gain))
        limits = np.concatenate(self._limits)
        program = Program(self._gain, lower, self._upper, whole, rows, columns, entries, limits)
        return maximise(program, effort, self._numbers_now())

    def put_if_better(self, plan: Plan, numbers: Floats) -> bool:
        """Give the pairs of a plan the hours of the numbers, unless they are worth less; whether they were given."""
        before = plan.objective
        hours = np.zeros_like(self._now)
        hours[self._pair, self._period] = np.clip(numbers[: len(self._pair)], 0, self._upper[: len(self._pair)])
        hours[hours < NOISE] = 0.0
        self._replace(plan, hours)
        if plan.objective >= before - NOISE:
            return True
        self._replace(plan, self._now)
        return False

    def _replace(self, plan: Plan, hours: Floats) -> None:
        for pair in self._pairs[plan.hours[self._pairs].any(axis=1)].tolist():
            plan.give(pair, -plan.hours[pair])
        for row in np.flatnonzero(hours.any(axis=1)):
            pair = int(self._pairs[row])
            plan.give(pair, np.minimum(hours[row], plan.possible(np.array([pair]))[0]))

    def _lay_columns(self) -> None:
        known, pairs = self._known, self._pairs
        person, place = known.person[pairs], known.place[pairs]
        room = np.minimum(self._wanted[known.need[pairs]], self._free[person])
        room = np.where(known.most[pairs] > 0, room, 0.0)
        in_use = self._others_on[place] > 0
        room = np.where(in_use | (self._slots[person] > 0), room, 0.0)
        self._pair, self._period = np.nonzero(room > NOISE)
        most = room[self._pair, self._period]
        charged = np.unique(self._pair[known.charge[pairs[self._pair]] > 0])
        places, periods = self._places_that_count(place, in_use)
        self._joined = np.full(len(pairs), -1)
        self._joined[charged] = len(most) + np.arange(len(charged))
        self._on = {
            (int(where), int(period)): len(most) + len(charged) + number
            for number, (where, period) in enumerate(zip(places, periods, strict=True))
        }
        self._gain = np.concatenate(
            [known.gain[pairs[self._pair]], -known.charge[pairs[charged]], np.zeros(len(places))]
        )
        self._upper = np.concatenate([most, np.ones(len(charged) + len(places))])

    def _places_that_count(self, place: Integers, in_use: NDArray[np.bool_]) -> tuple[Integers, Integers]:
        """Places and periods that take a slot when somebody begins there, where not all can have one."""
        known, periods = self._known, self._known.periods
        new = ~in_use[self._pair, self._period]
        cells = np.unique(place[self._pair[new]] * periods + self._period[new])
        where, period = cells // periods, cells % periods
        owners = known.owner[where] * periods + period
        together = np.bincount(owners, minlength=len(known.free) * periods)
        scarce = together[owners] > self._slots[known.owner[where], period]
        return where[scarce], period[scarce]

    def _stay_within_demand(self) -> None:
        self._add(self._known.need[self._pairs[self._pair]] * self._known.periods + self._period, self._wanted)

    def _stay_within_hours(self) -> None:
        self._add(self._known.person[self._pairs[self._pair]] * self._known.periods + self._period, self._free)

    def _join_before_giving(self) -> None:
        """Hours of a pair only when it is joined: hours <= most x joined, in each period."""
        columns = np.flatnonzero(self._joined[self._pair] >= 0)
        self._link(columns, self._joined[self._pair[columns]])

    def _stay_within_slots(self) -> None:
        """Hours on a project only when somebody is on it, and no more projects at once than slots."""
        places = self._known.place[self._pairs[self._pair]]
        on = [self._on.get(cell, -1) for cell in zip(places.tolist(), self._period.tolist(), strict=True)]
        switches = np.array(on, dtype=np.int64)
        columns = np.flatnonzero(switches >= 0)
        self._link(columns, switches[columns])
        if self._on:
            where, period = np.array(list(self._on)).T
            cells, rows = np.unique(self._known.owner[where] * self._known.periods + period, return_inverse=True)
            numbers = np.array(list(self._on.values()))
            self._append(rows, numbers, np.ones(len(rows)), self._slots.ravel()[cells].astype(np.float64))

    def _link(self, columns: Integers, switches: Integers) -> None:
        rows = np.arange(len(columns))
        entries = np.concatenate([np.ones(len(columns)), -self._upper[columns]])
        both = np.concatenate([columns, switches])
        self._append(np.concatenate([rows, rows]), both, entries, np.zeros(len(columns)))

    def _add(self, cells: Integers, limits: Floats) -> None:
        """One row for each cell of a table of limits, the sum of all hours in it."""
        used, rows = np.unique(cells, return_inverse=True)
        self._append(rows, np.arange(len(cells)), np.ones(len(cells)), limits.ravel()[used])

    def _append(self, rows: Integers, columns: Integers, entries: Floats, limits: Floats) -> None:
        self._rows.append((rows + self._height, columns, entries))
        self._limits.append(limits)
        self._height += len(limits)

    def _numbers_now(self) -> Floats:
        numbers = np.zeros(len(self._gain))
        given = self._now[self._pair, self._period]
        numbers[: len(given)] = given
        working = self._pair[given > 0]
        joined = self._joined[working]
        numbers[joined[joined >= 0]] = 1.0
        places = self._known.place[self._pairs[working]]
        for cell in zip(places.tolist(), self._period[given > 0].tolist(), strict=True):
            if cell in self._on:
                numbers[self._on[cell]] = 1.0
        return numbers
