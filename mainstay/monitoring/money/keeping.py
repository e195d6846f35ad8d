"""Keeping the sums of each project beside its lines, in the transaction that writes them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Sum

from mainstay.core.history import Touched, follows
from mainstay.monitoring.models import KeptMoney, LedgerLine, MoneyLine
from mainstay.monitoring.money.sums import Sums

AT_ONCE = 400


@follows(MoneyLine, LedgerLine)
def keep_touched(touched: list[Touched]) -> None:
    """The projects whose lines an operation wrote, before and after, are added up anew."""
    before = {(one.before or {}).get("project_id") for one in touched}
    keep_money((before | {one.row.project_id for one in touched}) - {None})


def keep_money(projects: Iterable[int]) -> None:
    """Add up the lines of projects anew; who comes second waits, so that both their lines are counted."""
    for some in _parts(sorted(projects)):
        with transaction.atomic():
            fresh = [KeptMoney(project_id=pk) for pk in some]
            KeptMoney.objects.bulk_create(fresh, ignore_conflicts=True)
            rows = list(KeptMoney.objects.select_for_update().filter(pk__in=some).order_by("pk"))
            sums = sums_of(some)
            for row in rows:
                row.first, row.cents = sums[row.pk].first, sums[row.pk].stored()
            KeptMoney.objects.bulk_update(rows, ["first", "cents"], batch_size=100)


def keep_all() -> int:
    """Add up everything anew, as after lines were written past the operations; gives the number of projects."""
    found = {pk for model in (MoneyLine, LedgerLine) for pk in _projects_of(model)}
    KeptMoney.objects.exclude(pk__in=found).delete()
    keep_money(found)
    return len(found)


def _projects_of(model: Any) -> set[int]:
    rows = model.objects.filter(project__isnull=False).order_by()
    return set(rows.values_list("project_id", flat=True).distinct())


def sums_of(projects: Iterable[int], as_of: datetime | None = None) -> dict[int, Sums]:
    """The sums of projects from their lines, as known at a moment (None: now)."""
    found: dict[int, Sums] = {}
    for some in _parts(sorted(projects)):
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


def _parts(ids: list[int]) -> Iterator[list[int]]:
    yield from (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
