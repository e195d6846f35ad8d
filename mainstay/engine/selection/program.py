"""A mixed-integer program as plain arrays, the language every solver understands."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.selection.scaling import scaled_gain, scaled_row

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]

STRUCTURE = -1  # the owner of rows that always hold


@dataclass(frozen=True, slots=True)
class Program:
    """Maximise `unit` x gain · x within bounds on n columns and m rows, some columns whole numbers.

    gain, lower, upper (n,), whole (n,) of bool; the rows in compressed form: row_starts (m + 1,), columns
    and entries (number of entries,), row_lower and row_upper (m,). `owner` (m,) tells which member of the
    problem each row belongs to, `STRUCTURE` for rows that always hold; `group` (n,) to which candidate each column
    belongs, -1 for columns of none.
    """

    gain: Floats
    unit: float
    lower: Floats
    upper: Floats
    whole: Booleans
    row_starts: Integers
    columns: Integers
    entries: Floats
    row_lower: Floats
    row_upper: Floats
    owner: Integers
    group: Integers

    def with_only(self, kept: Booleans) -> Program:
        """The same program without the rows of the members that are not kept ((members,) of bool)."""
        binding = (self.owner == STRUCTURE) | kept[self.owner]
        row_lower = np.where(binding, self.row_lower, -np.inf)
        return replace(self, row_lower=row_lower, row_upper=np.where(binding, self.row_upper, np.inf))

    def with_gain(self, gain: Floats) -> Program:
        """The same program with something else to maximise."""
        scaled, unit = scaled_gain(gain)
        return replace(self, gain=scaled, unit=unit)

    def relaxed(self) -> Program:
        """The same program with broken numbers allowed in every column, whose best is a bound."""
        return replace(self, whole=np.zeros_like(self.whole))

    def with_fixed(self, columns: Integers, numbers: Floats) -> Program:
        """The same program with some columns fixed."""
        lower, upper = self.lower.copy(), self.upper.copy()
        lower[columns] = upper[columns] = numbers
        return replace(self, lower=lower, upper=upper)

    def with_row(self, columns: Integers, entries: Floats, lower: float, upper: float) -> Program:
        """The same program with one more row that always holds."""
        all_whole = bool(self.whole[columns].all())
        scaled, low, high = scaled_row(entries, lower, upper, all_whole)
        return replace(
            self,
            row_starts=np.append(self.row_starts, self.row_starts[-1] + len(columns)),
            columns=np.concatenate([self.columns, columns]),
            entries=np.concatenate([self.entries, scaled]),
            row_lower=np.append(self.row_lower, low),
            row_upper=np.append(self.row_upper, high),
            owner=np.append(self.owner, STRUCTURE),
        )


class ProgramBuilder:
    """Collects columns and rows and joins them into a `Program` in one go."""

    def __init__(self) -> None:
        self._gain: list[Floats] = []
        self._upper: list[Floats] = []
        self._whole: list[Booleans] = []
        self._rows: list[tuple[Integers, Floats, float, float, int]] = []
        self._width = 0

    def add_columns(self, gain: Floats, *, upper: float | Floats = 1.0, whole: bool = True) -> Integers:
        """Add columns from 0 to `upper` and return their places."""
        places = np.arange(self._width, self._width + len(gain))
        self._gain.append(gain)
        self._upper.append(np.broadcast_to(np.asarray(upper, dtype=np.float64), gain.shape))
        self._whole.append(np.full(len(gain), whole))
        self._width += len(gain)
        return places

    def add_row(
        self,
        columns: Integers,
        entries: Floats,
        lower: float = -np.inf,
        upper: float = np.inf,
        owner: int = STRUCTURE,
    ) -> None:
        """Add one row: lower <= entries · x[columns] <= upper; a column may be named more than once."""
        places, inverse = np.unique(columns, return_inverse=True)
        sums = np.bincount(inverse, weights=entries, minlength=len(places))
        self._rows.append((places, sums, lower, upper, owner))

    def build(self, group: Integers | None = None) -> Program:
        """The program of everything added; `group` tells the candidates of the first columns, the rest have none."""
        group = np.empty(0, dtype=np.int64) if group is None else group
        whole = np.concatenate(self._whole)
        gain, unit = scaled_gain(np.concatenate(self._gain))
        scaled = [scaled_row(row[1], row[2], row[3], bool(whole[row[0]].all())) for row in self._rows]
        lengths = np.array([len(row[0]) for row in self._rows], dtype=np.int64)
        return Program(
            gain=gain,
            unit=unit,
            lower=np.zeros(self._width),
            upper=np.concatenate(self._upper),
            whole=whole,
            row_starts=np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths)]),
            columns=np.concatenate([np.empty(0, dtype=np.int64), *(row[0] for row in self._rows)]),
            entries=np.concatenate([np.empty(0), *(each[0] for each in scaled)]),
            row_lower=np.array([each[1] for each in scaled], dtype=np.float64),
            row_upper=np.array([each[2] for each in scaled], dtype=np.float64),
            owner=np.array([row[4] for row in self._rows], dtype=np.int64),
            group=np.concatenate([group, np.full(self._width - len(group), -1, dtype=np.int64)]),
        )
