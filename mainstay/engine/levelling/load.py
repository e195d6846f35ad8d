"""The question: who is booked on what, how much everybody can give, and what may be moved."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.assignment import Person

Floats = NDArray[np.float64]

LEAST = 0.01  # an overload of fewer hours is none


@dataclass(frozen=True, slots=True)
class Project:
    """A project whose bookings may be touched.

    priority: the higher, the more important, from 0. slack: by how many periods the whole project may be moved later.
    delay_cost: what a period of delay costs. Raises ValueError for figures below zero or unknown.
    """

    id: str
    priority: float = 0.0
    slack: int = 0
    delay_cost: float = 0.0

    def __post_init__(self) -> None:
        if not all(isfinite(each) and each >= 0 for each in (self.priority, self.slack, self.delay_cost)):
            raise ValueError(f"Priority, slack and cost of delay of {self.id} are known and not below zero.")


@dataclass(frozen=True, slots=True)
class Booking:
    """Hours of a person on a project.

    hours: (periods,). skill, level: what a replacement must hold. earliest, latest: the numbers of the first and last
    period its hours may be moved to, both included; without them it stays when it is. fixed: nobody touches it.

    Raises ValueError for hours below zero or unknown.
    """

    id: str
    project: str
    person: str
    hours: tuple[float, ...]
    skill: str = ""
    level: int = 1
    earliest: int | None = None
    latest: int | None = None
    fixed: bool = False

    def __post_init__(self) -> None:
        if not all(isfinite(each) and each >= 0 for each in self.hours):
            raise ValueError(f"The hours of booking {self.id} are known, and none is below zero.")

    def window(self) -> tuple[int, int]:
        """The first and the last period its hours may be in."""
        used = [period for period, hours in enumerate(self.hours) if hours > 0] or [0]
        earliest = used[0] if self.earliest is None else min(self.earliest, used[0])
        latest = used[-1] if self.latest is None else max(self.latest, used[-1])
        return max(0, earliest), min(latest, len(self.hours) - 1)


@dataclass(frozen=True)
class Load:
    """Everything booked, against what people can give.

    contract: (skill, price of an hour) where work can be contracted out. borrowing: what an hour of somebody from
    another site costs on top. Hours of people are net capacity (periods,).

    Raises ValueError for hours of different lengths, ids given twice, and people or projects that do not exist.
    """

    people: tuple[Person, ...]
    projects: tuple[Project, ...]
    bookings: tuple[Booking, ...]
    contract: tuple[tuple[str, float], ...] = ()
    borrowing: float = 0.0

    def __post_init__(self) -> None:
        if len({*(len(each.hours) for each in self.people), *(len(each.hours) for each in self.bookings)}) > 1:
            raise ValueError("All hours are told for the same periods.")
        people, projects = [each.id for each in self.people], [each.id for each in self.projects]
        for ids in (people, projects, [each.id for each in self.bookings]):
            if len(set(ids)) < len(ids):
                raise ValueError("Each person, project and booking has an id of its own.")
        if not {each.person for each in self.bookings} <= set(people):
            raise ValueError("A booking names a person who does not exist.")
        if not {each.project for each in self.bookings} <= set(projects):
            raise ValueError("A booking names a project that does not exist.")
        if not all(isfinite(each) and each >= 0 for each in (self.borrowing, *(price for _, price in self.contract))):
            raise ValueError("Prices are known and not below zero.")

    @cached_property
    def rows(self) -> dict[str, int]:
        """The row of each person in the tables."""
        return {person.id: row for row, person in enumerate(self.people)}

    @cached_property
    def of_project(self) -> dict[str, Project]:
        """Projects by their ids."""
        return {project.id: project for project in self.projects}

    @cached_property
    def of_person(self) -> dict[str, list[Booking]]:
        """The bookings of each person."""
        found: dict[str, list[Booking]] = {person.id: [] for person in self.people}
        for booking in self.bookings:
            found[booking.person].append(booking)
        return found

    @cached_property
    def with_skill(self) -> dict[str, list[int]]:
        """The rows of the people who hold a skill."""
        found: dict[str, list[int]] = {}
        for row, person in enumerate(self.people):
            for skill in dict.fromkeys(held.skill for held in person.skills):
                found.setdefault(skill, []).append(row)
        return found

    @cached_property
    def capacity(self) -> Floats:
        """(people, periods) hours that can be given."""
        return np.array([person.hours for person in self.people], dtype=np.float64).reshape(len(self.people), -1)

    @cached_property
    def booked(self) -> Floats:
        """(people, periods) hours that are booked."""
        booked = np.zeros_like(self.capacity)
        for booking in self.bookings:
            booked[self.rows[booking.person]] += booking.hours
        return booked

    @cached_property
    def overload(self) -> Floats:
        """(people, periods) hours booked above capacity; a cell above zero is red."""
        over = self.booked - self.capacity
        return np.where(over > LEAST, over, 0.0)

    @cached_property
    def free(self) -> Floats:
        """(people, periods) hours still free."""
        return np.maximum(self.capacity - self.booked, 0.0)
