"""Rows and gains in the numbers solvers like best: small whole ones where the figures allow it.

A row of decimal figures (money to the cent, 0.5 of a person) becomes a row of whole numbers without a
common divisor, and its bounds are rounded inwards, so that a plan cannot slip past a large budget by a
solver's tolerance. Other rows are scaled to a largest entry near `LARGEST_ENTRY`.
"""

from __future__ import annotations

from math import ceil, floor, isinf

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MOST_DECIMALS = 6
LARGEST_WHOLE = 2.0**45
LARGEST_ENTRY = 2.0**17


def common_step(figures: Floats) -> float | None:
    """The largest step of which all figures are whole multiples, None when they have more than six decimals."""
    present = np.abs(figures[figures != 0])
    if present.size == 0:
        return None
    for decimals in range(MOST_DECIMALS + 1):
        scaled = present * 10.0**decimals
        whole = np.rint(scaled)
        if whole.max() > LARGEST_WHOLE:
            return None
        if np.all(np.abs(scaled - whole) <= 1e-9 + 1e-15 * scaled) and whole.min() > 0:
            return float(np.gcd.reduce(whole.astype(np.int64))) / 10.0**decimals
    return None


def scaled_gain(gain: Floats) -> tuple[Floats, float]:
    """The gains divided by their unit, and the unit."""
    step = common_step(gain)
    if step is not None:
        return np.rint(gain / step), step
    unit = _power_of_two_unit(gain)
    return gain / unit, unit


def scaled_row(entries: Floats, lower: float, upper: float, all_whole: bool) -> tuple[Floats, float, float]:
    """The row divided by its unit; bounds are rounded inwards when entries and columns are whole numbers."""
    step = common_step(entries)
    if step is None:
        unit = _power_of_two_unit(entries)
        return entries / unit, lower / unit, upper / unit
    low, high = lower / step, upper / step
    if all_whole:
        low = low if isinf(low) else float(ceil(low - _blur(low)))
        high = high if isinf(high) else float(floor(high + _blur(high)))
    return np.rint(entries / step), low, high


def _blur(bound: float) -> float:
    return 1e-9 + 4e-15 * abs(bound)


def _power_of_two_unit(figures: Floats) -> float:
    largest = float(np.abs(figures).max(initial=0.0))
    if largest == 0:
        return 1.0
    return float(2.0 ** np.floor(np.log2(largest / LARGEST_ENTRY)))
