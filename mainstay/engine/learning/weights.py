"""Which weights of the criteria would have foretold results best: a suggestion with its uncertainty."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mainstay.engine.learning.ranks import DRAWS, LEVEL, spearman

Floats = NDArray[np.float64]

FOLDS = 5
PER_CRITERION = 5
"""So many cases for each criterion there should be; with fewer, any result fits some weights."""


class Basis(IntEnum):
    """What a suggestion rests on: ENOUGH cases, TOO_FEW of them, or NOTHING in the scores that goes with results."""

    ENOUGH = 0
    TOO_FEW = 1
    NOTHING = 2


@dataclass(frozen=True, slots=True, eq=False)
class Suggestion:
    """Weights that fit what happened; a person decides.

    weight, low, high: (criteria,) not below zero, adding up to 1, with the interval of each; NaN without basis.
    unused: (criteria,) in what share of the draws a criterion gets no weight at all. current, suggested: rank
    correlation of score and result with the weights of today, and with weights fitted to the other cases, so that
    it is fair; where suggested is not higher, keep the weights. basis, cases: what it rests on.
    """

    weight: Floats
    low: Floats
    high: Floats
    unused: Floats
    current: float
    suggested: float
    basis: Basis
    cases: int


def suggest_weights(
    scores: ArrayLike,
    realised: ArrayLike,
    current: ArrayLike,
    seed: int,
    level: float = LEVEL,
    draws: int = DRAWS // 2,
) -> Suggestion:
    """Weights w >= 0, sum 1, for which a + b (scores w) comes nearest to the results, with any a and any b >= 0.

    scores: (cases, criteria) on the scale on which weights apply, 0 to 1 by custom. realised: (cases,) in any unit;
    give ranks where a few results outweigh all others. current: (criteria,) weights of today. Cases with a gap are
    left out. Uncertainty: `draws` samples of the cases with replacement. Fewer than five cases for each criterion
    are too few; the weights are computed nevertheless and say so.

    Raises ValueError for shapes that do not fit, weights below zero or all zero. Source: least squares with
    non-negative coefficients (Lawson and Hanson 1974, as Bro and de Jong 1997).

    >>> found = suggest_weights([[0, 1], [1, 0], [1, 1], [0, 0]] * 5, [1, 3, 4, 0] * 5, [0.5, 0.5], seed=1)
    >>> found.weight.round(9).tolist()
    [0.75, 0.25]
    """
    table, results, today = _checked(scores, realised, current)
    n, criteria = table.shape
    gap = np.full(criteria, np.nan)
    if n < 2 or np.isnan(best := fitted(table, results)).any():
        return Suggestion(gap, gap, gap, gap, _agreement(table @ today, results), np.nan, Basis.NOTHING, n)
    random = np.random.default_rng(seed)
    tries = [fitted(table[rows], results[rows]) for rows in random.integers(0, n, (draws, n))]
    drawn = np.array([each for each in tries if not np.isnan(each).any()]).reshape(-1, criteria)
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2], axis=0) if len(drawn) else (gap, gap)
    unused = (drawn <= 0).mean(axis=0) if len(drawn) else gap
    fair = _left_out(table, results, today, random)
    basis = Basis.ENOUGH if n >= PER_CRITERION * criteria else Basis.TOO_FEW
    return Suggestion(
        best, low, high, unused, _agreement(table @ today, results), _agreement(fair, results), basis, n
    )


def fitted(table: Floats, results: Floats) -> Floats:
    """(criteria,) the weights for these cases; NaN where no criterion goes with the results."""
    centred, aim = table - table.mean(axis=0), results - results.mean()
    slopes = non_negative(centred.T @ centred, centred.T @ aim)
    whole = slopes.sum()
    return slopes / whole if whole > 0 else np.full(table.shape[1], np.nan)


def non_negative(gram: Floats, moment: Floats) -> Floats:
    """(k,) x >= 0 with the least x'Gx - 2 m'x, for G (k, k) symmetric without negative eigenvalues, m (k,).

    Source: Bro and de Jong, A fast non-negativity-constrained least squares algorithm (1997).

    >>> non_negative(np.eye(2), np.array([2.0, -1.0])).tolist()
    [2.0, 0.0]
    """
    size = len(moment)
    solution, used = np.zeros(size), np.zeros(size, dtype=np.bool_)
    tolerance = 1e-10 * max(1.0, float(np.abs(moment).max(initial=0)), float(np.abs(gram).max(initial=0)))
    for _ in range(3 * size):
        slope = np.where(used, -np.inf, moment - gram @ solution)
        if slope.max(initial=-np.inf) <= tolerance:
            break
        used[int(slope.argmax())] = True
        solution = _inside(gram, moment, solution, used)
    return solution


def _inside(gram: Floats, moment: Floats, solution: Floats, used: NDArray[np.bool_]) -> Floats:
    """The best solution with some of the coefficients in use; what would fall below zero leaves (`used` changes)."""
    while used.any():
        target = np.zeros(len(moment))
        target[used] = np.linalg.lstsq(gram[np.ix_(used, used)], moment[used], rcond=None)[0]
        falling = used & (target <= 0)
        if not falling.any():
            return target
        steps = solution[falling] / np.maximum(solution[falling] - target[falling], 1e-300)
        solution = np.maximum(solution + steps.min() * (target - solution), 0)
        leaving = falling & (solution <= 1e-12)
        used &= ~(leaving if leaving.any() else falling)
        solution[~used] = 0
    return solution


def _left_out(table: Floats, results: Floats, today: Floats, random: np.random.Generator) -> Floats:
    """(cases,) each case scored with weights fitted to the other folds; today's weights where nothing fits."""
    fold = random.permutation(len(results)) % FOLDS
    scored = table @ today
    for number in range(FOLDS):
        inside = fold == number
        if inside.any() and (~inside).sum() >= 2:
            weight = fitted(table[~inside], results[~inside])
            scored[inside] = table[inside] @ (today if np.isnan(weight).any() else weight)
    return np.asarray(scored)


def _agreement(score: Floats, results: Floats) -> float:
    return float(spearman(score, results, np.ones((1, len(score))))[0])


def _checked(scores: ArrayLike, realised: ArrayLike, current: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Cases without gaps, and the weights of today adding up to 1."""
    table, results = np.asarray(scores, dtype=np.float64), np.asarray(realised, dtype=np.float64)
    today = np.asarray(current, dtype=np.float64)
    if table.ndim != 2 or results.shape != table.shape[:1] or today.shape != table.shape[1:]:
        raise ValueError("Each case has a score by each criterion and a result, and each criterion a weight.")
    if not (today >= 0).all() or not today.sum() > 0:
        raise ValueError("Weights are not below zero, and not all zero.")
    known = ~np.isnan(table).any(axis=1) & ~np.isnan(results)
    return table[known], results[known], today / today.sum()
