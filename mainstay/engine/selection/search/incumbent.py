"""The best plan so far, shared by everything that looks for a better one."""

from __future__ import annotations

from threading import Lock

import numpy as np

from mainstay.engine.selection.program import Floats, Program
from mainstay.engine.selection.search.part import rows_of_entries

_TOUCH = 1e-6


class Incumbent:
    """The best numbers (n,) anybody has offered, and what they are worth in the scaled gain of the program."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._rows = rows_of_entries(program)
        self._lock = Lock()
        self.numbers: Floats | None = None
        self.worth = -np.inf

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

    def holds(self, numbers: Floats) -> bool:
        """Whether every row and every bound holds."""
        program = self._program
        entries = program.entries * numbers[program.columns]
        activity = np.bincount(self._rows, entries, minlength=len(program.row_lower))
        touch = _TOUCH * np.maximum(1.0, np.abs(activity) * 1e-6)
        rows = (activity >= program.row_lower - touch) & (activity <= program.row_upper + touch)
        bounds = (numbers >= program.lower - _TOUCH) & (numbers <= program.upper + _TOUCH)
        return bool(rows.all() and bounds.all())
