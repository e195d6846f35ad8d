"""What stands behind a cell of the heat map: bookings, people, absences without reasons, and what is still needed."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

import numpy as np

from mainstay.core.models import Person
from mainstay.engine.capacity import Horizon, spread
from mainstay.portfolio.models import Project
from mainstay.resources.models import Absence, Booking, Resource, Role, Skill
from mainstay.resources.queries.heat import NOISE, By, Heat, Question, heat, people_of
from mainstay.resources.queries.keeping import COLUMNS, Spreader, as_arrays, id_of, weights_of_projects
from mainstay.resources.queries.load import needs_in

MOST_BOOKINGS = 300
MOST_NEEDS = 100


@dataclass(frozen=True)
class Window(Horizon):
    """Days of which only a part is asked for: before it, it, and after it."""

    begins: date = date.min
    ends: date = date.max

    @cached_property
    def starts(self) -> tuple[date, ...]:
        """The first days of the parts there are."""
        after = date.fromordinal(self.ends.toordinal() + 1)
        return tuple(sorted({self.first, self.begins, after} - ({after} if after > self.last else set())))

    @property
    def place(self) -> int:
        """The number of the part asked for."""
        return self.starts.index(self.begins)


@dataclass(frozen=True)
class BookingCause:
    """A booking with its hours inside the cell; without its project where the reader may not know of it."""

    booking: Any
    project: Any
    hours: float


@dataclass(frozen=True)
class PersonCause:
    """Somebody who works in the cell: all their hours in the period, and what they can give."""

    person: Any
    booked: float
    capacity: float
    away: tuple[tuple[date, date], ...]

    @property
    def over(self) -> float:
        """Hours beyond what they can give."""
        return max(0.0, self.booked - self.capacity) if self.booked > self.capacity + NOISE else 0.0


@dataclass(frozen=True)
class NeedCause:
    """Hours a project needs and has nobody for, as far as they are likely."""

    project: Any
    role: Any
    skill: Any
    hours: float
    likely: float


class Causes:
    """Everything behind one cell: a row of a heat map in the period that a question is narrowed to."""

    def __init__(self, question: Question, row: int, reader: Person, as_of: datetime | None = None) -> None:
        self.question, self.row, self.reader, self.as_of = question, row, reader, as_of

    @cached_property
    def heat(self) -> Heat:
        """All rows of the period."""
        return heat(self.question, self.reader, self.as_of)

    @cached_property
    def people(self) -> Any:
        """The people whose bookings count in the row."""
        rows = people_of(self.question, self.reader, self.as_of)
        column = {By.TEAM: "team", By.SITE: "site"}.get(self.question.by)
        if self.question.by is By.PERSON:
            return rows.identified_by([self.row])
        return rows.filter(**{column: self.row or None}) if column else rows

    @cached_property
    def rows(self) -> Any:
        """The bookings of the cell."""
        rows = Booking.objects.as_of(self.as_of).touching(self.question.first, self.question.last)
        rows = rows.filter(resource__in=self.people.order_by().values(id_of(self.people)))
        if self.question.by in (By.ROLE, By.SKILL):
            rows = rows.filter(**{f"{self.question.by.value}_id": self.row or None})
        return rows

    @cached_property
    def count(self) -> int:
        """How many there are."""
        return self.rows.count()

    @cached_property
    def bookings(self) -> list[BookingCause]:
        """The largest of them, the most hours first."""
        rows = self.rows.select_related("role", "skill", "resource__team__portfolio", "resource__site")
        largest = list(rows.order_by("-hours", id_of(rows))[:MOST_BOOKINGS])
        hours = self._hours(largest)
        visible = Project.objects.visible_to(self.reader).select_related("stage")
        projects = visible.in_bulk({one.project_id for one in largest})
        causes = [BookingCause(one, projects.get(one.project_id), hours[one.row_id]) for one in largest]
        return sorted((one for one in causes if one.hours > NOISE), key=lambda one: -one.hours)

    def _hours(self, largest: list[Any]) -> dict[int, float]:
        """The hours of each booking that lie in the period."""
        if not largest:
            return {}
        known = as_arrays([tuple(getattr(one, name) for name in COLUMNS) for one in largest])
        ends = self.question.first, self.question.last
        spreader = Spreader(known, range(ends[0].year, ends[1].year + 1), self.as_of)
        window = Window(spreader.first, spreader.last, "day", 1, *ends)
        sums = spread(
            spreader.of(known, window), spreader.hours, window, group=np.arange(len(largest)), groups=len(largest)
        )
        return dict(zip((one.row_id for one in largest), sums[:, window.place].tolist(), strict=True))

    @cached_property
    def workers(self) -> list[PersonCause]:
        """Everybody booked in the cell with all their hours, the most overbooked first."""
        named = sorted({one.booking.resource_id for one in self.bookings})
        if self.question.by is By.PERSON and self.row:
            named = [self.row]
        if not named:
            return []
        asked = replace(self.question, by=By.PERSON, people=tuple(named), teams=(), sites=(), roles=(), skills=())
        found = heat(asked, self.reader, self.as_of)
        people = Resource.objects.as_of(self.as_of).visible_to(self.reader).identified_by(named)
        rows = {one.row_id: one for one in people.select_related("team", "role", "site")}
        away = self._away(named)
        causes = [
            PersonCause(rows[key], float(found.total[n].sum()), float(found.supply[n].sum()), away.get(key, ()))
            for n, key in enumerate(found.keys.tolist())
            if key in rows
        ]
        return sorted(causes, key=lambda one: (-one.over, one.person.name))

    def _away(self, people: list[int]) -> dict[int, tuple[tuple[date, date], ...]]:
        """When they are away in the period, as far as the reader may see that; never why."""
        rows = Absence.objects.as_of(self.as_of).visible_to(self.reader).filter(resource__in=people)
        rows = rows.filter(starts_on__lte=self.question.last, ends_on__gte=self.question.first)
        away: dict[int, tuple[tuple[date, date], ...]] = {}
        for who, first, last in rows.order_by("starts_on").values_list("resource_id", "starts_on", "ends_on"):
            away[who] = (*away.get(who, ()), (first, last))
        return away

    @cached_property
    def needs(self) -> list[NeedCause]:
        """What projects need in the cell and have nobody for, the most hours first."""
        asked = self.question
        if asked.by not in (By.ROLE, By.SKILL) and self.row:
            return []
        visible = Project.objects.as_of(self.as_of).visible_to(self.reader)
        found = needs_in(visible, asked.horizon, self.as_of)
        hours = found.hours.sum(axis=1)
        own = {By.ROLE: found.role, By.SKILL: found.skill}.get(asked.by, np.full(len(hours), self.row))
        chosen = np.flatnonzero((own == self.row) & (hours > NOISE))
        chosen = chosen[np.argsort(-hours[chosen], kind="stable")][:MOST_NEEDS]
        projects = {one.row_id: one for one in visible.identified_by(found.project[chosen].tolist())}
        roles, skills = (
            model.objects.in_bulk(ids[chosen].tolist()) for model, ids in ((Role, found.role), (Skill, found.skill))
        )
        weights = weights_of_projects(self.as_of)
        lines = ((int(found.project[n]), int(found.role[n]), int(found.skill[n]), float(hours[n])) for n in chosen)
        return [
            NeedCause(projects[project], roles.get(role), skills.get(skill), count, weights.get(project, 1.0))
            for project, role, skill, count in lines
            if weights.get(project, 1.0)
        ]
