"""Why no plan exists: a smallest set of limits, rules and forcings that cannot hold together.

First a conflict none of whose members can be spared (deletion filter); then, while it is cheap, the proof
that none is smaller: a conflict must contain something that each known plan breaks, so a smallest set that
hits what every known plan breaks is either a conflict, then a smallest one, or shows a new plan.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from mainstay.engine.selection.answer import Conflict, Member
from mainstay.engine.selection.feasibility import broken
from mainstay.engine.selection.model import Model
from mainstay.engine.selection.problem import Problem
from mainstay.engine.selection.program import Booleans, ProgramBuilder
from mainstay.engine.selection.solver import Effort, Solver

_ROUNDS = 500


class OutOfTimeError(Exception):
    """Time ran out before it was known whether some members can hold together."""


def find_conflict(problem: Problem, solver: Solver, effort: Effort) -> Conflict | None:
    """A smallest conflict of an infeasible problem; None when the problem is feasible or time ran out."""
    search = _Search(problem, solver, effort)
    try:
        found = search.irreducible()
    except OutOfTimeError:
        return None
    if found is None:
        return None
    try:
        return search.smallest(found)
    except OutOfTimeError:
        return search.conflict(found, smallest=False)


class _Search:
    """Asks the solver again and again whether some of the members can hold together."""

    def __init__(self, problem: Problem, solver: Solver, effort: Effort) -> None:
        self._model = Model(problem, tight=False)
        self._program = self._model.program.with_gain(np.zeros(len(self._model.gain)))
        self._solver = solver
        self._effort = effort
        self._places = {member: nth for nth, member in enumerate(self._model.members)}
        self._broken: list[Booleans] = []

    def irreducible(self) -> Booleans | None:
        """Members ((members,) of bool) in conflict of which none can be spared, None without a conflict."""
        kept = np.ones(len(self._places), dtype=np.bool_)
        if self._can_hold(kept):
            return None
        for width in self._widths(len(kept)):
            for first in range(0, len(kept), width):
                fewer = kept.copy()
                fewer[first : first + width] = False
                if fewer.sum() < kept.sum() and not self._can_hold(fewer):
                    kept = fewer
        return kept

    def smallest(self, known: Booleans) -> Conflict:
        """The known conflict or a smaller one, with the proof where the rounds suffice for it."""
        for _ in range(_ROUNDS):
            hitting = self._smallest_hitting_set()
            if hitting.sum() >= known.sum():
                return self.conflict(known, smallest=True)
            if not self._can_hold(hitting):
                return self.conflict(hitting, smallest=True)
        return self.conflict(known, smallest=False)

    def conflict(self, kept: Booleans, *, smallest: bool) -> Conflict:
        """The conflict of the members kept."""
        pairs = zip(self._model.members, kept, strict=True)
        return Conflict(tuple(member for member, is_kept in pairs if is_kept), smallest)

    def _can_hold(self, kept: Booleans) -> bool:
        if any(not (kept & broken_by_plan).any() for broken_by_plan in self._broken):
            return True
        ended = self._solver.maximise(self._program.with_only(kept), self._effort)
        if ended.status == "infeasible":
            return False
        if ended.numbers is None:
            raise OutOfTimeError
        plan = self._model.columns.plan(ended.numbers)
        self._broken.append(self._mask(broken(self._model.problem, plan)) & ~kept)
        return True

    def _smallest_hitting_set(self) -> Booleans:
        builder = ProgramBuilder()
        builder.add_columns(-np.ones(len(self._places)))
        for broken_by_plan in self._broken:
            columns = np.flatnonzero(broken_by_plan)
            builder.add_row(columns, np.ones(len(columns)), lower=1)
        ended = self._solver.maximise(builder.build(), self._effort)
        if ended.status != "optimal" or ended.numbers is None:
            raise OutOfTimeError
        return np.asarray(ended.numbers > 0.5)

    def _mask(self, found: Iterable[Member]) -> Booleans:
        mask = np.zeros(len(self._places), dtype=np.bool_)
        mask[[self._places[each] for each in found]] = True
        return mask

    @staticmethod
    def _widths(count: int) -> list[int]:
        """Halving widths down to one: large parts that do not matter go in one step."""
        widths = [1]
        while widths[-1] * 4 < count:
            widths.append(widths[-1] * 4)
        return widths[::-1]
