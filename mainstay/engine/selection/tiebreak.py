"""Among equally good plans, the one with the smaller sum of starts, then the one first by candidate id.

By candidate id means: going through the candidates in the order of their ids, the plan is preferred that
has the candidate in, then with the earlier start, then with the option listed earlier.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from mainstay.engine.selection.feasibility import broken
from mainstay.engine.selection.model import Model
from mainstay.engine.selection.plan import Plan, objective
from mainstay.engine.selection.program import Floats, Integers, Program
from mainstay.engine.selection.solver import Effort, Ended, Solver

_LARGEST_WEIGHT = 2**16  # a block of candidates is compared in one solve with weights up to this
SAME_WORTH = 1e-12  # relative difference up to which two objectives are the same but for rounding


def settle_ties(model: Model, plan: Plan, solver: Solver, effort: Effort, within: Program | None = None) -> Plan:
    """The preferred plan among those as good as `plan`; the best known one when time is out before.

    `within` asks for more than the program of the model does, and only plans that hold there are looked at.
    """
    return _Settlement(model, plan, solver, effort, within or model.program).settled()


@dataclass(frozen=True, slots=True)
class _Block:
    """Columns of some candidates, the weight of each (n,), and the most the block can weigh."""

    columns: Integers
    weights: Floats
    most: float


class _Settlement:
    """A search among the plans that are as good as the best one."""

    def __init__(self, model: Model, plan: Plan, solver: Solver, effort: Effort, within: Program) -> None:
        self._model = model
        self._plan = plan
        self._solver = solver
        self._effort = effort
        self._worth = objective(model.problem, plan)
        self._tolerance = SAME_WORTH * max(1.0, abs(self._worth))
        worth_at_least = self._worth - self._tolerance
        places = np.flatnonzero(model.gain)
        self._program = within.with_row(places, model.gain[places], worth_at_least, np.inf)

    def settled(self) -> Plan:
        """The preferred plan."""
        if self._has_rivals():
            self._start_no_later()
            for block in self._blocks():
                self._prefer(block)
        return self._plan

    def _has_rivals(self) -> bool:
        """Find the other plan that starts earliest; whether any other starts as early as the one at hand."""
        others = self._program.with_row(*excluding(self._model, self._plan))
        before = self._weight(self._earliness())
        ended = self._solver.maximise(others.with_gain(self._earliness()), self._effort)
        self._take_over(ended, self._earliness())
        if ended.numbers is None or self._weight(self._earliness()) > before:
            return ended.numbers is not None
        return float(self._earliness() @ ended.numbers) >= before - 0.5

    def _start_no_later(self) -> None:
        gain = self._earliness()
        places = np.flatnonzero(gain)
        if len(places):
            self._program = self._program.with_row(places, gain[places], self._weight(gain), np.inf)

    def _prefer(self, block: _Block) -> None:
        """Take the plan that is best in this block, and leave the block as it then is."""
        gain = np.zeros(len(self._model.gain))
        gain[block.columns] = block.weights
        if not self._effort.is_over and self._weight(gain) < block.most:
            known = self._model.numbers(self._plan)
            self._take_over(self._solver.maximise(self._program.with_gain(gain), self._effort, known), gain)
        settled = self._model.numbers(self._plan)[block.columns]
        self._program = self._program.with_fixed(block.columns, settled)

    def _take_over(self, ended: Ended, gain: Floats) -> None:
        """Take over a plan that weighs more when it is truly as good."""
        if ended.numbers is None:
            return
        plan = self._model.columns.plan(ended.numbers)
        if gain @ self._model.numbers(plan) > self._weight(gain) and self._is_as_good(plan):
            self._plan = plan

    def _is_as_good(self, plan: Plan) -> bool:
        problem = self._model.problem
        return objective(problem, plan) >= self._worth - self._tolerance and not broken(problem, plan)

    def _blocks(self) -> Iterator[_Block]:
        """Blocks of as many candidates as one solve can compare, in the order of ids."""
        block: list[str] = []
        size = 1
        for candidate in sorted(each.id for each in self._model.problem.candidates):
            places = len(self._model.columns.of(candidate)) + 1
            if size * places > _LARGEST_WEIGHT and block:
                yield self._weighted(block)
                block, size = [], 1
            block.append(candidate)
            size *= places
        if block:
            yield self._weighted(block)

    def _weighted(self, candidates: list[str]) -> _Block:
        """Weights by which an earlier candidate of the block outweighs all later ones together."""
        columns, weights = [], []
        scale, most = 1.0, 0.0
        for candidate in reversed(candidates):
            own = self._model.columns.of(candidate)
            columns.append(own)
            weights.append(scale * (len(own) - self._model.columns.ranks(candidate)))
            most += scale * len(own)
            scale *= len(own) + 1
        return _Block(np.concatenate(columns), np.concatenate(weights), most)

    def _earliness(self) -> Floats:
        gain = np.zeros(len(self._model.gain))
        gain[: self._model.columns.count] = -self._model.columns.start
        return gain

    def _weight(self, gain: Floats) -> float:
        return float(gain @ self._model.numbers(self._plan))


def excluding(model: Model, plan: Plan) -> tuple[Integers, Floats, float, float]:
    """The row that excludes exactly this plan."""
    chosen = model.columns.numbers(plan)
    entries = np.where(chosen > 0.5, 1.0, -1.0)
    return np.arange(len(chosen)), entries, -np.inf, float(chosen.sum()) - 1
