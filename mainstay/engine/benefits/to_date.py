"""What was planned to a date for many benefits at once, by the sum of each profile."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mainstay.engine.benefits.profile import Profile

Floats = NDArray[np.float64]


def planned_to_date(
    total: ArrayLike, periods: ArrayLike, profile: ArrayLike, waiting: ArrayLike, elapsed: ArrayLike
) -> Floats:
    """(benefits,) what was to come in the first `elapsed` periods, in the unit of each total, before rounding.

    total: (benefits,) below zero for a disbenefit. periods, waiting, elapsed: (benefits,) whole numbers of periods.
    profile: (benefits,) of `Profile`. Each differs from the sum of `target` by less than a smallest unit for each
    period that has passed. Raises ValueError for no period, negative waiting or an unknown profile.

    >>> planned_to_date([600], [3], ["ramp"], [1], [3]).tolist()
    [300.0]
    """
    n, wait = np.asarray(periods, dtype=np.float64), np.asarray(waiting, dtype=np.float64)
    shape = np.asarray(profile, dtype=str)
    if not (n >= 1).all() or not (wait >= 0).all() or not np.isin(shape, list(Profile)).all():
        raise ValueError("Each benefit has a period at least, no negative waiting, and a profile that is known.")
    k = np.clip(np.asarray(elapsed, dtype=np.float64) - wait, 0, n)
    whole = n * (n + 1)
    rising, falling = k * (k + 1) / whole, k * (2 * n - k + 1) / whole
    share = np.select([shape == Profile.RAMP, shape == Profile.DECAY], [rising, falling], k / n)
    return np.asarray(np.asarray(total, dtype=np.float64) * share)
