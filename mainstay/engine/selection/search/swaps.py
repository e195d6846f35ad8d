"""Exchanges of single columns, thousands in the time of one neighbourhood, where a program only has budgets to keep.

Iterated local search: some columns are turned round by chance, what then is too much is taken out again, and columns
are exchanged one for one as long as that pays. A little worse plan is sometimes gone on from (Kirkpatrick and others
1983). Only columns that cost little to turn by the relaxation are looked at.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mainstay.engine.selection.program import Booleans, Floats, Integers, Program
from mainstay.engine.selection.search.part import rows_of_entries
from mainstay.engine.selection.search.relaxation import Relaxation

_MOST_ROWS, _MOST_ENTRIES = 64, 400_000
_CORE, _ROUNDS = 120, 300
_FEWEST_TURNED, _MOST_TURNED = 2, 8
_WARMTH = 0.3  # of what a near column costs to turn: how much worse a plan may be to be gone on from
_NEAR = 0.1  # of all columns
_TOUCH = 1e-9
_PER_ROUND, _PER_PAIR = 1.2e-4, 4e-9  # seconds a usual machine takes


@dataclass(frozen=True, slots=True)
class _Core:
    """Columns looked at: gains (k,), what they use as shares of each row (m, k), costs and odds of turning (k,)."""

    places: Integers
    gain: Floats
    use: Floats
    costs: Floats
    odds: Floats


@dataclass(frozen=True, slots=True)
class _State:
    """Which of the core is taken (k,), what is left of each row (m,) and what it is worth."""

    taken: Booleans
    left: Floats
    worth: float


def swaps_for(program: Program, relaxation: Relaxation, random: np.random.Generator) -> Swaps | None:
    """Exchanges for a program of 0-1 columns and budgets alone, None for any other."""
    tight = _rows_that_matter(program)
    is_small = len(tight) <= _MOST_ROWS and len(tight) * len(program.gain) <= _MOST_ENTRIES
    zero_to_one = program.whole.all() and (program.lower == 0).all() and (program.upper == 1).all()
    budgets = (
        (program.entries >= 0).all() and not (program.row_lower > 0).any() and (program.row_upper[tight] > 0).all()
    )
    if not (len(tight) and is_small and zero_to_one and budgets and (program.gain >= 0).all()):
        return None
    return Swaps(program, relaxation, random, tight)


def _rows_that_matter(program: Program) -> Integers:
    """The rows that not everything together would keep."""
    most = np.bincount(rows_of_entries(program), program.entries, minlength=len(program.row_lower))
    return np.flatnonzero(most > program.row_upper)


class Swaps:
    """Improves numbers of one program by exchanges."""

    def __init__(
        self, program: Program, relaxation: Relaxation, random: np.random.Generator, tight: Integers
    ) -> None:
        self._gain = program.gain
        self._random = random
        self._use = np.zeros((len(program.row_lower), len(program.gain)))
        self._use[rows_of_entries(program), program.columns] = program.entries
        self._use = self._use[tight] / program.row_upper[tight][:, None]
        prices = np.maximum(relaxation.prices[tight], 0.0) * program.row_upper[tight]
        self._costs = program.gain - prices @ self._use
        ranked = np.sort(np.abs(self._costs))
        self._near = float(ranked[min(len(ranked) - 1, max(10, int(_NEAR * len(ranked))))]) + _TOUCH
        self._rank = np.argsort(np.argsort(np.abs(self._costs), kind="stable"), kind="stable")

    @property
    def seconds(self) -> float:
        """What a burst takes on a usual machine."""
        return _ROUNDS * (_PER_ROUND + _PER_PAIR * len(self._use) * min(_CORE, len(self._gain)) ** 2)

    def burst(self, numbers: Floats) -> tuple[Floats, Floats]:
        """The best numbers (n,) some hundred exchanges lead to, and those it ended with."""
        core = self._core()
        here = best = self._state(core, numbers)
        for _ in range(_ROUNDS):
            there = self._turned(core, here)
            if there is None:
                continue
            there = _exchanged(core, there)
            best = there if there.worth > best.worth else best
            worse = (there.worth - here.worth) / (_WARMTH * self._near)
            if worse >= 0 or self._random.random() < np.exp(worse):
                here = there
        return _put_in(numbers, core, best), _put_in(numbers, core, here)

    def _core(self) -> _Core:
        """Rather columns that cost little to turn, with some luck."""
        luck = self._random.exponential(1.0, len(self._rank)) * (1 + self._rank / _CORE)
        places = np.argsort(luck, kind="stable")[:_CORE]
        odds = 1 / (1 + np.abs(self._costs[places]) / self._near)
        use = np.ascontiguousarray(self._use[:, places])
        return _Core(places, self._gain[places], use, self._costs[places], odds / odds.sum())

    def _state(self, core: _Core, numbers: Floats) -> _State:
        taken = numbers[core.places] > 0.5
        return _State(taken, 1.0 - self._use @ np.rint(numbers), float(self._gain @ np.rint(numbers)))

    def _turned(self, core: _Core, state: _State) -> _State | None:
        """Some columns turned round by chance, and others taken out until everything holds; None where it cannot."""
        count = min(int(self._random.integers(_FEWEST_TURNED, _MOST_TURNED)), len(core.places))
        turned = self._random.choice(len(core.places), count, replace=False, p=core.odds)
        taken = state.taken.copy()
        taken[turned] = ~taken[turned]
        step = np.where(taken[turned], 1.0, -1.0)
        left = state.left - core.use[:, turned] @ step
        worth = state.worth + float(core.gain[turned] @ step)
        may_leave = np.ones(len(taken), dtype=np.bool_)
        may_leave[turned] = False
        while left.min() < -_TOUCH:
            leaving = self._leaving(core, taken & may_leave, left)
            if leaving is None:
                return None
            taken[leaving] = False
            left += core.use[:, leaving]
            worth -= float(core.gain[leaving])
        return _State(taken, left, worth)

    def _leaving(self, core: _Core, could: Booleans, left: Floats) -> int | None:
        """The column that mends most for the least, with some luck."""
        places = np.flatnonzero(could)
        if not len(places):
            return None
        mends = np.minimum(core.use[:, places], np.maximum(-left, 0.0)[:, None]).sum(axis=0)
        luck = self._near * (0.05 + _WARMTH * self._random.random(len(places)))
        return int(places[np.argmin((np.maximum(core.costs[places], 0.0) + luck) / (mends + 1e-12))])


def _exchanged(core: _Core, state: _State) -> _State:
    """Columns put in, or one exchanged for another, as long as that pays."""
    taken, left, worth = state.taken.copy(), state.left.copy(), state.worth
    while True:
        outside = np.flatnonzero(~taken)
        fitting = outside[(core.use[:, outside] <= left[:, None] + _TOUCH).all(axis=0)]
        entering: int | None
        leaving: int | None = None
        if len(fitting):
            entering = int(fitting[np.argmax(core.gain[fitting])])
        else:
            entering, leaving = _best_exchange(core, np.flatnonzero(taken), outside, left)
        if entering is None or (leaving is None and core.gain[entering] <= 0):
            return _State(taken, left, worth)
        taken[entering] = True
        left -= core.use[:, entering]
        worth += float(core.gain[entering])
        if leaving is not None:
            taken[leaving] = False
            left += core.use[:, leaving]
            worth -= float(core.gain[leaving])


def _best_exchange(core: _Core, inside: Integers, outside: Integers, left: Floats) -> tuple[int | None, int | None]:
    """What enters and what leaves for it where that gains most, nothing where no exchange pays."""
    gains = core.gain[outside][None, :] - core.gain[inside][:, None]
    possible = gains > _TOUCH
    for use, rest in zip(core.use, left, strict=True):
        possible &= use[outside][None, :] <= (rest + use[inside])[:, None] + _TOUCH
    if not possible.any():
        return None, None
    best = int(np.argmax(np.where(possible, gains, 0.0)))
    return int(outside[best % len(outside)]), int(inside[best // len(outside)])


def _put_in(numbers: Floats, core: _Core, state: _State) -> Floats:
    joined = np.rint(numbers)
    joined[core.places] = state.taken
    return joined
