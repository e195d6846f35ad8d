"""The five parts of a project's health, each from 0 to 1 with its colour."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.int8]


class Light(IntEnum):
    """A status light; higher is better. UNKNOWN: nothing is known to compute it from."""

    UNKNOWN = 0
    RED = 1
    AMBER = 2
    GREEN = 3


class Part(IntEnum):
    """The parts in the order of the columns of `Parts.score`."""

    SCHEDULE = 0
    BUDGET = 1
    RISK = 2
    RESOURCE = 3
    BENEFITS = 4


UTILISATION = 0.825
"""The middle of the band in which people are used well, 80 to 85 %."""


@dataclass(frozen=True, slots=True)
class Bands:
    """From which score a part is amber and green. Raises ValueError unless 0 <= amber < green <= 1."""

    amber: float = 0.85
    green: float = 0.95

    def __post_init__(self) -> None:
        if not 0 <= self.amber < self.green <= 1:
            raise ValueError("The bands of a light rise from amber to green, between 0 and 1.")


BANDS = Bands()


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """The parts of projects. score: (projects, 5) from 0 to 1, NaN where not known. light: (projects, 5) codes."""

    score: Floats
    light: Codes


def parts(
    schedule: ArrayLike,
    budget: ArrayLike,
    risk: ArrayLike,
    utilisation: ArrayLike,
    benefits: ArrayLike,
    bands: Bands = BANDS,
) -> Parts:
    """Scores and lights of the five parts; each input is (projects,), NaN where not known, infinite never.

    schedule: SPI(t), or SPI where there is no plan by periods; budget: CPI; benefits: realisation rate to the same
    date, or forecast / planned before any is due. Of these the score is min(1, index): ahead of plan is as good as
    on plan. risk: residual exposure / what is set aside for it; up to all of it the score is 1, at twice it 0.
    utilisation U of the people: 1 - |U - 0.825| / 0.825, which is green from 78.4 to 86.6 %.

    Raises ValueError for inputs below zero or infinite. Source: formulae 2.9 (handbook, adapted; scores of schedule,
    budget, risk and benefits are house definitions).

    >>> parts([0.80], [0.7805], [1.5], [0.825], [1.2]).score.round(4).tolist()
    [[0.8, 0.7805, 0.5, 1.0, 1.0]]
    """
    given = np.stack(
        [np.asarray(each, dtype=np.float64) for each in (schedule, budget, risk, utilisation, benefits)], 1
    )
    if (given < 0).any() or np.isinf(given).any():
        raise ValueError("An index, exposure or utilisation is not below zero and not infinite.")
    score = np.minimum(given, 1.0)
    score[:, Part.RISK] = np.clip(2 - given[:, Part.RISK], 0, 1)
    off = np.abs(given[:, Part.RESOURCE] - UTILISATION) / UTILISATION
    score[:, Part.RESOURCE] = np.maximum(1 - off, 0)
    return Parts(score, lights(score, bands))


def lights(score: ArrayLike, bands: Bands = BANDS) -> Codes:
    """Codes of `Light` of scores of any shape; UNKNOWN for NaN.

    >>> lights([0.95, 0.85, 0.8499, np.nan]).tolist() == [Light.GREEN, Light.AMBER, Light.RED, Light.UNKNOWN]
    True
    """
    values = np.asarray(score, dtype=np.float64)
    colour = np.where(values >= bands.green, Light.GREEN, np.where(values >= bands.amber, Light.AMBER, Light.RED))
    return np.where(np.isnan(values), Light.UNKNOWN, colour).astype(np.int8)
