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
    budgets = np.broadcast_to(bac, pv.shape)
    cpi, spi = quotient(ev, ac), quotient(ev, pv)
    eac = _chosen(ways, figures, cpi, spi, rest)
    left, etc = bac - ev, eac - ac
    return Measures(
        figures=figures,
        method=ways,
        remaining=rest,
        cv=ev - ac,
        sv=ev - pv,
        cpi=cpi,
        spi=spi,
        complete=quotient(ev, budgets),
        spent=quotient(ac, budgets),
        eac=eac,
        etc=etc,
        vac=bac - eac,
        tcpi_budget=quotient(left, bac - ac),
        tcpi_forecast=quotient(left, etc),
    )


def _chosen(ways: Codes, figures: Figures, cpi: Floats, spi: Floats, rest: Floats) -> Floats:
    """(projects, periods) the estimate of each project by its own method."""
    used = [way for way in Method if (ways == way).any()]
    eac = _estimate(used[0], figures, cpi, spi, rest)
    for way in used[1:]:
        eac = np.where((ways == way)[:, None], _estimate(way, figures, cpi, spi, rest), eac)
    return eac


def _estimate(method: Method, figures: Figures, cpi: Floats, spi: Floats, rest: Floats) -> Floats:
    bac = figures.bac[:, None]
    match method:
        case Method.ATYPICAL:
            return figures.ac + (bac - figures.ev)
        case Method.TYPICAL:
            return quotient(np.broadcast_to(bac, cpi.shape), cpi)
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
