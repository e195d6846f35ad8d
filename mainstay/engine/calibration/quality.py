"""How good forecasts were: intervals that held, yes-or-no forecasts, corrections tried on cases they did not see."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mainstay.engine.benefits import wilson
from mainstay.engine.calibration.ratios import (
    STRENGTH,
    Centre,
    log_ratios,
    means,
    middle,
    quantile_factor,
    settled,
    shrunk_mean,
)

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The share of actuals inside their forecast intervals, with Wilson's 95 % interval; NaN without cases."""

    share: float
    low: float
    high: float
    cases: int


@dataclass(frozen=True, slots=True)
class Brier:
    """score: mean of (p - o)^2, 0 is perfect, 0.25 is a coin. skill: 1 - score / that of always saying the base rate.

    skill is NaN where all outcomes are the same. cases: how many forecasts.
    """

    score: float
    skill: float
    cases: int


@dataclass(frozen=True, slots=True, eq=False)
class LeftOut:
    """Each case corrected by all others. corrected, p80: (cases,) in the unit of the estimates.

    error_before, error_after: the median of |estimate - actual| / actual without and with correction. coverage: the
    share of actuals not above their P80, 0.80 if it is right. helps: (classes,) where the median error of the class
    falls by correction; elsewhere estimates are better left alone.
    """

    corrected: Floats
    p80: Floats
    error_before: float
    error_after: float
    coverage: Coverage
    helps: NDArray[np.bool_]


def interval_coverage(actual: ArrayLike, low: ArrayLike, high: ArrayLike) -> Coverage:
    """Share of actuals from low to high, (cases,) in one unit; use -inf or inf for an open side.

    Raises ValueError where low is above high. Source: formulae 2.10.

    >>> interval_coverage([5, 12, 9], [4, 4, 4], [10, 10, 10]).share
    0.6666666666666666
    """
    came, least, most = (np.asarray(each, dtype=np.float64) for each in (actual, low, high))
    if came.shape != least.shape or came.shape != most.shape or not (least <= most).all():
        raise ValueError("Each case has an interval whose low end is not above its high end.")
    n, held = len(came), int(((came >= least) & (came <= most)).sum())
    if not n:
        return Coverage(float("nan"), float("nan"), float("nan"), 0)
    return Coverage(held / n, *wilson(held, n), n)


def brier(probability: ArrayLike, outcome: ArrayLike) -> Brier:
    """Mean of (p - o)^2 of forecasts p, (cases,) 0 to 1, of what happened (1) or did not (0).

    Raises ValueError for other numbers or no case. Source: Brier (1950); formulae 2.10.

    >>> round(brier([0.9, 0.2], [1, 0]).score, 9)
    0.025
    """
    said, came = np.asarray(probability, dtype=np.float64), np.asarray(outcome, dtype=np.float64)
    if said.shape != came.shape or not said.size or not ((said >= 0) & (said <= 1)).all():
        raise ValueError("Each forecast is a probability, and there is one at least.")
    if not np.isin(came, (0.0, 1.0)).all():
        raise ValueError("An outcome is 1, it happened, or 0.")
    score, base = float(((said - came) ** 2).mean()), float(came.mean())
    plain = base * (1 - base)
    return Brier(score, 1 - score / plain if plain > 0 else float("nan"), said.size)


def leave_one_out(
    actual: ArrayLike,
    estimate: ArrayLike,
    group: ArrayLike,
    groups: int,
    strength: float = STRENGTH,
    centre: Centre = Centre.MEAN,
) -> LeftOut:
    """What the calibration of all other cases would have made of each case; parameters as for `calibrate`.

    Raises ValueError as `calibrate` does, and for fewer than three cases. Source: formulae 2.10.

    >>> leave_one_out([120, 120, 120], [100, 100, 100], [0, 0, 0], 1).corrected.round(9).tolist()
    [120.0, 120.0, 120.0]
    """
    logs, classes = log_ratios(actual, estimate), np.asarray(group, dtype=np.int64)
    if len(logs) < 3 or classes.shape != logs.shape or ((classes < 0) | (classes >= groups)).any():
        raise ValueError("There are three cases at least, and each has a class that is there.")
    own = np.stack([np.ones(len(logs)), logs, logs**2])
    in_class = np.stack([np.bincount(classes, weights=each, minlength=groups)[classes] for each in own]) - own
    others = own.sum(axis=1, keepdims=True) - own
    if centre == Centre.MEDIAN:
        mine, all_others = _other_medians(logs, classes)
    else:
        mine, all_others = means(in_class[0], in_class[1]), means(others[0], others[1])
    mean = shrunk_mean(np.nan_to_num(mine), in_class[0], all_others, strength)
    deviation = settled(in_class[0], in_class[1], in_class[2], others, strength)
    said, came = np.asarray(estimate, dtype=np.float64), np.asarray(actual, dtype=np.float64)
    corrected, p80 = said * np.exp(mean), said * quantile_factor(mean, deviation, 0.80)
    before, after = (np.abs(each - came) / came for each in (said, corrected))
    held = interval_coverage(came, np.full(len(came), -np.inf), p80)
    helps = [
        bool(mine.any()) and np.median(after[mine]) < np.median(before[mine]) for mine in _members(classes, groups)
    ]
    return LeftOut(corrected, p80, float(np.median(before)), float(np.median(after)), held, np.array(helps, np.bool_))


def _other_medians(logs: Floats, classes: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """(cases,) each: the median of the other cases of the class, and of all others."""
    places = np.arange(len(logs))
    mine = [middle(logs[(classes == classes[case]) & (places != case)]) for case in places]
    return np.array(mine), np.array([middle(np.delete(logs, case)) for case in places])


def _members(classes: NDArray[np.int64], groups: int) -> list[NDArray[np.bool_]]:
    return [classes == number for number in range(groups)]
