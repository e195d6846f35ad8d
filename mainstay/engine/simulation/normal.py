"""The normal distribution for whole arrays: chances of scores and scores of chances."""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, sqrt
from statistics import NormalDist
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

_STANDARD = NormalDist()


def chances_of(scores: ArrayLike) -> Floats:
    """The chance that a standard normal number stays below each score; any shape, no unit.

    >>> float(chances_of(0.0))
    0.5
    """
    given = np.asarray(scores, dtype=np.float64)
    flat = [erfc(-score / sqrt(2)) / 2 for score in given.ravel().tolist()]
    return np.array(flat, dtype=np.float64).reshape(given.shape)


def scores_of(chances: ArrayLike) -> Floats:
    """The standard normal number below which each chance lies; any shape, infinite at 0 and 1.

    >>> round(float(scores_of(0.9)), 4)
    1.2816
    """
    given = np.asarray(chances, dtype=np.float64)
    flat = [_score(chance) for chance in given.ravel().tolist()]
    return np.array(flat, dtype=np.float64).reshape(given.shape)


def _score(chance: float) -> float:
    if 0 < chance < 1:
        return _STANDARD.inv_cdf(chance)
    return float("inf") if chance >= 1 else float("-inf")


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Places in a distribution: the same ones as chances (n,) from 0 to 1 and as standard normal scores (n,)."""

    chances: Floats
    scores: Floats

    @classmethod
    def at_chances(cls, chances: ArrayLike) -> Self:
        """The places with these chances below them."""
        given = np.asarray(chances, dtype=np.float64)
        if not ((given >= 0) & (given <= 1)).all():
            raise ValueError("A chance lies between 0 and 1.")
        return cls(given, scores_of(given))

    @classmethod
    def at_scores(cls, scores: ArrayLike) -> Self:
        """The places with these standard normal scores."""
        return cls(chances_of(scores), np.asarray(scores, dtype=np.float64))
