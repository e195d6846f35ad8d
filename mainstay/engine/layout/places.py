"""Where ordered nodes stand along their lane: near the middle of their neighbours, never closer than they are wide.

One lane at a time this is isotonic regression: minimise the weighted squares of x - wanted, subject to
x[i + 1] - x[i] >= gap[i]; pooling adjacent violators finds the exact optimum.
"""

from collections.abc import Sequence
from itertools import accumulate, pairwise

from mainstay.engine.layout.layers import Lanes, Layers

ROUNDS = 12
SIZE_OF_STAND_IN = 0.35
STAND_IN_PULL = 4.0
IDLE_PULL = 0.01


def spaced(wanted: Sequence[float], weights: Sequence[float], gaps: Sequence[float]) -> list[float]:
    """The places nearest to `wanted` that keep the distance.

    wanted, weights: (n,) where each node would like to stand and how much it matters (positive).
    gaps: (n - 1,) the least distance to the next one.

    Source: Ayer et al. (1955), pooling adjacent violators.

    >>> spaced([0.0, 0.0], [1.0, 1.0], [1.0])
    [-0.5, 0.5]
    """
    offsets = list(accumulate(gaps, initial=0.0))[: len(wanted)]
    pools: list[tuple[float, float, int]] = []
    for target, weight, offset in zip(wanted, weights, offsets, strict=True):
        mean, whole, size = target - offset, weight, 1
        while pools and pools[-1][0] > mean:
            other, more, members = pools.pop()
            mean, whole, size = (mean * whole + other * more) / (whole + more), whole + more, size + members
        pools.append((mean, whole, size))
    level = [mean for mean, _, size in pools for _ in range(size)]
    return [mean + offset for mean, offset in zip(level, offsets, strict=True)]


def places_of(layers: Layers, lanes: Lanes) -> list[float]:
    """The place of every node, stand-ins included, in node steps; the smallest is 0."""
    places = [0.0] * len(layers.lane_of)
    longest = max((_length(layers, lane) for lane in lanes), default=0.0)
    for lane in lanes:
        start = (longest - _length(layers, lane)) / 2
        for node, place in zip(lane, _packed(layers, lane), strict=True):
            places[node] = start + place
    for turn in range(ROUNDS):
        for lane in lanes if turn % 2 == 0 else reversed(lanes):
            _settle(layers, lane, places)
    first = min(places, default=0.0)
    return [place - first for place in places]


def _settle(layers: Layers, lane: list[int], places: list[float]) -> None:
    wanted, weights = [], []
    for node in lane:
        ends = [places[other] for other in (*layers.before[node], *layers.after[node])]
        wanted.append(sum(ends) / len(ends) if ends else places[node])
        pull = 1.0 if layers.is_real(node) else STAND_IN_PULL
        weights.append(len(ends) * pull if ends else IDLE_PULL)
    for node, place in zip(lane, spaced(wanted, weights, _gaps(layers, lane)), strict=True):
        places[node] = place


def _gaps(layers: Layers, lane: list[int]) -> list[float]:
    sizes = [1.0 if layers.is_real(node) else SIZE_OF_STAND_IN for node in lane]
    return [(size + after) / 2 for size, after in pairwise(sizes)]


def _packed(layers: Layers, lane: list[int]) -> list[float]:
    return list(accumulate(_gaps(layers, lane), initial=0.0))[: len(lane)]


def _length(layers: Layers, lane: list[int]) -> float:
    return sum(_gaps(layers, lane))
