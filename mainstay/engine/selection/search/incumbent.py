"""The best plan so far and the best proof, shared by everything that looks for a better one."""

from __future__ import annotations

from collections import deque
from math import floor, inf
from threading import Lock

import numpy as np

from mainstay.engine.selection.program import Booleans, Floats, Program
from mainstay.engine.selection.search.part import rows_of_entries

_TOUCH = 1e-6
_BLUR = 1e-6
_MOST_LEADS = 300


class Incumbent:
    """The best numbers (n,) anybody has offered and what they are worth, with the least bound anybody has proven.

    Both `worth` and `bound` are in the scaled gain of the program.
    """

    def __init__(self, program: Program) -> None:
        self._program = program
        self._rows = rows_of_entries(program)
        self._lock = Lock()
        self._room = self._rooms()
        self._by_ones = self._is_worth_whole_numbers()
        self.numbers: Floats | None = None
        self.worth = -inf
        self.bound = inf
        self.leads: deque[Floats] = deque(maxlen=_MOST_LEADS)

    def offer(self, numbers: Floats) -> bool:
        """Take over the numbers when they hold and are worth more; whether they were taken."""
        whole = np.where(self._program.whole, np.rint(numbers), numbers)
        worth = float(self._program.gain @ whole)
        if worth <= self.worth or not self.holds(whole):
            return False
        with self._lock:
            if worth <= self.worth:
                return False
            self.numbers, self.worth = whole, worth
        return True

    def prove(self, bound: float) -> None:
        """Take over a bound when it is lower; where only whole numbers can be reached it is brought down to one."""
        lower = float(floor(bound + _BLUR)) if self._by_ones and abs(bound) < inf else bound
        with self._lock:
            self.bound = min(self.bound, lower)

    def lead(self, numbers: Floats) -> None:
        """Remember numbers (n,) of an open case of the proof, some broken; the best plan may be near."""
        self.leads.append(numbers)

    def holds(self, numbers: Floats) -> bool:
        """Whether every row and every bound holds."""
        program = self._program
        entries = program.entries * numbers[program.columns]
        activity = np.bincount(self._rows, entries, minlength=len(program.row_lower))
        room = self._room * np.maximum(1.0, np.abs(activity) * 1e-3)
        rows = (activity >= program.row_lower - room) & (activity <= program.row_upper + room)
        bounds = (numbers >= program.lower - _TOUCH) & (numbers <= program.upper + _TOUCH)
        return bool(rows.all() and bounds.all())

    def is_within(self, gap: float) -> bool:
        """Whether the plan is as close to the bound as asked."""
        return self.numbers is not None and self.bound - self.worth <= gap * abs(self.worth)

    def _rooms(self) -> Floats:
        """How far each row (m,) may be passed: only as far as rounding where whole numbers alone make it up.

        A row with broken numbers in it may be passed as far as a solver passes it.
        """
        height = len(self._program.row_lower)
        broken = ~self._program.whole[self._program.columns]
        has_broken: Booleans = np.bincount(self._rows, broken, minlength=height) > 0
        return np.where(has_broken, _TOUCH, 1e-9)

    def _is_worth_whole_numbers(self) -> bool:
        gain = self._program.gain
        return bool(self._program.whole[gain != 0].all() and (gain == np.rint(gain)).all())
