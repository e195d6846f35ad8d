"""Keeping the sums of each project beside its lines, in the transaction that writes them."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from mainstay.core.history import Touched, follows
from mainstay.monitoring.models import KeptMoney, LedgerLine, MoneyLine
from mainstay.monitoring.money.adding import in_parts, sums_of


@follows(MoneyLine, LedgerLine)
def keep_touched(touched: list[Touched]) -> None:
    """The projects whose lines an operation wrote, before and after, are added up anew."""
    before = {(one.before or {}).get("project_id") for one in touched}
    keep_money((before | {one.row.project_id for one in touched}) - {None})


def keep_money(projects: Iterable[int]) -> None:
    """Add up the lines of projects anew; who comes second waits, so that both their lines are counted."""
    for some in in_parts(sorted(projects)):
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
