"""A tree of cases that lowers the bound of one program after another.

Branch and bound for the bound alone: in every leaf some columns are fixed, and the largest relaxation of all leaves
is a bound. The cases that were worth telling apart for one program are so for its neighbours, and a leaf costs
them a few pivots. Which column is branched on is tried out on those that are most broken (strong branching,
Applegate and others 1995).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from heapq import heapify, heappop, heappush

import numpy as np

from mainstay.engine.selection.program import Program
from mainstay.engine.selection.reuse.warm import Relaxed, WarmRelaxation
from mainstay.engine.selection.solver import Effort

_TRIED = 4  # columns
_MOST_LEAVES = 150
_TOUCH = 1e-6
_LARGEST_LOSS = 0.01  # of the bound; a case that is ruled out altogether counts as this

Case = tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True, order=True)
class _Leaf:
    """A case with its relaxation; the one with the largest comes first."""

    rank: float
    case: Case
    relaxed: Relaxed = field(compare=False)

    @property
    def worth(self) -> float:
        return -self.rank


class Tree:
    """Leaves that are kept from one program to the next; the programs are those the relaxation is warm for."""

    def __init__(self, relaxation: WarmRelaxation) -> None:
        self._relaxation = relaxation
        self._cases: list[Case] = [()]

    def bound(self, program: Program, target: float, nodes: int, effort: Effort) -> float:
        """A bound in scaled gain, sought until it is no more than `target` or so many cases were split.

        Infinite when the effort is over before every leaf was looked at.
        """
        open_leaves, largest = self._looked_at(program, target, effort)
        if effort.is_over:
            return float("inf")
        for _ in range(nodes):
            if not open_leaves or effort.is_over:
                break
            leaf = heappop(open_leaves)
            parts = self._split(program, leaf)
            if parts is None:
                heappush(open_leaves, leaf)
                break
            for part in parts:
                largest = self._sorted_in(part, target, open_leaves, largest)
        self._cases += [each.case for each in open_leaves]
        return max([largest, *(each.worth for each in open_leaves)])

    def _looked_at(self, program: Program, target: float, effort: Effort) -> tuple[list[_Leaf], float]:
        """The leaves above the target, and the largest of the others, whose cases are kept."""
        cases = self._cases if len(self._cases) <= _MOST_LEAVES else [()]
        open_leaves: list[_Leaf] = []
        self._cases, largest = [], -np.inf
        for nth, case in enumerate(cases):
            leaf = None if effort.is_over else self._leaf(program, case)
            if leaf is None:
                self._cases += cases[nth:]
                break
            largest = self._sorted_in(leaf, target, open_leaves, largest)
        heapify(open_leaves)
        return open_leaves, largest

    def _sorted_in(self, leaf: _Leaf, target: float, open_leaves: list[_Leaf], largest: float) -> float:
        """Keep a leaf for splitting where it is above the target; the largest of those that are not."""
        if leaf.worth > target:
            heappush(open_leaves, leaf)
            return largest
        self._cases.append(leaf.case)
        return max(largest, leaf.worth)

    def _leaf(self, program: Program, case: Case) -> _Leaf | None:
        """The relaxation of a case, None when time is out."""
        lower, upper = program.lower.copy(), program.upper.copy()
        for column, number in case:
            lower[column], upper[column] = max(number, lower[column]), min(number, upper[column])
        if np.any(lower > upper):
            return _Leaf(np.inf, case, Relaxed(np.zeros(0), np.zeros(0), -np.inf))
        relaxed = self._relaxation.solve(replace(program, lower=lower, upper=upper))
        return None if relaxed is None else _Leaf(-relaxed.worth, case, relaxed)

    def _split(self, program: Program, leaf: _Leaf) -> tuple[_Leaf, _Leaf] | None:
        """The two halves of a case that lower the bound most, None when it cannot be split or time is out."""
        numbers = leaf.relaxed.numbers
        broken = np.where(program.whole, np.abs(numbers - np.rint(numbers)), 0.0)
        tried = [column for column in np.argsort(-broken, kind="stable")[:_TRIED] if broken[column] > _TOUCH]
        best: tuple[float, _Leaf, _Leaf] | None = None
        for column in tried:
            out = self._leaf(program, (*leaf.case, (int(column), 0.0)))
            inside = self._leaf(program, (*leaf.case, (int(column), 1.0)))
            if out is None or inside is None:
                return None
            score = self._loss(leaf, out) * self._loss(leaf, inside)
            if best is None or score > best[0]:
                best = (score, out, inside)
        return None if best is None else best[1:]

    @staticmethod
    def _loss(leaf: _Leaf, part: _Leaf) -> float:
        largest = _LARGEST_LOSS * max(1.0, abs(leaf.worth))
        return min(max(leaf.worth - part.worth, largest * 1e-4), largest)
