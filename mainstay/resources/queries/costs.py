"""What an hour of people costs; only for whoever may see rates."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from mainstay.resources.models import Booking, CostRate, Resource


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
