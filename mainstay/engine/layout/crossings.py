"""Counting where links between two neighbouring lanes cross."""

from bisect import bisect_right, insort
from itertools import pairwise

from mainstay.engine.layout.layers import Lanes, Layers


def crossings(layers: Layers, lanes: Lanes) -> int:
    """How many pairs of links cross when every lane stands in this order."""
    return sum(_between(layers, upper, lower) for upper, lower in pairwise(lanes))


def _between(layers: Layers, upper: list[int], lower: list[int]) -> int:
    """Inversions: links sorted by their upper end cross as often as their lower ends are out of order."""
    place = {node: index for index, node in enumerate(lower)}
    count, seen = 0, list[int]()
    for node in upper:
        ends = sorted(place[other] for other in layers.after[node])
        count += sum(len(seen) - bisect_right(seen, end) for end in ends)
        for end in ends:
            insort(seen, end)
    return count


def crossed(first: list[int], second: list[int]) -> int:
    """How many links cross when a node with ends `first` stands before one with ends `second` (both sorted).

    >>> crossed([1, 4], [0, 2])
    3
    """
    return sum(len(first) - bisect_right(first, end) for end in second)
