"""The pieces in which hours are kept: stretches within one week and one month, so that both are sums of them."""

from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.capacity import Horizon, Unit

Floats = NDArray[np.float64]
KEPT = np.dtype("<f4")  # a hundredth of an hour out of thousands, in half the space


def lines_of(pieces: int) -> np.dtype[Any]:
    """A line of load as it is kept: an id (of a role or a skill, 0 for none), and hard and soft hours by piece."""
    return np.dtype([("id", "<i4"), ("hours", KEPT, (2, pieces))])


class Pieces(Horizon):
    """Days cut wherever a week or a month begins."""

    @cached_property
    def starts(self) -> tuple[date, ...]:
        """The first day of each piece."""
        days = (self.first + timedelta(days=number) for number in range(self.days))
        return tuple(day for day in days if day == self.first or day.day == 1 or day.isoweekday() == 1)

    def columns_of(self, year: int) -> slice:
        """Which pieces are those of a year that lies inside wholly."""
        years = [day.year for day in self.starts]
        first = years.index(year)
        return slice(first, first + years.count(year))

    def edges_of(self, horizon: Horizon) -> NDArray[np.int64]:
        """(periods + 1,) the first piece of each period of a horizon inside, and behind the last the next one."""
        begins = np.array(self.starts, dtype="datetime64[D]")
        ends = [*horizon.starts, horizon.last + timedelta(days=1)]
        return np.searchsorted(begins, np.array(ends, dtype="datetime64[D]"))


def whole_years(first: int, last: int) -> Pieces:
    """The pieces of whole years, both included."""
    return Pieces(date(first, 1, 1), date(last, 12, 31))


@lru_cache(maxsize=256)
def count_of(year: int) -> int:
    """How many pieces a year has."""
    return whole_years(year, year).periods


def add_up(values: Floats, pieces: Pieces, horizon: Horizon) -> Floats:
    """(..., periods) sums of (..., pieces) over the periods of a horizon that begins and ends with a piece."""
    edges = pieces.edges_of(horizon)
    inside = values[..., edges[0] : edges[-1]]
    return np.add.reduceat(inside, edges[:-1] - edges[0], axis=-1, dtype=np.float64)


def widened(first: date, last: date, unit: Unit) -> tuple[date, date]:
    """The whole weeks, months or quarters that a time touches."""
    if unit == "week":
        return first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())
    months = 3 if unit == "quarter" else 1
    begin = first.replace(month=first.month - (first.month - 1) % months, day=1)
    end = last.replace(month=last.month + (-last.month) % months, day=1)
    return begin, (end + timedelta(days=31)).replace(day=1) - timedelta(days=1)
