"""One period of the question as a linear program, solved over ever more pairs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.assignment.pairs import Pairs
from mainstay.engine.linear import Effort, Program, maximise

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]

FIRST_OF_NEED = 10  # pairs of each need and of each person to begin with
FIRST_OF_PERSON = 4
MORE_OF_NEED = 8  # pairs of each need added in a round
ROUNDS = 12
CLOSE = 1e-3  # a bound this near to the program's own optimum is good enough
NOISE = 1e-7


@dataclass(frozen=True, slots=True, eq=False)
class PeriodPrices:
    """What an hour wanted (needs,), an hour of a person (people,) and a project slot (people,) are worth."""

    wanted: Floats
    hours: Floats
    slots: Floats


class Period:
    """Hours of one period within demand, people's hours and project slots.

    A person on n projects gives each of them at most m hours, so the sum of hours / m is at most the number of slots.
    """

    def __init__(self, pairs: Pairs, number: int) -> None:
        self.number = number
        self._pairs = np.flatnonzero(pairs.most[:, number] > 0)
        chosen = self._pairs
        self._most = pairs.most[chosen, number]
        self._need, self._person = pairs.need[chosen], pairs.person[chosen]
        self._wanted, self._free = pairs.wanted[:, number], pairs.free[:, number]
        self._slots = pairs.slots[:, number].astype(np.float64)
        self.slot_of_an_hour = np.zeros(len(pairs.need))
        self._weight = self._part_of_a_slot(pairs)
        self.slot_of_an_hour[chosen] = self._weight
        self._known: Booleans | None = None

    def prices(self, gain: Floats, effort: Effort) -> PeriodPrices:
        """Prices that bound the best for gains of an hour (all pairs,), over pairs that matter."""
        gains = gain[self._pairs]
        known = self._first_pairs(gains) if self._known is None else self._known
        best = self._dearest(gains)
        least = self._bound(gains, best)
        for _ in range(ROUNDS):
            found = self._solved(gains, np.flatnonzero(known), effort)
            if found is None:
                break
            optimum, _, prices = found
            bound = self._bound(gains, prices)
            if bound < least:
                best, least = prices, bound
            if least <= optimum * (1 + CLOSE) + NOISE or effort.is_over:
                break
            known |= _largest(self._reduced(gains, prices), self._need, MORE_OF_NEED)
        self._known = known
        return best

    def hours(self, gain: Floats, among: Booleans, effort: Effort) -> tuple[Floats, PeriodPrices] | None:
        """The best hours (all pairs,) of the pairs among (all pairs,) of bool, and prices; None without time."""
        gains = gain[self._pairs]
        chosen = np.flatnonzero(among[self._pairs] & (gains > 0))
        found = self._solved(gains, chosen, effort)
        if found is None:
            return None
        hours = np.zeros(len(among))
        hours[self._pairs[chosen]] = found[1]
        return hours, found[2]

    def _part_of_a_slot(self, pairs: Pairs) -> Floats:
        """The part of a project slot an hour takes; none where slots cannot run out."""
        place, already = pairs.place[self._pairs], pairs.already[:, self.number]
        together = np.bincount(place, weights=self._most, minlength=len(pairs.owner))
        on_project = np.minimum(together, self._free[pairs.owner])
        projects = np.bincount(pairs.owner[(together > 0) & ~already], minlength=len(self._free))
        counts = ~already[place] & (projects[self._person] > self._slots[self._person])
        return np.where(counts, 1 / on_project[place], 0.0)

    def _first_pairs(self, gains: Floats) -> Booleans:
        of_need = _largest(gains * self._most, self._need, FIRST_OF_NEED)
        return of_need | _largest(gains, self._person, FIRST_OF_PERSON)

    def _dearest(self, gains: Floats) -> PeriodPrices:
        """Prices that need no solving: each hour wanted at the most it can gain."""
        wanted = np.zeros(len(self._wanted))
        np.maximum.at(wanted, self._need, gains)
        nothing = np.zeros(len(self._free))
        return PeriodPrices(wanted, nothing, nothing)

    def _solved(self, gains: Floats, chosen: Integers, effort: Effort) -> tuple[float, Floats, PeriodPrices] | None:
        """Optimum, hours and prices over the chosen pairs; None when there is no time."""
        needs, people, columns = len(self._wanted), len(self._free), np.arange(len(chosen))
        slotted = np.flatnonzero(self._weight[chosen])
        of_slots = needs + people + self._person[chosen[slotted]]
        program = Program.continuous(
            gain=gains[chosen],
            upper=self._most[chosen],
            row=np.concatenate([self._need[chosen], needs + self._person[chosen], of_slots]),
            column=np.concatenate([columns, columns, slotted]),
            entry=np.concatenate([np.ones(2 * len(chosen)), self._weight[chosen[slotted]]]),
            limit=np.concatenate([self._wanted, self._free, self._slots]),
        )
        ended = maximise(program, effort.at_most(effort.left))
        if ended.status != "optimal" or ended.numbers is None or ended.prices is None or ended.objective is None:
            return None
        hours = np.where(ended.numbers > NOISE, ended.numbers, 0.0)
        return ended.objective, hours, PeriodPrices(*np.split(ended.prices, [needs, needs + people]))

    def _reduced(self, gains: Floats, prices: PeriodPrices) -> Floats:
        taken = prices.wanted[self._need] + prices.hours[self._person] + prices.slots[self._person] * self._weight
        return gains - taken

    def _bound(self, gains: Floats, prices: PeriodPrices) -> float:
        rest = np.maximum(self._reduced(gains, prices), 0.0) @ self._most
        limits = prices.wanted @ self._wanted + prices.hours @ self._free + prices.slots @ self._slots
        return float(limits + rest)


def _largest(worth: Floats, group: Integers, count: int) -> Booleans:
    """The pairs with the largest worth above zero of each group."""
    order = np.lexsort((-worth, group))
    sorted_group = group[order]
    rank = np.arange(len(order)) - np.searchsorted(sorted_group, sorted_group)
    chosen = np.zeros(len(order), dtype=bool)
    chosen[order[rank < count]] = True
    return chosen & (worth > NOISE)
