"""The exact steps of a frontier: every amount at which a better plan becomes possible.

From the largest amount downwards: the best plan stays the best down to what it needs itself; just below that the
problem is solved again, which gives another plan of the same worth that needs less, or the next step.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from mainstay.engine.selection.answer import Choice
from mainstay.engine.selection.frontier.axis import Axis
from mainstay.engine.selection.highs import HighsSolver
from mainstay.engine.selection.optimum import find_optimum
from mainstay.engine.selection.plan import Plan, objective
from mainstay.engine.selection.problem import Problem
from mainstay.engine.selection.solver import Effort, Solver
from mainstay.engine.selection.tiebreak import SAME_WORTH

_CLOSE = 1e-5  # of the amount; plans whose needs lie closer together are told as one step


@dataclass(frozen=True, slots=True)
class Step:
    """From this amount on, up to the next step, the best plan is worth `objective`."""

    amount: float
    objective: float
    chosen: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps by rising amount. `proven_from` is the amount down to which they are all there is.

    Below the first step there is no plan, or nothing was asked.
    """

    axis: str
    steps: tuple[Step, ...]
    proven_from: float

    def worth(self, amount: float) -> float | None:
        """What the best plan is worth with an amount, None where there is none."""
        known = [each for each in self.steps if each.amount <= amount * (1 + 1e-12)]
        return known[-1].objective if known else None


def exact_steps(
    problem: Problem,
    axis: str,
    low: float,
    high: float,
    *,
    effort: Effort | None = None,
    solver: Solver | None = None,
) -> Steps:
    """All steps from one amount to another, for problems small enough to be solved many times.

    When the effort is over before, the upper steps are given. Raises what `Axis` raises, and `ValueError` for a limit
    with overload, along which value also rises between steps.

    >>> from mainstay.engine.selection.reader import read_problem
    >>> option = {"id": "full", "duration": 1, "starts": [0], "value": 7, "use": {"money": [3]}}
    >>> asked = {"format": "mainstay-plan/1", "periods": 1, "limits": [{"id": "money", "total": 4}]}
    >>> problem = read_problem(asked | {"candidates": [{"id": "A", "options": [option]}]})
    >>> [(each.amount, each.objective) for each in exact_steps(problem, "money", 0, 10).steps]
    [(0.0, 0.0), (3.0, 7.0)]
    """
    line, effort = Axis(problem, axis), replace(effort or Effort(), gap=0.0)
    lowest, highest = min(line.checked((low, high))), max(low, high)
    if line.is_limit and problem.limit(axis).overload_share > 0:
        raise ValueError(f'the limit "{axis}" has overload, so value rises between its steps, too')
    search = _Downwards(line, lowest, effort, solver or HighsSolver())
    steps = list(search.steps(highest))
    return Steps(axis, tuple(reversed(steps)), search.proven_from)


class _Downwards:
    """Goes from the largest amount down, one solve for each plan it meets."""

    def __init__(self, line: Axis, low: float, effort: Effort, solver: Solver) -> None:
        self._line = line
        self._low = low
        self._effort = effort
        self._solver = solver
        self.proven_from = float("inf")

    def steps(self, high: float) -> Iterator[Step]:
        """The steps, the largest amount first."""
        amount, last = high, None
        for plan in self._plans(high):
            worth = objective(self._line.problem, plan)
            if last is not None and worth < last.objective - SAME_WORTH * max(1.0, abs(worth)):
                yield last
            amount = max(self._line.least(plan), min(self._low, amount))
            last = Step(amount, worth, plan.choices(self._line.problem))
        if last is not None:
            yield last

    def _plans(self, amount: float) -> Iterator[Plan]:
        """Best plans for ever smaller amounts, each with the amount just below what the one before needs."""
        while True:
            found = find_optimum(self._line.at(amount), self._solver, self._effort, ties=False)
            if found.status == "infeasible":
                self.proven_from = self._low
            if found.status != "optimal" or found.plan is None:
                return
            least = self._line.least(found.plan)
            self.proven_from = max(self._low, least)
            yield found.plan
            if least <= self._low:
                return
            amount = max(self._low, least - _CLOSE * max(1.0, abs(least)))
