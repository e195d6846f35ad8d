"""Hours that were worked, by project, person and month; what later rooms reckon with."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Sum
from django.db.models.functions import TruncMonth, TruncWeek

from mainstay.monitoring.models import HoursEntry, Timesheet, TimesheetState
from mainstay.strategy.models import Contribution, GoalKind

Months = dict[int, dict[date, Decimal]]


@dataclass(frozen=True)
class StrategicUse:
    """Hours on work that carries an objective, and all hours."""

    strategic: Decimal
    total: Decimal

    @property
    def share(self) -> Decimal | None:
        """Strategic utilisation; none where nobody worked."""
        return self.strategic / self.total if self.total else None


def worked(first: date, last: date, *, approved_only: bool = False) -> Any:
    """Everything worked from a first to a last day, corrections included."""
    rows = HoursEntry.objects.filter(date__range=(first, last)).order_by()
    if not approved_only:
        return rows
    sheets = Timesheet.objects.filter(resource=OuterRef("resource"), week=OuterRef("monday"))
    sheets = sheets.filter(state=TimesheetState.APPROVED)
    return rows.annotate(monday=TruncWeek("date")).filter(Exists(sheets))


def hours_by_project(projects: Any, first: date, last: date, *, approved_only: bool = False) -> Months:
    """Hours worked for each of some projects by the first day of the month; whose hours they are is not told."""
    rows = worked(first, last, approved_only=approved_only)
    return _by_month(rows.filter(project__in=projects.order_by().values("pk")), "project_id")


def hours_by_person(resources: Any, first: date, last: date, *, approved_only: bool = False) -> Months:
    """Hours each of some people worked, whatever for, by the first day of the month."""
    rows = worked(first, last, approved_only=approved_only)
    return _by_month(rows.filter(resource__in=resources.order_by().values("pk")), "resource_id")


def strategic_use(resources: Any, first: date, last: date, *, approved_only: bool = False) -> StrategicUse:
    """How much of what some people worked went into projects that contribute to an objective.

    Absence is no work and counts nowhere. A project carries an objective by itself or by its programme.
    """
    rows = worked(first, last, approved_only=approved_only).exclude(work="absence")
    rows = rows.filter(resource__in=resources.order_by().values("pk"))
    aims = Contribution.objects.filter(goal__kind=GoalKind.OBJECTIVE)
    by_itself = aims.filter(project=OuterRef("project"))
    by_programme = aims.filter(programme=OuterRef("project__programme"))
    carried = rows.filter(Exists(by_itself) | Exists(by_programme))
    return StrategicUse(_sum(carried), _sum(rows))


def _by_month(rows: Any, of: str) -> Months:
    found: Months = defaultdict(dict)
    months = rows.annotate(month=TruncMonth("date")).values_list(of, "month").annotate(total=Sum("hours"))
    for pk, month, hours in months:
        found[pk][month] = hours
    return dict(found)


def _sum(rows: Any) -> Decimal:
    return rows.aggregate(total=Sum("hours"))["total"] or Decimal(0)
