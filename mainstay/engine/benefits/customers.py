"""Customer satisfaction and recommendation from survey answers, with how sure they are."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

Integers = NDArray[np.int64]

LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Measured:
    """A share or score with its interval; NaN without answers.

    value: as computed from the answers. low, high: the interval that holds the true value with the chance asked for.
    answers: how many. A score of recommendation is from -1 to 1; show it times 100.
    """

    value: float
    low: float
    high: float
    answers: int


def csat(answers: ArrayLike, level: float = LEVEL) -> Measured:
    """Share of satisfied answers (4 and 5 of 5), with Wilson's interval.

    answers: (n,) whole numbers from 1 to 5. level: chance of the interval, inside 0..1.
    Raises ValueError for other answers. Source: formulae 2.8; Wilson (1927).

    >>> found = csat([5, 4, 3, 5])
    >>> found.value, round(found.low, 4), round(found.high, 4)
    (0.75, 0.3006, 0.9544)
    """
    given = _answers(answers, 1, 5)
    n, satisfied = len(given), int((given >= 4).sum())
    if not n:
        return Measured(float("nan"), float("nan"), float("nan"), 0)
    low, high = wilson(satisfied, n, level)
    return Measured(satisfied / n, low, high, n)


def csat_change(before: ArrayLike, after: ArrayLike, level: float = LEVEL) -> Measured:
    """The share of satisfied after less that before, for different people, with its interval; answers: of both.

    Parameters and errors as for `csat`. The interval puts Wilson's intervals of both shares together. One that holds
    0 says that nothing is shown to have moved. Source: Newcombe (1998), method 10.

    >>> found = csat_change([5, 4, 3, 2], [5, 5, 4, 3])
    >>> found.value, found.low < 0 < found.high
    (0.25, True)
    """
    old, new = csat(before, level), csat(after, level)
    if not old.answers or not new.answers:
        return Measured(float("nan"), float("nan"), float("nan"), old.answers + new.answers)
    moved = new.value - old.value
    low = moved - sqrt((new.value - new.low) ** 2 + (old.high - old.value) ** 2)
    high = moved + sqrt((new.high - new.value) ** 2 + (old.value - old.low) ** 2)
    return Measured(moved, low, high, old.answers + new.answers)


def nps(answers: ArrayLike, level: float = LEVEL) -> Measured:
    """Net promoter score: share of promoters (9, 10) less share of detractors (0 to 6), -1 to 1.

    answers: (n,) whole numbers from 0 to 10. The interval adds one promoter and one detractor to the answers (Bonett
    and Price 2012, adjusted Wald for the difference of two shares of one sample), so that few answers look unsure.

    Raises ValueError for other answers. Source: Reichheld; formulae 2.8.

    >>> round(nps([10, 9, 9, 8, 3]).value, 9)
    0.4
    """
    promoters, detractors, n = _sides(answers)
    if not n:
        return Measured(float("nan"), float("nan"), float("nan"), 0)
    centre, error = _adjusted(promoters, detractors, n)
    reach = _z(level) * error
    return Measured((promoters - detractors) / n, max(-1.0, centre - reach), min(1.0, centre + reach), n)


def nps_change(before: ArrayLike, after: ArrayLike, level: float = LEVEL) -> Measured:
    """The score after less the score before, for different people, with its interval; answers: of both together.

    Parameters and errors as for `nps`. An interval that holds 0 says that nothing is shown to have moved.

    >>> round(nps_change([3, 3, 9, 8], [9, 9, 9, 8]).value, 9)
    1.0
    """
    first, second = _sides(before), _sides(after)
    if not first[2] or not second[2]:
        return Measured(float("nan"), float("nan"), float("nan"), first[2] + second[2])
    (old, old_error), (new, new_error) = _adjusted(*first), _adjusted(*second)
    reach = _z(level) * sqrt(old_error**2 + new_error**2)
    moved = (second[0] - second[1]) / second[2] - (first[0] - first[1]) / first[2]
    return Measured(moved, max(-2.0, new - old - reach), min(2.0, new - old + reach), first[2] + second[2])


def wilson(successes: int, n: int, level: float = LEVEL) -> tuple[float, float]:
    """Wilson's interval of a share: the shares that would not be rejected by the answers, inside 0..1.

    Raises ValueError unless 0 <= successes <= n and n >= 1, or for a level outside 0..1. Source: Wilson (1927).

    >>> [round(each, 4) for each in wilson(8, 10)]
    [0.4902, 0.9433]
    """
    if not 0 <= successes <= n or n < 1:
        raise ValueError("There are at least as many answers as satisfied ones, and at least one.")
    z, share = _z(level), successes / n
    whole = 1 + z * z / n
    centre = (share + z * z / (2 * n)) / whole
    reach = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / whole
    return max(0.0, centre - reach), min(1.0, centre + reach)


def _adjusted(promoters: int, detractors: int, n: int) -> tuple[float, float]:
    """Centre and standard error with one promoter and one detractor more."""
    up, down = (promoters + 1) / (n + 2), (detractors + 1) / (n + 2)
    return up - down, sqrt((up + down - (up - down) ** 2) / (n + 2))


def _sides(answers: ArrayLike) -> tuple[int, int, int]:
    given = _answers(answers, 0, 10)
    return int((given >= 9).sum()), int((given <= 6).sum()), len(given)


def _answers(answers: ArrayLike, lowest: int, highest: int) -> Integers:
    given = np.asarray(answers, dtype=np.float64).ravel()
    if not ((given == np.round(given)) & (given >= lowest) & (given <= highest)).all():
        raise ValueError(f"An answer is a whole number from {lowest} to {highest}.")
    return given.astype(np.int64)


def _z(level: float) -> float:
    if not 0 < level < 1:
        raise ValueError("A level lies between 0 and 1.")
    return NormalDist().inv_cdf((1 + level) / 2)
