"""How work packages earn value: six rules, all for packages by periods."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


class Rule(IntEnum):
    """How a work package earns its budget.

    ZERO_HUNDRED: all of it when finished. FIFTY_FIFTY: half when begun, half when finished. MILESTONES: the weight
    of the milestones met. UNITS: units done / units planned. PHYSICAL: the share judged done. EFFORT: level of
    effort, which earns what is planned and so hides delay.
    """

    ZERO_HUNDRED = 0
    FIFTY_FIFTY = 1
    MILESTONES = 2
    UNITS = 3
    PHYSICAL = 4
    EFFORT = 5


def earned_value(rule: ArrayLike, budget: ArrayLike, progress: ArrayLike, planned: ArrayLike) -> Floats:
    """(packages, periods) earned value in money, each package by its own rule.

    rule: (packages,) codes of `Rule`. budget: (packages,) money. progress: (packages, periods) the share done, 0 to
    1, NaN where not reported: above 0 is begun, 1 is finished; `milestone_progress` and `unit_progress` make it.
    planned: (packages, periods) cumulative planned value, used by level of effort alone.

    Raises ValueError for unknown rules, shares outside 0..1, budgets below zero. Source: PMI; formulae 2.1.

    >>> rules = [Rule.ZERO_HUNDRED, Rule.FIFTY_FIFTY, Rule.PHYSICAL, Rule.EFFORT]
    >>> earned_value(rules, [100] * 4, [[0.4]] * 4, [[70]] * 4)[:, 0].tolist()
    [0.0, 50.0, 40.0, 70.0]
    """
    rules = np.asarray(rule, dtype=np.int64)[:, None]
    budgets = np.asarray(budget, dtype=np.float64)[:, None]
    done = np.asarray(progress, dtype=np.float64)
    if not np.isin(rules, list(Rule)).all():
        raise ValueError("A rule is one of 0/100, 50/50, milestones, units, physical or level of effort.")
    if not (budgets >= 0).all() or (done < 0).any() or (done > 1).any():
        raise ValueError("A share done lies between 0 and 1, and a budget is not below zero.")
    share = np.where(rules == Rule.ZERO_HUNDRED, np.floor(done), done)
    share = np.where(rules == Rule.FIFTY_FIFTY, (np.ceil(done) + np.floor(done)) / 2, share)
    return np.where(rules == Rule.EFFORT, np.asarray(planned, dtype=np.float64), budgets * share)


def milestone_progress(package: ArrayLike, weight: ArrayLike, is_met: ArrayLike, packages: int) -> Floats:
    """(packages, periods) the weight of the milestones met / the weight of all, for each package.

    package: (milestones,) the package each belongs to, from 0. weight: (milestones,) above zero, in any unit.
    is_met: (milestones, periods). A package without milestones has NaN. Raises ValueError for weights not above
    zero.

    >>> milestone_progress([0, 0], [1, 3], [[True, True], [False, True]], 1).tolist()
    [[0.25, 1.0]]
    """
    places, weights = np.asarray(package, dtype=np.int64), np.asarray(weight, dtype=np.float64)
    if not (weights > 0).all():
        raise ValueError("The weight of a milestone is above zero.")
    met = np.asarray(is_met, dtype=np.bool_)
    reached = np.zeros((packages, met.shape[1]))
    np.add.at(reached, places, weights[:, None] * met)
    whole = np.bincount(places, weights=weights, minlength=packages)[:, None]
    return np.asarray(np.divide(reached, whole, out=np.full(reached.shape, np.nan), where=whole > 0))


def unit_progress(done: ArrayLike, planned: ArrayLike) -> Floats:
    """(packages, periods) units done / units planned, at most 1: more units than planned earn no more budget.

    done: (packages, periods) cumulative units; planned: (packages,). Raises ValueError for units planned not above
    zero or units done below zero.

    >>> unit_progress([[30, 130]], [120]).tolist()
    [[0.25, 1.0]]
    """
    units, whole = np.asarray(done, dtype=np.float64), np.asarray(planned, dtype=np.float64)[:, None]
    if not (whole > 0).all() or (units < 0).any():
        raise ValueError("Units planned are above zero, and units done not below.")
    return np.asarray(np.minimum(units / whole, 1.0))


def effort_share(rule: ArrayLike, budget: ArrayLike) -> float:
    """The share of the budget of packages that is level of effort, 0 to 1; NaN without budget.

    Show it: what is earned by it tells nothing about delay. Source: formulae 2.1.

    >>> effort_share([Rule.EFFORT, Rule.UNITS], [30, 90])
    0.25
    """
    budgets = np.asarray(budget, dtype=np.float64)
    whole = float(budgets.sum())
    by_effort = float(budgets[np.asarray(rule) == Rule.EFFORT].sum())
    return by_effort / whole if whole > 0 else float("nan")
