"""A part of a program: some columns free, the others fixed where a plan has them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from mainstay.engine.selection.program import Booleans, Floats, Integers, Program

_TOUCH = 1e-6


@dataclass(frozen=True, slots=True)
class Part:
    """The program of the free columns, their places in the whole (k,), and the numbers (n,) the others keep."""

    program: Program
    places: Integers
    base: Floats

    def whole(self, numbers: Floats) -> Floats:
        """The numbers (n,) of the whole program, with those (k,) of the part put in."""
        joined = self.base.copy()
        joined[self.places] = numbers
        return joined


def rows_of_entries(program: Program) -> Integers:
    """The row of each entry (entries,)."""
    return np.repeat(np.arange(len(program.row_lower)), np.diff(program.row_starts))


def part_of(program: Program, base: Floats, free: Booleans, rows: Integers) -> Part:
    """The part in which only the columns marked `free` (n,) may differ from `base` (n,).

    `rows` are the rows of the entries; a row that holds whatever the free columns do is left out.
    """
    places = np.flatnonzero(free)
    inside = free[program.columns]
    height = len(program.row_lower)
    outside = ~inside & (base[program.columns] != 0)
    fixed = np.bincount(rows[outside], program.entries[outside] * base[program.columns[outside]], minlength=height)
    kept, entries, columns = rows[inside], program.entries[inside], program.columns[inside]
    reach = entries * program.upper[columns]
    highest = np.bincount(kept, np.maximum(reach, 0), minlength=height)
    lowest = np.bincount(kept, np.minimum(reach, 0), minlength=height)
    lower, upper = program.row_lower - fixed, program.row_upper - fixed
    binding = (highest > upper + _TOUCH) | (lowest < lower - _TOUCH)
    staying = binding[kept]
    counts = np.bincount(kept[staying], minlength=height)[binding]
    smaller = replace(
        program,
        gain=program.gain[places],
        lower=program.lower[places],
        upper=program.upper[places],
        whole=program.whole[places],
        group=program.group[places],
        row_starts=np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts)]),
        columns=np.searchsorted(places, columns[staying]),
        entries=entries[staying],
        row_lower=np.minimum(lower, upper)[binding],
        row_upper=upper[binding],
        owner=program.owner[binding],
    )
    return Part(smaller, places, base)
