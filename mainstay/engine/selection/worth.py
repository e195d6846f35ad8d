"""What more of the limits is worth: solved again with the increase, since dual prices mislead here."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from mainstay.engine.selection.answer import MarginalWorth
from mainstay.engine.selection.highs import HighsSolver
from mainstay.engine.selection.optimum import Optimum, find_optimum
from mainstay.engine.selection.problem import Problem
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
    return tuple(_worths(problem, base, wanted, step, solver, effort))


def _worths(
    problem: Problem, base: Optimum, wanted: list[tuple[str, ...]], step: float, solver: Solver, effort: Effort
) -> Iterable[MarginalWorth]:
    for nth, limits in enumerate(wanted):
        part = effort.part(1 / (len(wanted) - nth))
        more = find_optimum(problem.with_more(dict.fromkeys(limits, step)), solver, part, base.plan)
        if base.objective is not None and more.objective is not None:
            proven = base.is_proven and more.is_proven
            yield MarginalWorth(limits, step, more.objective - base.objective, proven)
