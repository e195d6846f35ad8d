"""Earned value in several currencies: what is owed to work and what to exchange rates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mainstay.engine.evm.figures import Figures

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Converted:
    """Projects in one currency.

    figures: plan, earned value and budget at the rate of the baseline, actual cost at the rates of its postings.
    ac_at_baseline_rate: (projects, periods) actual cost as if rates had not moved. rate_effect: AC less that, above
    zero where exchange rates made work dearer; CV = (EV - ac_at_baseline_rate) - rate_effect.
    """

    figures: Figures
    ac_at_baseline_rate: Floats
    rate_effect: Floats


def in_base_currency(own: Figures, baseline_rate: ArrayLike, posting_rate: ArrayLike) -> Converted:
    """Figures of projects in their own currencies as one currency.

    own: cumulative money in each project's currency. baseline_rate: (projects,) units of the one currency for one
    of the project's, when its baseline was approved. posting_rate: (projects, periods) the rate at which the cost
    of each period was posted; where several were used, their mean weighted by amount.

    Raises ValueError for rates not above zero. Source: formulae 2.1.

    >>> found = in_base_currency(Figures.of([100, 200], [90, 180], [100, 200]), [2.0], [[2.0, 2.5]])
    >>> found.figures.ac.tolist(), found.rate_effect.tolist()
    ([[200.0, 450.0]], [[0.0, 50.0]])
    """
    base = np.asarray(baseline_rate, dtype=np.float64)
    posted = np.broadcast_to(np.asarray(posting_rate, dtype=np.float64), own.ac.shape)
    if base.shape != own.bac.shape or not (base > 0).all() or not (posted[~np.isnan(own.ac)] > 0).all():
        raise ValueError("An exchange rate is above zero, one for each baseline and for each period with cost.")
    rate = base[:, None]
    in_period = _by_period(own.ac)
    known = ~np.isnan(own.ac)
    actual = np.where(known, np.cumsum(np.where(known, in_period * posted, 0.0), axis=1), np.nan)
    steady = own.ac * rate
    return Converted(Figures(own.pv * rate, own.ev * rate, actual, own.bac * base), steady, actual - steady)


def _by_period(cumulative: Floats) -> Floats:
    """What came in each period; what an unreported period brought comes with the next reported one."""
    known = ~np.isnan(cumulative)
    last = np.maximum.accumulate(np.where(known, np.arange(known.shape[1]), -1), axis=1)
    before = np.concatenate([np.full((len(last), 1), -1), last[:, :-1]], axis=1)
    earlier = np.where(before >= 0, np.take_along_axis(cumulative, np.maximum(before, 0), axis=1), 0.0)
    return cumulative - earlier
