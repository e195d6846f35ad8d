"""Quantiles of draws, their standard errors, and how they settle as draws are added."""

from __future__ import annotations

from math import ceil, floor, sqrt

import numpy as np

from mainstay.engine.simulation.normal import Floats
from mainstay.engine.simulation.outcome import Difference, Outcome, Quantiles, Settling

LEVELS = (0.1, 0.5, 0.9)
_FIRST = 100


def spread_of(draws: Floats) -> Quantiles:
    """The spread of draws (..., draws) along the last axis, interpolated.

    >>> float(spread_of(np.arange(11.0)).p90)
    9.0
    """
    ordered = np.sort(draws, axis=-1)
    low, middle, high = (_quantile(ordered, level) for level in LEVELS)
    return Quantiles(low, middle, high, draws.mean(axis=-1), draws.std(axis=-1))


def _quantile(ordered: Floats, level: float) -> Floats:
    """The quantile of sorted draws (..., draws), interpolated between the two next to it."""
    place = level * (ordered.shape[-1] - 1)
    below = floor(place)
    above = min(below + 1, ordered.shape[-1] - 1)
    low, high = ordered[..., below], ordered[..., above]
    return np.asarray(low + (high - low) * (place - below))


def chance_error(chance: float, draws: int) -> float:
    """The standard error of a chance that was counted in so many draws: sqrt(p (1 - p) / n)."""
    return sqrt(chance * (1 - chance) / draws)


def settling_of(draws: Floats) -> tuple[Settling, ...]:
    """The quantiles after 100, 200, 400, ... and after all draws (draws,)."""
    sizes = []
    size = _FIRST
    while size < len(draws):
        sizes.append(size)
        size *= 2
    return tuple(_settled(np.sort(draws[:size])) for size in [*sizes, len(draws)])


def _settled(ordered: Floats) -> Settling:
    low, middle, high = (float(_quantile(ordered, level)) for level in LEVELS)
    return Settling(len(ordered), low, middle, high, *(quantile_error(ordered, level) for level in LEVELS))


def quantile_error(ordered: Floats, level: float) -> float:
    """The standard error of a quantile of sorted draws (draws,), free of any distribution.

    Half the distance between the draws that stand one standard error of the count above and below.
    Source: order statistics; David and Nagaraja, Order Statistics, 2003.
    """
    count = len(ordered)
    aside = sqrt(count * level * (1 - level))
    low, high = max(0, floor(count * level - aside)), min(count - 1, ceil(count * level + aside))
    return float(ordered[high] - ordered[low]) / 2


def compare(first: Outcome, second: Outcome, name: str) -> Difference:
    """How much more of a flow or sum the first scenario comes to than the second, draw by draw.

    Both come from one simulation, so that they met the same draws. Raises KeyError for an unknown name.
    """
    less = first.results[name].draws - second.results[name].draws
    chance = float((less > 0).mean())
    return Difference(spread_of(less), chance, chance_error(chance, len(less)))
