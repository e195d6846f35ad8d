"""Branch and bound for the proof: which cases to tell apart so that the bound falls fastest.

A general solver spends its time on finding plans and on cuts in every case. Here others look for plans, the cuts of
the root are known, and the columns to branch on are tried out until they are known well (reliability branching,
Achterberg, Koch and Martin 2005); the case with the largest relaxation is always the next. Now and then the branching
plunges: it follows the case in which the best plan is expected (best estimate, Linderoth and Savelsbergh 1999) down
to where nothing is worth as much as asked. What it sees there shows the others where to look.
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
_SHARE_FOR_PLUNGES = 0.25  # of the relaxations
_LONGEST_PLUNGE = 200  # relaxations
_LARGEST_LOSS = 0.01  # of the worth, where there is no plan yet
_MOST_OPEN = 100_000  # cases; from then on one is followed to its end before the next


@dataclass(frozen=True, slots=True, order=True)
class _Case:
    """A case that is still open: its marks (n,), and the broken columns (k,) with what is broken of them (k,).

    `estimate` is what its best plan can be expected to be worth.
    """

    rank: float
    number: int
    marks: Marks = field(compare=False)
    broken: Integers = field(compare=False)
    parts: Floats = field(compare=False)
    basis: Basis = field(compare=False)
    estimate: float = field(compare=False)

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
        self._plunging = 0
        self._relaxation = GrowingRelaxation(self._part.program, effort)
        self._costs = _Costs(len(self._part.places))
        self._open: list[_Case] = []
        self._followed: list[_Case] = []
        self._plunged: set[int] = set()
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
        self._keep(self._cases([(root, point)], np.inf))
        while self._open or self._followed:
            if self._effort.is_over:
                return None
            case = self._followed.pop() if self._followed else heappop(self._open)
            if case.number in self._plunged:
                continue
            self._keep(self._branches(case))
            if self._plunging < self._relaxation.solved * _SHARE_FOR_PLUNGES:
                self._plunge()
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

    def _branches(self, case: _Case, *, is_leading: bool = False) -> list[_Case]:
        """Cases told apart by the column that promises to lower the bound most; none where there is nothing in it."""
        self._ask()
        if case.worth <= self._asked - self._margin:
            return []
        return self._cases(self._chosen(case), case.worth, is_leading=is_leading)

    def _plunge(self) -> None:
        """Go on from the most promising case, always to the more promising branch, and back from where it ends."""
        before = self._relaxation.solved
        most = max(self._open, key=self._promise, default=None)
        rest = [] if most is None or most.number in self._plunged else [most]
        self._plunged.update(each.number for each in rest)
        while rest and self._relaxation.solved - before < _LONGEST_PLUNGE and not self._effort.is_over:
            rest += sorted(self._branches(rest.pop(), is_leading=True), key=self._promise)
        self._keep(rest)
        self._plunging += self._relaxation.solved - before

    def _promise(self, case: _Case) -> float:
        """What the best plan in it can be expected to be worth; nothing where it was gone on from already."""
        return -np.inf if case.number in self._plunged else case.estimate

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

    def _cases(
        self, halves: list[tuple[Marks, Point | Closed]], above: float, *, is_leading: bool = False
    ) -> list[_Case]:
        """The halves that may still hold something better, below a case worth so much."""
        cases = []
        for marks, point in halves:
            if point is Closed.UNKNOWN:
                self._unknown = max(self._unknown, above)
            if isinstance(point, Closed) or point.worth < self._asked - self._margin:
                continue
            broken, parts = self._broken(point)
            if not len(broken):
                self._found(point)
                continue
            if is_leading:
                self._helper.lead(self._part.whole(point.numbers))
            worth = min(point.worth, above)
            estimate = worth - self._costs.least(broken, parts)
            fixed = self._with_fixed(marks, point)
            cases.append(_Case(-worth, next(self._numbers), fixed, broken, parts, point.basis, estimate))
        return cases

    def _keep(self, cases: list[_Case]) -> None:
        """Keep cases for later."""
        for each in cases:
            if len(self._open) < _MOST_OPEN:
                heappush(self._open, each)
            else:
                self._followed.append(each)

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
        losses = np.maximum(self._losses(columns, parts), _LEAST)
        product: Floats = losses[0] * losses[1]
        return product

    def least(self, columns: Integers, parts: Floats) -> float:
        """What it takes at least to make columns (k,) whole of which these parts (k,) are broken."""
        return float(self._losses(columns, parts).min(axis=0).sum())

    def _losses(self, columns: Integers, parts: Floats) -> Floats:
        """What fixing columns (k,) of which these parts (k,) are broken takes off the bound, at 0 and at 1 (2, k)."""
        times, sums = self._times[:, columns], self._sums[:, columns]
        usual = self._sums.sum(axis=1) / np.maximum(1.0, self._times.sum(axis=1))
        each = np.where(times > 0, sums / np.maximum(1.0, times), np.maximum(usual, _LEAST)[:, None])
        losses: Floats = each * np.stack([parts, 1.0 - parts])
        return losses


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
