"""A plan and its arithmetic, reckoned straight from the problem and without any solver."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import fsum

from mainstay.engine.selection.answer import Choice, LimitUse
from mainstay.engine.selection.candidate import Candidate, Option
from mainstay.engine.selection.limit import Limit
from mainstay.engine.selection.problem import Problem
from mainstay.engine.selection.rule import Bonus, Saving

TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Pick:
    """The option a candidate is chosen with, by its place in the list, and the place of its start."""

    option: int
    start: int


@dataclass(frozen=True, slots=True)
class Taken:
    """A chosen candidate with everything the arithmetic needs at hand."""

    candidate: Candidate
    option: Option
    start: int
    value: float


@dataclass(frozen=True, slots=True)
class Plan:
    """One pick or none for each candidate, in the order of the problem."""

    picks: tuple[Pick | None, ...]

    def taken(self, problem: Problem) -> Iterator[Taken]:
        """The chosen candidates, in the order of the problem."""
        for candidate, pick in zip(problem.candidates, self.picks, strict=True):
            if pick is not None:
                option = candidate.options[pick.option]
                yield Taken(candidate, option, option.starts[pick.start], option.values[pick.start])

    def choices(self, problem: Problem) -> tuple[Choice, ...]:
        """The chosen candidates as the answer names them."""
        return tuple(Choice(each.candidate.id, each.option.id, each.start) for each in self.taken(problem))

    def ids(self, problem: Problem) -> frozenset[str]:
        """The ids of the chosen candidates."""
        return frozenset(each.candidate.id for each in self.taken(problem))


def objective(problem: Problem, plan: Plan) -> float:
    """The sum of values and bonuses less the cost of overload, in the unit of the values."""
    ids = plan.ids(problem)
    values = [each.value for each in plan.taken(problem)]
    bonuses = [rule.value for rule in problem.rules if isinstance(rule, Bonus) and ids.issuperset(rule.candidates)]
    overload = [-each.overload_cost for each in limit_uses(problem, plan) if each.overload_cost]
    return fsum(values + bonuses + overload)


def limit_uses(problem: Problem, plan: Plan) -> tuple[LimitUse, ...]:
    """What the plan uses of every limit, in the order of the problem."""
    taken = tuple(plan.taken(problem))
    return tuple(_limit_use(problem, limit, taken) for limit in problem.limits)


def gross_use(problem: Problem, limit: Limit, taken: tuple[Taken, ...]) -> tuple[float, ...]:
    """The use of a limit in each period, or in all (one figure) for a total, before savings."""
    if limit.by_period is None:
        return (fsum(_counted(limit, taken)),)
    parts: list[list[float]] = [[] for _ in range(problem.periods)]
    for each in taken:
        for after, amount in enumerate(each.option.use.get(limit.id, ())):
            if each.start + after < problem.periods:
                parts[each.start + after].append(amount)
    return tuple(fsum(amounts) for amounts in parts)


def slack_tolerance(amount: float) -> float:
    """How far a sum may lie above `amount` and still count as within it."""
    return TOLERANCE + 1e-12 * abs(amount)


def _counted(limit: Limit, taken: tuple[Taken, ...]) -> Iterator[float]:
    for each in taken:
        for after, amount in enumerate(each.option.use.get(limit.id, ())):
            if limit.window is None or limit.window[0] <= each.start + after < limit.window[1]:
                yield amount


def _limit_use(problem: Problem, limit: Limit, taken: tuple[Taken, ...]) -> LimitUse:
    given_back = _given_back(problem, limit, taken)
    amounts = limit.amounts()
    used = tuple(use - given_back for use in gross_use(problem, limit, taken))
    slack = tuple(amount - use for amount, use in zip(amounts, used, strict=True))
    overload = tuple(max(0.0, -left) for left in slack)
    binding = any(left <= slack_tolerance(amount) for left, amount in zip(slack, amounts, strict=True))
    by_period = limit.by_period is not None
    return LimitUse(
        id=limit.id,
        used=fsum(used),
        slack=min(slack),
        overload=fsum(overload),
        overload_cost=fsum(overload) * limit.overload_price,
        binding=binding,
        used_by_period=used if by_period else (),
        slack_by_period=slack if by_period else (),
        overload_by_period=overload if by_period else (),
    )


def _given_back(problem: Problem, limit: Limit, taken: tuple[Taken, ...]) -> float:
    ids = {each.candidate.id for each in taken}
    savings = (rule for rule in problem.rules if isinstance(rule, Saving) and rule.limit == limit.id)
    return fsum(rule.amount for rule in savings if ids.issuperset(rule.candidates))
