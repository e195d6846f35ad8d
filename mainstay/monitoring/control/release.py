"""What stopping or pausing a project from a day on frees: bookings, demand, money and questions to teams."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Sum

from mainstay.authorisation.models import Commitment, Tranche, TrancheState
from mainstay.engine.basics.periods import month_after
from mainstay.portfolio.models import Project
from mainstay.resources import booking_changes as changes
from mainstay.resources.booking_changes import BookingChange
from mainstay.resources.models import Booking, Demand, Resource, ResourceKind, Role, StaffingRequest
from mainstay.resources.operations.talk import ANSWERABLE
from mainstay.resources.queries.booked_hours import hours_before, spread_over, whole_periods
from mainstay.resources.queries.working import availability

CENT, NOTHING = Decimal("0.01"), Decimal(0)
Month = tuple[str, date]


@dataclass(frozen=True)
class Gone:
    """Demand of a month that goes or moves: the hours that stay in the month, and those that do not."""

    row: Demand
    stays: Decimal
    goes: Decimal


@dataclass(frozen=True)
class Return:
    """Money of a fund that goes back."""

    commitment: Commitment
    amount: Decimal

    @property
    def fund(self) -> str:
        """The fund and its year."""
        return str(self.commitment.envelope)

    @property
    def currency(self) -> str:
        """Its currency."""
        return str(self.commitment.envelope.fund.currency)


class Release:
    """Everything of a project after a day; nothing is written here. months: for how long it rests, 0 for good."""

    def __init__(self, project: Project, on: date, months: int = 0, *, returns_money: bool = True) -> None:
        self.project, self.on, self.months, self.returns_money = project, on, months, returns_money

    @cached_property
    def bookings(self) -> BookingChange:
        """The bookings as they are and as they would be: those after the day are gone, others end before it."""
        rows = Booking.objects.filter(project=self.project, ends_on__gte=self.on)
        rows = rows.select_related("resource__team__portfolio", "role").order_by("pk")
        found = BookingChange()
        for row in rows:
            if (part := self._cut(row)) is not None:
                found = found.and_also(part)
        return found

    def _cut(self, booking: Booking) -> BookingChange | None:
        """A booking without its part from the day on; None where nobody works in that part."""
        if booking.starts_on >= self.on:
            return changes.as_removed([booking])
        part, whole = hours_before(booking, self.on)
        early = (booking.hours * Decimal(part) / Decimal(whole)).quantize(CENT)
        if early >= booking.hours:
            return None
        if early <= 0:
            return changes.as_removed([booking])
        return BookingChange((booking,), changes.as_divided(booking, self.on).after[:1])

    @property
    def hours(self) -> Decimal:
        """All booked hours of people that are free again, placeholders left out."""
        was = sum((one.hours for one in _real(self.bookings.before)), NOTHING)
        return was - sum((one.hours for one in _real(self.bookings.after)), NOTHING)

    @property
    def people(self) -> list[Resource]:
        """Whose time is free again."""
        return [one for one in self.bookings.resources if one.kind != ResourceKind.GENERIC]

    @cached_property
    def hours_by_month(self) -> dict[Month, float]:
        """The same hours by role and month."""
        sums: dict[Month, float] = defaultdict(float)
        for sign, rows in ((1, self.bookings.before), (-1, self.bookings.after)):
            for role, month, hours in _spread(_real(rows)):
                sums[role, month] += sign * hours
        return {key: round(hours, 2) for key, hours in sorted(sums.items()) if hours > 0.005}

    @property
    def hours_by_role(self) -> list[tuple[str, float, date, date]]:
        """The name of each role with its hours, and the first and last month of them."""
        return by_role((role, month, hours) for (role, month), hours in self.hours_by_month.items())

    @cached_property
    def demand(self) -> list[Gone]:
        """The demand from the day on; of the month of the day the part of its days."""
        first = self.on.replace(day=1)
        share = Decimal(self.on.day - 1) / Decimal((month_after(first, 1) - first).days)
        rows = Demand.objects.filter(project=self.project, month__gte=first).select_related("role", "skill")
        found = []
        for row in rows.order_by("month", "pk"):
            stays = (row.hours * share).quantize(CENT) if row.month == first else NOTHING
            found.append(Gone(row, stays, row.hours - stays))
        return [one for one in found if one.goes > 0]

    @property
    def demanded(self) -> Decimal:
        """All hours of demand that go or move."""
        return sum((one.goes for one in self.demand), NOTHING)

    @cached_property
    def money(self) -> list[Return]:
        """What is committed and not released yet."""
        if not self.returns_money:
            return []
        rows = Commitment.objects.filter(project=self.project).select_related("envelope__fund", "envelope__year")
        rows = list(rows.order_by("pk"))
        given = self._released(rows)
        found = [Return(row, row.held - given.get(row.pk, NOTHING)) for row in rows]
        return [one for one in found if one.amount > 0]

    def _released(self, rows: Iterable[Commitment]) -> dict[int, Decimal]:
        tranches = Tranche.objects.filter(commitment__in=rows, state=TrancheState.RELEASED).order_by()
        return dict(tranches.values_list("commitment_id").annotate(Sum("amount")))

    @property
    def money_by_currency(self) -> dict[str, Decimal]:
        """The money that goes back, by currency."""
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for one in self.money:
            sums[one.currency] += one.amount
        return dict(sums)

    @cached_property
    def requests(self) -> list[StaffingRequest]:
        """What was asked of teams and is not settled."""
        rows = StaffingRequest.objects.filter(project=self.project, state__in=ANSWERABLE)
        return list(rows.select_related("team__portfolio", "team__manager", "role", "project", "asked_by"))

    @property
    def content(self) -> dict[str, Any]:
        """What the record of the decision keeps of it."""
        return {
            "on": self.on.isoformat(),
            "months": self.months,
            "hours": f"{self.hours:.2f}",
            "people": len(self.people),
            "hours_by_month": [
                [role, month.isoformat(), hours] for (role, month), hours in self.hours_by_month.items()
            ],
            "demand": f"{self.demanded:.2f}",
            "money": [[one.fund, one.currency, f"{one.amount:.2f}"] for one in self.money],
            "requests": len(self.requests),
        }


def _real(bookings: Iterable[Booking]) -> list[Booking]:
    return [one for one in bookings if one.resource.kind != ResourceKind.GENERIC]


def _spread(bookings: Iterable[Booking]) -> Iterator[tuple[str, date, float]]:
    """Hours by role and month of bookings, as the working hours of their people are spread."""
    if not (rows := list(bookings)):
        return
    first, last = whole_periods(min(one.starts_on for one in rows), max(one.ends_on for one in rows), "month")
    known = availability(Resource.objects.filter(pk__in={one.resource_id for one in rows}), first, last)
    spans = [(one.resource_id, one.starts_on, one.ends_on, one.hours) for one in rows]
    hours = spread_over(known, spans, group=range(len(rows)), groups=len(rows))
    for place, booking in enumerate(rows):
        for period, month in enumerate(known.horizon.starts):
            if hours[place, period]:
                yield booking.role.key, month, float(hours[place, period])


def by_role(rows: Iterable[tuple[str, date, float]]) -> list[tuple[str, float, date, date]]:
    """Hours by role and month as one line a role: its name, its hours, its first and its last month."""
    names = dict(Role.objects.values_list("key", "name"))
    found: dict[str, list[tuple[date, float]]] = defaultdict(list)
    for role, month, hours in rows:
        found[names.get(role, role)].append((month, hours))
    return [
        (name, sum(hours for _, hours in parts), min(parts)[0], max(parts)[0])
        for name, parts in sorted(found.items())
    ]
