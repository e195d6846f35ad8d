"""What the portfolio's own history says about forecasts: how the rest came out against how it was foreseen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mainstay.engine.calibration import LEAST, Coverage, interval_coverage, shrunk_mean
from mainstay.engine.forecast.range import SCORES, Range

Floats = NDArray[np.float64]

STRENGTH = 3.0
"""How many cases "forecasts are right on average" counts for."""

USUAL = 0.25
"""The standard deviation of the logarithm of the ratio that is assumed before there is any case."""


class Way(StrEnum):
    """How history becomes a distribution.

    LOGNORMAL: a smooth curve, drawn towards "forecasts are right" where cases are few. EMPIRICAL: the ratios as they
    were, nothing outside them.
    """

    LOGNORMAL = "lognormal"
    EMPIRICAL = "empirical"


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """How the rest of finished work came out: actual rest / forecast rest, (cases,) above zero, rising."""

    ratios: Floats

    @classmethod
    def of(cls, final: ArrayLike, spent: ArrayLike, forecast: ArrayLike) -> Self:
        """From finished projects: (final - spent) / (forecast - spent) of each, at one moment of its life.

        final: (cases,) what it came to; spent: when the forecast was made; forecast: of the final figure. Money, or
        periods with time passed as spent. Cases in which nothing was left, or was foreseen to be left, tell nothing
        and are dropped. Take moments of similar completeness; forecasts made early err more.

        Raises ValueError for figures that are not known or shapes that differ.

        >>> History.of([120, 100, 90], [60, 50, 90], [100, 100, 95]).ratios.tolist()
        [1.0, 1.5]
        """
        came, gone, said = (np.asarray(each, dtype=np.float64) for each in (final, spent, forecast))
        if came.shape != gone.shape or came.shape != said.shape or not np.isfinite(came + gone + said).all():
            raise ValueError("Each case has a final figure, what was spent and a forecast.")
        rest, foreseen = came - gone, said - gone
        tells = (rest > 0) & (foreseen > 0)
        return cls(np.sort(rest[tells] / foreseen[tells]))

    @property
    def enough(self) -> bool:
        """Whether there are five cases at least; below, history says nothing."""
        return len(self.ratios) >= LEAST

    def at(self, scores: ArrayLike, way: Way = Way.LOGNORMAL) -> Floats:
        """The ratio at standard normal scores (any shape): 0 for the median, 0.8416 for P80; NaN with too few cases.

        Lognormal: mean of ln ratio drawn towards 0 by `STRENGTH` cases, variance towards `USUAL`^2 likewise and
        widened by 1 + 1 / (n + k), because the mean is not known exactly. Empirical: between the ratios at the scores
        of (i - 0.5) / n.
        """
        z = np.asarray(scores, dtype=np.float64)
        n = len(self.ratios)
        if not self.enough:
            return np.full(z.shape, np.nan)
        if way == Way.EMPIRICAL:
            places = [NormalDist().inv_cdf((number + 0.5) / n) for number in range(n)]
            return np.interp(z.ravel(), places, self.ratios).reshape(z.shape)
        logs = np.log(self.ratios)
        mean = shrunk_mean(logs.mean(), n, 0.0, STRENGTH)
        variance = ((n - 1) * logs.var(ddof=1) + STRENGTH * USUAL**2) / (n - 1 + STRENGTH)
        return np.asarray(np.exp(mean + z * np.sqrt(variance * (1 + 1 / (n + STRENGTH)))))


def from_history(spent: ArrayLike, forecast: ArrayLike, history: History, way: Way = Way.LOGNORMAL) -> Range:
    """The range of each forecast: what is spent is certain, the rest is multiplied by what history says.

    spent, forecast: (projects,) actual cost and estimate at completion, or time passed and duration to be expected.
    A forecast below what is spent has no range. NaN with too few cases.

    Raises ValueError for shapes that differ. Source: reference class forecasting (Flyvbjerg), applied to what
    remains.

    >>> history = History.of([110, 120, 90, 130, 100, 115], [50] * 6, [100] * 6)
    >>> from_history([40], [100], history, Way.EMPIRICAL).p50.round(6).tolist()
    [115.0]
    """
    gone, said = np.asarray(spent, dtype=np.float64), np.asarray(forecast, dtype=np.float64)
    if gone.shape != said.shape or gone.ndim != 1:
        raise ValueError("There is a forecast for each spent amount.")
    rest = np.where(said >= gone, said - gone, np.nan)
    p10, p50, p80, p90 = (gone + rest * history.at(score, way) for score in SCORES)
    return Range(p10, p50, p80, p90, len(history.ratios))


def total_from_history(
    spent: ArrayLike,
    forecast: ArrayLike,
    history: History,
    seed: int,
    way: Way = Way.LOGNORMAL,
    correlation: float = 0.3,
    draws: int = 2000,
) -> Range:
    """The range of the sum over projects, (1,): ratios drawn with one factor in common.

    correlation: rho from 0 to 1 between the scores of any two projects; with 0 a sum of many projects looks much too
    sure. A forecast below what is spent leaves no rest. Other parameters as for `from_history`. The same seed gives
    the same range.

    Raises ValueError for a correlation outside 0..1 or fewer than 100 draws. Source: one-factor normal copula.
    """
    gone, said = np.asarray(spent, dtype=np.float64), np.asarray(forecast, dtype=np.float64)
    if not 0 <= correlation <= 1 or draws < 100:
        raise ValueError("A correlation lies between 0 and 1, and there are 100 draws at least.")
    if gone.shape != said.shape or gone.ndim != 1:
        raise ValueError("There is a forecast for each spent amount.")
    random, rest = np.random.default_rng(seed), np.maximum(said - gone, 0)
    totals = np.empty(draws)
    for number in range(draws):
        common, own = random.standard_normal(), random.standard_normal(len(rest))
        scores = np.sqrt(correlation) * common + np.sqrt(1 - correlation) * own
        totals[number] = float((rest * history.at(scores, way)).sum())
    return Range.of_draws(gone.sum() + totals[None, :], cases=len(history.ratios))


def tried(final: ArrayLike, spent: ArrayLike, forecast: ArrayLike, way: Way = Way.LOGNORMAL) -> Coverage:
    """How many finished projects would have ended between P10 and P90 of a range made from all others; 0.80 is right.

    Parameters as for `History.of`; cases that tell nothing, and all with fewer than six, are not counted.
    """
    came, gone, said = (np.asarray(each, dtype=np.float64) for each in (final, spent, forecast))
    tells = (came > gone) & (said > gone)
    came, gone, said = came[tells], gone[tells], said[tells]
    if len(came) <= LEAST:
        return interval_coverage([], [], [])
    low, high = np.empty(len(came)), np.empty(len(came))
    for case in range(len(came)):
        others = np.arange(len(came)) != case
        found = from_history(gone[[case]], said[[case]], History.of(came[others], gone[others], said[others]), way)
        low[case], high[case] = found.p10[0], found.p90[0]
    return interval_coverage(came, low, high)
