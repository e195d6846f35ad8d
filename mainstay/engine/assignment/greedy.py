"""Filling a plan: again and again the pair that brings most."""

from __future__ import annotations

from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.assignment.plan import NOISE, Plan
from mainstay.engine.linear import Effort

Floats = NDArray[np.float64]


def fill(plan: Plan, effort: Effort, prices: Floats | None = None) -> None:
    """Give hours to the pair that brings most until none brings anything or time is out.

    prices: (people, periods) what an hour of somebody is worth elsewhere, and has to be beaten.
    """
    heap = [(-_best(plan, need, prices)[0], need) for need in range(len(plan.wanted))]
    heapify(heap)
    while heap and not effort.is_over:
        _, need = heappop(heap)
        score, pair, hours = _best(plan, need, prices)
        if score <= NOISE:
            continue
        if not heap or -score <= heap[0][0]:
            plan.give(pair, hours)
            score = min(score, _best(plan, need, prices)[0])
        heappush(heap, (-score, need))


def _best(plan: Plan, need: int, prices: Floats | None) -> tuple[float, int, Floats]:
    """What the best pair of a need brings, which it is, and its hours (periods,)."""
    known, pairs = plan.pairs, plan.pairs.of_need[need]
    if not len(pairs) or not plan.wanted[need].any():
        return 0.0, -1, np.empty(0)
    gain = known.gain[pairs][:, None]
    if prices is not None:
        gain = gain - prices[known.person[pairs]]
    hours = np.where(gain > 0, plan.possible(pairs), 0.0)
    new = ~plan.hours[pairs].any(axis=1)
    scores = (hours * gain).sum(axis=1) - known.charge[pairs] * new
    best = int(np.argmax(scores))
    return float(scores[best]), int(pairs[best]), hours[best]
