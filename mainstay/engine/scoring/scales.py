"""Scales in words: what is written beside each anchor, and the points it earns."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Level:
    """One answer of a scale: its words, and its value in points (any finite number)."""

    words: str
    points: float


@dataclass(frozen=True, slots=True)
class Scale:
    """The answers a criterion allows, from worst to best.

    "None" may be one of them and earns what it says; no rating at all is something else and is never a level.
    Raises ValueError for fewer than two levels, the same words twice, or points that do not rise.
    """

    label: str
    levels: tuple[Level, ...]

    def __post_init__(self) -> None:
        words = [level.words for level in self.levels]
        points = [level.points for level in self.levels]
        if len(words) < 2:
            raise ValueError(f"{self.label}: a scale has at least two levels.")
        if len(set(words)) < len(words) or not all(words):
            raise ValueError(f"{self.label}: each level has words of its own.")
        rising = all(low < high for low, high in itertools.pairwise(points))
        if not rising or not all(math.isfinite(number) for number in points):
            raise ValueError(f"{self.label}: points rise from level to level.")

    def values(self, answers: Sequence[str | None]) -> Floats:
        """The points of answers, (projects,); NaN for None, which is no rating.

        Raises ValueError, naming the words, for an answer that is no level.

        >>> Scale("Fit", (Level("None", 0), Level("Strong", 9))).values(["Strong", None]).tolist()
        [9.0, nan]
        """
        known: dict[str | None, float] = {level.words: float(level.points) for level in self.levels}
        known[None] = math.nan
        for answer in answers:
            if answer not in known:
                raise ValueError(f"{self.label}: no level is called {answer!r}.")
        return np.array([known[answer] for answer in answers], dtype=np.float64)

    @property
    def worst(self) -> float:
        """The points of the first level, the anchor of 0."""
        return self.levels[0].points

    @property
    def best(self) -> float:
        """The points of the last level, the anchor of 100."""
        return self.levels[-1].points
