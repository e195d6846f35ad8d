"""Innovation: how much of the revenue is new, where money looks, and how many ideas pass each stage."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def vitality_index(revenue: ArrayLike, age: ArrayLike, years: float = 3.0) -> float:
    """Revenue from products launched in the last years / all revenue, 0 to 1; NaN without revenue.

    revenue: (products,) money of one period, not below zero. age: (products,) years since launch at its end. years:
    3 or 5 by custom. Raises ValueError for revenue or ages below zero. Source: formulae 2.8.

    >>> vitality_index([60, 40], [7.5, 2.0])
    0.4
    """
    money, since = np.asarray(revenue, dtype=np.float64), np.asarray(age, dtype=np.float64)
    if money.shape != since.shape or not (money >= 0).all() or not (since >= 0).all():
        raise ValueError("Each product has revenue and age, neither below zero.")
    whole = float(money.sum())
    return float(money[since <= years].sum()) / whole if whole > 0 else float("nan")


def mix(money: ArrayLike, category: ArrayLike, categories: int) -> Floats:
    """(categories,) the share of each category, such as a horizon, in all money; NaN without money.

    money: (projects,) not below zero. category: (projects,) from 0. Raises ValueError for money below zero.

    >>> mix([70, 20, 10], [0, 1, 1], 3).tolist()
    [0.7, 0.3, 0.0]
    """
    spent = np.asarray(money, dtype=np.float64)
    if not (spent >= 0).all():
        raise ValueError("Money is known and not below zero.")
    sums = np.bincount(np.asarray(category, dtype=np.int64), weights=spent, minlength=categories)
    whole = spent.sum()
    return np.asarray(sums / whole) if whole > 0 else np.full(categories, np.nan)


def stage_yield(entered: ArrayLike, passed: ArrayLike) -> Floats:
    """(stages,) how many of those that were decided at a stage went on, passed / entered; NaN where none was.

    entered, passed: (stages,) numbers of ideas. Raises ValueError unless 0 <= passed <= entered.

    >>> stage_yield([40, 10, 0], [10, 4, 0]).tolist()
    [0.25, 0.4, nan]
    """
    came, went = np.asarray(entered, dtype=np.float64), np.asarray(passed, dtype=np.float64)
    if came.shape != went.shape or not ((went >= 0) & (went <= came)).all():
        raise ValueError("No more ideas pass a stage than enter it.")
    return np.asarray(np.divide(went, came, out=np.full(came.shape, np.nan), where=came > 0))
