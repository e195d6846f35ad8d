"""A linear or mixed-integer program as plain arrays."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """Maximise gain · x, each row's sum at most its limit, x between bounds, some columns whole numbers.

    gain, lower, upper (columns,); whole (columns,) of bool; limit (rows,). The entries of the rows in any order: row,
    column and entry (entries,). Raises ValueError for lengths that differ.
    """

    gain: Floats
    lower: Floats
    upper: Floats
    whole: Booleans
    row: Integers
    column: Integers
    entry: Floats
    limit: Floats

    def __post_init__(self) -> None:
        if not len(self.gain) == len(self.lower) == len(self.upper) == len(self.whole):
            raise ValueError("Gains, bounds and kinds are equally many.")
        if not len(self.row) == len(self.column) == len(self.entry):
            raise ValueError("Each entry has a row and a column.")

    @classmethod
    def continuous(
        cls, gain: Floats, upper: Floats, row: Integers, column: Integers, entry: Floats, limit: Floats
    ) -> Program:
        """A program of broken numbers from zero to `upper`."""
        kinds = np.zeros(len(gain), dtype=bool)
        return cls(gain, np.zeros(len(gain)), upper, kinds, row, column, entry, limit)

    def within(self, lower: Floats, upper: Floats) -> Program:
        """The same program with other bounds."""
        return replace(self, lower=lower, upper=upper)
