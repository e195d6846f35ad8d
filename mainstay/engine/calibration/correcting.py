"""New estimates corrected by what happened to earlier ones, and what choosing does to estimates."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mainstay.engine.calibration.ratios import Calibration

Floats = NDArray[np.float64]
Codes = NDArray[np.int8]


class Standing(IntEnum):
    """What a correction rests on.

    CORRECTED: enough cases. TOO_FEW: fewer than five cases, so the estimate stays as it is. SELECTION_EFFECT:
    corrected by chosen projects alone, though this one is not chosen: those were chosen partly because their
    estimates were too good, so that the correction may be too strong.
    """

    CORRECTED = 0
    TOO_FEW = 1
    SELECTION_EFFECT = 2


@dataclass(frozen=True, slots=True, eq=False)
class Corrected:
    """Estimates after correction, (estimates,) each, in their unit.

    estimate: corrected. p80: not passed in 80 of 100 cases; NaN where there are too few. standing: codes of
    `Standing`.
    """

    estimate: Floats
    p80: Floats
    standing: Codes


def correct(
    calibration: Calibration, estimate: ArrayLike, group: ArrayLike, is_chosen: ArrayLike = False
) -> Corrected:
    """Each estimate times the factor of its class, where there are cases enough.

    estimate: (estimates,) above zero. group: (estimates,) class of each. is_chosen: (estimates,) or one, whether
    the project is chosen already. Raises ValueError for estimates not above zero or classes that are not there.
    Source: formulae 2.10.

    >>> from mainstay.engine.calibration.ratios import calibrate
    >>> found = calibrate([120] * 6, [100] * 6, [0] * 6, 2)
    >>> correct(found, [50, 50], [0, 1], True).estimate.round(9).tolist()
    [60.0, 50.0]
    """
    said, classes = np.asarray(estimate, dtype=np.float64), np.asarray(group, dtype=np.int64)
    if said.shape != classes.shape or not (said > 0).all():
        raise ValueError("Each estimate is above zero and has a class.")
    if ((classes < 0) | (classes >= len(calibration.cases))).any():
        raise ValueError("Each class is there.")
    enough = calibration.enough[classes]
    chosen = np.broadcast_to(np.asarray(is_chosen, dtype=np.bool_), said.shape)
    biased = calibration.chosen_only & ~chosen
    standing = np.where(enough, np.where(biased, Standing.SELECTION_EFFECT, Standing.CORRECTED), Standing.TOO_FEW)
    return Corrected(
        estimate=np.where(enough, said * calibration.factor[classes], said),
        p80=np.where(enough, said * calibration.factor_at(0.80)[classes], np.nan),
        standing=standing.astype(np.int8),
    )


def after_choice(value: ArrayLike, deviation: ArrayLike) -> Floats:
    """(candidates,) what estimated values are worth once it is known that the best looking ones get chosen.

    value: (candidates,) estimated, any unit; deviation: (candidates,) or one, standard error of each, same unit.
    Each value is drawn towards the mean m of all by t^2 / (t^2 + s^2), with t^2 the variance between candidates
    that their errors leave over. The mean of value - result over the chosen ones is the disappointment to be
    expected.

    Raises ValueError for fewer than two candidates or errors below zero. Source: Smith and Winkler, The optimizer's
    curse (2006), with normal values and errors.

    >>> after_choice([0, 10, 20], [5, 5, 5]).tolist()
    [2.5, 10.0, 17.5]
    """
    seen = np.asarray(value, dtype=np.float64)
    errors = np.broadcast_to(np.asarray(deviation, dtype=np.float64), seen.shape) ** 2
    if seen.ndim != 1 or len(seen) < 2 or not np.isfinite(seen).all() or not (np.asarray(deviation) >= 0).all():
        raise ValueError("There are two candidates at least, and no error is below zero.")
    between = max(0.0, float(seen.var(ddof=1) - errors.mean()))
    whole = between + errors
    trust = np.divide(between, whole, out=np.ones(seen.shape), where=whole > 0)
    return np.asarray(seen.mean() + trust * (seen - seen.mean()))
