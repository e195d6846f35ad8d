"""Moves for one red cell, and the fewest moves for all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.levelling.candidates import Candidates
from mainstay.engine.levelling.load import LEAST, Load
from mainstay.engine.levelling.move import Move
from mainstay.engine.linear import Effort, Program, maximise

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

HOUR_LEFT = 1_000.0  # an hour of overload weighs more than any moves that could remove it


@dataclass(frozen=True, slots=True)
class Red:
    """A cell that stays red: hours of overload of a person in a period (its number)."""

    person: str
    period: int
    hours: float


@dataclass(frozen=True, slots=True)
class Levelled:
    """A list of moves, in the order of what they remove.

    left: what stays red after all of them. weight: of the moves together; bound: no list that leaves as little red
    weighs less. proven: whether both are the same. seconds: what it took.
    """

    moves: tuple[Move, ...]
    left: tuple[Red, ...]
    weight: float
    bound: float
    proven: bool
    seconds: float


def proposals(load: Load, person: str, period: int) -> tuple[Move, ...]:
    """What can be done about one red cell, best first; none where the cell is not red.

    First what removes most of it, then what disturbs least: low priority before high, one's own hours before others',
    cheap before dear. Raises ValueError for a person or a period that does not exist.
    """
    if person not in load.rows or not 0 <= period < load.capacity.shape[1]:
        raise ValueError("There is no such person or period.")
    red = float(load.overload[load.rows[person], period])
    if red == 0:
        return ()
    found = [(_relief(move, person, period, red), move) for move in _moves_for(load, {person})]
    found = [each for each in found if each[0] > LEAST]
    found.sort(key=lambda each: (-round(each[0], 2), each[1].weight, each[1].bookings, each[1].by, each[1].to or ""))
    return tuple(move for _, move in found)


def level(
    load: Load, *, seconds: float = 10.0, seed: int = 0, cancelled: Callable[[], bool] = lambda: False
) -> Levelled:
    """The moves of least weight that remove as much overload as can be removed.

    Each move counts 1, and up to 1 more for the priority of its project, so few moves are proposed, and of
    unimportant projects rather than important ones. No booking is touched twice, and all that moves add to a cell
    fits into what was free before: any can be refused, the others still overload nobody. A covering problem in
    whole numbers, solved by HiGHS.
    """
    effort = Effort(seconds, 0.0, seed, cancelled)
    moves = _moves_for(load, {person for person, row in load.rows.items() if load.overload[row].any()})
    program = _Covering(load, moves)
    ended = maximise(program.build(), effort, program.nothing())
    numbers = program.nothing() if ended.numbers is None else ended.numbers
    chosen = [moves[place] for place in np.flatnonzero(numbers[: len(moves)] > 0.5)]
    left = _left(load, chosen)
    penalty = HOUR_LEFT * float(numbers[len(moves) :].sum())
    bound = 0.0 if ended.bound is None else max(0.0, -ended.bound - penalty)
    return Levelled(
        moves=tuple(sorted(chosen, key=lambda move: (-move.removes, move.weight, move.bookings))),
        left=left,
        weight=sum(move.weight for move in chosen),
        bound=bound,
        proven=ended.status == "optimal",
        seconds=effort.elapsed,
    )


def _moves_for(load: Load, people: set[str]) -> list[Move]:
    """All moves that help these people."""
    candidates = Candidates(load)
    ordered = [person.id for person in load.people if person.id in people]
    moves = [move for person in ordered for move in candidates.for_person(person)]
    projects = dict.fromkeys(booking.project for person in ordered for booking in load.of_person[person])
    return moves + [move for project in projects for move in candidates.for_project(project)]


def _relief(move: Move, person: str, period: int, red: float) -> float:
    less = [c.before - c.after for c in move.changes if c.person == person and c.period == period]
    return min(max(less, default=0.0), red)


def _left(load: Load, moves: list[Move]) -> tuple[Red, ...]:
    booked = load.booked.copy()
    for change in (change for move in moves for change in move.changes):
        booked[load.rows[change.person], change.period] += change.after - change.before
    over = booked - load.capacity
    rows, periods = np.nonzero(over > 2 * LEAST)
    cells = zip(rows.tolist(), periods.tolist(), strict=True)
    return tuple(Red(load.people[row].id, period, float(over[row, period])) for row, period in cells)


class _Covering:
    """Columns: each move, yes or no, and the hours left of each red cell."""

    def __init__(self, load: Load, moves: list[Move]) -> None:
        self._load = load
        self._moves = moves
        self._red = np.flatnonzero(load.overload.ravel())
        self._rows: list[tuple[int, int, float]] = []
        self._limits: list[float] = []

    def nothing(self) -> Floats:
        """The columns of no move at all."""
        return np.concatenate([np.zeros(len(self._moves)), self._load.overload.ravel()[self._red]])

    def build(self) -> Program:
        """The program."""
        self._remove_overloads()
        self._fit_into_what_is_free()
        self._touch_no_booking_twice()
        row, column, entry = (np.array(each) for each in zip(*self._rows, strict=True)) if self._rows else _NO_ENTRIES
        weights = np.array([move.weight for move in self._moves], dtype=np.float64)
        upper = np.concatenate([np.ones(len(weights)), np.full(len(self._red), np.inf)])
        return Program(
            gain=np.concatenate([-weights, np.full(len(self._red), -HOUR_LEFT)]),
            lower=np.zeros(len(upper)),
            upper=upper,
            whole=np.arange(len(upper)) < len(weights),
            row=row,
            column=column,
            entry=entry.astype(np.float64),
            limit=np.array(self._limits),
        )

    def _remove_overloads(self) -> None:
        places = {int(cell): number for number, cell in enumerate(self._red)}
        base = len(self._limits)
        self._limits += (-self._load.overload.ravel()[self._red]).tolist()
        self._rows += [(base + number, len(self._moves) + number, -1.0) for number in places.values()]
        for column, cell, more in self._cells():
            if more < 0 and cell in places:
                self._rows.append((base + places[cell], column, more))

    def _fit_into_what_is_free(self) -> None:
        rows: dict[int, int] = {}
        for column, cell, more in self._cells():
            if more > 0:
                if cell not in rows:
                    rows[cell] = len(self._limits)
                    self._limits.append(float(self._load.free.ravel()[cell]) + LEAST / 2)
                self._rows.append((rows[cell], column, more))

    def _touch_no_booking_twice(self) -> None:
        rows: dict[str, int] = {}
        for column, move in enumerate(self._moves):
            for booking in move.bookings:
                if booking not in rows:
                    rows[booking] = len(self._limits)
                    self._limits.append(1.0)
                self._rows.append((rows[booking], column, 1.0))

    def _cells(self) -> list[tuple[int, int, float]]:
        """The column of each move, a cell it changes, and by how much."""
        periods = self._load.capacity.shape[1]
        return [
            (column, self._load.rows[change.person] * periods + change.period, change.after - change.before)
            for column, move in enumerate(self._moves)
            for change in move.changes
        ]


_NO_ENTRIES = (np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64), np.empty(0))
