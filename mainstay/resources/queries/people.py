"""Lists of people: narrowed, put in order, and found by who is there on a day."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import numpy as np
from django.db.models import Count, Q

from mainstay.resources.models import Absence, Proficiency, Resource, ResourceKind
from mainstay.resources.queries.working import availability

SORTS = {
    "name": ("name",),
    "team": ("team__name", "name"),
    "role": ("role__name", "name"),
    "site": ("site__name", "name"),
    "leaves": ("leaves_on", "name"),
}


def people(user: Any, as_of: datetime | None = None) -> Any:
    """Everybody the person may see, as known at a moment, with what a list shows of them."""
    rows = Resource.objects.as_of(as_of).visible_to(user)
    return rows.select_related("team__portfolio", "role", "site")


def with_skill(rows: Any, skill: Any, level: int | None, day: date, as_of: datetime | None = None) -> Any:
    """Those who master a skill at least at a level on a day."""
    found = Proficiency.objects.as_of(as_of).valid_on(day).filter(skill_id=skill.pk, level__gte=level or 1)
    return rows.identified_by(found.values("resource_id"))


def there_on(rows: Any, day: date, as_of: datetime | None = None) -> set[int]:
    """The ids of those who can give any hours on a day."""
    found = availability(rows, day, day, unit="day", as_of=as_of)
    return {int(pk) for pk in found.ids[np.flatnonzero(found.net()[:, 0] > 0)]}


def ordered(rows: Any, sort: str) -> Any:
    """The rows in the order asked for; by name where it is none."""
    names = SORTS.get(sort.removeprefix("-"), SORTS["name"])
    sign = "-" if sort.startswith("-") else ""
    return rows.order_by(*(f"{sign}{name}" for name in names), "pk")


def counts(rows: Any, day: date, as_of: datetime | None = None) -> dict[str, int]:
    """How many people, placeholders, groups and teams there are, and how many are away on a day."""
    kinds = {kind.value: Count("pk", filter=Q(kind=kind)) for kind in ResourceKind}
    found = rows.order_by().aggregate(**kinds, teams=Count("team_id", distinct=True))
    gone = Absence.objects.as_of(as_of).filter(starts_on__lte=day, ends_on__gte=day, share=1)
    away = rows.order_by().identified_by(gone.values("resource_id")).filter(kind=ResourceKind.NAMED)
    return {**found, "away": away.count()}


def skills_of(ids: Iterable[int], day: date, as_of: datetime | None = None) -> dict[int, list[Any]]:
    """The skills that hold on a day of some people, by id, the best first."""
    rows = Proficiency.objects.as_of(as_of).valid_on(day).filter(resource_id__in=list(ids))
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows.select_related("skill").order_by("-level", "skill__name"):
        found[row.resource_id].append(row)
    return found
