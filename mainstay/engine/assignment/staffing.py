"""The question: people with skills and hours, needs of projects, and what is booked already."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite


@dataclass(frozen=True, slots=True)
class Held:
    """A skill somebody holds at a level, from a period to another, both included; `last` None is to the end.

    Raises ValueError for a level below 1 or a validity that ends before it begins.
    """

    skill: str
    level: int = 1
    first: int = 0
    last: int | None = None

    def __post_init__(self) -> None:
        if self.level < 1 or self.first < 0 or (self.last is not None and self.last < self.first):
            raise ValueError(f"The skill {self.skill} has a level from 1, and ends after it begins.")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be assigned.

    hours: (periods,) net hours, before the hard bookings of the question. cost: of an hour. most_projects: on how
    many projects at once in one period, None for any number.

    Raises ValueError for hours or a cost below zero or unknown, or no project at all.
    """

    id: str
    hours: tuple[float, ...]
    skills: tuple[Held, ...]
    cost: float = 0.0
    site: str = ""
    most_projects: int | None = None

    def __post_init__(self) -> None:
        _refuse_hours(self.hours, f"person {self.id}")
        if not isfinite(self.cost) or self.cost < 0:
            raise ValueError(f"An hour of person {self.id} costs nothing or more.")
        if self.most_projects is not None and self.most_projects < 1:
            raise ValueError(f"Person {self.id} works on one project at least, or on any number.")


@dataclass(frozen=True, slots=True)
class Need:
    """A role a project needs: hours of a skill, at a level or above.

    hours: (periods,) wanted. worth: of an hour covered, in the unit of costs (value of the project for each hour, or
    priority as money). sites: where the people may be, none for anywhere.

    Raises ValueError for hours or a worth below zero or unknown, or a level below 1.
    """

    id: str
    project: str
    skill: str
    hours: tuple[float, ...]
    level: int = 1
    worth: float = 1.0
    sites: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _refuse_hours(self.hours, f"need {self.id}")
        if not isfinite(self.worth) or self.worth < 0 or self.level < 1:
            raise ValueError(f"The worth of need {self.id} is not below zero, its level at least 1.")


@dataclass(frozen=True, slots=True)
class Booked:
    """A hard booking, which stays as it is.

    hours: (periods,) of the person on the project. need: the need it covers a part of, None when it covers none.
    """

    person: str
    project: str
    hours: tuple[float, ...]
    need: str | None = None

    def __post_init__(self) -> None:
        _refuse_hours(self.hours, f"the booking of {self.person} on {self.project}")


@dataclass(frozen=True, slots=True)
class Staffing:
    """Who shall work where.

    joining: what it costs when somebody joins a need without being booked on it, once for all periods, in the unit of
    costs; it keeps the same person on a need over periods, and work in few hands.

    Raises ValueError for hours of different lengths, ids given twice, or persons and needs that do not exist.

    >>> ann = Person("Ann", (40.0,), (Held("design", 3),))
    >>> Staffing((ann,), (Need("N1", "Portal", "design", (30.0,)),)).periods
    1
    """

    people: tuple[Person, ...]
    needs: tuple[Need, ...]
    booked: tuple[Booked, ...] = ()
    joining: float = 0.0

    def __post_init__(self) -> None:
        hours = [each.hours for each in self.people] + [each.hours for each in self.needs]
        if len({len(each) for each in [*hours, *(booking.hours for booking in self.booked)]}) > 1:
            raise ValueError("All hours are told for the same periods.")
        if not isfinite(self.joining) or self.joining < 0:
            raise ValueError("Joining costs nothing or more.")
        people = _refuse_twice([each.id for each in self.people], "Person")
        needs = _refuse_twice([each.id for each in self.needs], "Need")
        projects = {need.id: need.project for need in self.needs}
        for each in self.booked:
            if each.person not in people or (each.need is not None and each.need not in needs):
                raise ValueError(f"The booking of {each.person} names somebody or a need that does not exist.")
            if each.need is not None and projects[each.need] != each.project:
                raise ValueError(f"Need {each.need} does not belong to project {each.project}.")

    @property
    def periods(self) -> int:
        """How many periods there are."""
        if self.people:
            return len(self.people[0].hours)
        return len(self.needs[0].hours) if self.needs else 0


def _refuse_hours(hours: tuple[float, ...], whose: str) -> None:
    if not all(isfinite(each) and each >= 0 for each in hours):
        raise ValueError(f"The hours of {whose} are known, and none is below zero.")


def _refuse_twice(ids: list[str], what: str) -> set[str]:
    known = set(ids)
    if len(known) < len(ids):
        twice = next(each for each in ids if ids.count(each) > 1)
        raise ValueError(f"{what} {twice} is named twice.")
    return known
