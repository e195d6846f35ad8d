"""How the forecasts of a project may come out: by its own pace, and by what finished projects came to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from mainstay.engine import evm, forecast
from mainstay.engine.calibration import LEAST
from mainstay.monitoring.money.queries import with_figures
from mainstay.monitoring.progress.plans import Floats, Integers
from mainstay.monitoring.progress.queries import EarnedValue, earned_value
from mainstay.portfolio.models import Phase
from mainstay.portfolio.queries.reading import Reading

SEED = 20_260
DONE = 0.9999
LATEST = 0.95
"""The latest moment finished projects are looked at; later, nearly nothing is left to foresee."""


@dataclass(frozen=True)
class Told:
    """A range in words: P10, P50, P80 and P90, or why there is none."""

    label: str
    source: str
    ends: tuple[Any, ...] = ()
    missing: str = ""
    is_money: bool = False


@dataclass(frozen=True, eq=False)
class Past:
    """How the rest of finished projects came out, from the moment they were as complete as another one is."""

    cost: forecast.History
    time: forecast.History


def finished_with_figures(reading: Reading) -> Any:
    """The finished projects whose figures the reader may see."""
    return with_figures(reading).filter(stage__phase=Phase.FINISHED)


def past_of(value: EarnedValue | None, complete: float) -> Past:
    """What finished projects were when they were so complete; those that never earned everything tell nothing."""
    if value is None:
        return Past(_history([]), _history([]))
    share = np.where(np.isnan(value.measures.complete), -1.0, value.measures.complete)
    end, then = _first(share >= DONE), _first(share >= min(complete, LATEST))
    known = (end >= 0) & (then < end)
    spent, elapsed = value.figures.ac, value.schedule.elapsed

    def at(values: Floats, columns: Integers) -> Floats:
        return evm.at_column(values, columns)[known]

    return Past(
        _history([at(spent, end), at(spent, then), at(value.measures.eac, then)]),
        _history([at(elapsed, end), at(elapsed, then), at(value.schedule.ieac_t, then)]),
    )


def _history(columns: Sequence[Floats]) -> forecast.History:
    """From final figures, what was spent then and what was foreseen then; cases that lack one tell nothing."""
    if not columns:
        return forecast.History.of([], [], [])
    known = np.isfinite(np.stack(columns)).all(axis=0)
    return forecast.History.of(*(column[known] for column in columns))


def _first(holds: Any) -> Integers:
    return np.where(holds.any(axis=1), holds.argmax(axis=1), -1).astype(np.int64)


class Ranges:
    """The ranges of one project; `eac` is its estimate at completion by the method chosen."""

    def __init__(self, reading: Reading, value: EarnedValue, place: int, eac: float | None) -> None:
        self.value, self.place, self.eac = value, place, eac
        complete = float(value.now(value.measures.complete)[place])
        finished = earned_value(finished_with_figures(reading), as_of=reading.as_of)
        self.past = past_of(finished, 0.0 if np.isnan(complete) else complete)

    @property
    def all(self) -> list[Told]:
        """Cost, then the finish by each way."""
        return [self.cost, self.finish_by_pace, self.finish_by_history]

    @property
    def cost(self) -> Told:
        """The cost at completion, by what finished projects came to."""
        history, label = self.past.cost, "Cost at completion"
        if self.eac is None:
            return Told(label, "", missing="There is no estimate at completion yet.", is_money=True)
        if not history.enough:
            return Told(label, "", missing=_too_few(len(history.ratios)), is_money=True)
        spent = float(self.value.now(self.value.figures.ac)[self.place])
        found = forecast.from_history([spent], [self.eac], history)
        ends = tuple(float(each[0]) for each in (found.p10, found.p50, found.p80, found.p90))
        if np.isnan(ends).any():
            return Told(label, "", missing="The estimate lies below what is spent.", is_money=True)
        return Told(label, f"{len(history.ratios)} finished projects", ends, is_money=True)

    @property
    def finish_by_pace(self) -> Told:
        """The finish, by the pace of the project itself."""
        schedule, row = self.value.schedule, slice(self.place, self.place + 1)
        reports = int((~np.isnan(schedule.es[row])).sum())
        elapsed = np.broadcast_to(schedule.elapsed, schedule.es.shape)[row]
        found = forecast.finish_range(schedule.es[row], schedule.duration[row], SEED, elapsed)
        ends = self._days(found)
        if not ends:
            return Told("Finish", "own pace", missing=f"Five months with progress are needed; there are {reports}.")
        return Told("Finish", f"own pace over {reports} months", ends)

    @property
    def finish_by_history(self) -> Told:
        """The finish, by what finished projects took."""
        history, schedule = self.past.time, self.value.schedule
        expected = float(self.value.now(schedule.ieac_t)[self.place])
        if not history.enough:
            return Told("Finish", "", missing=_too_few(len(history.ratios)))
        if np.isnan(expected):
            return Told("Finish", "", missing="There is no duration to be expected yet.")
        passed = float(self.value.last[self.place]) + 1
        ends = self._days(forecast.from_history([passed], [expected], history))
        return Told("Finish", f"{len(history.ratios)} finished projects", ends)

    def _days(self, found: forecast.Range) -> tuple[date, ...]:
        ends = [float(each[0]) for each in (found.p10, found.p50, found.p80, found.p90)]
        return () if np.isnan(ends).any() else tuple(self.value.day(self.place, end) for end in ends)


def _too_few(many: int) -> str:
    told = f"{many} finished project{'s' * (many != 1)}"
    return f"Too few: {told} whose figures you see tell how the rest came out; {LEAST} are needed."
