"""How a forecast may come out."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

CHANCES = (0.10, 0.50, 0.80, 0.90)
SCORES = tuple(NormalDist().inv_cdf(chance) for chance in CHANCES)


@dataclass(frozen=True, slots=True, eq=False)
class Range:
    """What is not passed with 10, 50, 80 and 90 of 100 chances, (projects,) each in its unit; NaN where not known.

    cases: from how many finished projects, periods or draws it was made.
    """

    p10: Floats
    p50: Floats
    p80: Floats
    p90: Floats
    cases: int

    @classmethod
    def of_draws(cls, draws: ArrayLike, cases: int | None = None) -> Self:
        """From (projects, draws) equally likely outcomes.

        Raises ValueError for other shapes or no draw.

        >>> Range.of_draws([[1, 2, 3, 4, 5]]).p50.tolist()
        [3.0]
        """
        outcomes = np.asarray(draws, dtype=np.float64)
        if outcomes.ndim != 2 or not outcomes.shape[1]:
            raise ValueError("There is one row of draws for each project.")
        p10, p50, p80, p90 = np.quantile(outcomes, CHANCES, axis=1)
        return cls(p10, p50, p80, p90, outcomes.shape[1] if cases is None else cases)


def from_simulation(spent: ArrayLike, rest: ArrayLike) -> Range:
    """The range of each project from simulated costs, or periods, of what remains.

    spent: (projects,) what is certain. rest: (projects, draws) simulated, each column one future of all projects.

    Raises ValueError for shapes that do not fit.

    >>> from_simulation([100], [[10, 20, 30]]).p50.tolist()
    [120.0]
    """
    return Range.of_draws(_outcomes(spent, rest))


def total_from_simulation(spent: ArrayLike, rest: ArrayLike) -> Range:
    """The range of the sum over projects, (1,): columns are added first, so that what is drawn together stays so.

    Parameters and errors as for `from_simulation`. Quantiles of a sum are not the sum of quantiles.

    >>> total_from_simulation([100, 0], [[10, 20, 30], [30, 20, 10]]).p90.tolist()
    [140.0]
    """
    return Range.of_draws(_outcomes(spent, rest).sum(axis=0, keepdims=True))


def _outcomes(spent: ArrayLike, rest: ArrayLike) -> Floats:
    gone, drawn = np.asarray(spent, dtype=np.float64), np.asarray(rest, dtype=np.float64)
    if drawn.ndim != 2 or gone.shape != drawn.shape[:1]:
        raise ValueError("There is one row of draws for each project.")
    return np.asarray(gone[:, None] + drawn)
