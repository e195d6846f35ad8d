"""Totals as one weight moves and the others keep their proportions, and where two of them cross.

With t the share of weight k and u = 1 - t, a total is (t p + u a) / (t q + u b): p are the points of criterion k (0
where not rated), q whether it is rated, a and b the same sums over the other criteria at their proportions. Where all
is rated this is a straight line. Two totals compare as the sign of a polynomial of degree two at most, so
crossings are exact.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.scoring.table import ScoreTable

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]

NOISE = 1e-11  # totals (0 to 1) nearer than this are level
EDGE = 1e-9  # totals that meet only where a weight is 0 or 1 do not turn


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """Totals of n projects, from 0 to 1, as functions of one weight; see the formula above.

    now: the share the weight has. own, own_rated, rest, rest_rated: (n,) p, q, a and b.
    """

    now: float
    own: Floats
    own_rated: Floats
    rest: Floats
    rest_rated: Floats

    def at(self, share: float) -> Floats:
        """The totals (n,) at another share of the weight; the limit from inside at 0 and 1."""
        below = share * self.own_rated + (1 - share) * self.rest_rated
        above = share * self.own + (1 - share) * self.rest
        only_rest, only_own = self.own_rated == 0, self.rest_rated == 0
        above = np.where(only_rest, self.rest, np.where(only_own, self.own, above))
        below = np.where(only_rest, self.rest_rated, np.where(only_own, self.own_rated, below))
        with np.errstate(invalid="ignore"):
            return np.asarray(above / below)

    @property
    def straight(self) -> bool:
        """Whether every total is a straight line."""
        return bool((self.own_rated == 1).all() and (np.abs(self.rest_rated - 1) <= NOISE).all())

    def reach(self, way: int) -> float:
        """How far the weight can move up (way 1) or down (way -1)."""
        return 1 - self.now if way > 0 else self.now

    def turns(self, first: Integers, second: Integers, above: Booleans, way: int) -> tuple[Floats, Floats]:
        """How far the weight moves until the order of pairs turns, and until it turns back; infinite for never.

        first, second: numbers of projects, of shapes that broadcast. above: whether the first of a pair stands above
        the second now (which also settles pairs that are level). way: 1 up, -1 down.
        """
        own, own_rated, rest, rest_rated = self.own, self.own_rated, self.rest, self.rest_rated
        alpha = own[first] * own_rated[second] - own[second] * own_rated[first]
        gamma = rest[first] * rest_rated[second] - rest[second] * rest_rated[first]
        beta = own[first] * rest_rated[second] + rest[first] * own_rated[second]
        beta = beta - own[second] * rest_rated[first] - rest[second] * own_rated[first]
        square, slope = alpha - beta + gamma, beta - 2 * gamma
        level = (square * self.now + slope) * self.now + gamma
        sign = np.where(above, 1.0, -1.0)
        soon, late = _sign_turns(square * sign, (2 * square * self.now + slope) * sign * way, level * sign)
        reach = self.reach(way) - EDGE
        return np.where(soon < reach, soon, np.inf), np.where(late < reach, late, np.inf)


def lines_of(table: ScoreTable, weight: int) -> Lines | None:
    """The totals as functions of one weight; None where it is the only one, so that no other can make room."""
    now = float(table.weights[weight])
    others = np.where(np.arange(len(table.weights)) == weight, 0, table.weights)
    if others.sum() == 0:
        return None
    shares = others / others.sum()
    rated = ~np.isnan(table.points)
    points = np.where(rated, table.points, 0) / 100
    return Lines(now, points[:, weight], rated[:, weight].astype(np.float64), points @ shares, rated @ shares)


def _sign_turns(square: Floats, slope: Floats, level: Floats) -> tuple[Floats, Floats]:
    """The first two x >= 0 at which square x^2 + slope x + level changes sign, seen from plus at 0."""
    square = np.where(np.abs(square) <= NOISE, 0, square)
    slope = np.where(np.abs(slope) <= NOISE, 0, slope)
    level = np.where(level <= NOISE, 0, level)
    with np.errstate(divide="ignore", invalid="ignore"):
        room = slope**2 - 4 * square * level
        half = -(slope + np.copysign(np.sqrt(np.maximum(room, 0)), slope)) / 2
        roots = _positive(half / square), _positive(level / half)
        other = _positive(-slope / square)
    apart, level_now = room > 4 * NOISE * np.abs(square), level == 0
    at_once = level_now & ((slope < 0) | ((slope == 0) & (square < 0)))
    soon = np.where(apart, np.minimum(*roots), np.inf)
    late = np.where(apart, np.maximum(*roots), np.inf)
    soon = np.where(level_now, np.where(at_once, 0.0, other), soon)
    late = np.where(level_now, np.where(at_once, other, np.inf), late)
    return soon, late


def _positive(root: Floats) -> Floats:
    """Roots above zero; infinite for the others."""
    return np.where(root > 0, root, np.inf)
