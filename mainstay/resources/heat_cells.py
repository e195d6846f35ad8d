"""One cell of a heat map: the figure, and what it means as colour, shape and word."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from mainstay.charts import words
from mainstay.resources.queries.heat import KINDS, NOISE, Heat

WORDS = {
    "hard": "booked firmly",
    "soft": "booked softly",
    "open": "nobody found yet",
    "pipeline": "likely from the pipeline",
}
HOURS_OF_A_DAY = 8
FREE, BAND, FULL, FAR = 0.5, 0.8, 1.0, 1.25
ROUNDING = 0.005  # what is shown as 100 % is not over


@dataclass(frozen=True)
class State:
    """What a load means: a class for its colour, a shape, and a word."""

    css: str
    mark: str
    word: str


NOTHING = State("none", "", "nothing asked and nobody there")
STATES = (
    (FREE, State("idle", "○", "mostly free")),
    (BAND, State("free", "◔", "has room")),
    (FULL + ROUNDING, State("full", "●", "well used")),
    (FAR, State("over", "▲", "over capacity")),
    (float("inf"), State("far", "◆", "far over capacity")),
)
LEGEND = tuple(state for _, state in STATES)


@dataclass(frozen=True)
class Cell:
    """Hours asked for by kind, hours there, and how many people have more than they can give."""

    starts_on: date
    parts: tuple[float, ...]
    supply: float
    overbooked: int
    text: str
    url: str = ""

    @property
    def demand(self) -> float:
        """All hours asked for."""
        return sum(self.parts)

    @property
    def gap(self) -> float:
        """Hours left, below zero where they are missing."""
        return self.supply - self.demand

    @property
    def load(self) -> float | None:
        """Demand as a share of capacity; none where there is no capacity."""
        return self.demand / self.supply if self.supply > NOISE else None

    @property
    def state(self) -> State:
        """What the load means."""
        return state_of(self.demand, self.supply)

    @property
    def is_red(self) -> bool:
        """Whether more is asked for than there is."""
        return self.demand > self.supply * (FULL + ROUNDING) + NOISE

    @property
    def said(self) -> str:
        """The cell in words: for screen readers and on hover."""
        told = [
            f"{words.number(hours)} h {WORDS[kind]}"
            for kind, hours in zip(KINDS, self.parts, strict=True)
            if hours > NOISE
        ]
        people = f"; {self.overbooked} overbooked" if self.overbooked else ""
        asked = ", ".join(told) or "nothing asked"
        return f"{words.number(self.demand)} of {words.number(self.supply)} h: {self.state.word} ({asked}){people}"


def state_of(demand: float, supply: float) -> State:
    """What a demand means beside a supply."""
    if demand <= NOISE:
        return NOTHING if supply <= NOISE else STATES[0][1]
    load = demand / supply if supply > NOISE else float("inf")
    return next(state for most, state in STATES if load <= most)


def full_time_hours(heat: Heat) -> list[float]:
    """(periods,) the hours of somebody who works full time without holidays."""
    starts = [*heat.horizon.starts, heat.horizon.last]
    days = np.array(starts, dtype="datetime64[D]")
    days[-1] += np.timedelta64(1, "D")
    return [float(count) * HOURS_OF_A_DAY for count in np.busday_count(days[:-1], days[1:])]


def cells_of(heat: Heat, row: int, measure: str, address: str = "") -> list[Cell]:
    """The cells of a row of a heat map; `address` is that of a cell without its day."""
    parts, supply = heat.demand[row].T.tolist(), heat.supply[row].tolist()
    return _cells(heat, parts, supply, heat.overbooked[row].tolist(), measure, address)


def cells_of_all(heat: Heat, measure: str) -> list[Cell]:
    """The sums of all rows."""
    none = [0] * heat.horizon.periods
    return _cells(heat, heat.demand.sum(axis=0).T.tolist(), heat.supply.sum(axis=0).tolist(), none, measure, "")


def _cells(heat: Heat, parts: Any, supply: Any, over: Any, measure: str, address: str) -> list[Cell]:
    whole = full_time_hours(heat)
    return [
        Cell(
            start, tuple(parts[n]), supply[n], over[n], _text(sum(parts[n]), supply[n], measure, whole[n]),
            f"{address}{start.isoformat()}" if address else "",
        )
        for n, start in enumerate(heat.horizon.starts)
    ]  # fmt: skip


def _text(demand: float, supply: float, measure: str, whole: float) -> str:
    """The figure of a cell; hours with their unit where a share of nothing would have to be told."""
    if demand <= NOISE and supply <= NOISE:
        return ""
    if measure == "load":
        if demand <= NOISE:
            return ""
        return f"{100 * demand / supply:.0f}" if supply > NOISE else f"{demand:.0f} h"
    by = {"hours": 1, "days": HOURS_OF_A_DAY, "fte": whole or 1}[measure]
    gap = (supply - demand) / by
    return words.signed(gap, 1 if measure == "fte" else 0)
