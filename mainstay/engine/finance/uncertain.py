"""Value under the chance of failure, and what waiting costs."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def expected_commercial_value(
    value: ArrayLike, commercial: ArrayLike, launch: ArrayLike, technical: ArrayLike, development: ArrayLike
) -> Floats:
    """Expected commercial value: ((NPV x P_commercial - launch) x P_technical) - development.

    value: net present value after launch; launch and development: costs still to be spent (positive); commercial and
    technical: probabilities of success, 0 to 1. Numbers or arrays of one shape, in one money.

    Raises ValueError for a probability outside 0..1. Source: Cooper, Edgett and Kleinschmidt; formulae 2.2.

    >>> round(float(expected_commercial_value(900, 0.8, 200, 0.6, 100)), 9)
    212.0
    """
    launched = np.asarray(value, dtype=np.float64) * _chance(commercial) - np.asarray(launch, dtype=np.float64)
    return np.asarray(launched * _chance(technical) - np.asarray(development, dtype=np.float64))


def productivity_index(expected: ArrayLike, development: ArrayLike) -> Floats:
    """Expected commercial value for each unit of development cost still to be spent; ranks under one budget.

    Numbers or arrays of one shape. Raises ValueError for a cost that is not positive. Source: formulae 2.2.

    >>> float(productivity_index(212, 100))
    2.12
    """
    spent = np.asarray(development, dtype=np.float64)
    if not (spent > 0).all():
        raise ValueError("A development cost is positive.")
    return np.asarray(np.asarray(expected, dtype=np.float64) / spent)


def cost_of_delay(value_now: ArrayLike, value_later: ArrayLike, periods: ArrayLike = 1.0) -> Floats:
    """What each period of waiting costs: (value when begun now - value when begun later) / periods.

    Numbers or arrays of one shape; compute the later value from `delayed` flows. Money a period.
    Raises ValueError when the periods are not positive. Source: formulae 2.2 (dV/dt as a difference).

    >>> float(cost_of_delay(104.0, 92.0, 3))
    4.0
    """
    length = np.asarray(periods, dtype=np.float64)
    if not (length > 0).all():
        raise ValueError("A delay lasts longer than no time.")
    return np.asarray((np.asarray(value_now, dtype=np.float64) - np.asarray(value_later, dtype=np.float64)) / length)


def _chance(probability: ArrayLike) -> Floats:
    values = np.asarray(probability, dtype=np.float64)
    if not ((values >= 0) & (values <= 1)).all():
        raise ValueError("A probability lies between 0 and 1.")
    return values
