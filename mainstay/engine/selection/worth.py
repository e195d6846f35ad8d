"""What more of the limits is worth: solved again with the increase, since dual prices mislead here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations

from mainstay.engine.selection.answer import MarginalWorth
from mainstay.engine.selection.highs import HighsSolver
from mainstay.engine.selection.model import Model
from mainstay.engine.selection.optimum import Optimum, find_optimum
from mainstay.engine.selection.plan import objective
from mainstay.engine.selection.problem import Problem
from mainstay.engine.selection.reuse.known import is_close
from mainstay.engine.selection.reuse.warm import WarmRelaxation
from mainstay.engine.selection.solver import Effort, Solver


def marginal_worth(
    problem: Problem,
    *,
    step: float = 1.0,
    pairs: bool = False,
    effort: Effort | None = None,
    solver: Solver | None = None,
) -> tuple[MarginalWorth, ...]:
    """What the objective gains with `step` more of each limit, in every period, and of each pair of limits.

    A pair can be worth something when neither of its limits is alone. Empty for a problem without a plan;
    `proven` is false where time ran out, and then `worth` compares the best plans found.

    >>> from mainstay.engine.selection.reader import read_problem
    >>> marginal_worth(read_problem('{"format": "mainstay-plan/1", "periods": 1, "limits": [], "candidates": []}'))
    ()
    """
    solver, effort = solver or HighsSolver(), effort or Effort()
    alone = [(each.id,) for each in problem.limits]
    together = list(combinations([each.id for each in problem.limits], 2)) if pairs else []
    wanted: list[tuple[str, ...]] = [*alone, *together]
    base = find_optimum(problem, solver, effort.part(1 / (len(wanted) + 1)))
    if base.objective is None:
        return ()
    return tuple(_Worths(problem, base, step, solver, effort).each(wanted))


class _Worths:
    """Solves again with one increase after the other, where the relaxation does not say that nothing is gained."""

    def __init__(self, problem: Problem, base: Optimum, step: float, solver: Solver, effort: Effort) -> None:
        self._problem = problem
        self._base = base
        self._step = step
        self._solver = solver
        self._effort = effort
        self._relaxation = WarmRelaxation(Model(problem).program, replace(effort.quietly(), threads=1))
        self._best: dict[tuple[str, ...], Optimum] = {}

    def each(self, wanted: list[tuple[str, ...]]) -> Iterable[MarginalWorth]:
        """The worth of each increase, in the order asked for."""
        for nth, limits in enumerate(wanted):
            more = self._with_more(limits, self._effort.part(1 / (len(wanted) - nth)))
            if more.objective is not None and self._base.objective is not None:
                proven = self._base.is_proven and more.is_proven
                yield MarginalWorth(limits, self._step, more.objective - self._base.objective, proven)

    def _with_more(self, limits: tuple[str, ...], effort: Effort) -> Optimum:
        increased = self._problem.with_more(dict.fromkeys(limits, self._step))
        first = self._known(increased, limits)
        program = Model(increased).program
        relaxed = None if effort.is_over else self._relaxation.solve(program)
        if relaxed is not None and first.plan is not None:
            worth = objective(increased, first.plan)
            if is_close(worth, relaxed.worth * program.unit, 0.0):
                return Optimum("optimal", first.plan, worth, worth)
        self._best[limits] = find_optimum(increased, self._solver, effort, first.plan)
        return self._best[limits]

    def _known(self, increased: Problem, limits: tuple[str, ...]) -> Optimum:
        """The best plan seen with a part of the increase."""
        parts = [self._base, *(self._best[(each,)] for each in limits if (each,) in self._best)]
        plans = [each for each in parts if each.plan is not None]
        return max(plans, key=lambda each: objective(increased, each.plan) if each.plan else 0.0)
