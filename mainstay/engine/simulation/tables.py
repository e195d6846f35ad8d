"""Looking amounts up by normal score: distributions as steps, so that drawing costs one look whatever their kind."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.simulation.distribution import Distribution
from mainstay.engine.simulation.normal import Floats, Places

STEPS = 1024
FURTHEST = 5.0
SCALE = STEPS / (2 * FURTHEST)
"""Steps for each unit of a normal score."""
_INSIDE = 1e-6


@cache
def _middles() -> Places:
    """The middle of every step."""
    edges = np.linspace(-FURTHEST, FURTHEST, STEPS + 1)
    return Places.at_scores((edges[1:] + edges[:-1]) / 2)


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Distributions (n,) as steps of equal width in normal scores; scores beyond the ends take the outermost step.

    amounts: (distributions x steps,), each in the unit of its distribution. zero: (n, 1) the place of score 0.
    """

    amounts: Floats
    zero: Floats

    @classmethod
    def of(cls, distributions: tuple[Distribution, ...]) -> Table:
        """The tables of distributions (n,); equal ones share one."""
        place = {each: number for number, each in enumerate(dict.fromkeys(distributions))}
        amounts = np.concatenate([each.at(_middles()) for each in place])
        first = np.array([[place[each] * STEPS] for each in distributions], dtype=np.float64)
        return cls(amounts, first + STEPS / 2)

    @property
    def low(self) -> Floats:
        """The first place of each distribution (n, 1)."""
        return self.zero - STEPS / 2

    @property
    def high(self) -> Floats:
        """The last place of each distribution (n, 1)."""
        return self.zero + (STEPS / 2 - _INSIDE)

    def read(self, rows: NDArray[np.intp], scores: Floats) -> Floats:
        """The amounts at scores (m,) of the distributions `rows` (m,)."""
        places = np.clip(scores, -FURTHEST, FURTHEST - _INSIDE) * SCALE + self.zero[rows, 0]
        return np.asarray(self.amounts[places.astype(np.intp)])
