"""Who has time, and which expertise is not made use of."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from mainstay.core.models import Person
from mainstay.resources.models import Level, Proficiency, Resource
from mainstay.resources.queries.heat import By, Question, heat, hours_of_people, people_of
from mainstay.resources.queries.keeping import id_of
from mainstay.resources.queries.load import parts_of_load

ON_THE_BENCH = 0.5
LITTLE_USED = 0.2
MOST_SHOWN = 200


@dataclass(frozen=True)
class Free:
    """Somebody with time: hours free, hours they can give, and the share that is booked."""

    person: Any
    free: float
    capacity: float

    @property
    def booked(self) -> float:
        """The share that is booked."""
        return 1 - self.free / self.capacity


@dataclass(frozen=True)
class Unused:
    """A skill somebody masters and is hardly booked for; missing: hours that are short in the skill meanwhile."""

    row: Any
    used: float
    free: float
    missing: float


def on_the_bench(question: Question, reader: Person, as_of: datetime | None = None) -> list[Free]:
    """People of whose time at most half is booked, those with most free hours first."""
    hours = hours_of_people(question, reader, as_of)
    net, free = hours.net.sum(axis=1), np.maximum(hours.net - hours.booked, 0).sum(axis=1)
    chosen = np.flatnonzero((net > 0) & (free >= net * (1 - ON_THE_BENCH)))
    chosen = chosen[np.argsort(-free[chosen], kind="stable")][:MOST_SHOWN]
    rows = Resource.objects.as_of(as_of).identified_by(hours.facts.ids[chosen].tolist())
    by_id = {one.row_id: one for one in rows.select_related("team", "role", "site")}
    return [Free(by_id[int(hours.facts.ids[n])], float(free[n]), float(net[n])) for n in chosen]


def unused_expertise(question: Question, reader: Person, as_of: datetime | None = None) -> list[Unused]:
    """Skills of experts who are booked for them in less than a fifth of their time, first those that are short."""
    hours = hours_of_people(question, reader, as_of)
    people, ids = people_of(question, reader, as_of), hours.facts.ids
    used: dict[tuple[int, int], float] = {}
    for part in parts_of_load(people, ids, question.horizon, as_of, "skill"):
        sums = part.hours.sum(axis=(1, 2))
        for person, skill, count in zip(part.person.tolist(), part.key.tolist(), sums.tolist(), strict=True):
            used[person, skill] = used.get((person, skill), 0.0) + count
    found = list(_unused(people, ids, hours, used, _missing(question, reader, as_of), as_of))
    return sorted(found, key=lambda one: (-min(one.missing, one.free), -one.free))[:MOST_SHOWN]


def _missing(question: Question, reader: Person, as_of: datetime | None) -> dict[int, float]:
    """Hours short by skill."""
    found = heat(Question(By.SKILL, question.unit, question.first, question.last), reader, as_of)
    short = np.maximum(found.total - found.supply, 0).sum(axis=1)
    return dict(zip(found.keys.tolist(), short.tolist(), strict=True))


def _unused(
    people: Any, ids: Any, hours: Any, used: dict[Any, float], missing: dict[int, float], as_of: datetime | None
) -> Iterator[Unused]:
    rows = Proficiency.objects.as_of(as_of).filter(level__gte=Level.EXPERT)
    rows = rows.filter(resource__in=people.order_by().values(id_of(people)))
    number = {int(pk): place for place, pk in enumerate(ids)}
    net, free = hours.net.sum(axis=1), np.maximum(hours.net - hours.booked, 0).sum(axis=1)
    for row in rows.select_related("skill", "resource__team", "resource__role"):
        place = number.get(row.resource_id)
        if place is None or net[place] <= 0:
            continue
        spent = used.get((place, row.skill_id), 0.0)
        if spent < LITTLE_USED * net[place]:
            yield Unused(row, spent, float(free[place]), missing.get(row.skill_id, 0.0))
