"""Closed months: which they are, and holding them still while money is written."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import connection

from mainstay.core.errors import Impossible
from mainstay.monitoring.models import ClosedPeriod

LOCK = 7_305_101


class Closed:
    """The closed months of the whole tree, read once."""

    def __init__(self, as_of: datetime | None = None) -> None:
        self._paths: dict[date, list[str]] = defaultdict(list)
        rows = ClosedPeriod.objects.as_of(as_of).order_by()
        for month, path in rows.values_list("month", "portfolio__path"):
            self._paths[month].append(path)

    def covers(self, place: Any, month: date) -> bool:
        """Whether the money of a portfolio or project stands for good in a month."""
        return any(place.path.startswith(path) for path in self._paths.get(month, ()))

    def months_of(self, place: Any) -> set[date]:
        """Every closed month of a portfolio or project."""
        return {month for month in self._paths if self.covers(place, month)}

    def refuse(self, place: Any, months: Iterable[date]) -> None:
        """Refuse to change the money of closed months."""
        if closed := sorted(month for month in set(months) if self.covers(place, month)):
            told = ", ".join(f"{month:%B %Y}" for month in closed)
            raise Impossible(f"{told} {'is' if len(closed) == 1 else 'are'} closed; nothing was changed.")


def hold_months(*, closing: bool = False) -> None:
    """Until the end of the transaction nobody closes a month while money is written, nor the other way round.

    SQLite has one writer at a time anyway.
    """
    if connection.vendor == "postgresql":
        word = "pg_advisory_xact_lock" if closing else "pg_advisory_xact_lock_shared"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {word}(%s)", [LOCK])
