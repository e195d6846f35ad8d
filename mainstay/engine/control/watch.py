"""Watching figures against a limit, with a second limit on the good side so that a swing raises one alarm only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Booleans = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Watch:
    """A limit. raise_at: from which value on it alarms, in the unit of the figure; above: on which side.

    clear_at: from which value on it is in order again, on the good side of `raise_at` or equal to it; None: as soon
    as the limit is no longer met. Raises ValueError for a limit that is not finite or a `clear_at` beyond it.
    """

    raise_at: float
    clear_at: float | None = None
    above: bool = True

    def __post_init__(self) -> None:
        bounds = [self.raise_at] if self.clear_at is None else [self.raise_at, self.clear_at]
        if not np.isfinite(bounds).all():
            raise ValueError("A limit is a finite number.")
        if self.clear_at is not None and self._sign * self.clear_at > self._sign * self.raise_at:
            raise ValueError("It is in order again on the good side of the limit.")

    @property
    def _sign(self) -> float:
        return 1.0 if self.above else -1.0


@dataclass(frozen=True, slots=True, eq=False)
class Watched:
    """What a look at the figures came to, (projects,) each: newly raised, and in order again."""

    raised: Booleans
    cleared: Booleans


def watch(limit: Watch, values: ArrayLike, is_open: ArrayLike) -> Watched:
    """Raise where the limit is met and nothing is open, clear where something is open and all is in order.

    values: (projects,) in the unit of the limit, NaN where unknown: there nothing changes. is_open: (projects,)
    whether an alarm is open. Raises ValueError for shapes that differ. House definition (hysteresis, as in alarm
    management of plants, IEC 62682).

    >>> found = watch(Watch(90, 85), [91, 87, 84, float("nan")], [False, True, True, True])
    >>> found.raised.tolist(), found.cleared.tolist()
    ([True, False, False, False], [False, False, True, False])
    """
    now, open_ones = np.asarray(values, dtype=np.float64), np.asarray(is_open, dtype=np.bool_)
    if now.shape != open_ones.shape:
        raise ValueError("There is one value and one state for each project.")
    sign = limit._sign
    signed, met = sign * now, sign * limit.raise_at
    is_bad = signed >= met
    if limit.clear_at is None or limit.clear_at == limit.raise_at:
        is_good = signed < met
    else:
        is_good = signed <= sign * limit.clear_at
    return Watched(is_bad & ~open_ones, is_good & open_ones)
