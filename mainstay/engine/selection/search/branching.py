"""Branch and bound for the proof: which cases to tell apart so that the bound falls fastest.

A general solver spends its time on finding plans and on cuts in every case. Here others look for plans, the cuts of
the root are known, and the columns to branch on are tried out until they are known well (reliability branching,
Achterberg, Koch and Martin 2005); the case with the largest relaxation is always the next.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from math import isfinite

import numpy as np

from mainstay.engine.selection.highs import Helper
from mainstay.engine.selection.program import Floats, Integers, Program
from mainstay.engine.selection.reuse.cuts import Cuts
from mainstay.engine.selection.search.part import Part, part_of, rows_of_entries
from mainstay.engine.selection.search.rows import FREE, Basis, Closed, GrowingRelaxation, Marks, Point
from mainstay.engine.selection.solver import Effort, Ended

_TRIED = 8  # columns in each case
_RELIABLE = 4  # a column that was branched on so often in each direction need not be tried out any more
_BROKEN = 1e-6
_TOUCH = 1e-9
_WHOLE = 1e-5
_LEAST = 1e-3
_SHARE_FOR_DIVES = 0.15  # of the relaxations
_LARGEST_LOSS = 0.01  # of the worth, where there is no plan yet
_MOST_OPEN = 100_000  # cases; from then on one is followed to its end before the next


@dataclass(frozen=True, slots=True, order=True)
class _Case:
    """A case that is still open: its marks (n,), and the broken columns (k,) with what is broken of them (k,)."""

    rank: float
    number: int
    marks: Marks = field(compare=False)
    broken: Integers = field(compare=False)
    parts: Floats = field(compare=False)
    basis: Basis = field(compare=False)

    @property
    def worth(self) -> float:
        return -self.rank


class Branching:
    """Proves how much any numbers can be worth. What is fixed in the program and its cuts stays so."""

    def __init__(self, program: Program, cuts: Cuts | None, effort: Effort, helper: Helper) -> None:
        self._helper = helper
        self._effort = effort
        self._floor = -np.inf if cuts is None else cuts.floor
        self._whole = program
        self._part = _free_part(program, cuts)
        self._fixed_gain = float(program.gain @ self._part.base)
        self._step = _step(program)
        self._margin = 0.0
        self._diving = 0
        self._relaxation = GrowingRelaxation(self._part.program, effort)
        self._costs = _Costs(len(self._part.places))
        self._open: list[_Case] = []
        self._followed: list[_Case] = []
        self._unknown = -np.inf
        self._numbers = count()
        self._asked = -np.inf

    def prove(self) -> Ended | None:
        """The numbers of the helper, proven best, or that there are none; None where the effort is over before."""
        self._ask()
        root = np.full(len(self._part.places), FREE, dtype=np.int8)
        point = self._relaxation.solve(root)
        if isinstance(point, Point):
            self._relaxation.leave_out_loose_rows(point)
            point = self._relaxation.solve(root)
        self._keep(root, point, np.inf)
        while self._open or self._followed:
            if self._effort.is_over:
                return None
            case = self._followed.pop() if self._followed else heappop(self._open)
            self._ask()
            if case.worth > self._asked - self._margin:
                if self._diving < self._relaxation.solved * _SHARE_FOR_DIVES:
                    self._dive(case)
                self._branch(case)
            self._helper.prove(self._bound())
        return self._ended()

    def _ask(self) -> None:
        """What numbers must be worth to be better than those known, in the gain of the part."""
        asked = max(self._helper.worth, self._floor) + self._step - self._fixed_gain
        if asked > self._asked:
            self._asked, self._margin = asked, _margin(asked)
            self._relaxation.ask_for(asked - self._margin)

    def _bound(self) -> float:
        """The most any numbers can be worth by now, in scaled gain of the whole program."""
        opened = [self._open[0].worth] if self._open else []
        opened += [each.worth for each in self._followed]
        worth = max([self._unknown, *opened], default=-np.inf) + self._fixed_gain
        worth += _margin(worth) if worth > -np.inf else 0.0
        return max(worth, self._helper.worth, self._floor)

    def _ended(self) -> Ended | None:
        if self._unknown > -np.inf:
            return None
        best, worth = self._helper.numbers, self._helper.worth
        if worth < self._floor:
            return None
        if best is None:
            return Ended("infeasible", None, None, None, self._relaxation.solved)
        unit = self._whole.unit
        return Ended("optimal", best, worth * unit, worth * unit, self._relaxation.solved)

    def _branch(self, case: _Case) -> None:
        """Tell two cases apart by the column that promises to lower the bound most."""
        for marks, point in self._chosen(case):
            self._keep(marks, point, case.worth)

    def _dive(self, case: _Case) -> None:
        """Go on from a case by what is nearly chosen, to a plan or to where nothing is worth as much as asked."""
        before = self._relaxation.solved
        marks, basis, broken, parts = case.marks, case.basis, case.broken, case.parts
        while len(broken) and not self._effort.is_over:
            column = int(broken[np.argmax(parts)])
            point, marks = self._either(marks, column, basis)
            if isinstance(point, Closed):
                break
            marks, basis = self._with_fixed(marks, point), point.basis
            broken, parts = self._broken(point)
            (self._helper.lead if len(broken) else self._helper.offer)(self._part.whole(point.numbers))
        self._diving += self._relaxation.solved - before

    def _either(self, marks: Marks, column: int, basis: Basis) -> tuple[Point | Closed, Marks]:
        """With a column chosen, or left out where that is closed."""
        for mark in (1, 0):
            marks = marks.copy()
            marks[column] = mark
            point = self._relaxation.solve(marks, basis)
            if isinstance(point, Point):
                break
        return point, marks

    def _broken(self, point: Point) -> tuple[Integers, Floats]:
        """The columns (k,) that are to be whole and are not, and their parts (k,)."""
        parts = point.numbers - np.floor(point.numbers)
        broken = np.flatnonzero(self._part.program.whole & (parts > _BROKEN) & (parts < 1 - _BROKEN))
        return broken.astype(np.int32), parts[broken]

    def _chosen(self, case: _Case) -> list[tuple[Marks, Point | Closed]]:
        """The two halves of a case by the best column; those not known well are tried out."""
        scores = self._costs.scores(case.broken, case.parts)
        best: tuple[float, int, list[tuple[Marks, Point | Closed]]] = (-1.0, -1, [])
        for nth in np.argsort(-scores, kind="stable")[:_TRIED]:
            if self._costs.is_reliable(case.broken[nth]):
                if scores[nth] > best[0]:
                    best = (scores[nth], nth, [])
                break
            halves, score = self._tried(case, int(nth))
            if score > best[0]:
                best = (score, nth, halves)
        return best[2] or self._tried(case, int(best[1]))[0]

    def _tried(self, case: _Case, nth: int) -> tuple[list[tuple[Marks, Point | Closed]], float]:
        """The halves by one column, and how much both lower the bound."""
        column, part = int(case.broken[nth]), float(case.parts[nth])
        halves: list[tuple[Marks, Point | Closed]] = []
        losses = []
        for mark, moved in ((0, part), (1, 1.0 - part)):
            marks = case.marks.copy()
            marks[column] = mark
            point = self._relaxation.solve(marks, case.basis)
            loss = case.worth - point.worth if isinstance(point, Point) else self._largest_loss(case)
            if point is not Closed.UNKNOWN:
                self._costs.learn(mark, column, max(0.0, loss) / moved)
            losses.append(max(loss, _LEAST))
            halves.append((marks, point))
        return halves, losses[0] * losses[1]

    def _largest_loss(self, case: _Case) -> float:
        """What a case is taken to lose that is closed altogether."""
        room = case.worth - self._asked
        return room if isfinite(room) else _LARGEST_LOSS * max(1.0, abs(case.worth))

    def _keep(self, marks: Marks, point: Point | Closed, above: float) -> None:
        """Keep a case for later where it may still hold something better."""
        if point is Closed.UNKNOWN:
            self._unknown = max(self._unknown, above)
        if isinstance(point, Closed) or point.worth < self._asked - self._margin:
            return
        broken, parts = self._broken(point)
        if not len(broken):
            self._found(point)
            return
        self._helper.lead(self._part.whole(point.numbers))
        case = _Case(
            -min(point.worth, above),
            next(self._numbers),
            self._with_fixed(marks, point),
            broken,
            parts,
            point.basis,
        )
        if len(self._open) < _MOST_OPEN:
            heappush(self._open, case)
        else:
            self._followed.append(case)

    def _with_fixed(self, marks: Marks, point: Point) -> Marks:
        """The marks with what cannot be otherwise in anything better (Crowder, Johnson and Padberg 1983)."""
        room = point.worth - self._asked + _BROKEN * max(1.0, abs(point.worth))
        settled = self._part.program.whole & (marks == FREE) & (np.abs(point.costs) > room)
        return np.where(settled, np.rint(point.numbers), marks).astype(np.int8)

    def _found(self, point: Point) -> None:
        """Whole numbers: the best of their case, unless they break a row by more than the solver sees."""
        self._helper.offer(self._part.whole(point.numbers))
        worth = point.worth + self._fixed_gain
        if worth > self._helper.worth + _margin(worth):
            self._unknown = max(self._unknown, point.worth)


class _Costs:
    """What fixing each of n columns took off the bound until now, per unit moved, at 0 and at 1."""

    def __init__(self, width: int) -> None:
        self._sums = np.zeros((2, width))
        self._times = np.zeros((2, width))

    def learn(self, mark: int, column: int, loss: float) -> None:
        """Remember a loss per unit."""
        self._sums[mark, column] += loss
        self._times[mark, column] += 1

    def is_reliable(self, column: int) -> bool:
        """Whether a column was tried often enough."""
        return bool(self._times[:, column].min() >= _RELIABLE)

    def scores(self, columns: Integers, parts: Floats) -> Floats:
        """How promising columns (k,) are of which these parts (k,) are broken: the product of both losses."""
        times, sums = self._times[:, columns], self._sums[:, columns]
        usual = self._sums.sum(axis=1) / np.maximum(1.0, self._times.sum(axis=1))
        each = np.where(times > 0, sums / np.maximum(1.0, times), np.maximum(usual, _LEAST)[:, None])
        losses = np.maximum(each * np.stack([parts, 1.0 - parts]), _LEAST)
        product: Floats = losses[0] * losses[1]
        return product


def _free_part(program: Program, cuts: Cuts | None) -> Part:
    """The columns that are not fixed, with the cuts among the rows."""
    sharp = program if cuts is None else cuts.added_to(program)
    free = program.lower < program.upper
    return part_of(sharp, np.where(free, 0.0, program.lower), free, rows_of_entries(sharp))


def _margin(worth: float) -> float:
    """How far a relaxation may be off."""
    return _TOUCH * max(1.0, abs(worth))


def _step(program: Program) -> float:
    """How much more better numbers are worth at least, in scaled gain."""
    counted = program.gain != 0
    is_whole = program.whole[counted].all() and np.all(program.gain[counted] == np.rint(program.gain[counted]))
    return 1.0 - _WHOLE if is_whole else 0.0
