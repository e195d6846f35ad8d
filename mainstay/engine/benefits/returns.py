"""Portfolio ROI: what came back for what was invested, as the ratio of sums."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Return:
    """Benefits and costs of a portfolio in its money, and what they return.

    roi: (benefits - costs) / costs, a fraction; NaN where nothing was spent. rate: the discount rate a period that
    was used, None for plain sums; say so wherever the figure is shown.
    """

    roi: float
    benefits: float
    costs: float
    rate: float | None


def portfolio_roi(benefits: ArrayLike, costs: ArrayLike, rate: float | None = None) -> Return:
    """(sum of benefits - sum of costs) / sum of costs: the mean of the projects' returns weighted by cost.

    benefits, costs: (projects,) or (projects, periods) money, of one shape, costs positive; NaN is nothing. rate:
    with it, amounts by periods are discounted by (1 + rate)^-t, t = 0, 1, ...

    Raises ValueError for costs below zero, a rate of -100 % or less, or a rate without periods. Source: formulae
    2.8.

    >>> round(portfolio_roi([150, 330], [100, 300]).roi, 9)
    0.2
    """
    gains, spent = (np.nan_to_num(np.asarray(each, dtype=np.float64)) for each in (benefits, costs))
    if gains.shape != spent.shape or (spent < 0).any():
        raise ValueError("There is a cost, not below zero, for each benefit.")
    if rate is not None:
        factors = _factors(rate, gains)
        gains, spent = gains * factors, spent * factors
    back, invested = float(gains.sum()), float(spent.sum())
    return Return((back - invested) / invested if invested > 0 else float("nan"), back, invested, rate)


def ratio_by_group(above: ArrayLike, below: ArrayLike, group: ArrayLike, groups: int) -> Floats:
    """(groups,) sum of `above` / sum of `below` in each group, NaN where the sum below is not above zero.

    above, below: (items,) in one unit each; net benefits and costs give returns of programmes, `came` and `due` of a
    realisation give its rates by theme or owner. group: (items,) from 0. Raises ValueError for groups not there.

    >>> ratio_by_group([50, 30, 10], [100, 300, 0], [0, 0, 1], 2).tolist()
    [0.2, nan]
    """
    into = np.asarray(group, dtype=np.int64)
    if ((into < 0) | (into >= groups)).any():
        raise ValueError("Each item is in a group that is there.")
    top, bottom = (
        np.bincount(into, weights=np.asarray(each, dtype=np.float64), minlength=groups) for each in (above, below)
    )
    return np.asarray(np.divide(top, bottom, out=np.full(groups, np.nan), where=bottom > 0))


def _factors(rate: float, flows: Floats) -> Floats:
    if rate <= -1 or flows.ndim != 2:
        raise ValueError("A discount rate is above -100 %, and discounted flows have periods.")
    return np.asarray((1 + rate) ** -np.arange(flows.shape[1], dtype=np.float64))
