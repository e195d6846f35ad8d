"""Overbooked people of a cell as a question of levelling, and its moves as changes of bookings.

Weeks are the periods. What may be moved are bookings that touch the cell and that the reader may edit; everything
else stays. Soft bookings and proposals not yet authorised are of lower priority, so they give way first.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property, partial
from typing import Any

import numpy as np
from django.db.models import Q
from django.utils import timezone
from numpy.typing import NDArray

from mainstay.core import access
from mainstay.core.models import Person
from mainstay.core.verbs import Verb
from mainstay.engine.assignment import Held
from mainstay.engine.assignment import Person as Worker
from mainstay.engine.levelling import Booking as Booked
from mainstay.engine.levelling import Load, Move, Project
from mainstay.engine.levelling import proposals as moves_for
from mainstay.resources.booking_changes import BookingChange, Part, as_moved, as_parted, as_replaced
from mainstay.resources.models import Booking, Firmness, Resource, ResourceKind
from mainstay.resources.queries.around import Around
from mainstay.resources.queries.causes import Causes

Floats = NDArray[np.float64]
MOST_PEOPLE, MOST_SUCCESSORS, MOST_WEEKS_LATER = 6, 120, 8
LEAST, CENT, EVEN, LITTLE = 0.01, Decimal("0.01"), 0.03, 0.25
WEEK = timedelta(days=6)
REST, HIGHEST = "rest", 5


class Relief:
    """What can be done about the overbooked people of a cell."""

    def __init__(self, causes: Causes, reader: Person) -> None:
        self.question, self.reader = causes.question, reader
        self.red = [one.person.pk for one in causes.workers if one.over][:MOST_PEOPLE]

    @cached_property
    def bookings(self) -> list[Booking]:
        """The bookings that may be moved."""
        rows = Booking.objects.visible_to(self.reader).filter(resource__in=self.red)
        rows = rows.touching(max(self.question.first, timezone.localdate()), self.question.last)
        related = rows.select_related(
            "resource__team__portfolio", "resource__site", "project__stage", "role", "skill"
        )
        may = partial(access.may, self.reader, Verb.BOOKING_EDIT)
        return [one for one in related.order_by("pk") if may(one.resource.team.portfolio)]

    @cached_property
    def people(self) -> dict[int, Resource]:
        """Those overbooked, and who could take over: of the same team first, then of the same site."""
        busy = {one.resource_id: one.resource for one in self.bookings}
        roles = {one.role_id for one in self.bookings}
        skills = {one.skill_id for one in self.bookings} - {None}
        able = Q(role__in=roles) | Q(proficiencies__skill__in=skills)
        rows = Resource.objects.visible_to(self.reader, Verb.BOOKING_ADD).filter(able, kind=ResourceKind.NAMED)
        rows = rows.working(self.question.first, self.question.last).exclude(pk__in=busy).distinct()
        teams, sites = ({getattr(one, name) for one in busy.values()} for name in ("team_id", "site_id"))
        near = sorted(
            rows.select_related("team__portfolio", "site"),
            key=lambda one: (one.team_id not in teams, one.site_id not in sites, one.name),
        )
        return busy | {one.pk: one for one in near[:MOST_SUCCESSORS]}

    @cached_property
    def around(self) -> Around:
        """The time of all of them, from the first day of these bookings to some weeks after the last."""
        first = min(one.starts_on for one in self.bookings)
        last = max(one.ends_on for one in self.bookings) + timedelta(weeks=MOST_WEEKS_LATER)
        return Around(self.people.values(), first, last, {one.project_id for one in self.bookings})

    @cached_property
    def weeks(self) -> tuple[date, ...]:
        """The Mondays."""
        return replace(self.around.known.horizon, unit="week").starts

    @cached_property
    def hours(self) -> Floats:
        """(bookings, weeks) their hours."""
        spans = [(one.resource_id, one.starts_on, one.ends_on, one.hours) for one in self.bookings]
        return self.around.spread_each(spans, "week")

    @cached_property
    def load(self) -> Load:
        """The question as the engine takes it."""
        bookings = [*self._movable(), *self._rest()]
        names = dict.fromkeys(one.project for one in bookings)
        priority = {self._of(one): self._priority(one) for one in self.bookings}
        projects = tuple(Project(name, priority.get(name, 0.0)) for name in names)
        return Load(tuple(self._workers()), projects, tuple(bookings))

    @staticmethod
    def _of(one: Booking) -> str:
        """A project as far as it is booked softly, or firmly: both differ in how easily they give way."""
        return f"{one.project_id}-{one.firmness}"

    @staticmethod
    def _priority(one: Booking) -> float:
        return float(one.project.stage.weight) + (one.firmness == Firmness.HARD)

    def _movable(self) -> Iterator[Booked]:
        for place, one in enumerate(self.bookings):
            hours = tuple(self.hours[place].tolist())
            last = max((week for week, count in enumerate(hours) if count > 0), default=0) + MOST_WEEKS_LATER
            level = max(1, self.around.level_needed(one))
            who, skill = str(one.resource_id), _skill_of(one)
            yield Booked(str(one.pk), self._of(one), who, hours, skill, level, latest=min(last, len(hours) - 1))

    def _rest(self) -> Iterator[Booked]:
        """What stays: everything else that is booked, as one booking of each person."""
        _, booked = self.around.tables("week")
        for pk, row in self.around.known.number.items():
            mine = [place for place, one in enumerate(self.bookings) if one.resource_id == pk]
            left = np.maximum(0.0, booked[row] - self.hours[mine].sum(axis=0))
            yield Booked(f"{REST}-{pk}", REST, str(pk), tuple(left.tolist()), fixed=True)

    def _workers(self) -> Iterator[Worker]:
        net, booked = self.around.tables("week")
        past = np.array([week + WEEK < timezone.localdate() for week in self.weeks])
        for pk, row in self.around.known.number.items():
            one = self.people[pk]
            # What is past is neither too much nor free: nobody moves hours there.
            hours = np.where(past, booked[row], net[row])
            site = str(one.site_id or "")
            yield Worker(str(pk), tuple(hours.tolist()), tuple(self._held(one)), self._cost(one), site)

    def _held(self, one: Resource) -> Iterator[Held]:
        yield Held(f"r{one.role_id}", HIGHEST)
        for (pk, skill), known in self.around.proficiencies.items():
            if pk == one.pk:
                yield Held(f"s{skill}", known.level)

    def _cost(self, one: Resource) -> float:
        if not access.may(self.reader, Verb.SEE_RATES, one.team.portfolio):
            return 0.0
        rate = self.around.rates.on(one.pk, self.question.first)
        return float(rate[0]) if rate else 0.0

    def moves(self) -> list[Move]:
        """Moves for the red weeks of the cell, what relieves most first, then what disturbs least; each one once."""
        if not self.bookings:
            return []
        inside = [
            place
            for place, week in enumerate(self.weeks)
            if week + WEEK >= self.question.first and week <= self.question.last
        ]
        found: dict[tuple[Any, ...], Move] = {}
        for person in {one.resource_id: None for one in self.bookings}:
            for week in inside:
                for move in moves_for(self.load, str(person), week):
                    found.setdefault((move.kind, move.bookings, move.by, move.to), move)
        return sorted(found.values(), key=lambda one: (-round(one.removes, 1), one.weight, one.bookings))

    def booking_of(self, move: Move) -> Booking:
        """The booking a move is about."""
        return next(one for one in self.bookings if str(one.pk) == move.bookings[0])

    def change_of(self, move: Move) -> BookingChange | None:
        """A move as a change of bookings; nothing where nobody works in one of its weeks."""
        booking = self.booking_of(move)
        if move.kind == "shift_booking":
            return as_moved(booking, move.by)
        place = self.bookings.index(booking)
        own = self.hours[place] + self._delta(move, booking.resource_id)
        if move.to is not None and own.sum() <= float(booking.hours) * LITTLE:
            # What would be left is little; one booking of one person is better than two.
            return as_replaced(booking, self.people[int(move.to)])
        parts = list(self._parts(booking, booking.resource, own))
        if move.to is not None:
            parts += self._parts(booking, self.people[int(move.to)], self._delta(move, int(move.to)))
        return as_parted(booking, _exact(parts, booking.hours))

    def _delta(self, move: Move, person: int) -> Floats:
        more = np.zeros(len(self.weeks))
        for change in move.changes:
            if change.person == str(person):
                more[change.period] += change.after - change.before
        return more

    def _parts(self, booking: Booking, person: Resource, hours: Floats) -> Iterator[Part]:
        """The hours of weeks as bookings: weeks one after another at the same pace are one."""
        begun: list[tuple[date, date, float, float]] = []
        for week in np.flatnonzero(hours > LEAST).tolist():
            first, last = _inside(booking, self.weeks[week])
            worked = self._worked(person, first, last)
            if begun and not _goes_on(begun, first, hours[week], worked):
                yield _part(person, begun)
                begun = []
            begun.append((first, last, float(hours[week]), worked))
        if begun:
            yield _part(person, begun)

    def _worked(self, person: Resource, first: date, last: date) -> float:
        known = self.around.known
        begin, end = known.horizon.day_numbers([first, last])
        row = known.calendar[known.number[person.pk]]
        return float(known.day_hours[row, begin : end + 1].sum())


def _skill_of(one: Booking) -> str:
    return f"s{one.skill_id}" if one.skill_id else f"r{one.role_id}"


def _inside(booking: Booking, monday: date) -> tuple[date, date]:
    """The days of a week, in the weeks of the booking those of the booking."""
    if monday + WEEK < booking.starts_on or monday > booking.ends_on:
        return monday, monday + WEEK
    return max(monday, booking.starts_on), min(monday + WEEK, booking.ends_on)


def _goes_on(begun: list[tuple[date, date, float, float]], first: date, hours: float, worked: float) -> bool:
    _, last, before, in_time = begun[-1]
    pace, known = hours / max(worked, LEAST), before / max(in_time, LEAST)
    return first - last == timedelta(days=1) and abs(pace - known) <= EVEN * known


def _part(person: Resource, weeks: list[tuple[date, date, float, float]]) -> Part:
    hours = Decimal(sum(week[2] for week in weeks)).quantize(CENT)
    return Part(person, weeks[0][0], weeks[-1][1], hours)


def _exact(parts: Iterable[Part], hours: Decimal) -> list[Part]:
    """The parts, of which the largest takes what rounding left."""
    parts = list(parts)
    largest = max(range(len(parts)), key=lambda place: parts[place].hours)
    over = hours - sum((one.hours for one in parts), Decimal(0))
    parts[largest] = replace(parts[largest], hours=parts[largest].hours + over)
    return parts
