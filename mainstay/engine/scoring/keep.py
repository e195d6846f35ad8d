"""How far a weight can move before something that follows from the order of projects changes, exactly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.scoring.lines import NOISE, Lines

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]

PAIRS_AT_ONCE = 500_000
FIRST_WINDOW = 1 / 512


@dataclass(frozen=True, slots=True)
class Turn:
    """The first change: how far the weight moves until then (infinite: never), and who passes whom (-1: nobody)."""

    distance: float
    overtaken: int
    overtaking: int


NEVER = Turn(np.inf, -1, -1)


@dataclass(frozen=True, slots=True, eq=False)
class Purse:
    """What decides a selection by a budget: the cost of each project (n,), the money there is, the place of each."""

    costs: Floats
    money: float
    rank: Integers


def first_of_pairs(lines: Lines, above: Integers, below: Integers, way: int) -> Turn:
    """The first pair to change places; above[i] stands above below[i] now."""
    if not len(above):
        return NEVER
    distances, _ = lines.turns(above, below, np.ones(len(above), dtype=np.bool_), way)
    place = int(np.argmin(distances))
    return Turn(float(distances[place]), int(above[place]), int(below[place])) if distances[place] < np.inf else NEVER


def keep_above(lines: Lines, chosen: Integers, others: Integers, way: int) -> Turn:
    """The first of the others to pass one of the chosen.

    From the far end back: the least chosen and the greatest other there cross somewhere before; go to that crossing
    and look again. For straight totals the gap is concave, so this ends at the first crossing. For curved ones it
    gives a bound, and all pairs that can meet before it are looked at.
    """
    if not len(chosen) or not len(others):
        return NEVER
    turn = _back_to_first(lines, chosen, others, way)
    if lines.straight:
        return turn
    ends = np.sort([lines.at(lines.now), lines.at(lines.now + way * min(turn.distance, lines.reach(way)))], axis=0)
    low, high = ends[0], ends[1]
    chosen = chosen[low[chosen] < high[others].max() + NOISE]
    others = others[high[others] > low[chosen].min(initial=np.inf) - NOISE]
    block = max(1, PAIRS_AT_ONCE // max(1, len(chosen)))
    for start in range(0, len(others), block):
        some = others[start : start + block]
        found = first_of_pairs(lines, np.repeat(chosen, len(some)), np.tile(some, len(chosen)), way)
        turn = min(turn, found, key=lambda each: each.distance)
    return turn


def keep_in_budget(lines: Lines, chosen: Integers, others: Integers, purse: Purse, way: int) -> Turn:
    """The first of the others to find enough money left when its turn comes.

    Going down the ranking gives the same selection as long as each other project finds too little left, so each has
    to stay below chosen ones that cost more than the money less its own cost. Looked at are growing windows, in each
    only the projects whose totals can come that far.
    """
    spare = purse.money - purse.costs
    waiting = others[spare[others] >= 0]
    turn, reach, end = NEVER, lines.reach(way), 0.0
    while len(waiting) and end < min(reach, turn.distance):
        start, end = end, min(reach, max(FIRST_WINDOW, 2 * end))
        ends = np.sort([lines.at(lines.now + way * start), lines.at(lines.now + way * end)], axis=0)
        surely_above = _sums_above(ends[0][chosen], purse.costs[chosen], ends[1][waiting] + NOISE)
        near = surely_above <= spare[waiting]
        found = (_first_to_fit(lines, chosen, int(each), purse, way) for each in waiting[near])
        turn = min(turn, *found, NEVER, key=lambda each: each.distance)
        waiting = waiting[~near]
    return turn


def first_time(times: Floats, changes: Floats, start: float, *, at_most: float) -> tuple[float, int]:
    """When a sum that starts somewhere and changes at some times is first at most a bound, and by which change.

    What happens at one time counts together. Infinite and -1 for never; nothing is asked of the start itself.
    """
    order = np.argsort(times, kind="stable")
    times = times[order]
    order = order[: int(np.isfinite(times).sum())]
    sums = start + np.cumsum(changes[order])
    settled = np.append(np.diff(times[: len(order)]) > NOISE, np.True_)[: len(order)]
    places = np.flatnonzero(settled & (sums <= at_most))
    return (float(times[places[0]]), int(order[places[0]])) if len(places) else (np.inf, -1)


def _back_to_first(lines: Lines, chosen: Integers, others: Integers, way: int) -> Turn:
    turn, distance = NEVER, lines.reach(way)
    while True:
        totals = lines.at(lines.now + way * distance)
        least, greatest = chosen[np.argmin(totals[chosen])], others[np.argmax(totals[others])]
        if totals[greatest] - totals[least] <= NOISE:
            return turn
        found = first_of_pairs(lines, np.array([least]), np.array([greatest]), way)
        if found.distance >= distance:
            return turn
        turn, distance = found, found.distance


def _sums_above(levels: Floats, costs: Floats, bars: Floats) -> Floats:
    """For each bar the sum of the costs whose level is above it."""
    order = np.argsort(levels)
    sums = np.append(np.cumsum(costs[order][::-1])[::-1], 0.0)
    return np.asarray(sums[np.searchsorted(levels[order], bars, side="right")])


def _first_to_fit(lines: Lines, chosen: Integers, other: int, purse: Purse, way: int) -> Turn:
    above = purse.rank[chosen] < purse.rank[other]
    soon, late = lines.turns(chosen, np.full(len(chosen), other), above, way)
    costs = purse.costs[chosen]
    change = np.where(above, -costs, costs)
    spare = purse.money - float(purse.costs[other])
    distance, event = first_time(
        np.concatenate([soon, late]), np.concatenate([change, -change]), float(costs[above].sum()), at_most=spare
    )
    return Turn(distance, int(chosen[event % len(chosen)]), other) if event >= 0 else NEVER
