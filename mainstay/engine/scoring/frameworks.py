"""Ready frameworks beside the weighted model."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def _divided(above: Floats, below: Floats, what: str) -> Floats:
    if (below <= 0).any():
        raise ValueError(f"{what} is positive.")
    return above / below


def wsjf(
    business_value: ArrayLike, time_criticality: ArrayLike, risk_reduction: ArrayLike, size: ArrayLike
) -> Floats:
    """Weighted shortest job first: cost of delay / job size, for arrays of projects of one shape (relative points).

    Raises ValueError when a size is not positive. Source: Reinertsen; formulae 2.4.

    >>> wsjf([8, 13], [5, 8], [3, 2], [5, 8]).tolist()
    [3.2, 2.875]
    """
    delay = (
        np.asarray(business_value, float) + np.asarray(time_criticality, float) + np.asarray(risk_reduction, float)
    )
    return _divided(delay, np.asarray(size, float), "A job size")


def rice(reach: ArrayLike, impact: ArrayLike, confidence: ArrayLike, effort: ArrayLike) -> Floats:
    """RICE: reach x impact x confidence (0..1) / effort, for arrays of projects of one shape.

    Raises ValueError when an effort is not positive. Source: formulae 2.4.

    >>> rice([500], [2], [0.8], [4]).tolist()
    [200.0]
    """
    worth = np.asarray(reach, float) * np.asarray(impact, float) * np.asarray(confidence, float)
    return _divided(worth, np.asarray(effort, float), "An effort")
