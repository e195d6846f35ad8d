"""Whether what was scored high came out high: rank correlation with its uncertainty."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mainstay.engine.calibration import LEAST

Floats = NDArray[np.float64]

LEVEL = 0.90
DRAWS = 1000
MOST_PAIRED = 2000
"""Up to so many cases all pairs are compared, for Kendall."""

CHUNK = 1_000_000
"""Numbers in one temporary array of the bootstrap."""


@dataclass(frozen=True, slots=True)
class Correlation:
    """A rank correlation, -1 to 1, with its interval; NaN where it does not exist, as when all scores tie."""

    value: float
    low: float
    high: float

    @property
    def is_shown(self) -> bool:
        """Whether the interval leaves 0 out: the order of scores says something about the order of results."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class Prediction:
    """How well scores foretold results. spearman: of ranks. kendall: tau-b, pairs in the same order less pairs in the
    other. cases: reviewed projects with both. enough: five at least; below, intervals say nothing.
    """

    spearman: Correlation
    kendall: Correlation
    cases: int
    enough: bool


def prediction(
    score: ArrayLike, realised: ArrayLike, seed: int, level: float = LEVEL, draws: int = DRAWS
) -> Prediction:
    """Spearman's and Kendall's rank correlation between score and realised value, ties sharing their mean rank.

    score, realised: (cases,) any units, NaN where not known; such cases are left out. level: chance of the intervals,
    by drawing cases again with replacement (`draws` times; the same seed gives the same). Kendall is left out beyond
    2,000 cases. Only chosen projects have results: among them scores vary less, so that the true correlation over all
    candidates is rather higher.

    Raises ValueError for other shapes, a level outside 0..1, fewer than 100 draws. Source: Spearman (1904), Kendall
    (1945), Efron (1979).

    >>> found = prediction([1, 2, 3, 4, 5], [10, 30, 20, 40, 50], seed=1)
    >>> round(found.spearman.value, 9), round(found.kendall.value, 9)
    (0.9, 0.8)
    """
    x, y = np.asarray(score, dtype=np.float64), np.asarray(realised, dtype=np.float64)
    if x.ndim != 1 or x.shape != y.shape or not 0 < level < 1 or draws < 100:
        raise ValueError("Each case has a score and a result; a level lies between 0 and 1, with 100 draws at least.")
    known = ~np.isnan(x) & ~np.isnan(y)
    x, y = x[known], y[known]
    n = len(x)
    counts = _drawn(n, draws, seed)
    every = np.ones((1, n))
    pairs = _kendall if n <= MOST_PAIRED else _nothing
    return Prediction(
        spearman=_with_interval(spearman(x, y, every), spearman(x, y, counts), level, n),
        kendall=_with_interval(pairs(x, y, every), pairs(x, y, counts), level, n),
        cases=n,
        enough=n >= LEAST,
    )


def by_criterion(
    scores: ArrayLike, realised: ArrayLike, seed: int, level: float = LEVEL, draws: int = DRAWS
) -> tuple[Prediction, ...]:
    """The prediction of each criterion alone; scores: (cases, criteria), NaN where not scored; else as `prediction`.

    >>> [round(each.spearman.value, 9) for each in by_criterion([[1, 3], [2, 2], [3, 1]], [10, 20, 30], seed=1)]
    [1.0, -1.0]
    """
    given = np.asarray(scores, dtype=np.float64)
    if given.ndim != 2:
        raise ValueError("Scores have one row a case and one column a criterion.")
    return tuple(prediction(column, realised, seed, level, draws) for column in given.T)


def spearman(x: Floats, y: Floats, counts: Floats) -> Floats:
    """(draws,) the correlation of mid-ranks where case i counts counts[:, i] times; NaN where all tie."""
    found = np.full(len(counts), np.nan)
    rows = max(1, CHUNK // max(1, len(x)))
    for first in range(0, len(counts) if len(x) else 0, rows):
        part = counts[first : first + rows]
        found[first : first + rows] = _pearson(_mid_ranks(x, part), _mid_ranks(y, part), part)
    return found


def _mid_ranks(values: Floats, counts: Floats) -> Floats:
    """(draws, cases) ranks in samples in which each case counts so many times."""
    order = np.argsort(values, kind="stable")
    _, inverse, first = _groups(values[order])
    sizes = np.add.reduceat(counts[:, order], first, axis=1)
    middle = np.cumsum(sizes, axis=1) - sizes / 2 + 0.5
    ranks = np.empty(counts.shape)
    ranks[:, order] = middle[:, inverse]
    return ranks


def _groups(ordered: Floats) -> tuple[Floats, NDArray[np.int64], NDArray[np.int64]]:
    """Distinct values of a rising array, the group of each place, and where each group begins."""
    distinct, first, inverse = np.unique(ordered, return_index=True, return_inverse=True)
    return distinct, inverse, first


def _pearson(x: Floats, y: Floats, counts: Floats) -> Floats:
    whole = counts.sum(axis=1, keepdims=True)
    dx, dy = (each - (counts * each).sum(axis=1, keepdims=True) / whole for each in (x, y))
    products = [(counts * one * other).sum(axis=1) for one, other in ((dx, dy), (dx, dx), (dy, dy))]
    return _over(products[0], products[1] * products[2])


def _kendall(x: Floats, y: Floats, counts: Floats) -> Floats:
    """(draws,) tau-b: a quadratic form in the counts, as a case drawn twice ties with itself."""
    one, other = (np.sign(each[:, None] - each[None, :]) for each in (x, y))
    forms = [((counts @ pairs) * counts).sum(axis=1) for pairs in (one * other, np.abs(one), np.abs(other))]
    return _over(forms[0], forms[1] * forms[2])


def _over(above: Floats, square: Floats) -> Floats:
    below = np.sqrt(np.maximum(square, 0))
    return np.asarray(np.clip(np.divide(above, below, out=np.full(below.shape, np.nan), where=below > 1e-12), -1, 1))


def _nothing(x: Floats, y: Floats, counts: Floats) -> Floats:
    return np.full(len(counts), np.nan)


def _drawn(n: int, draws: int, seed: int) -> Floats:
    """(draws, cases) how often each case is in each sample with replacement."""
    if not n:
        return np.ones((draws, 0))
    return np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=draws).astype(np.float64)


def _with_interval(value: Floats, drawn: Floats, level: float, n: int) -> Correlation:
    """The interval between quantiles of the draws that have a correlation."""
    known = drawn[~np.isnan(drawn)]
    if np.isnan(value[0]) or n < LEAST or not len(known):
        return Correlation(float(value[0]), float("nan"), float("nan"))
    low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2])
    return Correlation(float(value[0]), float(low), float(high))
