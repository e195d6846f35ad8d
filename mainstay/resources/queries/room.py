"""How much time people have left in the time of offers, however many offers there are in the same few queries."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from mainstay.resources.models import Booking, Resource
from mainstay.resources.queries.booked_hours import spans_of, spread_over
from mainstay.resources.queries.effect import SLACK
from mainstay.resources.queries.working import availability


@dataclass(frozen=True)
class Room:
    """Hours somebody still has in the time of an offer, and the hours offered."""

    free: float
    wanted: float

    @property
    def fits(self) -> bool:
        """Whether the hours offered are free."""
        return self.wanted <= self.free + SLACK

    @property
    def short(self) -> float:
        """Hours offered beyond what is free."""
        return self.wanted - max(self.free, 0.0)


def rooms(offers: Iterable[Any]) -> dict[int, Room]:
    """The room of each offer by its id: net capacity less what is booked, in all days of the offer together."""
    offers = list(offers)
    if not offers:
        return {}
    ends = min(one.starts_on for one in offers), max(one.ends_on for one in offers)
    people = Resource.objects.filter(pk__in={one.resource_id for one in offers})
    known = availability(people, *ends, unit="day")
    booked = Booking.objects.filter(resource__in=known.ids.tolist()).touching(*ends)
    left = known.net() - spread_over(known, spans_of(booked), "day")
    by_day = replace(known.horizon, unit="day")
    found = {}
    for one in offers:
        first, last = by_day.day_numbers([one.starts_on, one.ends_on])
        free = left[known.number[one.resource_id], first : last + 1].sum()
        found[one.row_id] = Room(round(float(free), 2), float(one.hours))
    return found
