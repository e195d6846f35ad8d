"""What a ProTrack file says: activities with their baseline, and what was reported of them at each period's end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mainstay.connect.protrack.agenda import Agenda


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity of the baseline: hours of work, its cost at once and of each hour, resources included."""

    number: int
    name: str
    starts: datetime
    hours: float
    at_once: float
    an_hour: float

    @property
    def budget(self) -> float:
        """All it is planned to cost."""
        return self.at_once + self.an_hour * self.hours


@dataclass(frozen=True, slots=True)
class Tracked:
    """What was reported of one activity: start, hours done and left, share complete, cost beside planned rates."""

    activity: int
    started: datetime | None
    hours: float
    remaining_hours: float
    cost_deviation: float
    complete: float

    @property
    def has_begun(self) -> bool:
        """Whether a start was reported."""
        return self.started is not None


@dataclass(frozen=True, slots=True)
class Period:
    """A period of tracking: its name, its end, and the reports of all activities."""

    name: str
    ends: datetime
    reports: tuple[Tracked, ...]


@dataclass(frozen=True, slots=True)
class Schedule:
    """A project of a file. resource_totals: the cost of each resource as stored, and as its assignments add up to."""

    name: str
    agenda: Agenda
    activities: tuple[Activity, ...]
    periods: tuple[Period, ...]
    stored_starts: tuple[float, ...]
    resource_totals: tuple[tuple[float, float], ...]

    @property
    def budget(self) -> float:
        """The budget at completion."""
        return sum(each.budget for each in self.activities)
