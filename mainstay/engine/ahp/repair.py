"""The judgement that hurts consistency most, and what would fit instead; nothing is changed by itself."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.ahp.judgements import Judgements
from mainstay.engine.ahp.scale import nearest_on_scale
from mainstay.engine.ahp.weights import weigh

Floats = NDArray[np.float64]

PLACES = 9


@dataclass(frozen=True, slots=True)
class Misfit:
    """A judgement that contradicts the others.

    first, second: the pair, counted from 0, turned so that the judgement given is 1 or more. given: its ratio.
    deviation: |log given - log(w_first / w_second)|. fitting: the ratio that all other judgements imply;
    on_scale: the nearest to it on Saaty's scale. ratio_now, ratio_then: the consistency ratio as it is, and with the
    judgement at `on_scale`.
    """

    first: int
    second: int
    given: float
    deviation: float
    fitting: float
    on_scale: float
    ratio_now: float
    ratio_then: float


def worst_misfit(judged: Judgements) -> Misfit | None:
    """The judgement with the largest |log a_ij - log(w_i / w_j)|; None when all judgements agree.

    The weights are the principal eigenvector; the fitting ratio is w_i / w_j computed without this judgement. Of
    three items every pair deviates alike; of equal ones the first is named.
    Raises ValueError when the judgements leave items unconnected. Source: formulae 2.3.

    >>> from mainstay.engine.ahp.judgements import judgements_from_upper
    >>> round(worst_misfit(judgements_from_upper([2, 8, 2])).fitting, 9)
    4.0
    """
    found = weigh(judged)
    deviations = np.round(_deviations(judged, found.weights), PLACES)
    first, second = (int(place) for place in np.unravel_index(np.argmax(deviations), deviations.shape))
    if deviations[first, second] == 0:
        return None
    if judged.ratios[first, second] < 1:
        first, second = second, first
    rest = weigh(judged.without(first, second)).weights
    fitting = float(rest[first] / rest[second])
    on_scale = nearest_on_scale(fitting)
    return Misfit(
        first=first,
        second=second,
        given=float(judged.ratios[first, second]),
        deviation=float(deviations[first, second]),
        fitting=fitting,
        on_scale=on_scale,
        ratio_now=found.consistency_ratio,
        ratio_then=weigh(judged.changed(first, second, on_scale)).consistency_ratio,
    )


def _deviations(judged: Judgements, weights: Floats) -> Floats:
    """(n, n) how far each judgement lies from the ratio of the weights, in logarithms; 0 below the diagonal."""
    expected = np.log(weights[:, None] / weights[None, :])
    return np.triu(np.where(judged.known, np.abs(np.log(judged.ratios) - expected), 0), 1)
