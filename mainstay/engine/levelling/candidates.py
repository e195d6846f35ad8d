"""Every move worth proposing for red cells, each checked to stand alone."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.levelling.load import LEAST, Booking, Load
from mainstay.engine.levelling.move import Change, Kind, Move, weight_of

Floats = NDArray[np.float64]

SUCCESSORS = 4  # people tried of the same site, and as many of others
DECIMALS = 6


class Candidates:
    """Finds moves for bookings of people who have red cells."""

    def __init__(self, load: Load) -> None:
        self._load = load
        self._highest = max((project.priority for project in load.projects), default=0.0)
        self._prices = dict(load.contract)
        self._of_project: dict[str, list[Booking]] = {}
        for booking in load.bookings:
            self._of_project.setdefault(booking.project, []).append(booking)

    def for_person(self, person: str) -> Iterator[Move]:
        """Moves of single bookings of a person, and of the projects they belong to."""
        red = self._load.overload[self._load.rows[person]]
        for booking in self._load.of_person[person]:
            if not booking.fixed and (np.array(booking.hours)[red > 0] > 0).any():
                yield from self._splits(booking, red)
                yield from self._shifts(booking)
                yield from self._successors(booking, red)
                yield from self._contracts(booking, red)

    def for_project(self, project: str) -> Iterator[Move]:
        """Moves of a whole project within its slack."""
        known = self._load.of_project[project]
        bookings = self._of_project.get(project, [])
        if not bookings or any(booking.fixed for booking in bookings):
            return
        for by in range(1, known.slack + 1):
            deltas: dict[str, Floats] = {}
            for booking in bookings:
                moved = _shifted(booking.hours, by)
                if moved is None:
                    return
                change = moved - np.array(booking.hours)
                deltas[booking.person] = deltas.get(booking.person, np.zeros_like(change)) + change
            hours = sum(sum(booking.hours) for booking in bookings)
            ids = tuple(booking.id for booking in bookings)
            yield from self._move("shift_project", project, ids, deltas, hours, by * known.delay_cost, by=by)

    def _splits(self, booking: Booking, red: Floats) -> Iterator[Move]:
        """Hours that are too many go to free periods of the window, later ones first, then earlier ones."""
        row = self._load.rows[booking.person]
        begin, end = booking.window()
        first_red = int(np.argmax(red > 0))
        order = [*range(first_red, end + 1), *range(first_red - 1, begin - 1, -1)]
        room = self._load.free[row]
        delta = -self._excess(booking, red)
        left = total = min(float(-delta.sum()), float(sum(room[period] for period in order)))
        delta *= total / max(float(-delta.sum()), LEAST)
        for period in order:
            put = min(left, float(room[period]))
            delta[period] += put
            left -= put
        yield from self._move("split", booking.project, (booking.id,), {booking.person: delta}, total, 0.0)

    def _shifts(self, booking: Booking) -> Iterator[Move]:
        begin, end = booking.window()
        used = [period for period, hours in enumerate(booking.hours) if hours > 0]
        for by in [*range(1, end - used[-1] + 1), *range(-1, begin - used[0] - 1, -1)]:
            moved = _shifted(booking.hours, by)
            if moved is not None:
                deltas = {booking.person: moved - np.array(booking.hours)}
                hours = sum(booking.hours)
                yield from self._move("shift_booking", booking.project, (booking.id,), deltas, hours, 0.0, by=by)

    def _successors(self, booking: Booking, red: Floats) -> Iterator[Move]:
        """Somebody with skill and level takes over what is too much, as far as there is time."""
        load, excess = self._load, self._excess(booking, red)
        person = load.people[load.rows[booking.person]]
        found = []
        for row in load.with_skill.get(booking.skill, ()):
            other, able = load.people[row], self._able(booking, row)
            taken = np.where(able, np.minimum(load.free[row], excess), 0.0)
            if other.id != person.id and taken.sum() > LEAST:
                away = other.site != person.site
                extra = other.cost - person.cost + (load.borrowing if away else 0.0)
                found.append((away, -float(taken.sum()), extra, other.id, taken))
        for away in (False, True):
            kind: Kind = "borrow" if away else "replace"
            several = sorted((each for each in found if each[0] == away), key=lambda each: each[:4])
            for _, hours, extra, other_id, taken in several[:SUCCESSORS]:
                deltas = {booking.person: -taken, other_id: taken}
                arguments = (booking.project, (booking.id,), deltas, -hours, -hours * extra)
                yield from self._move(kind, *arguments, to=other_id)

    def _contracts(self, booking: Booking, red: Floats) -> Iterator[Move]:
        if booking.skill in self._prices:
            excess = self._excess(booking, red)
            person = self._load.people[self._load.rows[booking.person]]
            cost = float(excess.sum()) * (self._prices[booking.skill] - person.cost)
            deltas = {booking.person: -excess}
            yield from self._move("contract", booking.project, (booking.id,), deltas, float(excess.sum()), cost)

    @staticmethod
    def _excess(booking: Booking, red: Floats) -> Floats:
        """(periods,) what of a booking is too much."""
        return np.minimum(np.array(booking.hours, dtype=np.float64), red)

    def _able(self, booking: Booking, row: int) -> NDArray[np.bool_]:
        able = np.zeros(len(booking.hours), dtype=bool)
        for held in self._load.people[row].skills:
            if held.skill == booking.skill and held.level >= booking.level:
                able[held.first : None if held.last is None else held.last + 1] = True
        return able

    def _move(
        self,
        kind: Kind,
        project: str,
        bookings: tuple[str, ...],
        deltas: dict[str, Floats],
        hours: float,
        cost: float,
        *,
        by: int = 0,
        to: str | None = None,
    ) -> Iterator[Move]:
        """The move, when it takes overload away and puts nothing where there is no room."""
        load, changes, removes = self._load, [], 0.0
        for person, delta in deltas.items():
            row = load.rows[person]
            if (delta > load.free[row] + LEAST / 2).any():
                return
            removes += float(np.minimum(-np.minimum(delta, 0), load.overload[row]).sum())
            for period in np.flatnonzero(np.abs(delta) > LEAST / 2).tolist():
                before = round(float(load.booked[row, period]), DECIMALS)
                changes.append(Change(person, period, before, round(before + float(delta[period]), DECIMALS)))
        if removes > LEAST:
            weight = weight_of(kind, load.of_project[project].priority, self._highest, cost)
            yield Move(kind, project, bookings, hours, removes, tuple(changes), cost, weight, by, to)


def _shifted(hours: tuple[float, ...], by: int) -> Floats | None:
    """The hours `by` periods later, None where some would leave the horizon."""
    moved = np.zeros(len(hours))
    for period in (period for period, amount in enumerate(hours) if amount > 0):
        if not 0 <= period + by < len(hours):
            return None
        moved[period + by] = hours[period]
    return moved
