"""How far judgements contradict one another, and how that is read."""

from __future__ import annotations

import math
from types import MappingProxyType

# Mean consistency index of random judgements for n items. n = 3..10: Saaty's table as in formulae 2.3 (authors differ
# in the second decimal; simulations give 0.52 for n = 3 and 1.34 for n = 7). n = 11..15: Saaty (1980).
RANDOM_INDEX = MappingProxyType(
    {
        1: 0.0,
        2: 0.0,
        3: 0.58,
        4: 0.90,
        5: 1.12,
        6: 1.24,
        7: 1.32,
        8: 1.41,
        9: 1.45,
        10: 1.49,
        11: 1.51,
        12: 1.48,
        13: 1.56,
        14: 1.57,
        15: 1.59,
    }
)
RANDOM_INDEX_SOURCE = "Saaty's table (1980), as stored; other authors' tables differ slightly"

USUAL_LIMIT = 0.10
STRICTER_LIMITS = MappingProxyType({3: 0.05, 4: 0.08})

PROJECT_ONLINE_LIMIT = 0.80
PROJECT_ONLINE_LABEL = "ours, read like Project Online's: higher is better, 80 % and more is acceptable"


def random_index(size: int, missing: int = 0) -> float:
    """The mean consistency index of random judgements about `size` items, some pairs missing; NaN above 15 items.

    Missing pairs leave less room for contradiction: RI (1 - 2 m / ((n - 1)(n - 2))).
    Source: RANDOM_INDEX_SOURCE; for missing pairs Agoston and Csato (2022).

    >>> random_index(4), round(random_index(4, missing=1), 3)
    (0.9, 0.6)
    """
    whole = RANDOM_INDEX.get(size, math.nan)
    room = (size - 1) * (size - 2)
    return whole * (1 - 2 * missing / room) if room else 0.0


def consistency_limit(size: int, stricter: bool = False) -> float:
    """The greatest consistency ratio that is accepted: 0.10; stricter practice takes 0.05 for 3 and 0.08 for 4 items.

    >>> consistency_limit(3), consistency_limit(3, stricter=True)
    (0.1, 0.05)
    """
    return STRICTER_LIMITS.get(size, USUAL_LIMIT) if stricter else USUAL_LIMIT


def like_project_online(consistency_ratio: float, limit: float = USUAL_LIMIT) -> float:
    """A consistency ratio turned round, for people who know Project Online: 1 is consistent, 0.8 is just acceptable.

    1 - 0.2 CR / limit, not below 0. How Project Online itself computes its figure is not published; this one is ours
    (PROJECT_ONLINE_LABEL) and accepts exactly what the consistency ratio accepts. NaN stays NaN.

    >>> round(like_project_online(0.10), 2), round(like_project_online(0.0189), 4)
    (0.8, 0.9622)
    """
    if math.isnan(consistency_ratio):
        return math.nan
    return max(0.0, 1 - (1 - PROJECT_ONLINE_LIMIT) * consistency_ratio / limit)
