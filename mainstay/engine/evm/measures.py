"""Every earned value measure of projects by periods at once."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mainstay.engine.evm.figures import Figures
from mainstay.engine.evm.reason import Codes, Reason, first_of, quotient

Floats = NDArray[np.float64]


class Method(IntEnum):
    """How an estimate at completion is made; chosen for each project, and shown.

    ATYPICAL: AC + (BAC - EV), what happened will not happen again. TYPICAL: BAC / CPI, cost goes on like this.
    COST_AND_SCHEDULE: AC + (BAC - EV) / (CPI x SPI), delay costs too. BOTTOM_UP: AC + a new estimate of the rest.
    """

    ATYPICAL = 0
    TYPICAL = 1
    COST_AND_SCHEDULE = 2
    BOTTOM_UP = 3


@dataclass(frozen=True, eq=False)
class Measures:
    """The measures of projects by periods; each is (projects, periods), and NaN where it does not exist.

    Money: cv, sv (cost and schedule variance), eac (estimate at completion by each project's method), etc (estimate
    to complete), vac (variance at completion). Ratios: cpi, spi (cost and schedule performance index), complete
    (EV / BAC), spent (AC / BAC), tcpi_budget and tcpi_forecast (what the cost index of the rest must be to keep the
    budget or the forecast). method: (projects,) codes of `Method`; remaining: the bottom-up estimates, or NaN.
    """

    figures: Figures
    method: Codes
    remaining: Floats
    cv: Floats
    sv: Floats
    cpi: Floats
    spi: Floats
    complete: Floats
    spent: Floats
    eac: Floats
    etc: Floats
    vac: Floats
    tcpi_budget: Floats
    tcpi_forecast: Floats

    @cached_property
    def by_method(self) -> dict[Method, Floats]:
        """The estimate at completion by every method, (projects, periods) money each."""
        return {method: _estimate(method, self.figures, self.cpi, self.spi, self.remaining) for method in Method}

    def why(self, name: str) -> Codes:
        """(projects, periods) codes of `Reason`: why the measure of this name does not exist, 0 where it does.

        Raises ValueError for a name that is no measure here.

        >>> measure(Figures.of([60], [50], [0])).why("cpi").tolist() == [[Reason.NOTHING_SPENT]]
        True
        """
        if name not in _REASONS:
            raise ValueError(f"{name} is no measure; there are {', '.join(_REASONS)}.")
        holds = _conditions(self)
        chosen = [(reason, holds[reason]) for reason in (Reason.NOT_REPORTED, *_REASONS[name])]
        return first_of(getattr(self, name), *chosen)


def measure(figures: Figures, method: ArrayLike = Method.TYPICAL, remaining: ArrayLike = np.nan) -> Measures:
    """All measures but those of time, which `earned_schedule` gives.

    figures: of projects by periods. method: a `Method` for all, or (projects,) of them. remaining: bottom-up
    estimates of what is still to be spent, money, (projects, periods) or one; NaN where there is none.

    Raises ValueError for an unknown method or shapes that do not fit. Source: PMI, Standard for Earned Value
    Management; formulae 2.1.

    >>> found = measure(Figures.of([860, 1200], [640, np.nan], [820, np.nan]))
    >>> found.cpi.round(4).tolist(), found.eac.tolist()
    ([[0.7805, nan]], [[1537.5, nan]])
    """
    pv, ev, ac, bac = figures.pv, figures.ev, figures.ac, figures.bac[:, None]
    ways = np.broadcast_to(np.asarray(method, dtype=np.int8), figures.bac.shape)
    if not np.isin(ways, list(Method)).all():
        raise ValueError("A method is one of atypical, typical, cost and schedule, or bottom up.")
    rest = np.broadcast_to(np.asarray(remaining, dtype=np.float64), pv.shape)
    room = np.empty((12, *pv.shape))  # one piece of memory for all, which the system gives in large pages
    cv, sv, cpi, spi, complete, spent, eac, etc, vac, within_budget, within_forecast, left = room
    np.subtract(ev, ac, out=cv)
    np.subtract(ev, pv, out=sv)
    np.subtract(bac, ev, out=left)
    for above, below, into in ((ev, ac, cpi), (ev, pv, spi), (ev, bac, complete), (ac, bac, spent)):
        quotient(above, below, into)
    _choose(ways, figures, cpi, spi, rest, eac)
    np.subtract(eac, ac, out=etc)
    np.subtract(bac, ac, out=vac)
    quotient(left, vac, within_budget)
    np.subtract(bac, eac, out=vac)
    quotient(left, etc, within_forecast)
    return Measures(
        figures, ways, rest, cv, sv, cpi, spi, complete, spent, eac, etc, vac, within_budget, within_forecast
    )


def _choose(ways: Codes, figures: Figures, cpi: Floats, spi: Floats, rest: Floats, into: Floats) -> None:
    """The estimate of each project by its own method."""
    for way in Method:
        mine = (ways == way)[:, None]
        if mine.any():
            np.copyto(into, _estimate(way, figures, cpi, spi, rest), where=mine)


def _estimate(method: Method, figures: Figures, cpi: Floats, spi: Floats, rest: Floats) -> Floats:
    bac = figures.bac[:, None]
    match method:
        case Method.ATYPICAL:
            return figures.ac + (bac - figures.ev)
        case Method.TYPICAL:
            return quotient(bac, cpi)
        case Method.COST_AND_SCHEDULE:
            return figures.ac + quotient(bac - figures.ev, cpi * spi)
        case Method.BOTTOM_UP:
            return figures.ac + rest


_ESTIMATE = (Reason.NO_ESTIMATE, Reason.NOTHING_SPENT, Reason.NOTHING_EARNED, Reason.NOTHING_PLANNED)
_REASONS: dict[str, tuple[Reason, ...]] = {
    "cv": (),
    "sv": (),
    "cpi": (Reason.NOTHING_SPENT,),
    "spi": (Reason.NOTHING_PLANNED,),
    "complete": (Reason.NO_BUDGET,),
    "spent": (Reason.NO_BUDGET,),
    "eac": _ESTIMATE,
    "etc": _ESTIMATE,
    "vac": _ESTIMATE,
    "tcpi_budget": (Reason.BUDGET_SPENT,),
    "tcpi_forecast": (Reason.NOTHING_LEFT, *_ESTIMATE),
}


def _conditions(found: Measures) -> dict[Reason, NDArray[np.bool_]]:
    """(projects, periods) where each reason holds; those of an estimate only where its method needs the figure."""
    pv, ev, ac = found.figures.pv, found.figures.ev, found.figures.ac
    ways = np.broadcast_to(found.method[:, None], pv.shape)
    by_index = (ways == Method.TYPICAL) | (ways == Method.COST_AND_SCHEDULE)
    return {
        Reason.NOT_REPORTED: np.isnan(ev) | np.isnan(ac),
        Reason.NO_ESTIMATE: (ways == Method.BOTTOM_UP) & np.isnan(found.remaining),
        Reason.NOTHING_SPENT: ac <= 0,
        Reason.NOTHING_EARNED: by_index & (ev <= 0),
        Reason.NOTHING_PLANNED: pv <= 0,
        Reason.NO_BUDGET: np.broadcast_to(found.figures.bac[:, None] <= 0, pv.shape),
        Reason.BUDGET_SPENT: ac >= found.figures.bac[:, None],
        Reason.NOTHING_LEFT: found.etc <= 0,
    }
