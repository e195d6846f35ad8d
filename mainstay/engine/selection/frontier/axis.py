"""What a frontier varies: one limit, or the cap of one measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import fsum, inf, isfinite

from mainstay.engine.selection.limit import Limit
from mainstay.engine.selection.plan import Plan, limit_uses
from mainstay.engine.selection.problem import Problem
from mainstay.engine.selection.rule import MeasureBounds

_LEAST_SHARE, _MOST_SHARE = 0.5, 1.5
_MOST_POINTS = 1000


@dataclass(frozen=True, slots=True)
class Axis:
    """A limit, by its id, or a measure, by its name, and the amounts it may take.

    The amount of a limit with a total is the total, that of a limit by period the sum of its periods, which
    then keep their proportions; that of a measure is the most its sum over the chosen options may be.
    Raises `KeyError` for a name that is neither and `ValueError` for a limit by period without any capacity.
    """

    problem: Problem
    id: str

    def __post_init__(self) -> None:
        if not self.is_limit and not any(self.id in each.measures for each in self.problem.options()):
            raise KeyError(self.id)
        if self.is_limit and self._limit.by_period is not None and not fsum(self._limit.by_period) > 0:
            raise ValueError(f'the limit "{self.id}" has no capacity in any period, so there is nothing to scale')

    @property
    def is_limit(self) -> bool:
        """Whether it is a limit and not a measure."""
        return any(each.id == self.id for each in self.problem.limits)

    @property
    def present(self) -> float | None:
        """The amount as it is now, None for a measure nobody has capped."""
        if self.is_limit:
            return fsum(self._limit.amounts())
        highs = [rule.high for rule in self._caps() if rule.high is not None]
        return min(highs, default=None)

    def amounts(self, count: int) -> tuple[float, ...]:
        """So many amounts evenly from half the present one to one and a half times, itself among them.

        For a measure nobody has capped they run from zero to what all candidates together have.
        """
        if not 1 <= count <= _MOST_POINTS:
            raise ValueError(f"a frontier has 1 to {_MOST_POINTS} points, not {count}")
        present = self.present
        if count == 1:
            return (self._everything() if present is None else present,)
        low, high = (0.0, self._everything()) if present is None else (present * _LEAST_SHARE, present * _MOST_SHARE)
        even = [low + (high - low) * nth / (count - 1) for nth in range(count)]
        if present is not None:
            even[min(range(count), key=lambda nth: abs(even[nth] - present))] = present
        return tuple(dict.fromkeys(even))

    def checked(self, amounts: Sequence[float]) -> tuple[float, ...]:
        """The amounts in rising order, each once; `ValueError` for none, too many or one that makes no sense."""
        if not 1 <= len(amounts) <= _MOST_POINTS:
            raise ValueError(f"a frontier has 1 to {_MOST_POINTS} points, not {len(amounts)}")
        for amount in amounts:
            if not isfinite(amount) or (self.is_limit and amount < 0):
                raise ValueError(f'"{self.id}" cannot be {amount:g}')
        return tuple(sorted(set(map(float, amounts))))

    def at(self, amount: float) -> Problem:
        """The problem with this amount."""
        if self.is_limit:
            limits = (_scaled(each, amount) if each.id == self.id else each for each in self.problem.limits)
            return replace(self.problem, limits=tuple(limits))
        others = tuple(rule for rule in self.problem.rules if rule not in self._caps())
        lows = [rule.low for rule in self._caps() if rule.low is not None]
        cap = MeasureBounds(f"frontier {self.id}", self.id, high=amount)
        if not lows:
            return replace(self.problem, rules=(*others, cap))
        floor = MeasureBounds(f"frontier floor {self.id}", self.id, low=max(lows))
        return replace(self.problem, rules=(*others, floor, cap))

    def least(self, plan: Plan) -> float:
        """The least amount with which the plan keeps the limit or the cap, savings given back."""
        if not self.is_limit:
            return fsum(each.option.measures.get(self.id, 0.0) for each in plan.taken(self.problem))
        use = next(each for each in limit_uses(self.problem, plan) if each.id == self.id)
        if self._limit.by_period is None:
            return max(0.0, use.used)
        pairs = zip(use.used_by_period, self._limit.by_period, strict=True)
        share = max((used / amount if amount else inf for used, amount in pairs if used > 0), default=0.0)
        return share * fsum(self._limit.by_period)

    @property
    def _limit(self) -> Limit:
        return self.problem.limit(self.id)

    def _caps(self) -> list[MeasureBounds]:
        return [rule for rule in self.problem.rules if isinstance(rule, MeasureBounds) and rule.measure == self.id]

    def _everything(self) -> float:
        return fsum(
            max(option.measures.get(self.id, 0.0) for option in candidate.options)
            for candidate in self.problem.candidates
        )


def _scaled(limit: Limit, amount: float) -> Limit:
    if limit.by_period is None:
        return replace(limit, total=amount)
    share = amount / fsum(limit.by_period)
    return replace(limit, by_period=tuple(each * share for each in limit.by_period))
