"""When a project ends, from its own pace: earned schedule as a walk that reaches the planned duration."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mainstay.engine.calibration import LEAST
from mainstay.engine.forecast.range import Range

Floats = NDArray[np.float64]

SLOWEST = 0.1
"""No drawn pace is slower than this part of the pace so far; below it the end has no meaning."""


def finish_range(es: ArrayLike, duration: ArrayLike, seed: int, elapsed: ArrayLike, draws: int = 4000) -> Range:
    """The duration to be expected from the start, in periods, with its range.

    es: (projects, periods) earned schedule at the end of each period, NaN where not reported; the last report counts.
    duration: (projects,) planned. elapsed: (projects, periods) time since the start. What a project earns in a period
    has the mean m = ES / AT and a variance s^2 from its reports (per period of time between them). With a steady
    mean the time until the rest PD - ES is earned is inverse Gaussian with mean (PD - ES) / m and shape
    (PD - ES)^2 / s^2; m is itself drawn around its estimate with its error s / sqrt(AT), by Student's t.

    A project needs five reports, and some progress; others are NaN, and one that has earned all ends now. The same
    seed gives the same range. Raises ValueError for shapes that differ or fewer than 100 draws. Source: Lipke
    (2003) for earned schedule; Folks and Chhikara (1978) for the inverse Gaussian.

    >>> steady = finish_range([[0.8, 1.6, 2.4, 3.2, 4.0]], [8], 1, [[1, 2, 3, 4, 5]])
    >>> steady.p10.round(6).tolist(), steady.p80.round(6).tolist()
    ([10.0], [10.0])
    """
    earned, time = np.asarray(es, dtype=np.float64), np.asarray(elapsed, dtype=np.float64)
    planned = np.asarray(duration, dtype=np.float64)
    if earned.ndim != 2 or earned.shape != time.shape or planned.shape != earned.shape[:1] or draws < 100:
        raise ValueError("Each project has earned schedule and time by periods and a duration; 100 draws at least.")
    random = np.random.default_rng(seed)
    rows = [_outcomes(*each, random, draws) for each in zip(earned, time, planned, strict=True)]
    return (
        Range.of_draws(np.reshape(rows, (len(rows), draws)), cases=draws)
        if rows
        else Range.of_draws(np.empty((0, 1)))
    )


def _outcomes(es: Floats, time: Floats, planned: float, random: np.random.Generator, draws: int) -> Floats:
    """(draws,) durations of one project."""
    known = ~np.isnan(es) & (time > 0)
    places, ends = np.concatenate([[0.0], es[known]]), np.concatenate([[0.0], time[known]])
    rest = planned - places[-1]
    if known.any() and rest <= 0:
        return np.full(draws, ends[-1])
    if known.sum() < LEAST or places[-1] <= 0:
        return np.full(draws, np.nan)
    steps, spans = np.diff(places), np.diff(ends)
    pace = places[-1] / ends[-1]
    variance = float(((steps - pace * spans) ** 2 / spans).sum() / (len(steps) - 1))
    if variance <= 1e-18 * pace**2:
        return np.full(draws, ends[-1] + rest / pace)
    error = np.sqrt(variance / ends[-1]) * random.standard_t(len(steps) - 1, draws)
    paces = np.maximum(pace + error, SLOWEST * pace)
    return np.asarray(ends[-1] + random.wald(rest / paces, rest**2 / variance))
