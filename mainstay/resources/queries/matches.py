"""Who fits a request: people by level, availability in the time, site, continuity and cost, with the score explained.

The number of queries is the same however many people come into question.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from mainstay.core import access
from mainstay.core.verbs import Verb
from mainstay.resources.models import Booking, Level, Proficiency, Resource, ResourceKind, Role, Skill
from mainstay.resources.queries.booked_hours import spans_of, spread_over
from mainstay.resources.queries.costs import Rates
from mainstay.resources.queries.working import availability

MOST_MATCHES = 12
WEIGHTS = {"availability": 40, "level": 25, "continuity": 15, "site": 10, "cost": 10}
DEFINITION = (
    "Up to 40 points for hours free in the time, 25 for the level, 15 for having worked on the project, 10 for "
    "the site, 10 for a low cost per hour. Where cost is not open to you, the other points count for the whole."
)


@dataclass(frozen=True)
class Wanted:
    """What is asked for."""

    project_id: int
    role: Role
    skill: Skill | None
    least_level: int
    site_id: int | None
    first: date
    last: date
    hours: Decimal

    @classmethod
    def of(cls, row: Any, least_level: int = 0) -> "Wanted":
        """What a staffing request or a booking asks for."""
        level = getattr(row, "least_level", least_level)
        site = getattr(row, "site_id", None)
        return cls(row.project_id, row.role, row.skill, level, site, row.starts_on, row.ends_on, row.hours)


@dataclass(frozen=True)
class Match:
    """Somebody who fits, with what counts: points by what they are given for, which add up to the score."""

    resource: Resource
    level: int | None
    free: float
    hourly: tuple[Decimal, str] | None
    points: dict[str, float]

    @property
    def score(self) -> int:
        """The score, from 0 to 100."""
        return round(sum(self.points.values()))

    @property
    def level_name(self) -> str:
        """The level in words."""
        return str(Level(self.level).label) if self.level else ""

    @property
    def explained(self) -> str:
        """The score taken apart."""
        return ", ".join(f"{name} {value:.0f}" for name, value in self.points.items())


def matches(wanted: Wanted, user: Any, *, without: Iterable[int] = ()) -> list[Match]:
    """The best among the people this person may book, the best first; who does not have the level is left out."""
    people = _candidates(wanted, user).exclude(pk__in=list(without))
    levels = _levels(wanted, people)
    known = availability(people, wanted.first, wanted.last)
    ids = known.ids.tolist()
    booked = Booking.objects.filter(resource__in=people.order_by().values("pk")).touching(wanted.first, wanted.last)
    number = known.number
    spans = [one for one in spans_of(booked) if one[0] in number]
    free = known.net().sum(axis=1) - spread_over(known, spans).sum(axis=1)
    by_id = {pk: float(free[place]) for place, pk in enumerate(ids)}
    best = sorted(ids, key=lambda pk: (-min(by_id[pk], float(wanted.hours)), pk))[: MOST_MATCHES * 4]
    rows = Resource.objects.filter(pk__in=best).select_related("team__portfolio", "site", "role")
    judged = _judged(wanted, list(rows), by_id, levels, user)
    return sorted(judged, key=lambda one: (-one.score, one.resource.name))[:MOST_MATCHES]


def _candidates(wanted: Wanted, user: Any) -> Any:
    able = Q(role=wanted.role)
    people = Resource.objects.visible_to(user, Verb.BOOKING_ADD).filter(kind=ResourceKind.NAMED)
    people = people.working(wanted.first, wanted.last)
    if wanted.skill is None:
        return people.filter(able)
    fit = Proficiency.objects.filter(skill=wanted.skill, level__gte=max(1, wanted.least_level))
    fit = fit.valid_on(wanted.first) & fit.valid_on(wanted.last)
    return people.filter(pk__in=fit.values("resource"))


def _levels(wanted: Wanted, people: Any) -> dict[int, int]:
    if wanted.skill is None:
        return {}
    rows = Proficiency.objects.filter(skill=wanted.skill, resource__in=people.order_by().values("pk"))
    return dict(rows.values_list("resource_id", "level"))


def _judged(
    wanted: Wanted, people: list[Resource], free: dict[int, float], levels: dict[int, int], user: Any
) -> Iterable[Match]:
    worked = set(
        Booking.objects.filter(project_id=wanted.project_id, resource__in=[one.pk for one in people])
        .order_by()
        .values_list("resource_id", flat=True)
        .distinct()
    )
    rates = Rates([one for one in people if access.may(user, Verb.SEE_RATES, one.team.portfolio)])
    hourly = {pk: rates.on(pk, wanted.first) for pk in rates.role_of}
    costs = [rate[0] for rate in hourly.values() if rate]
    for person in people:
        points = {
            "availability": max(0.0, min(1.0, free[person.pk] / float(wanted.hours))),
            "level": _share_of_level(levels.get(person.pk), wanted),
            "continuity": float(person.pk in worked),
            "site": float(wanted.site_id is None or person.site_id == wanted.site_id),
        }
        if person.pk in hourly and costs:
            points["cost"] = _cheapness(hourly[person.pk], min(costs), max(costs))
        yield Match(person, levels.get(person.pk), free[person.pk], hourly.get(person.pk), _weighted(points))


def _share_of_level(level: int | None, wanted: Wanted) -> float:
    """The main role counts for a middle level where no skill is asked for."""
    if wanted.skill is None or level is None:
        return 0.6
    return level / Level.AUTHORITY


def _cheapness(rate: tuple[Decimal, str] | None, low: Decimal, high: Decimal) -> float:
    if rate is None:
        return 0.0
    return 1.0 if high == low else float((high - rate[0]) / (high - low))


def _weighted(points: dict[str, float]) -> dict[str, float]:
    whole = sum(WEIGHTS[name] for name in points)
    return {name: share * WEIGHTS[name] * 100 / whole for name, share in points.items()}
