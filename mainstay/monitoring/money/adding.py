"""The sums of projects from their lines, as they are now or as known at a moment."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Sum

from mainstay.monitoring.models import LedgerLine, MoneyLine
from mainstay.monitoring.money.sums import Sums

AT_ONCE = 400


def sums_of(projects: Iterable[int], as_of: datetime | None = None) -> dict[int, Sums]:
    """The sums of projects from their lines, as known at a moment (None: now)."""
    found: dict[int, Sums] = {}
    for some in in_parts(sorted(projects)):
        parts: dict[int, list[tuple[date, str, str, Decimal]]] = defaultdict(list)
        for project, *part in _amounts(some, as_of):
            parts[project].append(tuple(part))
        found |= {pk: Sums.of(parts[pk]) for pk in some}
    return found


def _amounts(projects: list[int], as_of: datetime | None) -> Iterator[tuple[int, date, str, str, Decimal]]:
    entered = MoneyLine.objects.as_of(as_of).filter(project__in=projects).order_by()
    rows = entered.values_list("project_id", "month", "kind", "treatment").annotate(whole=Sum("amount"))
    yield from rows
    booked = LedgerLine.objects.as_of(as_of).filter(project__in=projects).order_by()
    lines = booked.values_list("project_id", "month", "is_order", "treatment").annotate(whole=Sum("own_amount"))
    for project, month, is_order, treatment, whole in lines:
        yield project, month, "committed" if is_order else "actual", treatment, whole


def in_parts(ids: list[int]) -> Iterator[list[int]]:
    """Numbers in parts that one question takes."""
    yield from (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
