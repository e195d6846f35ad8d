"""What no assignment can pass: a linear program for each period, tied together by what joining costs."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.assignment.pairs import Pairs
from mainstay.engine.assignment.period import Period, PeriodPrices
from mainstay.engine.linear import Effort

Floats = NDArray[np.float64]

FIRST_ROUND = 0.5  # of the time at most goes to the first prices, with which good plans are found
ENOUGH = 1e-4  # a round that lowers the bound by less is the last


@dataclass(frozen=True, slots=True, eq=False)
class Prices:
    """What an hour wanted (needs, periods), an hour of somebody and a project slot (people, periods) are worth.

    bound: what no assignment can pass, by these prices.
    """

    wanted: Floats
    hours: Floats
    slots: Floats
    bound: float


def ever_better_prices(pairs: Pairs, effort: Effort, threads: int) -> Iterator[Prices]:
    """Prices with ever lower bounds, until a round helps little or time is out; one at least.

    Whoever joins a need for a charge c gives it at most m hours in each period, so any shares u of the charge with
    sum of u m = c may be paid by the hour, and the periods fall apart. For given prices the shares that help most are
    known: they take away what hours still gain. Prices and shares are improved in turn (coordinate descent on the
    Lagrangian dual, Geoffrion 1974); each bound is valid whatever the prices are. After the first round half of the
    threads are used, so that plans can be sought at the same time.
    """
    periods = [Period(pairs, number) for number in range(pairs.periods)]
    shares = _evenly(pairs)
    best, now = None, effort.at_most(effort.left * FIRST_ROUND)
    while best is None or not effort.is_over:
        found = _certified(pairs, periods, _solved(periods, pairs.gain[:, None] - shares, now, threads))
        if best is not None and found.bound > best.bound * (1 - ENOUGH):
            break
        best = found
        yield best
        shares = _shares(pairs, _what_still_gains(pairs, periods, best))
        threads, now = max(1, threads // 2), effort


def _solved(periods: list[Period], gains: Floats, effort: Effort, threads: int) -> list[PeriodPrices]:
    """The prices of each period for gains (pairs, periods)."""
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(lambda period: period.prices(gains[:, period.number], effort), periods))


def _evenly(pairs: Pairs) -> Floats:
    """(pairs, periods) the charge in equal parts on the most hours of all periods."""
    shares: Floats = np.repeat((pairs.charge / pairs.most.sum(axis=1))[:, None], pairs.periods, axis=1)
    return shares


def _what_still_gains(pairs: Pairs, periods: list[Period], prices: Prices) -> Floats:
    """(pairs, periods) what an hour brings above its prices, zero where it brings less."""
    rest = pairs.gain[:, None] - prices.wanted[pairs.need] - prices.hours[pairs.person]
    for period in periods:
        rest[:, period.number] -= prices.slots[pairs.person, period.number] * period.slot_of_an_hour
    return np.where(pairs.most > 0, np.maximum(rest, 0.0), 0.0)


def _shares(pairs: Pairs, gaining: Floats) -> Floats:
    """(pairs, periods) shares of the charges that take away what gains; what is left over goes where it gained."""
    total = (gaining * pairs.most).sum(axis=1)
    scale = np.divide(pairs.charge, total, out=np.zeros_like(total), where=total > 0)
    return np.where(total[:, None] > 0, gaining * scale[:, None], _evenly(pairs))


def _certified(pairs: Pairs, periods: list[Period], solved: list[PeriodPrices]) -> Prices:
    """The bound by any prices: all limits at their prices, and of each pair what gains beyond its charge."""
    wanted = np.stack([each.wanted for each in solved], axis=1)
    hours = np.stack([each.hours for each in solved], axis=1)
    slots = np.stack([each.slots for each in solved], axis=1)
    limits = (wanted * pairs.wanted).sum() + (hours * pairs.free).sum() + (slots * pairs.slots).sum()
    gaining = _what_still_gains(pairs, periods, Prices(wanted, hours, slots, 0.0))
    rest = np.maximum((gaining * pairs.most).sum(axis=1) - pairs.charge, 0.0).sum()
    return Prices(wanted, hours, slots, float(limits + rest))
