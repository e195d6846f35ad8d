"""Good plans for large questions: what joining costs is paid by the hour, at a rate that learns."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.assignment.bound import Prices
from mainstay.engine.assignment.greedy import fill
from mainstay.engine.assignment.pairs import Pairs
from mainstay.engine.assignment.period import Period
from mainstay.engine.assignment.plan import NOISE, Plan
from mainstay.engine.linear import Effort

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]
Enough = Callable[[Plan], bool]

TURNS = 30
PATIENCE = 3  # turns without a plan that is better by more than
BETTER = 1e-4  # this part
UNUSED = 1.5  # pairs not used yet pay this many times the least rate
CHEAPER = 0.9  # a first plan leaves people out whose hours bring less than this part of their price


def plan_by_slopes(pairs: Pairs, prices: Prices, effort: Effort, threads: int, enough: Enough) -> Plan:
    """The best plan of some turns of slope scaling, beginning from pairs that prices and a greedy plan propose.

    Each turn solves every period with the charge of a pair divided by the hours it was given in the turn before, so
    that pairs with few hours become dear and disappear (Kim and Pardalos, 1999). `enough` is told of each better plan
    and says when one is good enough.
    """
    best = first_plan(pairs, effort, prices.hours * CHEAPER)
    scaling, idle = _Scaling(pairs, prices, best, threads), 0
    for _ in range(TURNS):
        plan = scaling.turn(effort)
        if plan is None or enough(best) or idle >= PATIENCE:
            break
        idle = 0 if plan.objective > best.objective * (1 + BETTER) else idle + 1
        best = max(best, plan, key=lambda each: each.objective)
    return best


def first_plan(pairs: Pairs, effort: Effort, prices: Floats | None = None) -> Plan:
    """A plan by filling, with prices first where there are some."""
    plan = Plan(pairs)
    if prices is not None:
        fill(plan, effort, prices)
    fill(plan, effort)
    return plan


class _Scaling:
    """Slopes and the pairs they are tried on."""

    def __init__(self, pairs: Pairs, prices: Prices, plan: Plan, threads: int) -> None:
        self._pairs = pairs
        self._threads = threads
        self._periods = [Period(pairs, number) for number in range(pairs.periods)]
        self._least = pairs.charge / pairs.most.sum(axis=1)
        given = plan.hours.sum(axis=1)
        self._among = (given > 0) | self._proposed(prices)
        self._slopes = self._by_hours(given, self._least * UNUSED)
        self._turns = 0

    def turn(self, effort: Effort) -> Plan | None:
        """Solve all periods at the slopes, make a plan of it and learn; None when time is out."""
        gains = self._pairs.gain - self._slopes
        with ThreadPoolExecutor(self._threads) as pool:
            solve = partial(Period.hours, gain=gains, among=self._among, effort=effort)
            found = [each for each in pool.map(solve, self._periods) if each is not None]
        if len(found) < len(self._periods) or effort.is_over:
            return None
        hours = np.stack([each[0] for each in found], axis=1)
        plan = self._plan(hours, effort)
        given, planned = hours.sum(axis=1), plan.hours.sum(axis=1)
        used = given > 0
        self._slopes = self._by_hours(np.where(used, given, planned), np.maximum(self._slopes, self._least))
        self._turns += 1
        if self._turns == 1:
            self._among &= used
        self._among |= planned > 0
        return plan

    def _proposed(self, prices: Prices) -> Booleans:
        """Pairs that gain as much as their prices in some period."""
        known = self._pairs
        rest = known.gain[:, None] - self._least[:, None] - prices.wanted[known.need] - prices.hours[known.person]
        proposed: Booleans = ((known.most > 0) & (rest > -NOISE)).any(axis=1)
        return proposed

    def _by_hours(self, hours: Floats, otherwise: Floats) -> Floats:
        """(pairs,) the charge divided by hours, where there are some."""
        return np.divide(self._pairs.charge, hours, out=otherwise.copy(), where=hours > 0)

    def _plan(self, hours: Floats, effort: Effort) -> Plan:
        """A plan that keeps slots, without pairs that are not worth their charge, filled up."""
        plan, known = Plan(self._pairs), self._pairs
        worth = hours.sum(axis=1) * known.gain
        for pair in np.argsort(-worth)[: np.count_nonzero(worth)].tolist():
            if worth[pair] > known.charge[pair]:
                plan.give(pair, np.minimum(hours[pair], plan.possible(np.array([pair]))[0]))
        fill(plan, effort)
        return plan
