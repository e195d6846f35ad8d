"""What a change of bookings does, before it is booked: capacity and hours before and after, overloads, and cost."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from mainstay.core import access
from mainstay.core.verbs import Verb
from mainstay.engine.capacity import Unit
from mainstay.resources.booking_changes import BookingChange
from mainstay.resources.booking_rules import Objection, objections
from mainstay.resources.models import Booking, CostRate, Resource, ResourceKind
from mainstay.resources.queries.booked_hours import spread_over, whole_periods
from mainstay.resources.queries.seen import seen_of
from mainstay.resources.queries.working import availability

MOST_DAYS_BY_WEEK = 200
SLACK = 0.005  # hours; less is rounding, not an overload
CENT = Decimal("0.01")


@dataclass(frozen=True)
class EffectCell:
    """A person's hours in a week or month: what they can give, what is booked now, and what would be."""

    period: str
    starts_on: date
    capacity: float
    before: float
    after: float
    counts: bool = True

    @property
    def was_over(self) -> bool:
        """Whether more is booked now than the person can give."""
        return self.counts and self.before > self.capacity + SLACK

    @property
    def is_over(self) -> bool:
        """Whether more would be booked than the person can give."""
        return self.counts and self.after > self.capacity + SLACK

    @property
    def is_new(self) -> bool:
        """Whether the change makes the overload, or makes it worse."""
        return self.is_over and self.after > self.before + SLACK

    @property
    def is_solved(self) -> bool:
        """Whether the change ends an overload."""
        return self.was_over and not self.is_over

    @property
    def changes(self) -> bool:
        """Whether the hours of this cell change."""
        return abs(self.after - self.before) > SLACK


@dataclass(frozen=True)
class EffectRow:
    """One person with their cells."""

    resource: Resource
    cells: tuple[EffectCell, ...]


@dataclass(frozen=True)
class CostEffect:
    """What the booked hours cost before and after, for whoever may see rates."""

    before: Decimal
    after: Decimal
    currency: str

    @property
    def difference(self) -> Decimal:
        """What the change costs more, below zero where it saves."""
        return self.after - self.before


@dataclass(frozen=True)
class Effect:
    """The effect of a change, and what speaks against it; `seen` is sent along when it is booked."""

    unit: Unit
    rows: tuple[EffectRow, ...]
    objections: tuple[Objection, ...]
    cost: CostEffect | None
    seen: str

    @property
    def new_overloads(self) -> int:
        """How many cells would hold more than the person can give, and more than now."""
        return sum(cell.is_new for row in self.rows for cell in row.cells)

    @property
    def solved(self) -> int:
        """How many overloaded cells would be so no longer."""
        return sum(cell.is_solved for row in self.rows for cell in row.cells)

    @property
    def needs_reason(self) -> bool:
        """Whether a reason is enough to book it all the same."""
        return any(one.yields for one in self.objections)

    @property
    def is_refused(self) -> bool:
        """Whether it cannot be booked at all."""
        return any(not one.yields for one in self.objections)

    @property
    def sentence(self) -> str:
        """The effect in one sentence."""
        word = self.unit
        parts = [
            f"{self.new_overloads} new overloaded {word}{'s' * (self.new_overloads != 1)}"
            if self.new_overloads
            else "No new overload"
        ]
        if self.solved:
            parts.append(f"{self.solved} overloaded {word}{'s' * (self.solved != 1)} relieved")
        return "; ".join(parts) + "."


def effect_of(change: BookingChange, user: Any, *, least_level: int = 0) -> Effect:
    """The effect of a change as this person may know it."""
    unit: Unit = "week" if (change.last - change.first).days <= MOST_DAYS_BY_WEEK else "month"
    rows = tuple(_rows(change, unit))
    seen = seen_of(change.resources, change.first, change.last)
    return Effect(unit, rows, tuple(objections(change, least_level)), _cost(change, user), seen)


def _rows(change: BookingChange, unit: Unit) -> Iterable[EffectRow]:
    first, last = whole_periods(change.first, change.last, unit)
    people = Resource.objects.filter(pk__in=[one.pk for one in change.resources]).order_by("pk")
    known = availability(people, first, last, unit=unit)
    stored = Booking.objects.filter(resource__in=known.ids.tolist()).touching(first, last)
    others = _spans(stored.exclude(pk__in=[one.pk for one in change.before]))
    before = spread_over(known, others + _spans(change.before), unit)
    after = spread_over(known, others + _spans(change.after), unit)
    net, horizon = known.net(), known.horizon
    number = known.number
    for resource in change.resources:
        row = number[resource.pk]
        counts = resource.kind != ResourceKind.GENERIC
        yield EffectRow(
            resource,
            tuple(
                EffectCell(
                    horizon.names[place],
                    start,
                    *(round(float(t[row, place]), 2) for t in (net, before, after)),
                    counts,
                )
                for place, start in enumerate(horizon.starts)
            ),
        )


def _spans(bookings: Iterable[Booking]) -> list[tuple[int, date, date, Any]]:
    return [(one.resource_id, one.starts_on, one.ends_on, one.hours) for one in bookings]


def _cost(change: BookingChange, user: Any) -> CostEffect | None:
    """The cost at the rates of the first day of each booking; nothing where a rate is unknown or not open."""
    if not all(access.may(user, Verb.SEE_RATES, one.team.portfolio) for one in change.resources):
        return None
    rates = Rates(change.resources)
    before = [rates.cost(one) for one in change.before]
    after = [rates.cost(one) for one in change.after]
    currencies = {rate[1] for rate in (*before, *after) if rate}
    if None in before or None in after or len(currencies) != 1:
        return None
    sums = (sum((one[0] for one in costs if one), Decimal(0)).quantize(CENT) for costs in (before, after))
    return CostEffect(*sums, currencies.pop())


class Rates:
    """What an hour of some people costs on a day: their own rate, else that of their main role."""

    def __init__(self, resources: Iterable[Resource]) -> None:
        people = list(resources)
        self.role_of = {one.pk: one.role_id for one in people}
        own = CostRate.objects.filter(resource__in=self.role_of).order_by("valid_from")
        of_roles = CostRate.objects.filter(role__in=set(self.role_of.values())).order_by("valid_from")
        self.own, self.of_roles = _by(own, "resource_id"), _by(of_roles, "role_id")

    def on(self, resource_id: int, day: date) -> tuple[Decimal, str] | None:
        """Cost per hour and currency on a day; nothing where none is known."""
        for rates in (self.own.get(resource_id, ()), self.of_roles.get(self.role_of[resource_id], ())):
            valid = [one for one in rates if one.valid_from <= day]
            if valid:
                return valid[-1].hourly, valid[-1].currency
        return None

    def cost(self, booking: Booking) -> tuple[Decimal, str] | None:
        """What a booking costs, at the rate of its first day."""
        rate = self.on(booking.resource_id, booking.starts_on)
        return (rate[0] * booking.hours, rate[1]) if rate else None


def _by(rates: Iterable[CostRate], name: str) -> dict[int, list[CostRate]]:
    found: dict[int, list[CostRate]] = {}
    for one in rates:
        found.setdefault(getattr(one, name), []).append(one)
    return found
