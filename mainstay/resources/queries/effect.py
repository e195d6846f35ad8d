"""What a change of bookings does, before it is booked: capacity and hours before and after, overloads, and cost."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from mainstay.core import access
from mainstay.core.verbs import Verb
from mainstay.engine.capacity import Unit
from mainstay.resources.booking_changes import BookingChange
from mainstay.resources.booking_rules import Objection, around_of, objections
from mainstay.resources.models import Booking, Resource, ResourceKind
from mainstay.resources.queries.around import Around
from mainstay.resources.queries.booked_hours import whole_periods
from mainstay.resources.queries.seen import text_of

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


def effect_of(change: BookingChange, user: Any, *, least_level: int = 0, around: Around | None = None) -> Effect:
    """The effect of a change as this person may know it; around: what was read before, for many changes at once."""
    around = around or around_of(change)
    unit: Unit = "week" if (change.last - change.first).days <= MOST_DAYS_BY_WEEK else "month"
    rows = tuple(_rows(change, unit, around))
    seen = text_of(around.versions(change.resources, change.first, change.last))
    against = tuple(objections(change, least_level, around))
    return Effect(unit, rows, against, _cost(change, user, around), seen)


def _rows(change: BookingChange, unit: Unit, around: Around) -> Iterable[EffectRow]:
    first, last = whole_periods(change.first, change.last, unit)
    horizon = replace(around.known.horizon, unit=unit)
    places = [place for place, start in enumerate(horizon.starts) if first <= start <= last]
    net, before = around.tables(unit)
    after = before + around.spread(_spans(change.after), unit) - around.spread(_spans(change.before), unit)
    for resource in change.resources:
        row = around.known.number[resource.pk]
        counts = resource.kind != ResourceKind.GENERIC
        yield EffectRow(
            resource,
            tuple(
                EffectCell(
                    horizon.names[place],
                    horizon.starts[place],
                    *(round(float(t[row, place]), 2) + 0.0 for t in (net, before, after)),
                    counts,
                )
                for place in places
            ),
        )


def _spans(bookings: Iterable[Booking]) -> list[tuple[int, date, date, Any]]:
    return [(one.resource_id, one.starts_on, one.ends_on, one.hours) for one in bookings]


def _cost(change: BookingChange, user: Any, around: Around) -> CostEffect | None:
    """The cost at the rates of the first day of each booking; nothing where a rate is unknown or not open."""
    if not all(access.may(user, Verb.SEE_RATES, one.team.portfolio) for one in change.resources):
        return None
    rates = around.rates
    before = [rates.cost(one) for one in change.before]
    after = [rates.cost(one) for one in change.after]
    currencies = {rate[1] for rate in (*before, *after) if rate}
    if None in before or None in after or len(currencies) != 1:
        return None
    sums = (sum((one[0] for one in costs if one), Decimal(0)).quantize(CENT) for costs in (before, after))
    return CostEffect(*sums, currencies.pop())
