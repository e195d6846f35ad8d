"""Good plans of different kinds, kept because a better one often lies between two of them.

After Rothberg (2007): where two good plans agree they are mostly right, and what they differ in is worth solving.
"""

from __future__ import annotations

import numpy as np

from mainstay.engine.selection.program import Floats, Program

_LARGEST = 16
_HALF = 0.5


class Pool:
    """The best different numbers (n,) found so far, the most valuable first."""

    def __init__(self, program: Program, random: np.random.Generator) -> None:
        self._program = program
        self._random = random
        self._kept: list[tuple[float, Floats]] = []

    def add(self, numbers: Floats) -> None:
        """Keep the numbers unless the same are kept already or many better ones are."""
        worth = float(self._program.gain @ numbers)
        if any(known == worth and np.array_equal(each, numbers) for known, each in self._kept):
            return
        self._kept.append((worth, numbers))
        self._kept.sort(key=lambda each: -each[0])
        del self._kept[_LARGEST:]

    def some(self, best: Floats, wide: bool) -> Floats:
        """The best numbers; when looking more widely, half the time any others."""
        if not wide or len(self._kept) < 2 or self._random.random() < _HALF:
            return best
        return self._kept[int(self._random.integers(len(self._kept)))][1]

    def other(self, numbers: Floats) -> Floats | None:
        """Any numbers but these, None where there are none."""
        others = [each for _, each in self._kept if not np.array_equal(each, numbers)]
        return others[int(self._random.integers(len(others)))] if others else None
