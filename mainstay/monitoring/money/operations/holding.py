"""Work whose money lies in closed months stays where those months were closed, and in its currency."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from mainstay.core.access import ROOT
from mainstay.core.errors import Impossible
from mainstay.core.history import Touched, follows
from mainstay.monitoring.models import ClosedPeriod, LedgerLine, MoneyLine
from mainstay.monitoring.money.periods import Closed, hold_months
from mainstay.portfolio.models import Portfolio, Project


@follows(Project, Portfolio)
def hold_closed(touched: list[Touched]) -> None:
    """Refuse to move money into or out of what was closed, or to tell money of closed months in another currency."""
    changed = [one for one in touched if one.before is not None and not one.removed]
    for one in changed:
        if isinstance(one.row, Project):
            _hold_currency(one)
            _hold_place(one.row, one.before["path"], [one.row.pk])  # type: ignore[index]
        elif one.before["parent_id"] != one.row.parent_id:  # type: ignore[index]
            below = Project.objects.filter(path__startswith=one.row.path)
            _hold_place(one.row, _path_before(one), below.values("pk"))


def _path_before(one: Touched) -> str:
    """Where a portfolio lay: what lies below was moved already."""
    parent = Portfolio.objects.filter(pk=(one.before or {})["parent_id"]).first()
    return f"{parent.path if parent else ROOT}{one.row.key}/"


def _hold_currency(one: Touched) -> None:
    was = (one.before or {})["currency"]
    if was == one.row.currency:
        return
    hold_months()
    closed = Closed().months_of(one.row) & _months_with_money([one.row.pk])
    if closed:
        raise Impossible(f"{_told(closed)}; the money of {one.row} stays in {was} there. Nothing was changed.")


def _hold_place(row: Any, before: str, projects: Any) -> None:
    """Refuse where a month is closed on one side only: what was closed would have another sum."""
    if before == row.path:
        return
    hold_months()
    sides: dict[date, set[bool]] = {}
    for month, path in ClosedPeriod.objects.order_by().values_list("month", "portfolio__path"):
        is_left, is_entered = before.startswith(path), row.path.startswith(path) and path != row.path
        if is_left != is_entered:
            sides.setdefault(month, set()).add(is_left)
    if found := sides.keys() & (_months_with_money(projects) if sides else set()):
        where = "where it lies" if any(True in sides[month] for month in found) else "where it would lie"
        raise Impossible(f"{_told(found)} {where}, with money of {row}; nothing was moved. Reopen the month first.")


def _months_with_money(projects: Any) -> set[date]:
    rows = [model.objects.filter(project__in=projects).order_by() for model in (MoneyLine, LedgerLine)]
    return {month for found in rows for month in found.values_list("month", flat=True).distinct()}


def _told(months: Iterable[date]) -> str:
    named = sorted(months)
    return f"{', '.join(f'{month:%B %Y}' for month in named)} {'is' if len(named) == 1 else 'are'} closed"
