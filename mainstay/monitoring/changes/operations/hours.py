"""Writing the hours of roles that a change adds or takes away, within the operation that decides it."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from mainstay.core import history
from mainstay.monitoring.changes.demand import CENT, shared_out
from mainstay.monitoring.money.sums import each_month
from mainstay.portfolio.models import Project
from mainstay.resources.models import Demand, Role


def change_demand(project: Project, effect: Mapping[str, str], first: date, last: date) -> None:
    """Add hours from the first month to the last, or take them from what is needed there, within the operation that
    calls; more than is needed is not taken."""
    months = list(each_month(first, max(first, last.replace(day=1))))
    roles = Role.objects.in_bulk(list(effect), field_name="key")
    known: dict[int, list[Demand]] = defaultdict(list)
    for row in Demand.objects.filter(project=project, role__in=roles.values(), month__gte=first).order_by("month"):
        known[row.role_id].append(row)
    for key, text in effect.items():
        hours = Decimal(text)
        rows = known[roles[key].pk]
        if hours > 0:
            _add(project, roles[key], rows, shared_out(hours, months))
        else:
            _take(rows, -hours)


def _add(project: Project, role: Role, rows: list[Demand], shares: Mapping[date, Decimal]) -> None:
    plain = {row.month: row for row in rows if row.skill_id is None and row.least_level == 0}
    for month, hours in shares.items():
        if month in plain:
            plain[month].hours += hours
            history.save(plain[month])
        elif hours:
            history.create(Demand(project=project, role=role, month=month, hours=hours))


def _take(rows: list[Demand], hours: Decimal) -> None:
    """Take hours away in proportion to what each month needs."""
    whole = sum((row.hours for row in rows), Decimal(0))
    left = min(hours, whole)
    for row in rows:
        part = min(left, row.hours, (hours * row.hours / whole).quantize(CENT) if whole else Decimal(0))
        row.hours, left = row.hours - part, left - part
    for row in rows:
        rest = min(left, row.hours)
        row.hours, left = row.hours - rest, left - rest
        history.save(row)
