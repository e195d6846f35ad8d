"""Earned schedule: how far a project is in time, read off its own plan."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mainstay.engine.evm.figures import Figures
from mainstay.engine.evm.reason import Codes, Reason, first_of, quotient

Floats = NDArray[np.float64]

BLOCK = 512
"""Projects counted at once, so that their plans stay in the processor's cache."""


@dataclass(frozen=True, slots=True, eq=False)
class EarnedSchedule:
    """Measures of time in periods since each project's start, (projects, periods); NaN where one does not exist.

    es: earned schedule. elapsed: actual time, not above zero before the start. duration: (projects,) the planned
    one. sv_t: ES - AT. spi_t: ES / AT, which tells delay up to the end, where EV / PV runs to 1 even for late
    projects. ieac_t: the duration to be expected. tspi: what SPI(t) of the rest must be to end in time. beyond:
    where more is earned than the plan shows.
    """

    es: Floats
    elapsed: Floats
    duration: Floats
    sv_t: Floats
    spi_t: Floats
    ieac_t: Floats
    tspi: Floats
    beyond: NDArray[np.bool_]

    def why(self, name: str) -> Codes:
        """(projects, periods) codes of `Reason`: why es, sv_t, spi_t, ieac_t or tspi does not exist, 0 where it does.

        Raises ValueError for a name that is no measure here.
        """
        if name not in ("es", "sv_t", "spi_t", "ieac_t", "tspi"):
            raise ValueError(f"{name} is no measure of time.")
        return first_of(
            getattr(self, name),
            (Reason.PLAN_ENDS, self.beyond),
            (Reason.NOT_REPORTED, np.isnan(self.es)),
            (Reason.NOT_BEGUN, (self.elapsed <= 0) & (name != "tspi")),
            (Reason.NOTHING_EARNED, (self.es <= 0) & (name == "ieac_t")),
            (Reason.TIME_SPENT, np.full(self.es.shape, name == "tspi")),
        )


def earned_schedule(
    figures: Figures,
    start: ArrayLike = 0.0,
    duration: ArrayLike | None = None,
    performance: ArrayLike | None = None,
    estimated: ArrayLike | None = None,
) -> EarnedSchedule:
    """ES = C + (EV - PV_C) / (PV_C+1 - PV_C), where C whole periods have a cumulative PV not above EV.

    Columns are the ends of periods 1, 2, ...; before them PV is 0. start: (projects,) whole periods before a
    project begins. duration: (projects,) planned periods, else up to where the plan reaches its last value.
    performance: what the rest is done with, IEAC(t) = AT + (PD - ES) / performance, else PD / SPI(t). estimated:
    (projects,) a later duration for TSPI. Work exactly on plan is on time, also where the plan rests; ES never
    passes the duration.

    Raises ValueError for a start or a duration that is not inside the columns or not above zero.
    Source: Lipke, Schedule is different (2003); formulae 2.1.

    >>> found = earned_schedule(Figures.of([60, 160, 300], [50, 230, np.nan], [55, 170, np.nan]))
    >>> found.es.tolist(), found.ieac_t[0, 1].round(9).tolist()
    ([[0.8333333333333334, 2.5, nan]], 2.4)
    """
    begins = _column(start, figures)
    planned = _durations(figures) - begins[:, 0] if duration is None else _column(duration, figures)[:, 0]
    if (begins < 0).any() or (begins >= figures.pv.shape[1]).any() or not (planned > 0).all():
        raise ValueError("A project begins inside the periods and takes longer than none.")
    elapsed = np.arange(1, figures.pv.shape[1] + 1) - begins
    whole = planned[:, None]
    room = np.empty((6, *figures.ev.shape))  # one piece of memory for all, which the system gives in large pages
    es, sv, spi, ieac, tspi, rest = room
    beyond = _earned(figures, elapsed + begins, es)
    np.subtract(es, begins, out=es)
    np.clip(es, 0, whole, out=es)
    es[beyond] = np.nan
    np.subtract(es, elapsed, out=sv)
    np.subtract(whole, es, out=rest)
    quotient(es, elapsed, spi)
    if performance is None:
        quotient(whole, spi, ieac)
    else:
        np.add(elapsed, quotient(rest, _column(performance, figures), ieac), out=ieac)
    quotient(rest, (whole if estimated is None else _column(estimated, figures)) - elapsed, tspi)
    return EarnedSchedule(es, elapsed, planned, sv, spi, ieac, tspi, beyond)


def _earned(figures: Figures, number: Floats, es: Floats) -> NDArray[np.bool_]:
    """Fill in earned schedule from the first column on; where the plan ends below both earned value and budget."""
    for first in range(0, len(es), BLOCK):
        rows = slice(first, first + BLOCK)
        es[rows] = _read_off(figures.pv[rows], figures.ev[rows])
    np.copyto(es, number, where=figures.ev == figures.pv)
    most = np.where(figures.pv[:, -1] < figures.bac, figures.pv[:, -1], np.inf)
    return np.asarray(figures.ev > most[:, None])


def _read_off(pv: Floats, ev: Floats) -> Floats:
    """(projects, periods) the time at which the plan had the earned value, counted from the first column."""
    count = _whole_periods(pv, ev)
    before = np.concatenate([np.zeros((len(pv), 1)), pv, pv[:, -1:]], axis=1)
    start = count + np.arange(len(pv))[:, None] * before.shape[1]
    below = before.take(start)
    step = before.take(start + 1) - below
    part = np.where(np.isnan(ev), np.nan, 0.0)
    np.divide(ev - below, step, out=part, where=step > 0)
    return np.asarray(part + count)


def _whole_periods(pv: Floats, ev: Floats) -> NDArray[np.int64]:
    """(projects, periods) how many periods have a cumulative PV not above EV; one comparison for each period."""
    earned = np.ascontiguousarray(ev.T)
    counted = np.zeros(earned.shape, dtype=np.uint8 if pv.shape[1] < 256 else np.int64)
    passed = np.empty(earned.shape, dtype=np.bool_)
    for planned in np.ascontiguousarray(pv.T):
        np.less_equal(planned, earned, out=passed)
        np.add(counted, passed.view(np.uint8), out=counted)
    return counted.T.astype(np.int64)


def _durations(figures: Figures) -> Floats:
    """(projects,) the number of the period in which the plan reaches its last value."""
    return np.asarray((figures.pv < figures.pv[:, -1:]).sum(axis=1) + 1, dtype=np.float64)


def _column(values: ArrayLike, figures: Figures) -> Floats:
    given = np.broadcast_to(np.asarray(values, dtype=np.float64), figures.bac.shape)
    if not np.isfinite(given).all():
        raise ValueError("Starts, durations and performance are known.")
    return given[:, None]
