"""How an amount may come out: fixed, normal, three-point (triangular and PERT), lognormal and discrete.

Every distribution is a frozen dataclass with `mean`, `deviation` (standard deviation) and `quantile(chances)`, all in
the unit of the amounts it was made of. Used as a factor it has no unit and 1 means "as estimated".
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import lru_cache
from math import exp, fsum, isfinite, log, sqrt
from statistics import NormalDist
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from mainstay.engine.simulation.normal import Floats, Places

_TENTH = NormalDist().inv_cdf(0.9)
_ANGLES = 513
_ALONG = np.linspace(0.0, np.pi, _ANGLES)
_HUMP = (1 - np.cos(_ALONG)) / 2
_LOG_SINES, _LOG_COSINES = np.log(np.sin(_ALONG[1:-1] / 2)), np.log(np.cos(_ALONG[1:-1] / 2))
_SURE = 1e-9


class Distribution(ABC):
    """How one amount may come out."""

    @property
    @abstractmethod
    def mean(self) -> float:
        """The expected amount."""

    @property
    @abstractmethod
    def deviation(self) -> float:
        """The standard deviation."""

    @abstractmethod
    def at(self, places: Places) -> Floats:
        """The amounts at places (n,) in the distribution."""

    def quantile(self, chances: ArrayLike) -> Floats:
        """The amounts that are not passed with these chances (0 to 1, any number of them).

        >>> Fixed(3.0).quantile([0.1, 0.9]).tolist()
        [3.0, 3.0]
        """
        return self.at(Places.at_chances(np.atleast_1d(np.asarray(chances, dtype=np.float64))))


@dataclass(frozen=True, slots=True)
class Fixed(Distribution):
    """An amount that is certain."""

    value: float

    def __post_init__(self) -> None:
        _refuse_nonsense(self.value)

    @property
    def mean(self) -> float:
        return self.value

    @property
    def deviation(self) -> float:
        return 0.0

    def at(self, places: Places) -> Floats:
        return np.full(places.chances.shape, float(self.value))


@dataclass(frozen=True, slots=True)
class Normal(Distribution):
    """A bell around the mean; the deviation is not negative."""

    centre: float
    spread: float

    def __post_init__(self) -> None:
        _refuse_nonsense(self.centre, self.spread)
        if self.spread < 0:
            raise ValueError("A standard deviation is not negative.")

    @property
    def mean(self) -> float:
        return self.centre

    @property
    def deviation(self) -> float:
        return self.spread

    def at(self, places: Places) -> Floats:
        return np.asarray(self.centre + self.spread * places.scores)


@dataclass(frozen=True, slots=True)
class Triangular(Distribution):
    """A three-point estimate whose chances rise straight to the likely amount and fall straight from it.

    Mean (O + M + P) / 3. Raises ValueError unless low <= likely <= high.

    >>> Triangular(80, 100, 150).mean
    110.0
    """

    low: float
    likely: float
    high: float

    def __post_init__(self) -> None:
        _refuse_disorder(self.low, self.likely, self.high)

    @property
    def mean(self) -> float:
        return (self.low + self.likely + self.high) / 3

    @property
    def deviation(self) -> float:
        low, likely, high = self.low, self.likely, self.high
        return sqrt(max(0.0, low**2 + likely**2 + high**2 - low * likely - low * high - likely * high) / 18)

    def at(self, places: Places) -> Floats:
        width = self.high - self.low
        if width == 0:
            return np.full(places.chances.shape, float(self.low))
        rising = self.low + np.sqrt(places.chances * width * (self.likely - self.low))
        falling = self.high - np.sqrt((1 - places.chances) * width * (self.high - self.likely))
        return np.where(places.chances <= (self.likely - self.low) / width, rising, falling)


@dataclass(frozen=True, slots=True)
class Pert(Distribution):
    """A three-point estimate as a smooth hump: the beta distribution with mean (O + 4 M + P) / 6.

    Its deviation is sqrt((mean - O) (P - mean) / 7), near the rule of thumb (P - O) / 6. Raises ValueError unless
    low <= likely <= high. Source: PERT; formulae 2.6.

    >>> Pert(80, 100, 150).mean
    105.0
    """

    low: float
    likely: float
    high: float

    def __post_init__(self) -> None:
        _refuse_disorder(self.low, self.likely, self.high)

    @property
    def mean(self) -> float:
        return (self.low + 4 * self.likely + self.high) / 6

    @property
    def deviation(self) -> float:
        return sqrt(max(0.0, (self.mean - self.low) * (self.high - self.mean)) / 7)

    def at(self, places: Places) -> Floats:
        width = self.high - self.low
        if width == 0:
            return np.full(places.chances.shape, float(self.low))
        return self.low + width * np.interp(places.chances, _hump((self.likely - self.low) / width), _HUMP)


@lru_cache(maxsize=4096)
def _hump(mode: float) -> Floats:
    """Chances up to each angle (angles,) of a beta distribution on 0..1 with this mode; x is sin(angle / 2)^2.

    In angles the density begins and ends in zero, so that the trapezoidal rule is exact enough.
    """
    density = np.zeros(_ANGLES)
    density[1:-1] = np.exp((8 * mode + 1) * _LOG_SINES + (9 - 8 * mode) * _LOG_COSINES)
    chances = np.concatenate(([0.0], np.cumsum(density[1:] + density[:-1])))
    return np.asarray(chances / chances[-1])


@dataclass(frozen=True, slots=True)
class Lognormal(Distribution):
    """An amount above zero with a long upper tail; `spread` is the standard deviation of its logarithm.

    Raises ValueError unless the median is above zero and the spread is not negative.
    """

    median: float
    spread: float

    def __post_init__(self) -> None:
        _refuse_nonsense(self.median, self.spread)
        if self.median <= 0 or self.spread < 0:
            raise ValueError("A lognormal amount has a median above zero and a spread that is not negative.")

    @classmethod
    def between(cls, p10: float, p90: float) -> Self:
        """From the amounts that are passed nine times in ten and one time in ten.

        >>> round(Lognormal.between(80, 125).median, 6)
        100.0
        """
        if not 0 < p10 <= p90:
            raise ValueError("P10 is above zero and P90 is not below it.")
        return cls(sqrt(p10 * p90), log(p90 / p10) / (2 * _TENTH))

    @classmethod
    def around(cls, mean: float, variation: float) -> Self:
        """From the mean and the coefficient of variation (standard deviation / mean).

        >>> round(Lognormal.around(100, 0.3).deviation, 6)
        30.0
        """
        if not (mean > 0 and variation >= 0):
            raise ValueError("The mean is above zero and the coefficient of variation is not negative.")
        spread = sqrt(log(1 + variation**2))
        return cls(mean * exp(-(spread**2) / 2), spread)

    @property
    def mean(self) -> float:
        return self.median * exp(self.spread**2 / 2)

    @property
    def deviation(self) -> float:
        return self.mean * sqrt(exp(self.spread**2) - 1)

    def at(self, places: Places) -> Floats:
        return np.asarray(self.median * np.exp(self.spread * places.scores))


@dataclass(frozen=True, slots=True)
class Discrete(Distribution):
    """One of a few rising values, each with its probability; the probabilities add up to 1.

    >>> Discrete((0, 1, 2), (0.7, 0.2, 0.1)).mean
    0.4
    """

    values: tuple[float, ...]
    probabilities: tuple[float, ...]

    def __post_init__(self) -> None:
        _refuse_nonsense(*self.values, *self.probabilities)
        if len(self.values) != len(self.probabilities) or not self.values:
            raise ValueError("There is one probability for each value.")
        if min(self.probabilities) < 0 or abs(fsum(self.probabilities) - 1) > _SURE:
            raise ValueError("The probabilities are not negative and add up to 1.")
        if any(later <= value for value, later in zip(self.values, self.values[1:], strict=False)):
            raise ValueError("The values rise.")

    @property
    def mean(self) -> float:
        return fsum(value * chance for value, chance in zip(self.values, self.probabilities, strict=True))

    @property
    def deviation(self) -> float:
        squares = ((value - self.mean) ** 2 for value in self.values)
        return sqrt(fsum(square * chance for square, chance in zip(squares, self.probabilities, strict=True)))

    def at(self, places: Places) -> Floats:
        steps = np.cumsum(self.probabilities)[:-1]
        return np.asarray(self.values, dtype=np.float64)[np.searchsorted(steps, places.chances, side="left")]


def _refuse_nonsense(*numbers: float) -> None:
    if not all(isfinite(number) for number in numbers):
        raise ValueError("A distribution is made of finite numbers.")


def _refuse_disorder(low: float, likely: float, high: float) -> None:
    _refuse_nonsense(low, likely, high)
    if not low <= likely <= high:
        raise ValueError("Estimates rise from low to likely to high.")
