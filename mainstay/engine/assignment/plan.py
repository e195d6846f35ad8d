"""A plan in the making: hours of pairs, and what is left of demand, people and project slots."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.assignment.pairs import Pairs

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

NOISE = 1e-6  # fewer hours are none


class Plan:
    """Hours given, (pairs, periods), with what they leave."""

    def __init__(self, pairs: Pairs) -> None:
        self.pairs = pairs
        self.hours = np.zeros(pairs.most.shape)
        self.wanted = pairs.wanted.copy()
        self.free = pairs.free.copy()
        self.slots = pairs.slots.copy()
        self.on_project = pairs.already.astype(np.int64)  # pairs at work for each place, and what is booked
        self.objective = 0.0  # worth less cost of the hours given, less what joining costs

    def joined(self) -> Integers:
        """The pairs at work."""
        return np.flatnonzero(self.hours.any(axis=1))

    def possible(self, pairs: Integers) -> Floats:
        """(pairs, periods) the hours that can be given in addition, each pair for itself."""
        known = self.pairs
        room = np.minimum(self.wanted[known.need[pairs]], self.free[known.person[pairs]])
        open_project = (self.on_project[known.place[pairs]] > 0) | (self.slots[known.person[pairs]] > 0)
        return np.where((known.most[pairs] > 0) & open_project, room, 0.0)

    def give(self, pair: int, hours: Floats) -> None:
        """Give a pair hours (periods,) in addition; below zero takes them back."""
        known = self.pairs
        need, person, place = known.need[pair], known.person[pair], known.place[pair]
        old = self.hours[pair].copy()
        self.hours[pair] += hours
        self.hours[pair][self.hours[pair] < NOISE] = 0.0
        self.objective += self._worth(pair, self.hours[pair]) - self._worth(pair, old)
        self.wanted[need] = np.maximum(self.wanted[need] - hours, 0.0)
        self.free[person] = np.maximum(self.free[person] - hours, 0.0)
        change = (self.hours[pair] > 0).astype(np.int64) - (old > 0)
        was = self.on_project[place] > 0
        self.on_project[place] += change
        self.slots[person] += was.astype(np.int64) - (self.on_project[place] > 0)

    def _worth(self, pair: int, hours: Floats) -> float:
        joins = self.pairs.charge[pair] if hours.any() else 0.0
        return float(hours.sum() * self.pairs.gain[pair] - joins)
