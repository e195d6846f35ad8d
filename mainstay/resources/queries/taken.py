"""What is booked already on work that somebody does not plan: hours that are not free any more."""

from collections.abc import Collection
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.capacity import Horizon, spread
from mainstay.resources.models import Booking, Resource, ResourceKind
from mainstay.resources.queries.keeping import Spreader, booked


def taken_by_role(reader: Any, first: date, last: date, besides: Collection[int]) -> dict[int, NDArray[np.float64]]:
    """Hours by month, by the role booked, of the people a reader sees, on projects besides those given.

    Firm and pencilled bookings count alike: somebody reserved the time. `first` begins and `last` ends a month.
    """
    people = Resource.objects.visible_to(reader).exclude(kind=ResourceKind.GENERIC)
    rows = Booking.objects.filter(resource__in=people).touching(first, last).exclude(project__in=besides)
    found = booked(rows)
    if not len(found.hours):
        return {}
    spreader = Spreader(found, range(first.year, last.year + 1))
    months = Horizon(spreader.first, spreader.last, "month")
    roles, group = np.unique(found.role, return_inverse=True)
    sums = spread(spreader.of(found, months), spreader.hours, months, group=group, groups=len(roles))
    begin = (first.year - spreader.first.year) * 12 + first.month - 1
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return dict(zip(roles.tolist(), sums[:, begin : begin + count], strict=True))
