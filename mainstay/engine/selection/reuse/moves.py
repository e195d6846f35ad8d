"""Small programs that lead to a good plan: around what the relaxation leaves open, around plans at hand."""

from __future__ import annotations

import numpy as np

from mainstay.engine.selection.highs import best_of
from mainstay.engine.selection.program import Booleans, Floats, Integers, Program
from mainstay.engine.selection.reuse.warm import Relaxed
from mainstay.engine.selection.search.part import part_of, rows_of_entries
from mainstay.engine.selection.solver import Effort

WORTH_MOVING = 80  # columns; smaller programs are best solved as they are
_TOUCH = 1e-6
_APART = 0.1
_NODES = 300


class Moves:
    """Ways to better numbers for programs that differ only in their bounds."""

    def __init__(self, program: Program) -> None:
        self._rows = rows_of_entries(program)
        self._height = len(program.row_lower)
        self._group = program.group
        self._member = program.group >= 0
        self.groups = int(program.group.max(initial=-1)) + 1

    def holds(self, program: Program, numbers: Floats) -> bool:
        """Whether the numbers (n,) keep every row and bound of the program."""
        activity = np.bincount(self._rows, program.entries * numbers[program.columns], minlength=self._height)
        rows = (activity >= program.row_lower - _TOUCH) & (activity <= program.row_upper + _TOUCH)
        bounds = (numbers >= program.lower - _TOUCH) & (numbers <= program.upper + _TOUCH)
        return bool(rows.all() and bounds.all())

    def closeness(self, relaxed: Relaxed) -> Floats:
        """How little changing each candidate costs by the relaxation (groups,)."""
        closest = np.full(self.groups, np.inf)
        np.minimum.at(closest, self._group[self._member], np.abs(relaxed.costs[self._member]))
        return closest

    def from_relaxation(self, program: Program, relaxed: Relaxed, columns: int, effort: Effort) -> Floats | None:
        """The best numbers that differ from the relaxation only in the columns that cost least to change."""
        broken = np.abs(relaxed.numbers - np.rint(relaxed.numbers)) > _TOUCH
        order = np.argsort(np.where(broken, 0, np.abs(relaxed.costs)), kind="stable")
        free = broken | ~self._member
        free[order[:columns]] = True
        return self._solved(program, np.where(free, 0.0, np.rint(relaxed.numbers)), free, effort, at_hand=False)[0]

    def around(
        self, program: Program, numbers: Floats, groups: Integers, effort: Effort
    ) -> tuple[Floats | None, bool]:
        """The best numbers that differ from those given, which may not hold yet, only in these candidates.

        Also whether it is settled that there are no better ones.
        """
        chosen = np.zeros(self.groups + 1, dtype=np.bool_)
        chosen[groups] = True
        free = chosen[self._group] | ~self._member
        return self._solved(program, numbers, free, effort, at_hand=self.holds(program, numbers))

    def differing(self, relaxed: Relaxed, numbers: Floats, others: list[Floats]) -> Integers:
        """The candidates on which plans, or a plan and the relaxation, disagree."""
        apart = np.abs(numbers - relaxed.numbers) > _APART
        for other in others:
            apart |= np.abs(other - numbers) > _APART
        return np.unique(self._group[apart & self._member])

    def cheapest(self, relaxed: Relaxed, count: int, random: np.random.Generator) -> Integers:
        """About so many candidates, rather those that cost little to change, with some luck."""
        order = np.argsort(self.closeness(relaxed), kind="stable")
        luck = random.exponential(1.0, len(order)) * (1 + np.arange(len(order)) / max(count, 1))
        return np.asarray(order[np.argsort(luck, kind="stable")[:count]])

    def _solved(
        self, program: Program, base: Floats, free: Booleans, effort: Effort, *, at_hand: bool
    ) -> tuple[Floats | None, bool]:
        part = part_of(program, base, free, self._rows)
        ended = best_of(part.program, effort, base[part.places] if at_hand else None, _NODES)
        is_settled = ended.status in ("optimal", "infeasible")
        if ended.numbers is None:
            return None, is_settled
        whole = part.whole(ended.numbers)
        whole = np.where(program.whole, np.rint(whole), whole)
        return (whole if self.holds(program, whole) else None), is_settled
