"""Scales on which people answer a comparison: Saaty's numbers, and seven steps in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

SAATY = tuple(1.0 / number for number in range(9, 1, -1)) + tuple(float(number) for number in range(1, 10))


@dataclass(frozen=True, slots=True)
class Step:
    """One of the answers in words, and the ratio it stands for."""

    words: str
    ratio: float


# Ours: Project Online offers seven such answers, but the numbers behind them are not published. Saaty calls 3
# moderately and 9 extremely more important; 6 lies in the middle.
STEPS = (
    Step("is extremely less important than", 1 / 9),
    Step("is much less important than", 1 / 6),
    Step("is less important than", 1 / 3),
    Step("is as important as", 1.0),
    Step("is more important than", 3.0),
    Step("is much more important than", 6.0),
    Step("is extremely more important than", 9.0),
)


def nearest_on_scale(ratio: float) -> float:
    """The number of Saaty's scale (1/9 ... 1 ... 9) nearest to a ratio, in logarithms.

    Raises ValueError for a ratio that is not positive.

    >>> nearest_on_scale(3.4), nearest_on_scale(0.1)
    (3.0, 0.1111111111111111)
    """
    return SAATY[_nearest(ratio, SAATY)]


def step_of(ratio: float) -> Step:
    """The step in words nearest to a ratio, in logarithms. Raises ValueError for a ratio that is not positive.

    >>> step_of(5.0).words
    'is much more important than'
    """
    return STEPS[_nearest(ratio, tuple(step.ratio for step in STEPS))]


def ratio_of(words: str) -> float:
    """The ratio of a step in words. Raises ValueError for words that are no step.

    >>> ratio_of("is more important than")
    3.0
    """
    for step in STEPS:
        if step.words == words:
            return step.ratio
    raise ValueError(f"No step is called {words!r}.")


def _nearest(ratio: float, numbers: tuple[float, ...]) -> int:
    if not ratio > 0:
        raise ValueError("A judgement is a positive ratio.")
    return int(np.argmin(np.abs(np.log(numbers) - np.log(ratio))))
